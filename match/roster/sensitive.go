package roster

import (
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match/score"
)

// Sensitive lists the columns with personal characteristics such as gender or origin, folded: those that the rules name
// under "sensitive" and in the audit, and those of the wishes. No rule and no points speak of them, and no explanation
// should.
func (r *rules) sensitiveColumns() []string {
	var all []string
	columns := slices.Concat(r.policy.sensitive, r.audit.sensitive())
	if w := r.policy.wishes; w != nil {
		columns = slices.Concat(columns, w.columns[0], w.columns[1])
	}
	for _, c := range columns {
		all = append(all, score.Fold(c.name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isSensitive reports a criterion that looks at a personal characteristic.
func (p *program) isSensitive(c *criterion) bool {
	columns := slices.Concat(c.columns[0], c.columns[1], c.sites[0], c.sites[1])
	if c.unless != nil {
		columns = slices.Concat(columns, c.unless.destination, c.unless.shared[0], c.unless.shared[1])
	}
	sensitive := p.rules.sensitiveColumns()
	for _, column := range columns {
		if slices.Contains(sensitive, score.Fold(column.name)) {
			p.rep.issue(Issue{
				File: p.rules.file, Row: c.line, Column: c.path, Value: column.name,
				Problem: "is sensitive: a personal characteristic decides neither who may be paired nor how well two suit",
				Instead: `delete the criterion; under "wishes" a mentee may wish that one of the mentors shares it`,
			})
			return true
		}
	}
	return false
}

// checkSensitive reports classes and levels that look at a personal characteristic, and columns that are not there.
func (p *program) checkSensitive() {
	sensitive := p.rules.sensitiveColumns()
	for side := range p.rules.sides {
		for _, c := range p.rules.sides[side].classes {
			if c.by == "" && slices.Contains(sensitive, score.Fold(c.col.name)) {
				p.rep.issue(Issue{
					File: p.rules.file, Row: c.line, Column: c.path, Value: c.col.name,
					Problem: "is sensitive: how many pairs a person may have of a kind does not go by personal characteristics", Instead: "delete the class",
				})
			}
		}
	}
	for _, c := range p.rules.policy.sensitive {
		_, mentees := p.sides[0].table.find(c.name)
		_, mentors := p.sides[1].table.find(c.name)
		if !mentees && !mentors {
			p.rep.issue(Issue{
				File: p.rules.file, Row: c.line, Column: c.path, Value: c.name,
				Problem: fmt.Sprintf("is no column of %s or %s", p.sides[0].table.file, p.sides[1].table.file),
				Instead: oneOf(c.name, slices.Compact(slices.Sorted(slices.Values(slices.Concat(p.sides[0].table.headings(), p.sides[1].table.headings()))))),
			})
		}
	}
}
