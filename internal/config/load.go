package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// The file that is read when none is named, and how one is named.
const (
	FileName     = "chiron.yaml"
	fileVariable = prefix + "CONFIG"
	fileFlag     = "config"
)

// Load reads the settings from the world: the file that the flag --config or the variable CHIRON_CONFIG names, or else
// chiron.yaml in the folder, if it is there; the environment as os.Environ gives it; and flags as [ParseFlags] gives them.
// Its error is of type [Problems] when the settings are wrong, and of another type when the file cannot be had.
func Load(folder string, env []string, flags map[string]string) (*Config, error) {
	name, named := flags[fileFlag]
	for _, variable := range env {
		if value, is := strings.CutPrefix(variable, fileVariable+"="); is && !named && value != "" {
			name, named = value, true
		}
	}
	if !named {
		name = filepath.Join(folder, FileName)
	}
	data, err := open(name)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return Parse("", nil, env, flags)
	}
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	if !named {
		name = FileName
	}
	return Parse(name, data, env, flags)
}

func open(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, mostFile+1))
	return data, errors.Join(err, file.Close())
}

// Parse makes settings of the text of a file, whose name is for messages, of the environment, and of flags. The error is
// of type [Problems], and names all of them.
func Parse(name string, file []byte, env []string, flags map[string]string) (*Config, error) {
	raws, problems := readFile(name, file)
	problems = append(problems, readEnvironment(env, raws)...)
	problems = append(problems, readFlags(flags, raws)...)
	c := &Config{origins: map[string]Where{}}
	problems = append(problems, c.fill(raws)...)
	if len(problems) == 0 { // whoever is told of a bad value needs no consequences of it
		problems = c.check()
	}
	if len(problems) > 0 {
		return nil, inOrder(problems)
	}
	return c, nil
}

// readEnvironment adds the variables. An empty one counts as not set, as it does for the shell's ${VARIABLE:-default}.
func readEnvironment(env []string, raws map[string]raw) (problems Problems) {
	for _, variable := range slices.Sorted(slices.Values(env)) {
		name, value, _ := strings.Cut(variable, "=")
		rest, ours := strings.CutPrefix(name, prefix)
		if !ours || value == "" || name == fileVariable || forTests(name) {
			continue
		}
		key := keyOf(strings.ToLower(rest), "_")
		switch _, id, _ := find(key); {
		case key == "" || rest != strings.ToUpper(rest):
			problems = append(problems, unknown(Where(name), "", nil, nearestVariable(name)))
		case id != "" && !isID(id):
			problems = append(problems, Problem{Where(name), key, "the name of the provider cannot be read", "write it in letters and digits: " + prefix + "OIDC_UNIVERSITY_ISSUER"})
		default:
			raws[key] = raw{value, false, Where(name)}
		}
	}
	return problems
}

// forTests says whether a variable is read by the project's tests, on machines that also run the program.
func forTests(name string) bool {
	return name == prefix+"DATA" || strings.HasPrefix(name, prefix+"REQUIRE_")
}

func nearestVariable(name string) string {
	names := []string{fileVariable}
	for k := range settings {
		names = append(names, settings[k].Variable())
	}
	return unknown("", name, names, "see the list of settings, or take it away").Instead
}

func readFlags(flags map[string]string, raws map[string]raw) (problems Problems) {
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if name == fileFlag {
			continue
		}
		key := keyOf(name, "-")
		if _, id, _ := find(key); key == "" || id != "" && !isID(id) {
			problems = append(problems, Problem{Where("--" + name), "", "there is no such flag", nearestFlag(name)})
			continue
		}
		raws[key] = raw{flags[name], false, Where("--" + name)}
	}
	return problems
}

// fill reads every value that is written somewhere, and the defaults of the others.
func (c *Config) fill(raws map[string]raw) (problems Problems) {
	for _, id := range providerIDs(raws) {
		c.Providers = append(c.Providers, Provider{ID: id})
	}
	for k := range settings {
		s := &settings[k]
		if !s.ofProvider() {
			problems = append(problems, c.set(s, s.Key, reflect.ValueOf(c).Elem(), raws)...)
			continue
		}
		for p := range c.Providers {
			provider := &c.Providers[p]
			problems = append(problems, c.set(s, s.keyFor(provider.ID), reflect.ValueOf(provider).Elem(), raws)...)
		}
	}
	return problems
}

func providerIDs(raws map[string]raw) []string {
	ids := map[string]bool{}
	for key := range raws {
		if _, id, _ := find(key); id != "" {
			ids[id] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// set reads one value into its field.
func (c *Config) set(s *Setting, key string, in reflect.Value, raws map[string]raw) Problems {
	written, isWritten := raws[key]
	text := strings.TrimSpace(written.text)
	switch {
	case !isWritten:
		text = s.Default
	case text == "" && s.Default != "":
		return Problems{{written.where, key, "there is no value", "write one, or take the setting away for " + s.Default}}
	default:
		c.origins[key] = written.where
	}
	if text == "" {
		return nil
	}
	err := in.FieldByIndex(s.field).Addr().Interface().(value).read(text)
	if w := (*wrong)(nil); errors.As(err, &w) {
		return Problems{{written.where, key, w.problem, w.instead}}
	}
	return nil
}
