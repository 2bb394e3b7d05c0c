package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Verify the whole audit log, and print its newest checkpoint."`
}

func (*auditCommand) Help() string {
	return `The audit log says who did what to which thing, and when; never with which content. Its events are sealed in a hash tree, so that nobody can change, add or take one away unnoticed whose seal somebody else has seen.

` + settingsHelp
}

type auditVerifyCommand struct {
	Keep string `placeholder:"FILE" help:"A file of checkpoints that were kept: the log must begin as each of them says. The newest is then added to it; a file that is not there yet is begun."`
}

func (*auditVerifyCommand) Help() string {
	return `Reads the whole log, also while the server runs, and proves that every sealed event is there, unchanged and in its place, and that every seal is signed. Then it prints the newest checkpoint: a few lines that somebody else should keep.

Whoever runs the database and has the keys could write a log anew that verifies by itself. They cannot make it fit a checkpoint that somebody else has kept. So let a person who does not run this machine keep the file, and run this with --keep, or compare by hand.

After a restore, checkpoints that are younger than the backup do not fit any more; keep the file from before, and begin another one.

Exit code 1: the log is not intact.

` + settingsHelp + `

Examples:

    chiron audit verify
    chiron audit verify --keep /media/auditor/checkpoints.txt`
}

// mostKept is how long a file of checkpoints may be, in bytes: one a day for over a hundred years.
const mostKept = 16 << 20

func (c *auditVerifyCommand) Run(ctx context.Context, t *terminal) error {
	of, err := t.installation()
	if err != nil {
		return err
	}
	kept, err := c.read()
	if err != nil {
		return asInput(err)
	}
	v, err := operate.VerifyLog(ctx, of, kept)
	if err != nil {
		return t.told(err)
	}
	fmt.Fprintf(t.stdout, "The audit log verifies: %s.\n", logged(v.Events, v.Seals, v.Unsealed))
	if c.Keep != "" {
		fmt.Fprintf(t.stdout, "It begins as %s kept in %s.\n", many(int64(v.Kept), "checkpoint says that was", "checkpoints say that were"), c.Keep)
	}
	if v.Newest == nil {
		fmt.Fprintln(t.stdout, "There is no checkpoint yet: nothing was sealed.")
		return nil
	}
	fmt.Fprintf(t.stdout, "\nThe newest checkpoint, to be kept by somebody else:\n\n%s", indented(v.Newest))
	return c.add(kept, v.Newest)
}

func (c *auditVerifyCommand) read() ([]byte, error) {
	if c.Keep == "" {
		return nil, nil
	}
	file, err := os.Open(c.Keep)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kept, err := io.ReadAll(io.LimitReader(file, mostKept+1))
	if len(kept) > mostKept {
		err = fmt.Errorf("%s is longer than %d bytes; is it the right file?", c.Keep, mostKept)
	}
	return kept, errors.Join(err, file.Close())
}

// add puts a checkpoint at the end of the file, unless it is in it. What is in it stays as it is.
func (c *auditVerifyCommand) add(kept, newest []byte) error {
	if c.Keep == "" || bytes.Contains(kept, newest) {
		return nil
	}
	if len(kept) > 0 {
		newest = append([]byte("\n"), newest...)
	}
	file, err := os.OpenFile(c.Keep, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return asInput(fmt.Errorf("the newest checkpoint could not be added: %w", err))
	}
	_, err = file.Write(newest)
	return errors.Join(err, file.Sync(), file.Close())
}
