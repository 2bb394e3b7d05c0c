package mail

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A Maildir is a folder through which mails come in, a file each, in the form that servers of mails know: a mail is written
// in tmp and then moved to new, so that whoever looks there finds whole mails only. Several can write and read at once.
type Maildir string

// MostWaiting is how many mails may wait in a folder before [Maildir.Put] takes no more.
const MostWaiting = 10_000

// longestWriting is after how long a mail that nobody has finished writing is thrown away, which is the custom of the form.
const longestWriting = 36 * time.Hour

// Make makes the folder, for nobody else to read.
func (d Maildir) Make() error {
	for _, name := range []string{"tmp", "new", "cur"} {
		if err := os.MkdirAll(filepath.Join(string(d), name), 0o700); err != nil {
			return fmt.Errorf("make the folder of mails that come in: %w", err)
		}
	}
	return nil
}

// Put writes down the beginning of a mail, [MostBounce] at most, in a folder that was made. When it returns nil the mail is
// on the disk.
func (d Maildir) Put(r io.Reader) error {
	waiting, err := d.waiting()
	if err != nil {
		return err
	}
	if len(waiting) >= MostWaiting {
		return fmt.Errorf("%d mails wait in %s, and nobody reads them: is chiron serve running?", len(waiting), d)
	}
	name := fmt.Sprintf("%d.%s.chiron", time.Now().Unix(), rand.Text()) // the time is for people; nothing goes by it
	unfinished := filepath.Join(string(d), "tmp", name)
	file, err := os.OpenFile(unfinished, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write down a mail: %w", err)
	}
	_, err = io.Copy(file, io.LimitReader(r, MostBounce))
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(unfinished, filepath.Join(string(d), "new", name))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write down a mail: %w", err), os.Remove(unfinished))
	}
	return nil
}

// waiting are the mails that wait, the oldest first. What is no ordinary file is none.
func (d Maildir) waiting() (paths []string, err error) {
	var found []fs.FileInfo
	at := map[string]string{}
	for _, name := range []string{"new", "cur"} { // in cur are those that a program for reading mail has looked at
		folder := filepath.Join(string(d), name)
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("look for mails that came in: %w", err)
		}
		for _, entry := range entries {
			info, err := entry.Info()
			if err == nil && info.Mode().IsRegular() {
				found, at[entry.Name()] = append(found, info), filepath.Join(folder, entry.Name())
			}
		}
	}
	slices.SortFunc(found, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for _, info := range found {
		paths = append(paths, at[info.Name()])
	}
	return paths, nil
}

// Take hands every mail that waits to f, the oldest first, and deletes it once f has returned nil. It stops at the first
// error: that mail is handed out again next time. Two processes that take at once may both be handed the same mail.
func (d Maildir) Take(ctx context.Context, f func(mail io.Reader) error) error {
	paths, err := d.waiting()
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := take(path, f); err != nil && !errors.Is(err, fs.ErrNotExist) { // somebody else was quicker
			return err
		}
	}
	return d.tidy()
}

func take(path string, f func(mail io.Reader) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read a mail that came in: %w", err)
	}
	err = f(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Remove(path)
}

// tidy throws away what nobody finished writing.
func (d Maildir) tidy() error {
	folder := filepath.Join(string(d), "tmp")
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("look for mails that came in: %w", err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || time.Since(info.ModTime()) < longestWriting {
			continue
		}
		if err := os.Remove(filepath.Join(folder, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
