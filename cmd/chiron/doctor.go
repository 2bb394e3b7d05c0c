package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

type doctorCommand struct {
	Invariants bool `help:"Look whether everything holds that must hold after any fault. It reads the whole database."`
	JSON       bool `help:"Write it as JSON."`
}

func (*doctorCommand) Help() string {
	return `Looks at an installation and changes nothing; the server may run meanwhile. It looks at the settings, the keys and who else can read them, the database and its schema, the clock, the newest backup, promised work and letters, administrators, room on the disks, and the server of mails, to which it connects without sending a letter.

Each line says how bad it is (ok, warning or problem), what was found, and what to do. It names nobody, so that it can be shown to whoever helps.

Exit codes: 0 there is no problem, though there may be warnings; 1 there is a problem; 2 the settings have mistakes.

` + settingsHelp + `

Examples:

    chiron doctor
    chiron doctor --invariants
    chiron doctor --json`
}

func (c *doctorCommand) Run(ctx context.Context, t *terminal) error {
	settings, err := t.config()
	if err != nil {
		return err
	}
	doctor := operate.Doctor{Config: settings, Now: time.Now}
	var found []operate.Finding
	if c.Invariants {
		found = doctor.Invariants(ctx)
	} else {
		found = doctor.Examine(ctx)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	worst := operate.Worst(found)
	if c.JSON {
		err = t.writeJSON(map[string]any{"worst": worst, "findings": found})
	} else {
		printFindings(t.stdout, found)
	}
	if err == nil && worst == operate.Problem {
		err = errNo
	}
	return err
}

// printFindings writes a line for each finding, and below it what to do.
func printFindings(w io.Writer, found []operate.Finding) {
	n := map[operate.Grade]int{}
	for _, f := range found {
		n[f.Grade]++
		fmt.Fprintf(w, "%-8s %s: %s\n", f.Grade, f.Check, f.Says)
		if f.Do != "" {
			fmt.Fprintf(w, "         → %s\n", f.Do)
		}
	}
	switch problems, warnings := n[operate.Problem], n[operate.Warning]; {
	case problems > 0:
		fmt.Fprintf(w, "\n%s, %s.\n", many(int64(problems), "problem", "problems"), many(int64(warnings), "warning", "warnings"))
	case warnings > 0:
		fmt.Fprintf(w, "\nNo problem, %s.\n", many(int64(warnings), "warning", "warnings"))
	default:
		fmt.Fprintf(w, "\nAll is well.\n")
	}
}
