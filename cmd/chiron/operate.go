package main

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/run"
)

// installation is what the settings describe, with its keys.
func (t *terminal) installation() (operate.Installation, error) {
	ring, c, err := t.ring()
	if err != nil {
		return operate.Installation{}, err
	}
	return installationOf(c, ring), nil
}

func installationOf(c *config.Config, ring *keys.Ring) operate.Installation {
	return operate.Installation{
		Source: string(c.DB), Folder: c.Backup.Folder.String(), Keys: ring, Program: strings.TrimSpace(run.ThisEngine().Version), Now: time.Now,
	}
}

// at is the terminal with another database in place of the setting's.
func (t *terminal) at(source string) *terminal {
	other := *t
	other.settings = maps.Clone(t.settings)
	if other.settings == nil {
		other.settings = map[string]string{}
	}
	other.settings["db"] = source
	return &other
}

// asFlag names the flag of a command in place of the setting that it stands for.
func asFlag(err error, flag string) error {
	problems := config.Problems{}
	if !errors.As(err, &problems) {
		return err
	}
	for k := range problems {
		if problems[k].Where == "--db" {
			problems[k].Where, problems[k].Key = config.Where(flag), ""
		}
	}
	return problems
}

// told says why an installation says no. What remains is for exitCode.
func (t *terminal) told(err error) error {
	refusal := (*operate.Refusal)(nil)
	unknown := (*keys.Unknown)(nil)
	switch {
	case errors.As(err, &refusal):
		fmt.Fprintf(t.stderr, "chiron: %v\n", err)
		return errNo
	case errors.As(err, &unknown), store.IsKind(err, store.Unavailable), store.IsKind(err, store.NotFound):
		return asInput(err)
	}
	return err
}

// indented is a text with every line set in, to stand out and to be copied.
func indented(text []byte) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(string(text), "\n"), "\n", "\n    ") + "\n"
}

// number writes a number with its digits in threes.
func number(n int64) string {
	digits := fmt.Sprint(n)
	for k := len(digits) - 3; k > 0; k -= 3 {
		digits = digits[:k] + "," + digits[k:]
	}
	return digits
}

// many writes a number and what it counts.
func many(n int64, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + more
}
