package mentoring

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed permissions.md
var permissionsFile string

// permissions is the table, read when the program starts. A mistake in it stops the program; tests have seen it read.
var permissions = mustRead(permissionsFile)

// A DataRow says who sees how much of a kind of data.
type DataRow struct {
	Kind       Kind
	SelfIs     string // "the person", "the owner", "the author", "the reporter" or "nobody"
	Cells      [len(Viewers)]Cell
	SteppingIn bool // whether an administrator who has stepped into an account sees it as the person does
}

// An ActionRow says who may do something.
type ActionRow struct {
	Action     Action
	On         []Kind
	Who        []Grant
	Needs      Need
	Suspended  bool // whether a suspended account may
	SteppingIn bool // whether an administrator who has stepped into the account may
}

// A Cell is the choices for one kind of data and one standing. The first one that is open holds; if none is, nothing is
// shown.
type Cell []Choice

// A Choice is a sight that is open when all its facts are true.
type Choice struct {
	Sight Sight
	If    Fact
}

// A Grant lets a standing act when all its facts are true.
type Grant struct {
	Standing Standing
	If       Fact
}

// DataRows are the rows of what is seen, in the order of the table. They are the program's own; nobody changes them.
func DataRows() []DataRow { return permissions.data }

// ActionRows are the rows of what is done.
func ActionRows() []ActionRow { return permissions.actions }

// with is the sight of a cell when these facts are true.
func (c Cell) with(facts Fact) Sight {
	for _, choice := range c {
		if choice.If&^facts == 0 {
			return choice.Sight
		}
	}
	return Nothing
}

// A table is permissions.md as the program sees it.
type table struct {
	data    []DataRow
	actions []ActionRow
	kindAt  map[Kind]int
	doAt    map[Action]int
}

func mustRead(text string) *table {
	t, err := readTable(text)
	if err != nil {
		panic(fmt.Errorf("read permissions.md: %w", err))
	}
	return t
}

// The headings of the two tables.
var (
	dataHeading   = append(append([]string{"data", "self is"}, words(Viewers[:])...), "stepping in")
	actionHeading = []string{"action", "on", "who may", "needs", "even while"}
	owners        = []string{"the person", "the owner", "the author", "the reporter", "nobody"}
)

