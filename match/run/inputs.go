package run

import (
	"bytes"
	"context"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// CheckInputs does what [Check] does, and makes the problem again from the inputs, with the aim and the seed of the
// manifest. It refuses a run whose problem, names or notes are not what the inputs say, or whose manifest names
// other inputs. What attach attaches to the run that it is given is compared with the folder too; attach may be nil.
// The error is that of Check, or a *roster.Problems when the inputs have mistakes.
func CheckInputs(ctx context.Context, dir string, inputs []roster.Input, attach func(context.Context, *Run) error) (*Report, error) {
	_, report, err := checkInputs(ctx, dir, inputs, attach)
	return report, err
}

// checkInputs also returns the run with the inputs in it: nil, if it is not what they say.
func checkInputs(ctx context.Context, dir string, inputs []roster.Input, attach func(context.Context, *Run) error) (*Run, *Report, error) {
	run, report, err := check(ctx, dir)
	if err != nil || run == nil {
		return nil, report, err
	}
	asked := Options{Aim: run.Manifest.Aim, Language: run.Manifest.Language}
	if source := run.Manifest.Lottery.Source; source == SeedGiven || source == PracticeDraw {
		asked.Seed = run.Manifest.Lottery.Seed
	}
	if run.Manifest.Candidates != nil {
		asked.Each = run.Manifest.Candidates.Each
	}
	again, err := pose(inputs, asked)
	if err != nil {
		return nil, nil, err
	}
	again.Certificate, again.Manifest.Candidates = run.Certificate, run.Manifest.Candidates
	report.compareInputs(run.Manifest.Inputs, again.Manifest.Inputs)
	if !report.compareCandidates(run, again) {
		return nil, report, nil
	}
	if run.Problem.Hash() != again.Problem.Hash() {
		report.refuse("%s is not what the inputs say: %s", problemFile, difference(run.Problem, again.Problem))
		return nil, report, nil
	}
	report.ok("%s is what the inputs say, byte for byte", problemFile)
	report.compareClaim(run, again)
	report.compareRetold(run, again)
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer folder.Close()
	report.compareNames(folder, again)
	if report.Refused() > 0 {
		return nil, report, ctx.Err()
	}
	listed := run.Manifest.Files
	again.Manifest = run.Manifest // all of it that the inputs decide was compared
	again.Manifest.Files = nil
	if attach != nil {
		if err := attach(ctx, again); err != nil {
			return nil, nil, err
		}
		report.compareAttachments(folder, listed, again.attached)
	}
	return again, report, ctx.Err()
}

// compareInputs says which inputs are the ones that the run was made from.
func (r *Report) compareInputs(then, now []File) {
	find := func(list []File, name string) (File, bool) {
		i := slices.IndexFunc(list, func(f File) bool { return f.Name == name })
		if i < 0 {
			return File{}, false
		}
		return list[i], true
	}
	for _, f := range then {
		switch other, there := find(now, f.Name); {
		case !there:
			r.refuse("%s was read for the run and is not among the inputs now", f.Name)
		case other != f:
			r.refuse("%s is not the file that was read for the run", f.Name)
		default:
			r.ok("%s is the file that was read for the run", f.Name)
		}
	}
	for _, f := range now {
		if _, there := find(then, f.Name); !there {
			r.refuse("%s was not read for the run", f.Name)
		}
	}
}

// compareRetold compares what the manifest retells of the inputs.
func (r *Report) compareRetold(run, again *Run) {
	then, now := &run.Manifest, &again.Manifest
	if !slices.Equal(then.Notes, now.Notes) || !slices.Equal(then.SetAside, now.SetAside) {
		r.refuse("%s lists other notes, or sets other people aside, than the inputs lead to", manifestFile)
	} else if len(now.Notes)+len(now.SetAside) > 0 {
		r.ok("%s notes what the inputs lead to", manifestFile)
	}
	if !slices.Equal(then.Inputs, now.Inputs) {
		return // and the rest would only say so again
	}
	if then.Lottery != now.Lottery {
		r.refuse("%s says that the lottery's seed is of the kind %q, and by the inputs it is %q", manifestFile, then.Lottery.Source, now.Lottery.Source)
	}
	if then.Rules != now.Rules {
		r.refuse("%s names other rules than those among the inputs", manifestFile)
	}
}

// compareNames makes the tables with the names of the inputs.
func (r *Report) compareNames(folder *os.Root, again *Run) {
	var differing []string
	for _, name := range [...]string{pairsFile, unmatchedFile} {
		var want bytes.Buffer
		if err := again.writeResult(&want, name); err != nil {
			panic(err) // a buffer never fails to take bytes
		}
		if got, err := readFile(folder, name); err != nil || !bytes.Equal(got, want.Bytes()) {
			differing = append(differing, name)
		}
	}
	if len(differing) > 0 {
		r.refuse("%s: the names are not those of the inputs", strings.Join(differing, " and "))
		return
	}
	r.ok("%s and %s have the names of the inputs", pairsFile, unmatchedFile)
}

// difference says in what two problems differ.
func difference(a, b *match.Problem) string {
	var parts []string
	differ := func(part string, same bool) {
		if !same {
			parts = append(parts, part)
		}
	}
	differ("the aim", a.Aim == b.Aim)
	differ("the goals", reflect.DeepEqual(a.Goals, b.Goals) && a.HardMinimums == b.HardMinimums)
	people := slices.Equal(a.Mentees, b.Mentees) && slices.Equal(a.Mentors, b.Mentors)
	differ("the people", people)
	if people {
		differ("places and limits", slices.Equal(a.Max, b.Max) && slices.Equal(a.Min, b.Min) && slices.Equal(a.Classes, b.Classes))
		pairs := slices.Equal(a.Edges.Mentee, b.Edges.Mentee) && slices.Equal(a.Edges.Mentor, b.Edges.Mentor) &&
			slices.Equal(a.Purposes, b.Purposes) && slices.Equal(a.Edges.Purpose, b.Edges.Purpose)
		differ("the possible pairs", pairs)
		if pairs {
			differ("the rankings", slices.Equal(a.Edges.MenteeRank, b.Edges.MenteeRank) && slices.Equal(a.Edges.MentorRank, b.Edges.MentorRank))
			differ("what is known of pairs", reflect.DeepEqual(a.Columns, b.Columns) && slices.Equal(a.Edges.State, b.Edges.State))
		}
	}
	differ("the lottery", reflect.DeepEqual(a.Lottery, b.Lottery))
	if len(parts) == 0 {
		return "something in it differs"
	}
	return strings.Join(parts, ", ") + " differ"
}
