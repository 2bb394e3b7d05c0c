package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/chiron-mentoring/chiron/match/roster"
)

type rulesCommand struct {
	Paths []string `arg:"" name:"path" help:"A folder with the spreadsheets, or the files one by one."`
	Quiet bool     `short:"q" help:"Write the rules, and do not say what the columns were taken for."`
}

func (*rulesCommand) Help() string {
	return `Looks at spreadsheets and writes the rules that "chiron match" would go by if there were no rules file: which table holds the mentees and which the mentors, what each column is, what must hold for a pair, and what suits. What each column was taken for, and how sure that is, is said besides.

Save the rules as rules.yaml beside the spreadsheets, read them, and change what is wrong. From then on they count as you wrote them.

A rules file that is there already is not looked at, and not changed.

Examples:

    chiron rules people.xlsx
    chiron rules cohort > rules.yaml
    chiron rules residents.csv faculty.csv > rules.yaml`
}

func (c *rulesCommand) Run(t *terminal) error {
	inputs, err := readInputs(c.Paths)
	if err != nil {
		return err
	}
	text, findings, err := roster.Infer(inputs)
	if err != nil {
		return err
	}
	if _, err := t.stdout.Write(text); err != nil {
		return err
	}
	if !c.Quiet {
		return tell(t.stderr, findings)
	}
	return nil
}

// tell says table by table what the columns were taken for.
func tell(w io.Writer, findings []roster.Finding) error {
	const longest = 40
	columns := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	before := ""
	for _, f := range findings {
		table := f.File
		if f.Sheet != "" {
			table += fmt.Sprintf(", sheet %q", f.Sheet)
		}
		if table != before {
			if before != "" {
				fmt.Fprintln(columns)
			}
			fmt.Fprintf(columns, "%s\n", table)
			before = table
		}
		heading := []rune(f.Column)
		if len(heading) > longest {
			heading = append(heading[:longest-1], '…')
		}
		fmt.Fprintf(columns, "  %s\t%s\t%s\t%s\n", strings.Map(visible, string(heading)), f.As, f.Sure, f.Because)
	}
	return columns.Flush()
}

// visible keeps what a spreadsheet says from moving the cursor of a terminal.
func visible(r rune) rune {
	if r < ' ' || 0x7f <= r && r < 0xa0 {
		return ' '
	}
	return r
}
