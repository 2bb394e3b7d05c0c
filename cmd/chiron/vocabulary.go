package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

type vocabularyCommand struct {
	List  vocabularyListCommand  `cmd:"" help:"List the lists, with their editions and licences."`
	Show  vocabularyShowCommand  `cmd:"" help:"Write a list as CSV, or the terms that are like some words."`
	Check vocabularyCheckCommand `cmd:"" help:"Say whether a CSV file can take the place of a list, and what would change."`
}

func (*vocabularyCommand) Help() string {
	return `The lists of words that people choose from: purposes, levels, specialties, institutions, places and others. An installation can put a list of its own in the place of each; these commands help to prepare one, without a server.`
}

type vocabularyListCommand struct{}

func (*vocabularyListCommand) Help() string {
	return `Where a list comes from stands in its first rows, which "chiron vocabulary show" writes.`
}

func (*vocabularyListCommand) Run(t *terminal) error {
	w := tabwriter.NewWriter(t.stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "list\tterms\tedition\tlicence")
	for _, name := range vocabulary.Names() {
		l, _ := vocabulary.Named(name)
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", name, l.Live(), l.Edition, l.Licence)
	}
	return w.Flush()
}

type vocabularyShowCommand struct {
	Name string `arg:"" name:"list" help:"The name of the list, such as specialties."`
	Like string `placeholder:"WORDS" help:"Show what would be suggested to somebody who types these words."`
	Lang string `default:"en" enum:"en,fr" placeholder:"LANG" help:"The language of what is suggested: en or fr (${default})."`
}

func (*vocabularyShowCommand) Help() string {
	return `Writes the list as a CSV file that can be edited in a spreadsheet and put in the place of the list.

Examples:

    chiron vocabulary show specialties > specialties.csv
    chiron vocabulary show places --like montreal
    chiron vocabulary show subjects --like asthme --lang fr`
}

// mostShown is how many suggestions are shown, as many as a page would offer.
const mostShown = 8

func (c *vocabularyShowCommand) Run(t *terminal) error {
	list, err := named(c.Name)
	if err != nil {
		return err
	}
	if c.Like == "" {
		_, err := t.stdout.Write(list.CSV())
		return err
	}
	w := tabwriter.NewWriter(t.stdout, 0, 0, 3, ' ', 0)
	for _, s := range list.Suggest(c.Like, vocabulary.Language(c.Lang), mostShown) {
		code, by := s.Code, ""
		if code == "" {
			code = "(as it was typed)"
		}
		if s.By != "" {
			by = "found by " + s.By
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join([]string{s.Label, code, by}, "\t"), "\t"))
	}
	return w.Flush()
}

// named is a list by its name.
func named(name string) (*vocabulary.List, error) {
	list, known := vocabulary.Named(name)
	if !known {
		return nil, &inputError{fmt.Errorf("there is no list %q; write one of %s", name, strings.Join(vocabulary.Names(), ", "))}
	}
	return list, nil
}

type vocabularyCheckCommand struct {
	File    string `arg:"" help:"The CSV file."`
	Name    string `name:"list" placeholder:"LIST" help:"The name of the list; otherwise that of the file says it."`
	Against string `placeholder:"FILE" help:"Compare with this file rather than with the list that comes with Chiron."`
}

func (*vocabularyCheckCommand) Help() string {
	return `Reads a CSV file and says which mistakes it has, each with its row and column and what to write. Without mistakes it says what would change: which terms are new, which have other words, which are retired, and which the file has lost. What is lost stays, retired, so that nobody's choice becomes unreadable.

The file has the columns code, parent, en and fr, and if wanted synonyms (with semicolons between them), zone, retired and successor. Nothing is changed anywhere.

Exit codes: 0 the file can take the place of the list; 2 it has mistakes.

Examples:

    chiron vocabulary check specialties.csv
    chiron vocabulary check our-ranks.csv --list ranks`
}

func (c *vocabularyCheckCommand) Run(t *terminal) error {
	if c.Name == "" {
		c.Name = strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File))
	}
	own, err := named(c.Name)
	if err != nil {
		return &inputError{fmt.Errorf("%w; --list says which one the file is for", errors.Unwrap(err))}
	}
	was := own
	if c.Against != "" {
		if was, err = readVocabulary(c.Name, c.Against); err != nil {
			return err
		}
	}
	is, err := readVocabulary(c.Name, c.File)
	if err != nil {
		return err
	}
	if _, problems := vocabulary.Replace(was, is); len(problems) > 0 {
		return mistakesIn(c.File, problems)
	}
	fmt.Fprintf(t.stdout, "%s can take the place of the list %s: %d terms.\n", c.File, c.Name, is.Live())
	tellDifference(t.stdout, vocabulary.Compare(was, is, nil))
	return nil
}

func readVocabulary(name, file string) (*vocabulary.List, error) {
	data, err := readBounded(file)
	if err != nil {
		return nil, &inputError{err}
	}
	list, problems := vocabulary.Read(name, data)
	if len(problems) > 0 {
		return nil, mistakesIn(file, problems)
	}
	return list, nil
}

// readBounded reads a file, and a byte more than a list may have of one that is larger.
func readBounded(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, vocabulary.MostBytes+1))
}

// mistakesIn is the error for a file that is no list.
func mistakesIn(file string, problems []vocabulary.Problem) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%s has mistakes. Put them right, and try again:", file)
	for _, p := range problems {
		text.WriteString("\n  ")
		if p.Row > 0 {
			fmt.Fprintf(&text, "row %d, ", p.Row)
		}
		if p.Column != "" {
			fmt.Fprintf(&text, "column %s, ", p.Column)
		}
		if p.Value != "" {
			fmt.Fprintf(&text, "%q: ", p.Value)
		}
		text.WriteString(locale.For(locale.English).Say(p.Key, p.Args...))
	}
	return &inputError{errors.New(text.String())}
}

func tellDifference(w io.Writer, d vocabulary.Difference) {
	if d.None() {
		fmt.Fprintln(w, "Nothing would change.")
		return
	}
	for _, part := range []struct {
		what    string
		changes []vocabulary.Change
	}{
		{"new", d.Added}, {"lost, and kept as retired", d.Lost}, {"retired", d.Retired}, {"offered again", d.Revived}, {"other words", d.Renamed},
		{"another place in the tree", d.Moved}, {"other synonyms, zone or successor", d.Altered},
	} {
		if len(part.changes) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s (%d):\n", part.what, len(part.changes))
		for _, c := range part.changes {
			fmt.Fprintf(w, "  %s\n", changeText(c))
		}
	}
	if d.Order {
		fmt.Fprintln(w, "The order is another one.")
	}
}

func changeText(c vocabulary.Change) string {
	was, is := c.Was.En+" / "+c.Was.Fr, c.Is.En+" / "+c.Is.Fr
	switch {
	case c.Was.Code == "":
		return c.Is.Code + "  " + is
	case c.Is.Code == "" || was == is:
		return c.Was.Code + "  " + was
	}
	return c.Is.Code + "  " + was + "  ->  " + is
}
