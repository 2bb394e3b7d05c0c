package run

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/match"
)

// Earlier says what became of pairs from an earlier time.
type Earlier struct {
	File  string
	Pairs int
	// What became of them, as pairs by the ids of mentee and mentor.
	GoOn, PassedOver, Ruled, Left [][2]string
	New                           int // pairs of the run that were not among them

	r *Run
}

// CompareEarlier says which pairs of a table go on in a run. The table is a pairs.csv, of a run or of a program: a row
// a pair, with columns mentee and mentor; rows whose state is forbidden are passed over. Purposes are not looked at:
// two people who go on for another purpose go on.
func CompareEarlier(file string, data []byte, r *Run) (*Earlier, error) {
	earlier, err := readEarlier(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p := r.Problem
	possible, made := map[[2]string]bool{}, map[[2]string]bool{}
	for e := range p.Edges.Len() {
		if p.State(e) != match.Forbidden {
			possible[peopleOf(p, e)] = true
		}
	}
	for _, e := range r.Certificate.Chosen {
		made[peopleOf(p, int(e))] = true
	}
	c := &Earlier{File: file, Pairs: len(earlier), New: len(made), r: r}
	for _, pair := range earlier {
		_, mentee := slices.BinarySearch(p.Mentees, pair[0])
		_, mentor := slices.BinarySearch(p.Mentors, pair[1])
		list := &c.PassedOver
		switch {
		case made[pair]:
			list = &c.GoOn
			c.New--
		case !mentee || !mentor:
			list = &c.Left
		case !possible[pair]:
			list = &c.Ruled
		}
		*list = append(*list, pair)
	}
	return c, nil
}

func peopleOf(p *match.Problem, e int) [2]string {
	return [2]string{p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]]}
}

// readEarlier reads the pairs of a table, in its order and each once.
func readEarlier(data []byte) ([][2]string, error) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if !utf8.Valid(data) {
		return nil, fmt.Errorf(`it is not written in UTF-8; save it as "CSV UTF-8"`)
	}
	rows, err := separated(data)
	if err != nil {
		return nil, fmt.Errorf("it is no CSV file: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("it is empty")
	}
	mentee, mentor, state := heading(rows[0], "mentee"), heading(rows[0], "mentor"), heading(rows[0], "state")
	if mentee < 0 || mentor < 0 {
		return nil, fmt.Errorf("it has no columns mentee and mentor; the first row must name them, as in the pairs.csv of a run")
	}
	var pairs [][2]string
	seen := map[[2]string]bool{}
	cell := func(row []string, c int) string {
		if c < 0 || c >= len(row) {
			return ""
		}
		return textOf(strings.TrimSpace(row[c]))
	}
	for _, row := range rows[1:] {
		pair := [2]string{cell(row, mentee), cell(row, mentor)}
		if pair[0] == "" || pair[1] == "" || seen[pair] || strings.EqualFold(cell(row, state), "forbidden") {
			continue
		}
		seen[pair] = true
		pairs = append(pairs, pair)
	}
	if len(pairs) == 0 {
		return nil, fmt.Errorf("there are no pairs in it")
	}
	return pairs, nil
}

// separated reads rows whose cells are separated by what the first line has most of: spreadsheet programs write
// semicolons where people write commas in numbers.
func separated(data []byte) ([][]string, error) {
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	line, _, _ := bytes.Cut(data, []byte("\n"))
	for _, mark := range ";\t" {
		if bytes.Count(line, []byte(string(mark))) > bytes.Count(line, []byte(string(in.Comma))) {
			in.Comma = mark
		}
	}
	return in.ReadAll()
}

func heading(row []string, name string) int {
	return slices.IndexFunc(row, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) })
}

// Text is the comparison for people. Unless all are asked for it lists a few pairs of each kind.
func (c *Earlier) Text(all bool) string {
	var s page
	s.figure("Pairs before", c.Pairs, "in "+c.File)
	s.figure("  go on", len(c.GoOn), "")
	s.figure("  could have gone on", len(c.PassedOver), "possible, and not chosen")
	s.figure("  cannot go on", len(c.Ruled), "the rules, or no wish, keep them apart")
	s.figure("  somebody has left", len(c.Left), "")
	s.figure("New pairs", c.New, "")
	for _, kind := range [...]struct {
		heading string
		pairs   [][2]string
	}{{"Could have gone on", c.PassedOver}, {"Cannot go on", c.Ruled}, {"Somebody has left", c.Left}} {
		if len(kind.pairs) == 0 {
			continue
		}
		s.heading("%s (%d)", kind.heading, len(kind.pairs))
		shown := kind.pairs
		if !all {
			shown = shown[:min(len(shown), listedPeople)]
		}
		for _, pair := range shown {
			s.item("%s and %s", c.called(match.MenteeSide, pair[0]), c.called(match.MentorSide, pair[1]))
		}
		if more := len(kind.pairs) - len(shown); more > 0 {
			s.item("and %d more; --all lists them", more)
		}
	}
	return s.String()
}

func (c *Earlier) called(side match.Side, id string) string {
	if name := c.r.person(side, id).Name; name != "" {
		return id + ", " + name
	}
	return id
}
