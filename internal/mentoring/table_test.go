package mentoring

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestTableIsReadStrictly(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct{ from, to, want string }{
		"unknown sight":         {"| pulse | the person | all | never |", "| pulse | the person | all | mostly |", `pulse, counterpart: "mostly" is none of: all, shared`},
		"unknown fact":          {"all if shown", "all if they are nice", `"they are nice" is none of: both accepted`},
		"fact twice":            {"before publication and independent", "independent and independent", "stands twice"},
		"choice never reached":  {"| all if a case needs it, else constraint |", "| constraint, else all if a case needs it |", "is never reached"},
		"never with condition":  {"flag if they ask", "flag if they ask, else never", "never is never"},
		"kind twice":            {"| vetoes |", "| pulse |", `"pulse" stands twice`},
		"unknown owner":         {"| the reporter |", "| the gossip |", `self is "the gossip"`},
		"self of nobody's":      {"| nobody | no |", "| nobody | all |", "program settings is nobody's"},
		"stepping in":           {"| metadata | as self |", "| metadata | maybe |", "stepping in"},
		"cell missing":          {"| pulse | the person |", "| pulse |", "there are 8 cells, not 9"},
		"no table of what":      {"| data |", "| date |", "there is no table with the columns data"},
		"no table of who":       {"| action |", "| deed |", "there is no table with the columns action"},
		"unknown standing":      {"| self, counterpart, delegate |", "| self, dean |", `book and log meetings: "dean" is none of`},
		"unknown condition":     {"coordinator if addressed", "coordinator if asked", `"asked" is none of`},
		"unknown need":          {"| reason, log, letter |", "| luck |", `"luck" is none of`},
		"unknown exception":     {"| log | suspended, stepping in |", "| log | asleep |", `"asleep" is none of`},
		"action on nothing":     {"| sign in | account |", "| sign in | teapot |", `sign in: "teapot" is no kind of data`},
		"action twice":          {"| sign in |", "| sign out |", `"sign out" stands twice`},
		"sight of upper letter": {"| ciphertext |", "| Ciphertext |", `"Ciphertext" is none of`},
	} {
		text := strings.Replace(permissionsFile, change.from, change.to, 1)
		if text == permissionsFile {
			t.Errorf("%s: %q does not stand in the table", name, change.from)
			continue
		}
		if _, err := readTable(text); err == nil || !strings.Contains(err.Error(), change.want) {
			t.Errorf("%s: %v, want %s", name, err, change.want)
		}
	}
}

func TestMistakeIsNamedWithItsLine(t *testing.T) {
	t.Parallel()
	_, err := readTable(strings.Replace(permissionsFile, "| vetoes | the person | all | never |", "| vetoes | the person | all | newer |", 1))
	want := 1 + strings.Count(permissionsFile[:strings.Index(permissionsFile, "| vetoes |")], "\n")
	if err == nil || !strings.HasPrefix(err.Error(), "line "+strconv.Itoa(want)+": vetoes, counterpart:") {
		t.Errorf("%v, want line %d", err, want)
	}
}

// Every constant has a row, and every row a constant, so that neither a route nor a page can be without the other.
func TestCodeAndTableKnowTheSameWords(t *testing.T) {
	t.Parallel()
	var kinds, actions []string
	for _, row := range DataRows() {
		kinds = append(kinds, string(row.Kind))
	}
	for _, row := range ActionRows() {
		actions = append(actions, string(row.Action))
	}
	same(t, "kinds", constants(t, "object.go", "Kind"), kinds)
	same(t, "actions", constants(t, "action.go", "Action"), append(actions, string(See)))
	same(t, "sights", constants(t, "sight.go", "Sight"), words(sights))
	same(t, "standings", constants(t, "standing.go", "Standing"), words(standings))
}

func same(t *testing.T, what string, a, b []string) {
	t.Helper()
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		t.Errorf("%s: the constants are %q, the table has %q", what, a, b)
	}
}

// constants are the values of the constants of a type in a file.
func constants(t *testing.T, file, name string) (values []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			ident, _ := spec.Type.(*ast.Ident)
			literal, _ := spec.Values[0].(*ast.BasicLit)
			if ident != nil && literal != nil && ident.Name == name {
				value, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
		}
		return true
	})
	return values
}

func TestEveryWordOfTheTableIsUsed(t *testing.T) {
	t.Parallel()
	var facts Fact
	used := map[Sight]bool{}
	for _, row := range DataRows() {
		for _, cell := range row.Cells {
			for _, choice := range cell {
				used[choice.Sight] = true
				facts |= choice.If
			}
		}
	}
	for _, s := range sights {
		if !used[s] {
			t.Errorf("no cell is %q", s)
		}
	}
	if all := Fact(1<<len(factWords) - 1); facts != all {
		t.Errorf("no cell asks whether %s", all&^facts)
	}
}

func TestFaultTellsLogsNoArgument(t *testing.T) {
	t.Parallel()
	cause := errors.New("the disk is full")
	f := &Fault{Kind: Conflict, Key: "account.taken", Args: []any{"name", "Hélène"}, Err: cause}
	if got := f.Error(); got != "conflict (account.taken): the disk is full" {
		t.Errorf("says %q", got)
	}
	if !errors.Is(f, cause) || !IsFault(f, Conflict) || IsFault(f, NotFound) || IsFault(cause, Internal) {
		t.Error("the kind or the cause cannot be asked for")
	}
	for kind, want := range map[FaultKind]string{Internal: "internal", NotFound: "not found", Forbidden: "forbidden", Conflict: "conflict", Invalid: "invalid", Unavailable: "unavailable"} {
		if kind.String() != want {
			t.Errorf("%d is %q", kind, kind)
		}
	}
}
