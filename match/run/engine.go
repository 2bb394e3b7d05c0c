package run

import (
	"runtime"
	"runtime/debug"

	"github.com/chiron-mentoring/chiron/match/solve"
)

// An Engine says which program made a run.
type Engine struct {
	Name     string `json:"name"`               // the solver, with its own version
	Version  string `json:"version"`            // of the module; "(devel)" when built from a working copy
	Revision string `json:"revision,omitempty"` // of the source, where the build knows it; "+" follows if it was changed
	Go       string `json:"go"`
}

// ThisEngine describes the program that runs.
func ThisEngine() Engine {
	e := Engine{Name: solve.Engine, Version: "(devel)", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return e
	}
	if info.Main.Version != "" {
		e.Version = info.Main.Version
	}
	changed := ""
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			e.Revision = setting.Value
		case "vcs.modified":
			if setting.Value == "true" {
				changed = "+"
			}
		}
	}
	if e.Revision != "" {
		e.Revision += changed
	}
	return e
}
