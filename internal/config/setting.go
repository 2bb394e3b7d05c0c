package config

import (
	"reflect"
	"strings"
)

// A Setting describes what can be set. Of a provider's settings there are as many as there are providers; their key has
// a * for its id.
type Setting struct {
	Key     string // in the file, a dot for each level
	Default string
	Says    string // what it is, in a sentence or two
	May     string // what may be written
	Secret  string // "file" or "folder": what it names holds secrets; "": it does not

	list  bool
	field []int // of Config, or of Provider
}

// Variable is the name of the setting in the environment.
func (s *Setting) Variable() string { return variableOf(s.keyFor("NAME")) }

// Flag is the name of the setting on the command line, with its hyphens.
func (s *Setting) Flag() string { return flagOf(s.keyFor("NAME")) }

func variableOf(key string) string {
	return prefix + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}

func flagOf(key string) string { return "--" + strings.ReplaceAll(key, ".", "-") }

// prefix is how the names of all variables begin.
const prefix = "CHIRON_"

// ofProvider says whether there is one of this setting for each provider.
func (s *Setting) ofProvider() bool { return strings.HasPrefix(s.Key, providerPrefix+"*.") }

const providerPrefix = "oidc."

// keyFor is the key for the provider with an id.
func (s *Setting) keyFor(id string) string { return strings.Replace(s.Key, "*", id, 1) }

// Settings are all settings there are, in the order of [Config].
func Settings() []Setting { return settings }

var settings = settingsOf(reflect.TypeFor[Config](), "", nil)

func settingsOf(t reflect.Type, before string, at []int) (all []Setting) {
	for k := range t.NumField() {
		field := t.Field(k)
		key, isSetting := field.Tag.Lookup("key")
		if !isSetting {
			continue
		}
		path := append(append([]int{}, at...), k)
		v, isValue := reflect.New(field.Type).Interface().(value)
		switch {
		case isValue:
			_, isList := v.(list)
			all = append(all, Setting{
				Key: before + key, Default: field.Tag.Get("default"), Says: field.Tag.Get("says"), May: v.may(),
				Secret: field.Tag.Get("secret"), list: isList, field: path,
			})
		case field.Type.Kind() == reflect.Slice: // of providers
			all = append(all, settingsOf(field.Type.Elem(), before+key+".*.", nil)...)
		default:
			all = append(all, settingsOf(field.Type, before+key+".", path)...)
		}
	}
	return all
}

// find gives the setting with a key such as "mail.host" or "oidc.university.issuer", and in the latter case the
// provider's id.
func find(key string) (s *Setting, id string, known bool) {
	wanted := key
	if rest, ok := strings.CutPrefix(key, providerPrefix); ok {
		if of, name, ok := strings.Cut(rest, "."); ok {
			id, wanted = of, providerPrefix+"*."+name
		}
	}
	for k := range settings {
		if settings[k].Key == wanted {
			return &settings[k], id, true
		}
	}
	return nil, "", false
}

// keyOf is the key of the setting whose name, in a form without dots, is given: "mail-host" of a flag with "-" between
// words, "mail_host" of a variable with "_". It is "" when there is none.
func keyOf(name, between string) string {
	spelled := strings.NewReplacer(".", between, "-", between)
	for k := range settings {
		s := &settings[k]
		if !s.ofProvider() {
			if spelled.Replace(s.Key) == name {
				return s.Key
			}
			continue
		}
		rest, ok := strings.CutPrefix(name, spelled.Replace(providerPrefix))
		if id, last, cut := strings.Cut(rest, between); ok && cut && spelled.Replace(s.Key) == spelled.Replace(providerPrefix)+"*"+between+last {
			return s.keyFor(id)
		}
	}
	return ""
}

// isID says whether a provider may be called so: a letter, then letters and digits, all of them small and plain.
func isID(id string) bool {
	for k, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (k == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return id != "" && len(id) <= 32
}
