package roster

import (
	"testing"

	"github.com/chiron-mentoring/chiron/match"
)

func TestAListIsFullWhenItsColumnsAreAndMentorsAreLeft(t *testing.T) {
	t.Parallel()
	const mentors, rules = "id\nM1\nM2\nM3\n", "version: 1\naim: stable-for-mentees\n"
	for name, test := range map[string]struct {
		mentees, mentors, pairs string
		want                    match.Lists
	}{
		"room left":                {"id,choice 1,choice 2\na,M1,\nb,M2,\n", mentors, "", match.ListsHadRoom},
		"no room left":             {"id,choice 1,choice 2\na,M1,M3\nb,M2,\n", mentors, "", match.ListsFull},
		"the same chosen twice":    {"id,choice 1,choice 2\na,M1,M1\nb,M2,\n", mentors, "", match.ListsHadRoom},
		"nobody left to choose":    {"id,choice 1,choice 2\na,M1,M2\nb,M2,\n", "id\nM1\nM2\n", "", match.ListsHadRoom},
		"a list in one column":     {"id,choices\na,M1;M2\nb,M2\n", mentors, "", match.ListsUnknown},
		"ranks in a file of pairs": {"id\na\nb\n", mentors, "mentee,mentor,mentee's rank\na,M1,1\nb,M1,1\n", match.ListsUnknown},
	} {
		inputs := []Input{{"mentees.csv", []byte(test.mentees)}, {"mentors.csv", []byte(test.mentors)}, {"rules.yaml", []byte(rules)}}
		if test.pairs != "" {
			inputs = append(inputs, Input{"pairs.csv", []byte(test.pairs)})
		}
		r, err := Load(inputs)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r.Lists != test.want {
			t.Errorf("%s: got %q, want %q", name, r.Lists, test.want)
		}
	}
}
