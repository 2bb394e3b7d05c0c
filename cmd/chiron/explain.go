package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/roster"
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
    chiron explain run-residency R21 F03 --inputs examples/residency
    chiron explain run-2027 R21 --inputs mentors.csv --inputs mentees.csv --inputs rules.yaml
    chiron explain run-residency R21 --for participant --contact "Dr Roy, mentoring@example.org"`
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
	told := explain.Case{Hidden: c.Hide, Contact: c.Contact}
	var inputs []roster.Input
	var report *run.Report
	var err error
	if len(c.Inputs) > 0 {
		if inputs, err = readInputs(c.Inputs); err != nil {
			return told, err
		}
		report, err = run.CheckInputs(ctx, c.Dir, inputs)
	} else {
		report, err = run.Check(ctx, c.Dir)
	}
	if err != nil {
		return told, asInput(err)
	}
	if n := report.Refused(); n > 0 {
		for _, f := range report.Findings {
			if f.Refused {
				fmt.Fprintf(t.stderr, "refused  %s\n", f.Text)
			}
		}
		fmt.Fprintf(t.stderr, "chiron: %s is not explained, because it is not accepted, for %s.\n", c.Dir, reasons(n))
		return told, errNo
	}
	if told.Problem, err = readFrom(c.Dir, "problem.json", match.ReadProblem); err != nil {
		return told, err
	}
	if told.Certificate, err = readFrom(c.Dir, "certificate.json", match.ReadCertificate); err != nil {
		return told, err
	}
	if len(inputs) == 0 {
		told.Names, err = namesIn(c.Dir)
		return told, err
	}
	return told, addPeople(&told, inputs)
}

// readFrom reads a file of the run folder.
func readFrom[T any](dir, name string, read func(io.Reader) (T, error)) (T, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	return read(f)
}

// addPeople adds what the spreadsheets say: names, criteria and rules. With ranks alone, no rule keeps people apart, and
// one more choice can be thought of.
func addPeople(told *explain.Case, inputs []roster.Input) error {
	people, err := roster.Load(inputs)
	if err != nil {
		return err
	}
	told.Names = [2]map[string]string{people.Mentees, people.Mentors}
	told.Barriers = func(mentee string) []explain.Barrier {
		var all []explain.Barrier
		for _, b := range people.Barriers(match.MenteeSide, mentee) {
			all = append(all, explain.Barrier{Rule: b.Rule, Mentors: b.People})
		}
		return all
	}
	if people.Format != roster.People {
		told.Choices = func(mentee string) []match.Pair {
			return explain.LastChoices(told.Problem, told.Certificate, mentee)
		}
	}
	if built, err := people.Problem(); err == nil && slices.Equal(built.Edges.Mentee, told.Problem.Edges.Mentee) && slices.Equal(built.Edges.Mentor, told.Problem.Edges.Mentor) {
		told.Reasons = people.Reasons
	}
	if len(told.Hidden) == 0 {
		return nil
	}
	return checkHidden(told)
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

// namesIn reads what people are called from the tables of a run, where these have names. The tables were checked.
func namesIn(dir string) ([2]map[string]string, error) {
	names := [2]map[string]string{{}, {}}
	for _, file := range [...]string{"pairs.csv", "unmatched.csv"} {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return names, err
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
		if err != nil {
			return names, err
		}
		for _, row := range rows[1:] {
			noteNames(names, rows[0], row)
		}
	}
	return names, nil
}

// noteNames takes the names from a row: each stands right after its id.
func noteNames(names [2]map[string]string, heading, row []string) {
	for k := 1; k < len(heading); k++ {
		switch {
		case heading[k] == "mentee name", heading[k] == "name" && row[0] == "mentee":
			names[match.MenteeSide][row[k-1]] = row[k]
		case heading[k] == "mentor name", heading[k] == "name" && row[0] == "mentor":
			names[match.MentorSide][row[k-1]] = row[k]
		}
	}
}
