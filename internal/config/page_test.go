package config_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/config"
)

var update = flag.Bool("update", false, "write the page anew: go test ./internal/config -run Page -update")

const pageFile = "../../docs/reference/configuration.md"

const intro = `<!-- Made from internal/config/config.go. Change it there, and make this page anew: go test ./internal/config -run Page -update -->

# Configuration

The server runs without any configuration, for this machine alone. Whatever you set comes from one of three places. A
flag is above a variable of the environment, that is above the file, and the file is above the default.

The file is named by ''--config'' or ''CHIRON_CONFIG''; without either, it is ''chiron.yaml'' in the folder where the program
is started, if it is there. Keys are written below each other, indented by two spaces:

''''''yaml
%s''''''

- What is not known, and what cannot be meant, stops the program with the place where it stands and what to write instead.
- An empty variable counts as not set. A list is written with commas; in the file it can also be a list of YAML.
- Secrets stand in files of their own, and the settings name these files. Only the address of a PostgreSQL database may
  hold a password; it is never printed.
- Paths that do not begin with ''/'' begin in the folder where the program is started.
`

// example is what the page shows. It is read by a test.
const example = `db: postgres://chiron@db.example.org/mentoring
keys: /etc/chiron/keys
listen: ":8080"
url: https://mentoring.example.org
proxies: [10.0.0.0/8]
mail:
  host: smtp.example.org
  user: chiron
  password-file: /etc/chiron/mail-password
  sender: Mentoring <mentoring@example.org>
oidc:
  university:
    name: University of Example
    name-fr: Université de l'Exemple
    issuer: https://login.example.org
    client-id: chiron
    client-secret-file: /etc/chiron/university-secret
    domains: [example.org]
backup:
  folder: /backup/chiron
`

// groups are the parts of the page.
var groups = []struct{ key, title, opening string }{
	{"", "Server", ""},
	{"mail", "Letters", ""},
	{"oidc", "Sign-in with an institution", "Any number of institutions, each with a short name of its own in place of NAME: small letters and digits, such as\n" +
		"`university`. The name stands in the address that the provider sends people back to, so do not change it later. All\n" +
		"settings are needed but `name-fr`, `network` and `domains`.\n\n"},
	{"backup", "Backups", ""},
	{"retention", "How long things are kept", ""},
}

func TestPageIsCurrent(t *testing.T) {
	t.Parallel()
	want := page()
	if *update {
		if err := os.WriteFile(pageFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(pageFile); err != nil || string(got) != want {
		t.Errorf("%s is not what config.go says (%v): go test ./internal/config -run Page -update", pageFile, err)
	}
}

func TestExampleOfThePageIsTaken(t *testing.T) {
	t.Parallel()
	c := parse(t, example, nil, nil)
	if len(c.Providers) != 1 || c.Mail.TLS != StartTLS || c.Where("keys") != "chiron.yaml:2" {
		t.Errorf("%+v", c)
	}
}

func page() string {
	var b strings.Builder
	fmt.Fprintf(&b, strings.ReplaceAll(intro, "''", "`"), example)
	for _, group := range groups {
		fmt.Fprintf(&b, "\n## %s\n\n%s| key | variable and flag | default | what it is | what to write |\n|---|---|---|---|---|\n", group.title, group.opening)
		for _, s := range Settings() {
			if groupOf(s.Key) == group.key {
				fmt.Fprintf(&b, "| `%s` | `%s` `%s` | %s | %s | %s |\n", strings.Replace(s.Key, "*", "NAME", 1), s.Variable(), s.Flag(), orNone(s.Default), s.Says, s.May)
			}
		}
	}
	return b.String()
}

// groupOf is the key above a key.
func groupOf(key string) string {
	group, _, nested := strings.Cut(key, ".")
	if !nested {
		return ""
	}
	return group
}

func TestPageHasEverySetting(t *testing.T) {
	t.Parallel()
	for _, s := range Settings() {
		if !strings.Contains(page(), "`"+s.Variable()+"`") {
			t.Errorf("%s is in no group of the page", s.Key)
		}
	}
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return "`" + value + "`"
}
