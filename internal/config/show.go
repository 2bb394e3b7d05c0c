package config

import (
	"fmt"
	"io"
	"reflect"
	"text/tabwriter"
)

// A Shown is a setting in force. Its value holds no secret: a password in the address of a database is left out, and of
// files with secrets there is only the path.
type Shown struct {
	Key    string
	Value  string
	Where  Where
	Secret bool // what the value names holds a secret
}

// Show lists what is in force, every setting, in the order of [Config].
func (c *Config) Show() (all []Shown) {
	for k := range settings {
		s := &settings[k]
		if !s.ofProvider() {
			all = append(all, c.shown(s, s.Key, reflect.ValueOf(c).Elem()))
			continue
		}
		for p := range c.Providers {
			all = append(all, c.shown(s, s.keyFor(c.Providers[p].ID), reflect.ValueOf(&c.Providers[p]).Elem()))
		}
	}
	return all
}

func (c *Config) shown(s *Setting, key string, in reflect.Value) Shown {
	v := in.FieldByIndex(s.field).Addr().Interface().(value)
	return Shown{key, v.String(), c.Where(key), s.Secret != ""}
}

// Print writes what is in force as a table for people.
func (c *Config) Print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range c.Show() {
		value := s.Value
		if value == "" {
			value = "-"
		}
		if s.Secret && s.Value != "" {
			value += " (secret)"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", s.Key, value, s.Where)
	}
	return out.Flush()
}
