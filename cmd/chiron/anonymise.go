package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/run"
)

type anonymiseCommand struct {
	Dir      string `arg:"" name:"run" help:"The run folder."`
	Output   string `short:"o" name:"output" placeholder:"DIR" help:"The pseudonymous run folder to write."`
	Salt     string `placeholder:"FILE" help:"Keep the salt in this file; if it is there already, take the salt from it."`
	Purposes bool   `help:"Hide what pairs are for, too."`
	Lottery  bool   `help:"Hide the lottery's numbers, too."`
	Who      string `placeholder:"PSEUDONYM" help:"Write nothing, and say who is behind a pseudonym. Needs --salt."`
	Force    bool   `help:"Replace a run folder that is there already."`
}

// Validate is asked before Run.
func (c *anonymiseCommand) Validate() error {
	switch {
	case c.Who != "" && c.Salt == "":
		return errors.New("--who needs the salt that the pseudonyms were made with; name its file with --salt")
	case c.Who != "" && c.Output != "":
		return errors.New("--who writes nothing; leave out -o")
	case c.Who == "" && c.Output == "":
		return errors.New("missing flag --output; name the folder to write, such as -o for-help")
	case c.Salt != "" && c.Output != "" && isWithin(c.Salt, c.Output):
		return fmt.Errorf("--salt=%s is inside the folder that you are about to give away; keep it elsewhere", c.Salt)
	}
	return nil
}

// isWithin says whether path is dir or something in it.
func isWithin(path, dir string) bool {
	path, errPath := filepath.Abs(path)
	dir, errDir := filepath.Abs(dir)
	between, err := filepath.Rel(dir, path)
	return errPath == nil && errDir == nil && err == nil && between != ".." && !strings.HasPrefix(between, ".."+string(filepath.Separator))
}

func (*anonymiseCommand) Help() string {
	return `Writes a copy of a run in which nobody is named, so that somebody else can look at it: to help, to check, to teach. It is a run folder like any other, and "chiron check" accepts it.

    - Ids are replaced by pseudonyms such as kfhd-bcpt-mnvr. They are made with a secret salt; without it, nobody can find out which id became which pseudonym.
    - Names, notes, names of classes, the seed of the lottery and the hashes of the spreadsheets are left out. Purposes stay, unless you hide them with --purposes.
    - Pairs, places, scores, rankings and prices stay: without them there would be nothing to check. The lottery's numbers stay with the people, so that the matching is the same; --lottery hides them where it is the last goal, and the proof then says only that no matching is better in the others.

The salt is shown once, or kept in a file with --salt. With it, --who says who is behind a pseudonym, and a copy of next year's run can use the same pseudonyms. Never send it along.

A copy without names is not anonymous to those who know the people: somebody with four places and a rare purpose may be recognised. And whoever knows the seed of the lottery and the ids can draw the same numbers again, and so learn who is who, unless you hide them. Give it only to people whom you trust with that.

Examples:

    chiron anonymise run-residency -o for-help
    chiron anonymise run-residency -o for-help --salt salt.txt --purposes --lottery
    chiron anonymise run-residency --salt salt.txt --who kfhd-bcpt-mnvr`
}

func (c *anonymiseCommand) Run(ctx context.Context, t *terminal) error {
	if c.Who != "" {
		return c.who(ctx, t)
	}
	if err := run.MayWrite(c.Output, c.Force); err != nil {
		return err
	}
	original, err := openRun(ctx, c.Dir)
	if err != nil {
		return err
	}
	salt, keep, err := c.salt()
	if err != nil {
		return err
	}
	copied, err := original.Anonymise(salt, run.Hide{Purposes: c.Purposes, Lottery: c.Lottery})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := keep(); err != nil {
		return err
	}
	fingerprint, err := copied.Write(context.WithoutCancel(ctx), c.Output, c.Force) // the salt has been kept for it
	if err != nil {
		return err
	}
	c.report(t, copied, salt, fingerprint)
	return nil
}

func (c *anonymiseCommand) report(t *terminal, copied *run.Run, salt run.Salt, fingerprint string) {
	fmt.Fprintf(t.stdout, "Run folder   %s\nFingerprint  %s\nVerify it    chiron check %s\n", c.Output, fingerprint, shellWord(c.Output))
	if purposes := copied.Problem.Purposes; len(purposes) > 0 && !c.Purposes {
		fmt.Fprintf(t.stdout, "Purposes     %s (hide them with --purposes)\n", strings.Join(purposes, ", "))
	}
	if copied.CarriesLottery() {
		remedy := ""
		if copied.Problem.Aim == match.Optimal {
			remedy = " (hide them with --lottery)"
		}
		fmt.Fprintf(t.stdout, "Lottery      its numbers are in the copy: whoever knows the seed and the ids can tell who is who%s\n", remedy)
	}
	if c.Salt == "" {
		fmt.Fprintf(t.stdout, "Salt         %s\n             Note it in a safe place, or forget it. It is shown only this once, and whoever has it knows who is who.\n", salt)
		return
	}
	fmt.Fprintf(t.stdout, "Salt         in %s; keep it to yourself\n", c.Salt)
}

// salt takes the salt from its file, or draws one. What keeps a new one in the file is returned besides, to be called
// when nothing else can go wrong.
func (c *anonymiseCommand) salt() (salt run.Salt, keep func() error, err error) {
	nothing := func() error { return nil }
	if c.Salt == "" {
		return run.NewSalt(), nothing, nil
	}
	salt, err = readSalt(c.Salt)
	if errors.Is(err, fs.ErrNotExist) {
		salt = run.NewSalt()
		return salt, func() error { return writeSalt(c.Salt, salt) }, nil
	}
	return salt, nothing, err
}

func readSalt(name string) (run.Salt, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return run.Salt{}, &inputError{err}
	}
	salt, err := run.ReadSalt(string(text))
	if err != nil {
		return run.Salt{}, &inputError{fmt.Errorf("%s: %w", name, err)}
	}
	return salt, nil
}

// writeSalt makes a file that only its owner may read.
func writeSalt(name string, salt run.Salt) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return &inputError{err}
	}
	_, err = fmt.Fprintln(f, salt)
	return errors.Join(err, f.Close())
}

// who says who is behind a pseudonym.
func (c *anonymiseCommand) who(ctx context.Context, t *terminal) error {
	original, err := openRun(ctx, c.Dir)
	if err != nil {
		return err
	}
	salt, err := readSalt(c.Salt)
	if err != nil {
		return err
	}
	people := original.Who(salt, c.Who)
	if len(people) == 0 {
		fmt.Fprintf(t.stdout, "Nobody in %s has the pseudonym %s with this salt.\n", c.Dir, c.Who)
		return errNo
	}
	for _, who := range people {
		fmt.Fprintln(t.stdout, who)
	}
	return nil
}

// openRun reads a run folder that its own check accepts.
func openRun(ctx context.Context, dir string) (*run.Run, error) {
	r, err := run.Open(ctx, dir)
	if err != nil && ctx.Err() == nil {
		return nil, asInput(err)
	}
	return r, err
}
