package run

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// Check says whether the run in folder dir is what it claims to be. It needs nothing else: no engine, no inputs, and
// no trust in whoever made the folder. Every file must be as the manifest says, the certificate must prove its claim
// about the problem, and the tables and the summary must say exactly what problem and certificate say, also when
// somebody wrote their hashes anew. People's names are in no proof; only [CheckInputs] can compare these.
//
// The error says that there is nothing to check, or that ctx was cancelled.
func Check(ctx context.Context, dir string) (*Report, error) {
	_, report, err := check(ctx, dir)
	return report, err
}

// check also returns the run as far as it could be read: nil, if the problem or the certificate cannot be believed.
func check(ctx context.Context, dir string) (*Run, *Report, error) {
	folder, err := os.OpenRoot(dir) // links in it that lead elsewhere are not followed
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%s: there is no such folder", dir)
	} else if err != nil {
		return nil, nil, fmt.Errorf("%s is no run folder: %w", dir, err)
	}
	defer folder.Close()
	data, err := readFile(folder, manifestFile)
	if err != nil {
		return nil, nil, fmt.Errorf("%s is no run folder: %w", dir, err)
	}
	report := &Report{Fingerprint: fileOf(manifestFile, data).SHA256}
	manifest, err := readManifest(data)
	if err != nil {
		report.refuse("%s: %v", manifestFile, err)
		return nil, report, nil
	}
	if err := report.compareFiles(ctx, folder, manifest); err != nil {
		return nil, nil, err
	}
	run := report.judge(folder, manifest)
	if err := ctx.Err(); err != nil || run == nil {
		return nil, report, err
	}
	report.compareLottery(run)
	report.compareTables(folder, run)
	report.compareSummary(folder, run)
	return run, report, ctx.Err()
}

