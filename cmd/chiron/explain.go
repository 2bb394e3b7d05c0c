package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/run"
)

type explainCommand struct {
	Dir     string   `arg:"" name:"run" help:"The run folder."`
	IDs     []string `arg:"" optional:"" name:"id" help:"Whom to explain. Without one, the whole run in brief."`
	For     string   `placeholder:"READER" default:"coordinator" enum:"participant,coordinator,auditor" help:"Who will read it: participant, coordinator or auditor."`
	Inputs  []string `placeholder:"PATH" sep:"none" help:"The folder with the spreadsheets, or one of the files; repeat it for each. With them, reasons name the criteria."`
	Hide    []string `placeholder:"CRITERION" sep:"none" help:"A criterion that is never named, because it speaks of what is sensitive; repeat it for several."`
	Contact string   `placeholder:"TEXT" help:"Whom participants may write to, as it stands after \"write to\"."`
}

func (*explainCommand) Help() string {
	return `Says why people are paired as they are, what another pair would cost the others, and what would find a mentor for somebody who has none.

Nothing is guessed: a cost, a gain or a remedy is shown only after the whole matching was solved anew with that change, or where the prices in the certificate prove it. The run folder is checked first, and one that is not accepted is not explained.

What a text says depends on who will read it:

    participant  the own pairs and what speaks for them; no scores, nobody else. All mentees without a mentor read the same.
    coordinator  reasons with their points, the next best pair and its cost, and what would help whom
    auditor      ids, prices and numbers as in the files, without names

Without an id, a coordinator gets every mentee with fewer mentors than wanted, with what would help, and what one more place with each mentor would bring; participants and auditors get one text after the other.

Examples:

    chiron explain run-residency
    chiron explain run-residency julia.ivanova@une.example --inputs examples/residency
    chiron explain run-2027 R21 --inputs mentors.csv --inputs mentees.csv --inputs rules.yaml
    chiron explain run-residency --for participant --contact "Kim, mentoring@une.example"`
}

func (c *explainCommand) Run(ctx context.Context, t *terminal) error {
	told, err := c.readCase(ctx, t)
	if err != nil {
		return err
	}
	x, err := explain.New(told)
	if err != nil {
		return asInput(err)
	}
	if len(c.IDs) == 0 && c.For == "coordinator" {
		progress := newBar(t.stderr, t.env)
		overview, err := x.Overview(ctx, progress.moved)
		progress.stop()
		if err == nil {
			fmt.Fprint(t.stdout, overview.Text(explain.English))
		}
		return err
	}
	people, err := c.people(x, told.Problem)
	if err != nil {
		return err
	}
	for k, who := range people {
		text, err := c.text(ctx, x, who)
		if err != nil {
			return err
		}
		if k > 0 {
			fmt.Fprintln(t.stdout)
		}
		if c.For == "participant" && len(people) > 1 {
			fmt.Fprintf(t.stdout, "--- %s %s ---\n\n", who.side, who.id)
		}
		fmt.Fprint(t.stdout, text)
	}
	return nil
}

// somebody is a person in one of the two roles.
type somebody struct {
	side match.Side
	id   string
}

// people lists whom to explain: those named, in that order, or everybody.
func (c *explainCommand) people(x *explain.Explainer, p *match.Problem) ([]somebody, error) {
	var list []somebody
	if len(c.IDs) == 0 {
		for side, ids := range [...][]string{p.Mentees, p.Mentors} {
			for _, id := range ids {
				list = append(list, somebody{match.Side(side), id})
			}
		}
		return list, nil
	}
	for _, id := range c.IDs {
		before := len(list)
		for _, side := range [...]match.Side{match.MenteeSide, match.MentorSide} {
			if x.Has(side, id) {
				list = append(list, somebody{side, id})
			}
		}
		if len(list) == before {
			if filepath.Ext(id) != "" && len(c.Inputs) > 0 {
				return nil, &inputError{fmt.Errorf("%s looks like a file: write --inputs before each of them", id)}
			}
			return nil, &inputError{fmt.Errorf("%s: nobody in this run has the id %q; ids stand in pairs.csv and unmatched.csv", c.Dir, id)}
		}
	}
	return list, nil
}

func (c *explainCommand) text(ctx context.Context, x *explain.Explainer, who somebody) (string, error) {
	switch c.For {
	case "participant":
		text, _ := x.Participant(who.side, who.id)
		return text.Text(explain.English), ctx.Err()
	case "auditor":
		text, err := x.Auditor(ctx, who.side, who.id)
		return text.Text(explain.English), err
	}
	text, err := x.Coordinator(ctx, who.side, who.id)
	return text.Text(explain.English), err
}

// readCase checks the run folder and reads what is in it, and, with the inputs, what they say of people.
func (c *explainCommand) readCase(ctx context.Context, t *terminal) (explain.Case, error) {
	r, err := c.open(ctx)
	if refused := (*run.NotAccepted)(nil); errors.As(err, &refused) {
		for _, f := range refused.Report.Findings {
			if f.Refused {
				fmt.Fprintf(t.stderr, "refused  %s\n", f.Text)
			}
		}
		fmt.Fprintf(t.stderr, "chiron: %s is not explained, because it is not accepted, for %s.\n", c.Dir, reasons(refused.Report.Refused()))
		return explain.Case{}, errNo
	}
	if err != nil {
		return explain.Case{}, asInput(err)
	}
	told := r.Case()
	told.Contact = c.Contact
	if len(c.Hide) == 0 {
		return told, nil
	}
	told.Hidden = append(told.Hidden, c.Hide...)
	return told, checkHidden(&told)
}

func (c *explainCommand) open(ctx context.Context) (*run.Run, error) {
	if len(c.Inputs) == 0 {
		return run.Open(ctx, c.Dir)
	}
	inputs, err := readInputs(c.Inputs)
	if err != nil {
		return nil, err
	}
	return run.OpenInputs(ctx, c.Dir, inputs)
}

// checkHidden refuses to hide what is not there: a slip of the pen would let through what was to be hidden.
func checkHidden(told *explain.Case) error {
	there := map[string]bool{}
	if told.Reasons != nil {
		for e := range told.Problem.Edges.Len() {
			for _, r := range told.Reasons(e) {
				there[r.Criterion] = true
			}
		}
	}
	for _, mentee := range told.Problem.Mentees {
		if told.Barriers == nil {
			break
		}
		for _, b := range told.Barriers(mentee) {
			there[b.Rule] = true
		}
	}
	for _, name := range told.Hidden {
		if !there[name] {
			return &inputError{fmt.Errorf("--hide %q: no reason or rule has this name here; the names are %s", name, strings.Join(slices.Sorted(maps.Keys(there)), ", "))}
		}
	}
	return nil
}
