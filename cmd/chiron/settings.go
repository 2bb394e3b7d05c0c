package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/chiron-mentoring/chiron/internal/config"
)

// underSettings are the commands that go by the settings of an installation. Any setting can stand among their flags.
var underSettings = []string{"serve", "demo", "config", "migrate", "doctor", "backup", "restore", "move", "audit", "keys", "person", "bounce"}

// settingsHelp stands in the help of each of them.
const settingsHelp = `Every setting can be given as a flag, as in --db=/var/lib/chiron or --mail-host smtp.example.org, as a variable, as in CHIRON_MAIL_HOST, or in chiron.yaml. "chiron config" shows all of them, and where each comes from.`

// takeSettings takes the settings out of the arguments of a command that goes by them. Flags that the command itself has
// stay; every other one is a setting, or a mistake that is told as one of settings.
func takeSettings(app *kong.Application, args []string) (settings map[string]string, rest []string, err error) {
	if len(args) == 0 || !slices.Contains(underSettings, args[0]) {
		return nil, args, nil
	}
	own := ownFlags(app, args[0])
	var taken []string
	for k := 0; k < len(args); k++ {
		name, isFlag := strings.CutPrefix(args[k], "--")
		name, _, joined := strings.Cut(name, "=")
		switch {
		case isFlag && name == "": // all that follow are no flags
			rest, k = append(rest, args[k:]...), len(args)
		case !isFlag || own[name]:
			rest = append(rest, args[k])
		case joined || k+1 == len(args):
			taken = append(taken, args[k])
		default:
			taken = append(taken, args[k], args[k+1])
			k++
		}
	}
	settings, _, err = config.ParseFlags(taken)
	return settings, rest, err
}

// ownFlags are the names of the flags that a command and those below it have.
func ownFlags(app *kong.Application, command string) map[string]bool {
	own := map[string]bool{}
	for _, flag := range app.Flags {
		own[flag.Name] = true
	}
	var gather func(of *kong.Node)
	gather = func(of *kong.Node) {
		for _, flag := range of.Flags {
			own[flag.Name] = true
		}
		for _, child := range of.Children {
			gather(child)
		}
	}
	for _, child := range app.Children {
		if child.Name == command {
			gather(child)
		}
	}
	return own
}

// config reads the settings that are in force for this command.
func (t *terminal) config() (*config.Config, error) {
	c, err := config.Load(".", t.env, t.settings)
	return c, asInput(err)
}
