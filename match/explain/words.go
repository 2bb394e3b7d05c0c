package explain

import (
	"fmt"
	"slices"
	"strings"
)

// A Code names something that a text can say. The rules give codes and arguments; [Words] say them in a language.
type Code string

// Words say codes. {name} stands for an argument, so that a language can put them in its own order. A code with
// ".one" at its end is for the number one.
type Words map[Code]string

// English is the language of the texts so far. A further language is one more table of these codes.
var English = Words{
	"participant.paired":             "You are paired with {name}.",
	"participant.paired.for":         "You are paired with {name} for {purpose}.",
	"participant.why":                "Why the two of you:",
	"participant.settled":            "It was settled before the matching that the two of you would be paired.",
	"participant.before":             "The two of you are paired already, and pairs that exist were to go on.",
	"participant.first":              "{name} is a first choice of yours.",
	"participant.purpose":            "{name} offers what you are looking for: {values}",
	"participant.shared":             "{criterion}: {values}",
	"participant.stable":             "All pairs were found together from the rankings of both sides, so that no mentee and mentor would both rather have each other than whom they have.",
	"participant.best":               "All pairs were found together, so that the program as a whole does as well by its goals as it can. No pair was chosen by itself.",
	"participant.fewer":              "You asked for more mentors than we found for you this time. If you would like to be considered when a place opens, write to {contact}.",
	"participant.review":             "If this does not feel right, write to {contact} and ask for it to be looked at again. You need not say why.",
	"participant.nobody.mentee":      "This time there was not a mentor for everybody, and we have not found one for you. We know that this is disappointing. It says nothing about you or about what you are looking for.",
	"participant.nobody.mentee.next": "Your next step: write to {contact}. Say whether you would like to be considered when a place opens, and whether anything has changed in what you are looking for. You can also ask there for the result to be looked at again.",
	"participant.nobody.mentor":      "Thank you for offering to be a mentor. This time we have no mentee for you. It says nothing about you or about what you offer.",
	"participant.nobody.mentor.next": "Your next step: write to {contact}, and say whether you may be asked when somebody comes later.",
	"contact":                        "the coordinator of your program",

	"person":               "{name} ({id})",
	"pair":                 "{mentee} with {mentor}{counted}",
	"pair.for":             "{mentee} with {mentor}, for {purpose}{counted}",
	"counted":              " ({counts})",
	"counted.value":        "{name} {n}",
	"counted.rank":         "the mentee's rank {n}",
	"nobody.mentee":        "{person} has no mentor (wanted: {wanted}).",
	"fewer.mentee":         "{person} has {got} of {wanted} mentors wanted.",
	"nobody.mentor":        "{person} has no mentee ({room} of {places} places free).",
	"room.mentor":          "{person} has {room} of {places} places free.",
	"full.mentor":          "{person} has no place free ({places} in all).",
	"idle.mentee":          "{person} wants no mentor.",
	"reason.settled":       "It was fixed before the matching.",
	"reason.before":        "It exists already, and a goal keeps such pairs.",
	"reason.mentee":        "The mentee ranks it {rank} (1 is best).",
	"reason.mentor":        "The mentor ranks it {rank} (1 is best).",
	"reason.criterion":     "{criterion}: {n} points",
	"reason.shared":        "{criterion} ({values}): {n} points",
	"reason.none":          "No criterion or ranking speaks for it by itself; it is part of the best whole.",
	"reason.criterion.one": "{criterion}: 1 point",
	"reason.shared.one":    "{criterion} ({values}): 1 point",
	"against":              "Put up with: {reason}",
	"with.for":             "{mentor} for {purpose}",
	"next":                 "Next best: {mentor}{counted}. If that pair were fixed: {changes}; {others}.",
	"next.impossible":      "Next best: {mentor}{counted}. That pair cannot be had: it does not fit the limits.",
	"next.none":            "The mentee has no other possible pair.",
	"bound.nobody":         "There is no possible pair for this mentee.",
	"bound.all":            "All possible pairs of this mentee were made.",
	"bound.own":            "The mentee's own limits leave no room for another of the possible pairs.",
	"bound.full":           "Every possible mentor is full.",
	"bound.goals":          "There is a possible mentor with room, but that pair would not make the whole better by the goals.",
	"barriers":             "Rules of the program keep mentors away, each counted with the first rule:",
	"barrier":              "{n} mentors by \"{rule}\"",
	"barrier.one":          "1 mentor by \"{rule}\"",
	"remedies":             "Each of these would help by itself; each was tried by solving the whole anew:",
	"remedies.brief":       "Each remedy below would help by itself; it was tried by solving the whole anew.",
	"remedy.place":         "One more place with {mentor}{limits}: the mentee then has {with}. In all: {changes}; {others}.",
	"remedy.place.same":    "One more place with {mentor}{limits}, who then takes the mentee. In all: {changes}; {others}.",
	"remedy.rule":          "Lift the rule \"{rule}\" for this mentee. The mentee then has {with}. In all: {changes}; {others}.",
	"remedy.choice":        "One more choice, put last on both sides: {mentor}. The mentee then has {with}. In all: {changes}; {others}.",
	"remedy.choice.same":   "One more choice, put last on both sides: {mentor}, who then takes the mentee. In all: {changes}; {others}.",
	"limits":               " (also one more within: {classes})",
	"limits.only":          " within the limit {classes}",
	"remedies.none":        "No remedy found: {n} changes were tried by solving the whole anew, and none helps.",
	"remedies.none.one":    "No remedy found: one change was tried by solving the whole anew, and it does not help.",
	"remedies.untried":     "No remedy found; there was nothing on the menu to try. Look at the rules, and at what the mentee asks for.",
	"others":               "{n} other people would have somebody else than now",
	"others.one":           "1 other person would have somebody else than now",
	"others.none":          "nobody else changes",
	"others.worse":         ", {n} of them mentees who rank that lower",
	"gains":                "One more place with a mentor would bring, each by itself:",
	"gains.only":           "One more place would bring: {changes}.",
	"gain":                 "{mentor}: {changes}",
	"gain.worse":           "{mentor}: {changes}; {n} mentees would get somebody they rank lower",
	"gain.worse.one":       "{mentor}: {changes}; 1 mentee would get somebody they rank lower",
	"gains.none":           "One more place with a single mentor would bring nothing.",
	"gains.sum":            "Gains do not add up: two places may lead to the same good thing. Add one, match again, and look again.",
	"overview.nobody":      "Mentees without a mentor: {n}",
	"overview.fewer":       "Mentees with fewer mentors than wanted: {n}",
	"overview.everyone":    "Every mentee has as many mentors as wanted.",

	"goal.none":              "no goal counts more or less",
	"goal.placed.more":       "{n} more mentees with a mentor",
	"goal.placed.more.one":   "1 more mentee with a mentor",
	"goal.placed.less":       "{n} fewer mentees with a mentor",
	"goal.placed.less.one":   "1 fewer mentee with a mentor",
	"goal.mentors.more":      "{n} more mentors with a mentee",
	"goal.mentors.more.one":  "1 more mentor with a mentee",
	"goal.mentors.less":      "{n} fewer mentors with a mentee",
	"goal.mentors.less.one":  "1 fewer mentor with a mentee",
	"goal.pairs.more":        "{n} more pairs",
	"goal.pairs.more.one":    "1 more pair",
	"goal.pairs.less":        "{n} fewer pairs",
	"goal.pairs.less.one":    "1 fewer pair",
	"goal.existing.more":     "{n} more pairs kept from before",
	"goal.existing.more.one": "1 more pair kept from before",
	"goal.existing.less":     "{n} fewer pairs kept from before",
	"goal.existing.less.one": "1 fewer pair kept from before",
	"goal.column.more":       "total {name} {n} higher",
	"goal.column.less":       "total {name} {n} lower",
	"goal.least.more":        "total {name} {n} lower, which is better",
	"goal.least.less":        "total {name} {n} higher, which is worse",
	"goal.load.more":         "loads more even by {n}",
	"goal.load.less":         "loads less even by {n}",
	"goal.other.more":        "\"{name}\" better by {n}",
	"goal.other.less":        "\"{name}\" worse by {n}",

	"audit.edge":       "Edge {edge}: mentee {mentee}, mentor {mentor}{purpose}{state}",
	"audit.purpose":    ", for {purpose}",
	"audit.settled":    ", pinned",
	"audit.ranks":      "Ranks: {mentee} by the mentee, {mentor} by the mentor (0: none)",
	"audit.points":     "Suitability is made of: {points}",
	"audit.point":      "{criterion} {n}",
	"audit.heading":    "goal | counts | mentee pays | mentor costs | left",
	"audit.next":       "Next best, edge {edge} (mentor {mentor}), fixed and solved anew: goals {gain}; {others}",
	"audit.impossible": "Next best, edge {edge} (mentor {mentor}), fixed: no solution",
	"audit.person":     "{side} {id}: {got} of {wanted}",
	"audit.remedy":     "{kind} {what}, solved anew: goals {gain}; {others}",
	"audit.gain":       "One more place: goals {gain} ({how})",
	"audit.priced":     "lowest price and the unit's own worth",
	"audit.resolved":   "solved anew",
	"audit.tried":      "Changed problems solved for this person: {n}",
	"remedy.kind.0":    "one more place with",
	"remedy.kind.1":    "rule lifted:",
	"remedy.kind.2":    "one more choice:",
}

// say puts arguments, name and value in turn, into the words for a code.
func (w Words) say(c Code, args ...string) string {
	words, known := w[c]
	if !known {
		panic(fmt.Sprintf("there are no words for %q", c))
	}
	pairs := slices.Clone(args)
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// count says a code with the number n.
func (w Words) count(c Code, n int64, args ...string) string {
	if one := c + ".one"; n == 1 && w[one] != "" {
		c = one
	}
	return w.say(c, append(args, "n", fmt.Sprint(n))...)
}
