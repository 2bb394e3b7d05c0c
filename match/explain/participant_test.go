package explain

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/score"
)

// TestTextsOfOthersKeepASecret changes what one person alone knows, or what concerns only that person's own pairs, in
// one world of two. Whoever has the same partners in both must read the same.
func TestTextsOfOthersKeepASecret(t *testing.T) {
	t.Parallel()
	same, shown := 0, 0
	for seed := range uint64(10_000) {
		rng := rand.New(rand.NewPCG(seed, 4))
		one := newWorld(rng, 3)
		other, side, secretive, openly := one.withSecret(rng)
		x, y := one.explainer(t), other.explainer(t)
		for s, ids := range [...][]string{x.p.Mentees, x.p.Mentors} {
			for _, id := range ids {
				reader := match.Side(s)
				if reader == side && id == secretive {
					continue
				}
				a, _ := x.Participant(reader, id)
				b, _ := y.Participant(reader, id)
				if !samePartners(a, b) || openly && slices.ContainsFunc(a.Partners, func(p Partner) bool { return reader != side && p.Name == secretive }) {
					continue
				}
				same++
				if len(a.Partners) > 0 {
					shown++
				}
				if before, after := a.Text(English), b.Text(English); before != after {
					t.Fatalf("seed %d: %s %s learns of a secret of %s %s:\n%s\n%s", seed, reader, id, side, secretive, before, after)
				}
			}
		}
	}
	if same < 40_000 || shown < 20_000 {
		t.Errorf("only %d texts were compared, %d of them of people with a partner", same, shown)
	}
}

// withSecret is the world in which somebody wishes, offers or lists otherwise. Openly says that what changed is what
// this person shows to partners.
func (w *world) withSecret(rng *rand.Rand) (changed *world, side match.Side, id string, openly bool) {
	u := *w
	kind := rng.IntN(6)
	side = match.Side(rng.IntN(2))
	if kind == 4 {
		side = match.MentorSide // only these have places
	}
	who := [...]*[]string{&u.mentees.IDs, &u.mentors.IDs}[side]
	i := rng.IntN(len(*who))
	people := [...]*score.People{&u.mentees, &u.mentors}[side]
	fields := map[string][][]string{}
	for name, field := range people.Fields {
		fields[name] = slices.Clone(field)
	}
	shuffled := func(field string) {
		list := slices.Clone(fields[field][i])
		rng.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		fields[field][i] = list
	}
	switch kind {
	case 0:
		shuffled("choices")
	case 1:
		fields["choices"][i] = fields["choices"][i][:len(fields["choices"][i])/2]
	case 2:
		shuffled("seeks")
		shuffled("interests")
	case 3:
		fields["years"][i] = []string{fmt.Sprint(rng.IntN(4))}
	case 4:
		u.places = slices.Clone(u.places)
		u.places[i] = 3 - u.places[i]
	default:
		openly = true
		fields["interests"][i] = fields["interests"][i][:len(fields["interests"][i])/2]
		fields["habits"][i] = nil
	}
	people.Fields = map[string]score.Field{}
	for name, field := range fields {
		people.Fields[name] = field
	}
	return &u, side, (*who)[i], openly
}

func samePartners(a, b Participant) bool {
	return slices.EqualFunc(a.Partners, b.Partners, func(p, q Partner) bool { return p.Name == q.Name && p.Purpose == q.Purpose })
}

func TestEverybodyWithoutAMentorReadsTheSame(t *testing.T) {
	t.Parallel()
	texts := map[string]bool{}
	for seed := range uint64(200) {
		w := newWorld(rand.New(rand.NewPCG(seed, 5)), 4)
		x := w.explainer(t)
		x.about.Barriers = func(string) []Barrier { panic("what bound somebody is not for participants") }
		for i, id := range x.p.Mentees {
			if x.loads[i] == 0 {
				text, _ := x.Participant(match.MenteeSide, id)
				texts[text.Text(English)] = true
			}
		}
		if x.Resolved() != 0 {
			t.Fatal("a problem was solved for a participant")
		}
	}
	if len(texts) != 1 {
		t.Errorf("there are %d texts, want 1", len(texts))
	}
	for text := range texts {
		if !strings.Contains(text, "Your next step: ") {
			t.Errorf("no next step is named in:\n%s", text)
		}
	}
}

// TestTypesOfReadersHoldNothingPrivate lists all that a participant and an auditor may be told, so that a new field is
// thought about.
func TestTypesOfReadersHoldNothingPrivate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of   any
		want string
	}{
		{Participant{}, "Side match.Side; Contact string; Partners []explain.Partner; Fewer bool; Stable bool"},
		{Partner{}, "Name string; Purpose string; Settled bool; Before bool; FirstChoice bool; Shared []explain.Shared"},
		{Shared{}, "Criterion string; Values []string"},
		{Auditor{}, "Side match.Side; ID string; Wanted int; Got int; Pairs []explain.AuditedPair; Missing *explain.AuditedMissing; Gain *explain.Gain; Solved int"},
		{Points{}, "Criterion string; Points int"},
	} {
		var fields []string
		for field := range reflect.TypeOf(c.of).Fields() {
			fields = append(fields, field.Name+" "+field.Type.String())
		}
		if got := strings.Join(fields, "; "); got != c.want {
			t.Errorf("%T: got %s, want %s", c.of, got, c.want)
		}
	}
}

func TestWordsNameNothingSensitive(t *testing.T) {
	t.Parallel()
	sensitive := regexp.MustCompile(`(?i)\b(gender|sex|race|ethnic|religio|disab|orient|pregnan|parent|age|nationality|veto|refus|reject|declin|failed)`)
	for code, words := range English {
		if found := sensitive.FindString(words); found != "" {
			t.Errorf("%s says %q", code, found)
		}
	}
}

func TestNamesCannotCommandATerminal(t *testing.T) {
	t.Parallel()
	text := Participant{Partners: []Partner{{Name: "Dr {purpose}\x1b[2J Roy", Purpose: "research"}}}.Text(English)
	if strings.Contains(text, "\x1b") || !strings.Contains(text, "{purpose}") {
		t.Errorf("got %q", text)
	}
}