// readTable reads permissions.md. It takes nothing that it does not know, and nothing twice.
func readTable(text string) (*table, error) {
	t := &table{kindAt: map[Kind]int{}, doAt: map[Action]int{}}
	err := readRows(text, dataHeading, func(cells []string) error {
		row, err := readData(cells)
		if _, twice := t.kindAt[row.Kind]; twice {
			return fmt.Errorf("%q stands twice", row.Kind)
		}
		t.kindAt[row.Kind] = len(t.data)
		t.data = append(t.data, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = readRows(text, actionHeading, func(cells []string) error {
		row, err := t.readAction(cells)
		if _, twice := t.doAt[row.Action]; twice {
			return fmt.Errorf("%q stands twice", row.Action)
		}
		t.doAt[row.Action] = len(t.actions)
		t.actions = append(t.actions, row)
		return err
	})
	return t, err
}

// readRows calls read for each row of the one table under a heading.
func readRows(text string, heading []string, read func(cells []string) error) error {
	inside, rows := false, 0
	for k, line := range strings.Split(text, "\n") {
		cells, isRow := cellsOf(line)
		switch {
		case isRow && slices.Equal(cells, heading):
			inside = true
			continue
		case !isRow:
			inside = false
			continue
		case !inside || strings.HasPrefix(line, "|-"):
			continue
		case len(cells) != len(heading):
			return fmt.Errorf("line %d: there are %d cells, not %d", k+1, len(cells), len(heading))
		}
		if err := read(cells); err != nil {
			return fmt.Errorf("line %d: %w", k+1, err)
		}
		rows++
	}
	if rows == 0 {
		return fmt.Errorf("there is no table with the columns %s", strings.Join(heading, ", "))
	}
	return nil
}

func cellsOf(line string) (cells []string, isRow bool) {
	inner, begins := strings.CutPrefix(line, "|")
	inner, ends := strings.CutSuffix(inner, "|")
	if !begins || !ends {
		return nil, false
	}
	for cell := range strings.SplitSeq(inner, "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells, true
}

func readData(cells []string) (row DataRow, err error) {
	row.Kind, row.SelfIs = Kind(cells[0]), cells[1]
	if !slices.Contains(owners, row.SelfIs) {
		return row, fmt.Errorf("self is %q, which is none of: %s", row.SelfIs, strings.Join(owners, ", "))
	}
	for k := range Viewers {
		if row.Cells[k], err = readCell(cells[2+k]); err != nil {
			return row, fmt.Errorf("%s, %s: %w", row.Kind, Viewers[k], err)
		}
	}
	if row.SelfIs == "nobody" && (cells[2] != string(Nothing) || cells[3] != string(Nothing)) {
		return row, fmt.Errorf("%s is nobody's, so that no self and no counterpart sees it", row.Kind)
	}
	switch steppingIn := cells[len(cells)-1]; steppingIn {
	case "as self":
		row.SteppingIn = true
	case "never":
	default:
		return row, fmt.Errorf(`%s, stepping in: %q is neither "as self" nor "never"`, row.Kind, steppingIn)
	}
	return row, nil
}

// readCell reads choices such as "all if a case needs it, else constraint".
func readCell(text string) (cell Cell, err error) {
	for choice := range strings.SplitSeq(text, ", else ") {
		word, facts, err := readIf(choice, sights)
		if err != nil {
			return nil, err
		}
		if len(cell) > 0 && cell[len(cell)-1].If == 0 {
			return nil, fmt.Errorf("what stands after %q is never reached", cell[len(cell)-1].Sight)
		}
		if word == Never && text != string(Never) {
			return nil, fmt.Errorf("never is never, with no condition and no choice beside it")
		}
		cell = append(cell, Choice{word, facts})
	}
	return cell, nil
}

// readIf reads a word of a vocabulary, perhaps with the facts it depends on.
func readIf[Word ~string](text string, vocabulary []Word) (word Word, facts Fact, err error) {
	first, condition, conditional := strings.Cut(text, " if ")
	if word = Word(first); !slices.Contains(vocabulary, word) {
		return word, 0, fmt.Errorf("%q is none of: %s", first, strings.Join(words(vocabulary), ", "))
	}
	if conditional {
		facts, err = readSet[Fact](condition, " and ", factWords[:])
	}
	return word, facts, err
}

// readSet reads words of a vocabulary as the set of their places in it.
func readSet[Set ~uint8 | ~uint16](text, between string, vocabulary []string) (set Set, err error) {
	for word := range strings.SplitSeq(text, between) {
		k := slices.Index(vocabulary, word)
		if k < 0 {
			return 0, fmt.Errorf("%q is none of: %s", word, strings.Join(vocabulary, ", "))
		}
		if set&(1<<k) != 0 {
			return 0, fmt.Errorf("%q stands twice", word)
		}
		set |= 1 << k
	}
	return set, nil
}

func (t *table) readAction(cells []string) (row ActionRow, err error) {
	row.Action = Action(cells[0])
	for on := range strings.SplitSeq(cells[1], ", ") {
		if _, known := t.kindAt[Kind(on)]; !known {
			return row, fmt.Errorf("%s: %q is no kind of data", row.Action, on)
		}
		row.On = append(row.On, Kind(on))
	}
	for who := range strings.SplitSeq(cells[2], ", ") {
		standing, facts, err := readIf(who, standings)
		if err != nil {
			return row, fmt.Errorf("%s: %w", row.Action, err)
		}
		row.Who = append(row.Who, Grant{standing, facts})
	}
	if cells[3] != "" {
		if row.Needs, err = readSet[Need](cells[3], ", ", needWords[:]); err != nil {
			return row, fmt.Errorf("%s: %w", row.Action, err)
		}
	}
	if cells[4] == "" {
		return row, nil
	}
	even, err := readSet[uint8](cells[4], ", ", []string{"suspended", "stepping in"})
	row.Suspended, row.SteppingIn = even&1 != 0, even&2 != 0
	return row, err
}

func words[Word ~string](list []Word) []string {
	out := make([]string, len(list))
	for k, word := range list {
		out[k] = string(word)
	}
	return out
}
