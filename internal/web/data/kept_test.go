package data

import (
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/privacy"
)

// TestEveryTableIsExplainedByItsFate holds the words to what is declared: each table that holds something about people
// stands in one class, and all of a class share a fate.
func TestEveryTableIsExplainedByItsFate(t *testing.T) {
	t.Parallel()
	of, in := fates(), map[string]string{}
	for _, one := range classes {
		for _, table := range one.tables {
			if _, known := of[table]; !known || in[table] != "" {
				t.Errorf("%s: there is no such table, or it stands twice", table)
			}
			if in[table] = one.key; of[table] != of[one.tables[0]] {
				t.Errorf("%s: its fate is %q, and that of %s %q", table, of[table], one.tables[0], of[one.tables[0]])
			}
		}
		for _, l := range locale.Languages {
			if w := locale.For(l); !w.Has("data.class."+one.key) || !w.Has("data.why."+one.key) {
				t.Errorf("there are no words for %s in %s", one.key, l)
			}
		}
	}
	for _, table := range privacy.Tables {
		if (in[table.Name] == "") != (table.Fate == privacy.NotPersonal) {
			t.Errorf("%s (%s) stands in class %q", table.Name, table.Fate, in[table.Name])
		}
	}
	for _, term := range privacy.Retention {
		key := terms[term.Class]
		if w := locale.For(locale.French); key == "" || !w.Has("data.term."+key) || !w.Has("data.because."+key) {
			t.Errorf("there are no words for %s", term.Class)
		}
	}
}
