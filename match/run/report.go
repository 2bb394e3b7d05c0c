package run

import (
	"fmt"
	"strings"
)

// A Report is what a check found, one finding a line, in the order in which it was looked at.
type Report struct {
	Findings    []Finding
	Fingerprint string // SHA-256 of the manifest
}

// A Finding is one thing that was checked.
type Finding struct {
	Refused bool
	Text    string // names people by their ids only
}

func (r *Report) ok(format string, args ...any) {
	r.Findings = append(r.Findings, Finding{false, fmt.Sprintf(format, args...)})
}

func (r *Report) refuse(format string, args ...any) {
	r.Findings = append(r.Findings, Finding{true, fmt.Sprintf(format, args...)})
}

// Refused counts the findings against the run; 0 means that it is accepted.
func (r *Report) Refused() int {
	n := 0
	for _, f := range r.Findings {
		if f.Refused {
			n++
		}
	}
	return n
}

// String is the report for people.
func (r *Report) String() string {
	var s page
	for _, f := range r.Findings {
		lead := "ok       "
		if f.Refused {
			lead = "refused  "
		}
		s.paragraph(lead, "%s", f.Text)
	}
	return strings.TrimRight(s.String(), "\n") + "\n"
}
