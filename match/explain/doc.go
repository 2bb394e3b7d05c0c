// Package explain says why a matching is as it is: why these two, what another pair would cost, and what would find a
// mentor for somebody who has none.
//
// Nothing is guessed. A reason is a criterion without which the pair would suit less. A cost and a remedy are said only
// after the changed problem was solved anew and match.Check had accepted the answer, and so is a gain unless the proved
// prices are the gain. How often that is done for one person is bounded (see [PlacesTried] and its neighbours).
//
// Each reader has a type: [Participant], [Coordinator], [Auditor]. What a reader must not see is no field of the type,
// so that no text can let it slip. The texts are made of codes and arguments; the words stand in words.go.
//
// Spreadsheets and rules are unknown here. Who has them hands in what they say of people, as a [Case].
package explain
