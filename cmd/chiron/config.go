package main

import (
	"encoding/json"

	"github.com/chiron-mentoring/chiron/internal/config"
)

type configCommand struct {
	JSON bool `help:"Write it as JSON."`
}

func (*configCommand) Help() string {
	return `Shows every setting: its value and where that comes from, which is "default", a line of the file, a variable or a flag. Nothing is started, and no secret is shown: of files with secrets there is only the path, and a password in the address of a database is left out.

Settings that are wrong are listed, each with its place and with what to write instead; the exit code is then 2.

` + settingsHelp + `

Examples:

    chiron config
    CHIRON_LISTEN=:8443 chiron config --url https://mentoring.example.org`
}

func (c *configCommand) Run(t *terminal) error {
	settings, err := t.config()
	if err != nil {
		return err
	}
	if !c.JSON {
		return settings.Print(t.stdout)
	}
	return t.writeJSON(map[string]any{"settings": shown(settings)})
}

// A shownSetting is a setting for programs.
type shownSetting struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Where  string `json:"where"`
	Secret bool   `json:"secret"` // what the value names holds a secret
}

func shown(settings *config.Config) (all []shownSetting) {
	for _, s := range settings.Show() {
		all = append(all, shownSetting{s.Key, s.Value, string(s.Where), s.Secret})
	}
	return all
}

func (t *terminal) writeJSON(v any) error {
	out := json.NewEncoder(t.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
