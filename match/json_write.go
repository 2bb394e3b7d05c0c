package match

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"
)

// The versions of the two files. A reader refuses every other one.
const (
	ProblemFormat     = "problem/1"
	CertificateFormat = "certificate/1"
)

// Write writes p in its one canonical form: keys in a fixed order, columns that are nil left out, one column a line.
// docs/reference/problem-format.md describes it for other languages.
func (p *Problem) Write(w io.Writer) error {
	out := newWriter(w)
	out.open()
	out.key("chiron").text(ProblemFormat)
	out.key("kind").text(string(p.Kind))
	out.key("aim").text(string(p.Aim))
	if p.HardMinimums {
		out.key("hardMinimums").bool(true)
	}
	n, m := len(p.Mentees), len(p.Mentors)
	out.key("mentees").open()
	out.key("id").texts(p.Mentees)
	out.caps(p, 0, n)
	out.close()
	out.key("mentors").open()
	out.key("id").texts(p.Mentors)
	out.caps(p, n, n+m)
	out.close()
	if len(p.Classes) > 0 {
		names, parents := make([]string, len(p.Classes)), make([]int32, len(p.Classes))
		for i, c := range p.Classes {
			names[i], parents[i] = c.Name, c.Parent
		}
		out.key("classes").open()
		out.key("name").texts(names)
		numbers(out.key("parent"), parents)
		out.caps(p, n+m, p.NumCaps())
		out.close()
	}
	if len(p.Purposes) > 0 {
		out.key("purposes").texts(p.Purposes)
	}
	out.edges(&p.Edges)
	if len(p.Columns) > 0 {
		out.key("columns").open()
		for _, c := range p.Columns {
			numbers(out.key(c.Name), c.Values)
		}
		out.close()
	}
	if len(p.Goals) > 0 {
		out.key("goals").list(len(p.Goals), func(i int) { out.goal(&p.Goals[i]) })
	}
	if l := p.Lottery; l.Seed != "" || l.Mentees != nil || l.Mentors != nil {
		out.key("lottery").open()
		if l.Seed != "" {
			out.key("seed").text(l.Seed)
		}
		if l.Mentees != nil {
			numbers(out.key("mentees"), l.Mentees)
		}
		if l.Mentors != nil {
			numbers(out.key("mentors"), l.Mentors)
		}
		out.close()
	}
	out.close()
	return out.end()
}

// Hash is the SHA-256 of what Write writes, in hexadecimal: the name by which a certificate calls its problem.
func (p *Problem) Hash() string {
	sum := sha256.New()
	if err := p.Write(sum); err != nil {
		panic(err) // a hash never fails to take bytes
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Write writes c in its one canonical form.
func (c *Certificate) Write(w io.Writer) error {
	out := newWriter(w)
	out.open()
	out.key("chiron").text(CertificateFormat)
	out.key("problem").text(c.Problem)
	out.key("engine").text(c.Engine)
	out.key("outcome").text(string(c.Outcome))
	numbers(out.key("chosen"), c.Chosen)
	if c.Values != nil {
		numbers(out.key("values"), c.Values)
	}
	if c.Prices != nil {
		out.key("prices").list(len(c.Prices), func(k int) { numbers(out, c.Prices[k]) })
	}
	if c.Outcome == IsStable || c.Rejected != nil {
		numbers(out.key("rejected"), c.Rejected)
	}
	if c.Other != nil {
		out.key("other").open()
		numbers(out.key("chosen"), c.Other.Chosen)
		numbers(out.key("rejected"), c.Other.Rejected)
		out.close()
	}
	if c.Outcome == IsWeaklyStable || c.Cover != nil {
		numbers(out.key("cover"), c.Cover)
	}
	out.close()
	return out.end()
}

// A writer writes canonical JSON. Errors stay in the buffer and come out at the end.
type writer struct {
	*bufio.Writer
	depth   int
	started bool // whether the object or list at hand has a member already
	scratch []byte
}

func newWriter(w io.Writer) *writer {
	return &writer{Writer: bufio.NewWriterSize(w, 1<<16)}
}

func (w *writer) open() {
	w.WriteByte('{')
	w.depth++
	w.started = false
}

func (w *writer) close() {
	w.depth--
	w.WriteString("\n")
	w.indent()
	w.WriteByte('}')
	w.started = true
}

func (w *writer) end() error {
	w.WriteByte('\n')
	return w.Flush()
}

func (w *writer) indent() {
	for range w.depth {
		w.WriteByte(' ')
	}
}

func (w *writer) key(name string) *writer {
	if w.started {
		w.WriteByte(',')
	}
	w.started = true
	w.WriteByte('\n')
	w.indent()
	w.text(name)
	w.WriteString(": ")
	return w
}

func (w *writer) text(s string) {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	w.Write(quoted)
}

func (w *writer) bool(b bool) { w.WriteString(strconv.FormatBool(b)) }

func (w *writer) int(n int64) {
	w.scratch = strconv.AppendInt(w.scratch[:0], n, 10)
	w.Write(w.scratch)
}

func (w *writer) list(n int, item func(i int)) {
	w.WriteByte('[')
	for i := range n {
		if i > 0 {
			w.WriteByte(',')
		}
		item(i)
	}
	w.WriteByte(']')
}

func (w *writer) texts(list []string) { w.list(len(list), func(i int) { w.text(list[i]) }) }

func numbers[N ~int32 | ~int64 | ~uint8](w *writer, list []N) {
	w.list(len(list), func(i int) { w.int(int64(list[i])) })
}

// caps writes the most and the fewest pairs of caps from to to.
func (w *writer) caps(p *Problem, from, to int) {
	numbers(w.key("max"), p.Max[from:to])
	if p.Min != nil {
		numbers(w.key("min"), p.Min[from:to])
	}
}

func (w *writer) edges(e *Edges) {
	w.key("edges").open()
	for _, c := range [...]struct {
		name   string
		values []int32
	}{
		{"mentee", e.Mentee}, {"mentor", e.Mentor}, {"purpose", e.Purpose}, {"menteeCap", e.MenteeCap},
		{"mentorCap", e.MentorCap}, {"menteeRank", e.MenteeRank}, {"mentorRank", e.MentorRank},
	} {
		if c.values != nil || c.name == "mentee" || c.name == "mentor" {
			numbers(w.key(c.name), c.values)
		}
	}
	if e.State != nil {
		numbers(w.key("state"), e.State)
	}
	w.close()
}

func (w *writer) goal(g *Goal) {
	w.open()
	w.key("name").text(g.Name)
	if g.Pairs {
		w.key("pairs").bool(true)
	}
	if g.Column != "" {
		w.key("column").text(g.Column)
	}
	if g.Band != nil {
		numbers(w.key("band"), []int32{g.Band.From, g.Band.To})
	}
	if len(g.Units) > 0 {
		w.key("units").list(len(g.Units), func(i int) {
			r := &g.Units[i]
			w.open()
			if r.Of != "" {
				w.key("of").text(r.Of)
			}
			if r.Caps != nil {
				numbers(w.key("caps"), r.Caps)
			}
			numbers(w.key("units"), r.Units)
			w.close()
		})
	}
	if g.Minimums {
		w.key("minimums").bool(true)
	}
	if g.Lottery != 0 {
		w.key("lottery").int(int64(g.Lottery))
	}
	if g.Minimise {
		w.key("minimise").bool(true)
	}
	w.close()
}