// readFile reads a file of the folder and nothing that only looks like one.
func readFile(folder *os.Root, name string) ([]byte, error) {
	f, err := openFile(folder, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func openFile(folder *os.Root, name string) (*os.File, error) {
	info, err := folder.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing", name)
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", name)
	}
	return folder.Open(name)
}

// measureFile says what a file holds, without holding it.
func measureFile(folder *os.Root, name string) (File, error) {
	f, err := openFile(folder, name)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	sum := measure{hash: sha256.New()}
	if _, err := io.Copy(&sum, f); err != nil {
		return File{}, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	return sum.file(name), nil
}

// compareFiles compares the files with the manifest.
func (r *Report) compareFiles(ctx context.Context, folder *os.Root, m *Manifest) error {
	var listed []string
	for _, f := range m.Files {
		listed = append(listed, f.Name)
	}
	if !mayList(listed) {
		r.refuse("%s lists the files %s, and a run has %s; and perhaps %s", manifestFile, strings.Join(listed, ", "),
			strings.Join(results[:], ", "), strings.Join(attachable[:], ", "))
		return nil
	}
	before := r.Refused()
	for _, want := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch got, err := measureFile(folder, want.Name); {
		case err != nil:
			r.refuse("%v", err)
		case got != want:
			r.refuse("%s was changed: its hash is not the one that %s lists", want.Name, manifestFile)
		}
	}
	if r.Refused() == before {
		r.ok("all files have the hashes that %s lists", manifestFile)
	}
	return nil
}

// judge reads problem and certificate and lets the judge decide. It returns nil when the certificate proves nothing.
func (r *Report) judge(folder *os.Root, m *Manifest) *Run {
	run := &Run{Manifest: *m}
	if !r.read(folder, problemFile, func(f io.Reader) (err error) {
		run.Problem, err = match.ReadProblem(f)
		return err
	}) || !r.read(folder, certificateFile, func(f io.Reader) (err error) {
		run.Certificate, err = match.ReadCertificate(f)
		return err
	}) {
		return nil
	}
	if !r.speaksOf(folder, run) {
		return nil
	}
	if err := match.Check(run.Problem, run.Certificate); err != nil {
		r.refuse("%s proves nothing: %v", certificateFile, err)
		return nil
	}
	r.ok("%s proves: %s", certificateFile, claim(run.Problem, run.Certificate))
	return run
}

// read opens a file of the folder for its reader.
func (r *Report) read(folder *os.Root, name string, read func(io.Reader) error) bool {
	f, err := openFile(folder, name)
	if err != nil {
		r.refuse("%v", err)
		return false
	}
	defer f.Close()
	if err := read(f); err != nil {
		r.refuse("%s cannot be read: %v", name, err)
		return false
	}
	return true
}

// speaksOf says whether the certificate is about the problem in the folder.
func (r *Report) speaksOf(folder *os.Root, run *Run) bool {
	if !r.isCanonical(folder, problemFile, run.Problem.Write) || !r.isCanonical(folder, certificateFile, run.Certificate.Write) {
		return false
	}
	switch {
	case run.Certificate.Problem != run.Problem.Hash():
		r.refuse("%s is about another problem than this %s", certificateFile, problemFile)
		return false
	case run.Certificate.Engine != run.Manifest.Engine.Name:
		r.refuse("%s names the engine %q, and %s %q", certificateFile, run.Certificate.Engine, manifestFile, run.Manifest.Engine.Name)
		return false
	}
	r.ok("%s is about this %s", certificateFile, problemFile)
	return true
}

// isCanonical says whether a file is what write writes, so that it says nothing which its reader does not see.
func (r *Report) isCanonical(folder *os.Root, name string, write func(io.Writer) error) bool {
	got, err := measureFile(folder, name)
	if err != nil {
		r.refuse("%v", err)
		return false
	}
	want := measure{hash: sha256.New()}
	if err := write(&want); err != nil {
		panic(err) // a hash never fails to take bytes
	}
	if got != want.file(name) {
		r.refuse("%s is not in the form in which chiron writes it", name)
		return false
	}
	return true
}

// claim says in a few words what a certificate proves.
func claim(p *match.Problem, c *match.Certificate) string {
	switch {
	case c.Outcome == match.IsImpossible:
		return "no matching meets the minimums"
	case c.Outcome == match.IsOptimal:
		return fmt.Sprintf("%s, the best by the goals", several(len(c.Chosen), "pair"))
	case c.Outcome == match.IsWeaklyStable:
		return fmt.Sprintf("%s, weakly stable, of %d at most", several(len(c.Chosen), "pair"), min(c.Most(p), 3*len(c.Chosen)/2))
	}
	side, _ := strings.CutPrefix(string(p.Aim), "stable-for-")
	words := "stable, the best for " + side
	if c.Unique() {
		words = "the only stable matching"
	}
	if under, _ := completion(p); under != "" {
		words += " " + under
	}
	return fmt.Sprintf("%s, %s", several(len(c.Chosen), "pair"), words)
}

// compareLottery says whether the lottery was drawn as the manifest says.
func (r *Report) compareLottery(run *Run) {
	d := run.Manifest.Lottery
	switch {
	case d.Seed != run.Problem.Lottery.Seed:
		r.refuse("%s says that the lottery's seed is %q, and %s that it is %q", manifestFile, d.Seed, problemFile, run.Problem.Lottery.Seed)
	case d.Source == NoDraw && d.Seed == "" && !drawsLots(run.Problem) && !carriesLottery(run.Problem):
		r.ok("no lottery was drawn, and none was needed")
	case d.Source == CarriedDraw && d.Seed == "" && carriesLottery(run.Problem):
		r.ok("the lottery was drawn for the original run, and its numbers travel with the people")
	case d.Source == PracticeDraw && d.Seed == practiceSeed(run.Manifest.Inputs):
		r.ok("the lottery is a practice draw: its seed is the hash of the inputs")
	case d.Seed == practiceSeed(run.Manifest.Inputs):
		r.refuse("%s says that the lottery's seed was fixed, but it is the hash of the inputs: a practice draw", manifestFile)
	case (d.Source == SeedGiven || d.Source == SeedFromRules) && d.Seed != "":
		r.ok("the lottery's seed is %q", d.Seed)
	default:
		r.refuse("%s says that the lottery's seed is of the kind %q, and it is not", manifestFile, d.Source)
	}
}

// compareSummary makes the summary again.
func (r *Report) compareSummary(folder *os.Root, run *Run) {
	data, err := readFile(folder, summaryFile)
	switch {
	case err != nil:
		r.refuse("%v", err)
	case string(data) != run.Summary():
		r.refuse("%s, line %d, is not what the other files say", summaryFile, firstDifference(string(data), run.Summary()))
	default:
		r.ok("%s says what the other files say", summaryFile)
	}
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(a, b string) int {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return i + 1
		}
	}
	return len(x) + 1
}
