package run

import (
	"fmt"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// listedPeople is how many people of one kind a comparison lists unless all are asked for.
const listedPeople = 20

func (c *Comparison) remark(format string, args ...any) {
	c.Remarks = append(c.Remarks, fmt.Sprintf(format, args...))
}

// Text is the comparison for people. Unless all are asked for it lists a few people of each kind.
func (c *Comparison) Text(all bool) string {
	var s page
	s.paragraph("First   ", "%s", c.Labels[0])
	s.paragraph("Second  ", "%s", c.Labels[1])
	s.WriteString("\n")
	fmt.Fprintf(&s, "%-32s %10s %10s %11s\n", "", "first", "second", "difference")
	s.figures(c.Figures)
	if len(c.Goals) > 0 {
		s.heading("Goals, the most important first")
		s.figures(c.Goals)
	}
	if len(c.Unshared) > 0 {
		s.heading("Not compared, because the two do not count them alike")
		s.say("%s", strings.Join(c.Unshared, ", "))
	}
	s.WriteString("\n")
	s.figure("Pairs in both", c.Both, "")
	s.figure("  only in the first", c.Only[0], "")
	s.figure("  only in the second", c.Only[1], "")
	for side, of := range c.Strays {
		for i, n := range of {
			if n > 0 {
				s.figure("  "+match.Side(side).String()+"s only there", n, "who take part only in the "+[...]string{"first", "second"}[i])
			}
		}
	}
	s.changes(c.Changes, all)
	if len(c.Remarks) > 0 {
		s.WriteString("\n")
	}
	for _, remark := range c.Remarks {
		s.line("%s", remark)
	}
	return s.String()
}

func (s *page) figures(list []Figure) {
	for _, f := range list {
		difference := "same"
		if d := f.Values[1] - f.Values[0]; d != 0 {
			difference = fmt.Sprintf("%+d", d)
		}
		fmt.Fprintf(s, "%-32s %10d %10d %11s\n", strings.Map(printable, f.Name), f.Values[0], f.Values[1], difference)
	}
}

// changes lists people by what happens to them, the gravest first.
func (s *page) changes(list []Change, all bool) {
	for side, words := range [...][3]string{
		{"Mentees with a mentor only in the first", "Mentees with a mentor only in the second", "Mentees with other mentors"},
		{"Mentors with a mentee only in the first", "Mentors with a mentee only in the second", "Mentors with other mentees"},
	} {
		var kinds [3][]Change
		for _, change := range list {
			if change.Person.Side == match.Side(side) {
				kinds[change.kind()] = append(kinds[change.kind()], change)
			}
		}
		for kind, people := range kinds {
			if len(people) == 0 {
				continue
			}
			s.heading("%s (%d)", words[kind], len(people))
			shown := people
			if !all {
				shown = people[:min(len(people), listedPeople)]
			}
			for _, change := range shown {
				s.item("%s", change)
			}
			if more := len(people) - len(shown); more > 0 {
				s.item("and %d more; --all lists them", more)
			}
		}
	}
}

// kind is 0 for those who have somebody only in the first matching, 1 for only in the second, 2 for others.
func (c *Change) kind() int {
	switch {
	case len(c.Kept)+len(c.Gained) == 0:
		return 0
	case len(c.Kept)+len(c.Lost) == 0:
		return 1
	}
	return 2
}

func (c Change) String() string {
	who := c.Person.ID
	if c.Person.Name != "" {
		who += ", " + c.Person.Name
	}
	var parts []string
	for _, part := range [...]struct {
		verb string
		ids  []string
	}{{"keeps", c.Kept}, {"loses", c.Lost}, {"gains", c.Gained}} {
		if len(part.ids) > 0 {
			parts = append(parts, part.verb+" "+strings.Join(part.ids, ", "))
		}
	}
	return who + ": " + strings.Join(parts, "; ")
}
