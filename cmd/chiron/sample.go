package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

type sampleCommand struct {
	Dir    string `arg:"" name:"dir" help:"The folder to write. It must not exist, or be empty."`
	People int    `default:"1140" placeholder:"N" help:"The size of the school (${default}); a bit less than half of it takes part."`
	Seed   uint64 `default:"1" placeholder:"SEED" help:"A number; each makes another school (${default})."`
	Lang   string `default:"en" enum:"en,fr" placeholder:"LANG" help:"The language of the form: en or fr (${default})."`
	CSV    bool   `name:"csv" help:"Write the answers as people.csv rather than as a workbook."`
}

func (*sampleCommand) Help() string {
	return `Writes the spreadsheets of a make-believe medical school, to try Chiron on and to show it to others. Nobody in them exists.

    people.xlsx    what people answered in a form, as a form exports it: mentors, mentees, and some who are both
    conflicts.csv  who evaluates whom, who is family, who must not be paired
    pairs.csv      pairs of last year that go on

The school has the proportions of real ones: faculty by rank, women by rank, specialties, how many mentor and how many they take. It has their troubles too: research, belonging and leadership are sought by more than there are places for; some answered twice, some mistyped their address, some left out what is optional, and some wish for a mentor they cannot have.

The same seed and size make the same files.

Examples:

    chiron sample school
    chiron sample petite-école --people 200 --seed 7 --lang fr
    chiron sample examples/residency --people 190 --seed 10 --csv`
}

// mostSamplePeople bounds a school: about what a sheet of a workbook holds.
const mostSamplePeople = 1_000_000

// Validate is asked before Run.
func (c *sampleCommand) Validate() error {
	if c.People < 1 || c.People > mostSamplePeople {
		return fmt.Errorf("--people=%d makes no school; write a number from 1 to %d", c.People, mostSamplePeople)
	}
	return nil
}

func (c *sampleCommand) Run(_ context.Context, t *terminal) error {
	if entries, err := os.ReadDir(c.Dir); err == nil && len(entries) > 0 {
		return &inputError{fmt.Errorf("%s is there and not empty; name a new folder", c.Dir)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &inputError{fmt.Errorf("%s is there and is no folder that can be read; name another one", c.Dir)}
	}
	files, err := sample.Make(c.Seed, c.People).Files(sample.Options{Language: vocabulary.Language(c.Lang), CSV: c.CSV})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o777); err != nil {
		return fmt.Errorf("write the sample: %w", err)
	}
	for _, file := range files {
		if err := os.WriteFile(filepath.Join(c.Dir, file.Name), file.Data, 0o666); err != nil {
			return fmt.Errorf("write the sample: %w", err)
		}
	}
	fmt.Fprintf(t.stdout, "Wrote %s. Match it with:  chiron match %s\n", c.Dir, shellWord(c.Dir))
	return nil
}
