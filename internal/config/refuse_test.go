package config_test

import (
	"errors"
	"strings"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/config"
)

// Each mistake, and what is said of it: where, what, and what to write instead.
func TestMistakeIsNamedWithItsPlaceAndItsCure(t *testing.T) {
	t.Parallel()
	for _, mistake := range []struct{ file, want string }{
		{"lisen: x", "chiron.yaml:1: lisen: there is no such setting; did you mean listen?"},
		{"mail:\n  prot: 25", "chiron.yaml:2: mail.prot: there is no such setting; did you mean mail.port?"},
		{"colour: blue", "chiron.yaml:1: colour: there is no such setting; see the list of settings, or delete the line"},
		{"oidc:\n  uni:\n    isuer: x", "chiron.yaml:3: oidc.uni.isuer: there is no such setting; did you mean oidc.uni.issuer?"},
		{"oidc:\n  Uni-1:\n    issuer: x", `chiron.yaml:2: oidc.Uni-1: "Uni-1" cannot be the name of a provider; write small letters and digits, such as university`},
		{"mail.port: 25", "chiron.yaml:1: mail.port: there is a dot in the key; write what stands before the dot"},
		{"mail: 25", `chiron.yaml:1: mail: there are no settings here; write each on a line of its own as "key: value"`},
		{"- listen", "chiron.yaml:1: there are no settings here"},
		{"listen: :1\n\nlisten: :2", "chiron.yaml:3: listen: stands in line 1 already; keep one of the two"},
		{"listen:", "chiron.yaml:1: listen: there is no value; write one behind the colon, or delete the line"},
		{`listen: ""`, "chiron.yaml:1: listen: there is no value; write one, or take the setting away for 127.0.0.1:8080"},
		{"listen: [a, b]", "chiron.yaml:1: listen: there are several values; write one"},
		{"listen: {a: b}", "chiron.yaml:1: listen: there are several values"},
		{"languages: [[en]]", "chiron.yaml:1: languages: a part of the list is no plain value"},
		{"keys: &a x\ndb: *a", "chiron.yaml:1: keys: the value is borrowed from another place with & and *; write it out"},
		{"listen: :1\n---\nlisten: :2", "chiron.yaml:2: a second document begins here; delete the line ---"},
		{"a: b: c", "chiron.yaml:1: the line cannot be read as YAML ("},
		{"\tlisten: x", "chiron.yaml:1: the line cannot be read as YAML ("},
		{"\xff", "chiron.yaml: the file is not text in UTF-8"},
		{strings.Repeat("# much\n", 200_000), "chiron.yaml: the file is longer than 1048576 bytes"},
		{"? [a]\n: b", "chiron.yaml:1: a key is no word"},

		{"listen: 8080", `listen: "8080" is no address to listen at; write host and port, such as 127.0.0.1:8080, or :8080 for all addresses`},
		{"listen: localhost:99999", "is no address to listen at"},
		{"listen: a_b:80", "is no address to listen at"},
		{"listen: localhost:http", "is no address to listen at"},
		{"url: mentoring.example.org", "is no address of pages; write one such as https://mentoring.example.org"},
		{"url: ftp://mentoring.example.org", "is no address of pages"},
		{"url: http://mentoring.example.org", "is not encrypted; write https://; http:// is for http://localhost alone"},
		{"url: http://localhost.example.org", "is not encrypted"},
		{"url: https://example.org/mentoring", "has something behind the name"},
		{"url: https://example.org?", "has something behind the name"},
		{"url: https://example.org#", "has something behind the name"},
		{"url: https://me:pw@example.org", "is no address of pages"},
		{"url: https://exämple.org", "xn--"},
		{"url: https://127.0.0.1", "is a number in place of a name; write a name, since passkeys need one"},
		{"url: https://[::1]:8080", "is a number in place of a name"},
		{"url: https://example.org:0", "is no address of pages"},
		{"url: https://example.org:99999", "is no address of pages"},
		{"proxies: 10.0.0.1/8", `"10.0.0.1/8" is an address within a network; write the network, 10.0.0.0/8, or the address alone`},
		{"proxies: 0.0.0.0/0", "is everybody, who could then claim any address"},
		{"proxies: proxy.example.org", "is no address and no network; write it like 10.0.0.0/8 or ::1"},
		{"proxies: '::ffff:10.0.0.1'", "is an address of version 4 in the form of version 6"},
		{"proxies: '10.0.0.0/8,'", `"" is no address and no network`},
		{"languages: de", `"de" is not known here; write one of: en, fr-CA`},
		{"languages: [en, en]", `"en" stands twice`},
		{"log-level: loud", `"loud" is not known here; write one of: debug, info, warn, error`},
		{"metrics: 127.0.0.1:8080", "metrics: is the address of the pages, where everybody could read it; write another port"},
		{"mail: {port: 0}", `chiron.yaml:1: mail.port: "0" is no port; write a whole number from 1 to 65535`},
		{"mail: {port: 0x19}", "is no port"},
		{"mail: {port: 65536}", "is no port"},
		{"mail: {tls: yes}", `"yes" is not known here; write one of: starttls, tls, none`},
		{"mail: {host: 'smtp.example.org:25'}", "is no name of a machine; write it like smtp.example.org, without https:// and without a port"},
		{"mail: {sender: mentoring}", "is no e-mail address; write it like"},
		{`mail: {sender: "a@b.ca\nBcc: all@b.ca"}`, "is no e-mail address"},
		{"mail: {sender: '=?utf-8?q?a=0d=0aBcc:_all?= <a@b.ca>'}", "is no e-mail address"},
		{`mail: {user: "a\0b"}`, "holds a line break or another character that cannot be seen"},
		{"mail: {password-file: 'https://x'}", "is no file; write the path of the file that holds the secret, not the secret itself"},
		{"mail: {host: a.example, sender: ''}", "mail.sender: is not set, though there is a server for letters; write from whom they come"},
		{"mail: {host: a.example}", "mail.sender: is not set, though there is a server for letters; write from whom they come: in the file, as CHIRON_MAIL_SENDER or as --mail-sender"},
		{"mail: {user: me}", "mail.password-file: is not set"},
		{"mail: {password-file: pw}", "mail.user: is not set, though there is a password"},
		{"mail: {tls: none, user: me, password-file: pw}", "mail.tls: would send the password for all to read; write starttls or tls"},
		{"listen: :8080", "url: is not set, and the server listens to other machines; write the address that people type: in the file, as CHIRON_URL or as --url"},
		{"oidc: {uni: {issuer: http://login.example.org}}", "is no address of a provider"},
		{"oidc: {uni: {domains: example}}", "is no domain"},
		{"oidc: {uni: {issuer: https://a.example}}", "oidc.uni.name: is not set, and a provider needs it; write it: in the file, as CHIRON_OIDC_UNI_NAME or as --oidc-uni-name"},
		{"oidc:\n  a: {name: A, client-id: a, client-secret-file: a, issuer: https://x.example}\n  b: {name: B, client-id: b, client-secret-file: b, issuer: https://x.example}",
			"chiron.yaml:3: oidc.b.issuer: is that of a too; keep one of the two"},
		{"db: sqlite://x", "db: this is a database that Chiron does not work with; write a folder, or postgres://user@host/name"},
		{"db: dbname=x", "db: the database is named in a way that is not read here"},
		{"db: postgres://host", "db: the address of the database cannot be read"},
		{"db: file:x", "db: this is no folder"},
		{"keys: https://x", "is no folder; write a path of this machine"},
		{"db: /srv/chiron\nkeys: /srv/chiron/keys", "chiron.yaml:2: keys: is in the folder of the data, which keys must be apart from"},
		{"keys: ./chiron-data/../chiron-data", "keys: is in the folder of the data"},
		{"keys: chiron-backups", "keys: is in the folder of backups"},
		{"backup: {folder: chiron-data}", "backup.folder: is the folder of the data"},
		{"backup: {age: 36}", `"36" is no time span; write hours or days, such as 36h or 2d, up to a year`},
		{"backup: {age: 0h}", "is no time span"},
		{"backup: {age: 9000d}", "is no time span"},
		{"retention: {job-days: 0}", `"0" is no number of days; write a whole number from 1 to 3650`},
		{"retention: {job-days: 1.5}", "is no number of days"},
	} {
		_, err := Parse("chiron.yaml", []byte(mistake.file), nil, nil)
		problems := Problems{}
		if !errors.As(err, &problems) || !strings.Contains(err.Error(), mistake.want) {
			t.Errorf("%.60q: %v\nwant %s", mistake.file, err, mistake.want)
		}
	}
}

func TestMistakesInEnvironmentAndFlagsAreNamedToo(t *testing.T) {
	t.Parallel()
	for want, given := range map[string]struct {
		env   []string
		flags map[string]string
	}{
		"CHIRON_LISTNE: there is no such setting; did you mean CHIRON_LISTEN?":                      {env: []string{"CHIRON_LISTNE=:1"}},
		"CHIRON_FROBNICATE: there is no such setting; see the list of settings, or take it away":    {env: []string{"CHIRON_FROBNICATE=1"}},
		"CHIRON_mail_host: there is no such setting":                                                {env: []string{"CHIRON_mail_host=a"}},
		`CHIRON_MAIL_PORT: mail.port: "x" is no port; write a whole number from 1 to 65535`:         {env: []string{"CHIRON_MAIL_PORT=x"}},
		`--mail-port: mail.port: "x" is no port`:                                                    {flags: map[string]string{"mail-port": "x"}},
		"--mail-prot: there is no such flag; did you mean --mail-port?":                             {flags: map[string]string{"mail-prot": "x"}},
		"CHIRON_OIDC_1_ISSUER: oidc.1.issuer: the name of the provider cannot be read; write it in": {env: []string{"CHIRON_OIDC_1_ISSUER=https://x.example"}},
		"CHIRON_METRICS: metrics: is the address of the pages":                                      {env: []string{"CHIRON_METRICS=127.0.0.1:8080"}},
	} {
		if _, err := Parse("", nil, given.env, given.flags); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}

// Machines that run the program's tests have variables of theirs.
func TestVariablesOfOthersAreNoBusinessOfOurs(t *testing.T) {
	t.Parallel()
	env := []string{"PATH=/bin", "CHIRON_DATA=/data", "CHIRON_REQUIRE_PG=1", "CHIRON_CONFIG=x.yaml", "no equals sign", "CHIRONX=1"}
	if _, err := Parse("", nil, env, nil); err != nil {
		t.Error(err)
	}
}

func TestAllMistakesAreNamedAtOnceThoseOfTheFileFirst(t *testing.T) {
	t.Parallel()
	file := "mail:\n  port: x\nlisten: y\ncolour: blue\nlog-level: z\n"
	_, err := Parse("chiron.yaml", []byte(file), []string{"CHIRON_URL=u"}, map[string]string{"db": "v://"})
	problems := Problems{}
	if !errors.As(err, &problems) {
		t.Fatal(err)
	}
	var places []string
	for _, p := range problems {
		places = append(places, string(p.Where))
	}
	if got, want := strings.Join(places, " "), "chiron.yaml:2 chiron.yaml:3 chiron.yaml:4 chiron.yaml:5 --db CHIRON_URL"; got != want {
		t.Errorf("named are %s, want %s", got, want)
	}
}

// FuzzFile: whatever the file holds, the answer is settings or a list of mistakes. Settings that are shown and written
// down again are the same settings.
func FuzzFile(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("mail: {host: a.example, sender: '\"A, B\" <a@b.ca>'}\nproxies: [::1/128]\nbackup: {age: 25h}\n"))
	f.Add([]byte(`mail: {sender: '" 0  0" <0@0>'}`))
	f.Add([]byte("url: http://a.localhost:80/\nkeys: ' x '\n? a\n: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("chiron.yaml", data, nil, nil)
		if err != nil {
			problems := Problems{}
			if !errors.As(err, &problems) || len(problems) == 0 || c != nil {
				t.Fatalf("%v", err)
			}
			for _, p := range problems {
				if p.Problem == "" || p.Instead == "" {
					t.Errorf("%q is not of help", p)
				}
			}
			return
		}
		shownIsTheSame(t, c)
	})
}

// FuzzSetting does the same with one value of one setting.
func FuzzSetting(f *testing.F) {
	for _, s := range parse(f, whole, nil, nil).Show() {
		f.Add(s.Key, s.Value)
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		flags := map[string]string{strings.ReplaceAll(key, ".", "-"): value, "url": "https://mentoring.example.org"}
		if c, err := Parse("", nil, nil, flags); err == nil {
			shownIsTheSame(t, c)
		}
	})
}

// shownIsTheSame writes what is shown down again as flags, and wants the same settings.
func shownIsTheSame(t *testing.T, c *Config) {
	t.Helper()
	flags := map[string]string{}
	for _, s := range c.Show() {
		if s.Key == "db" {
			s.Value = string(c.DB)
		}
		flags[strings.ReplaceAll(s.Key, ".", "-")] = s.Value
	}
	again, err := Parse("", nil, nil, flags)
	if err != nil {
		t.Fatalf("what is shown cannot be read: %v", err)
	}
	for k, s := range again.Show() {
		if before := c.Show()[k]; before.Value != s.Value {
			t.Errorf("%s was %q and is %q", s.Key, before.Value, s.Value)
		}
	}
}
