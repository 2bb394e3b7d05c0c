package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/chiron-mentoring/chiron/internal/config"
)

// parse reads settings that must be right.
func parse(t testing.TB, file string, env []string, flags map[string]string) *Config {
	t.Helper()
	c, err := Parse("chiron.yaml", []byte(file), env, flags)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWithoutAnythingChironServesThisMachine(t *testing.T) {
	t.Parallel()
	c := parse(t, "", nil, nil)
	if c.DB != "chiron-data" || c.Listen != "127.0.0.1:8080" || c.URL != "http://localhost:8080" || c.Mail.Host != "" || c.Metrics != "" {
		t.Errorf("%+v", c)
	}
	if !slices.Equal(c.Languages, Languages{"en", "fr-CA"}) || c.LogLevel.Slog() != slog.LevelInfo || time.Duration(c.Backup.Age) != 36*time.Hour {
		t.Errorf("%+v", c)
	}
	for _, s := range c.Show() {
		if s.Where != Default {
			t.Errorf("%s comes from %s", s.Key, s.Where)
		}
	}
}

const whole = `# what a hospital would write
db: postgres://chiron:hunter2@db.example.org/mentoring?sslmode=verify-full&sslpassword=hunter3
keys: /etc/chiron/keys
listen: ":8443"
url: https://Mentoring.Example.org:443/
proxies: [10.0.0.0/8, "::1"]
languages:
  - fr-CA
  - en
log-level: warn
metrics: 127.0.0.1:9090
mail:
  host: smtp.example.org
  port: 465
  tls: tls
  user: chiron
  password-file: /etc/chiron/mail
  sender: Mentorat médical <mentorat@example.org>
oidc:
  university:
    name: University of Example
    name-fr: Université d'Exemple
    issuer: https://login.example.org/realms/u
    client-id: chiron
    client-secret-file: /etc/chiron/university
    domains: [Example.org, example.ca]
backup: {folder: /backup, age: 2d}
retention:
  sign-in-days: 7
`

func TestEverySettingIsReadFromTheFile(t *testing.T) {
	t.Parallel()
	c := parse(t, whole, nil, nil)
	for got, want := range map[any]any{
		c.URL: Origin("https://mentoring.example.org"), c.Listen: Address(":8443"), c.Mail.Port: Port(465), c.Mail.TLS: Always,
		c.Mail.Sender.Name: "Mentorat médical", c.Mail.Sender.Address.Address: "mentorat@example.org",
		c.LogLevel: Level("warn"), c.Backup.Age: Age(48 * time.Hour), c.Retention.SignIns: Days(7), c.Retention.Letters: Days(90),
		c.DB: Source("postgres://chiron:hunter2@db.example.org/mentoring?sslmode=verify-full&sslpassword=hunter3"),
	} {
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if len(c.Providers) != 1 || c.Providers[0].ID != "university" || c.Providers[0].Domains.String() != "example.org, example.ca" {
		t.Errorf("providers are %+v", c.Providers)
	}
	if !c.Proxies.Contain(netip.MustParseAddr("::ffff:10.1.2.3")) || c.Proxies.Contain(netip.MustParseAddr("11.1.2.3")) {
		t.Errorf("proxies are %s", c.Proxies)
	}
	if where := c.Where("mail.port"); where != "chiron.yaml:14" {
		t.Errorf("mail.port comes from %s", where)
	}
}

func TestFlagsAreAboveTheEnvironmentAndThatAboveTheFile(t *testing.T) {
	t.Parallel()
	file, env, flags := "listen: 127.0.0.1:1001\n", []string{"CHIRON_LISTEN=127.0.0.1:1002"}, map[string]string{"listen": "127.0.0.1:1003"}
	for _, given := range []struct {
		file  string
		env   []string
		flags map[string]string
		want  Address
		where Where
	}{
		{"", nil, nil, "127.0.0.1:8080", Default},
		{file, nil, nil, "127.0.0.1:1001", "chiron.yaml:1"},
		{file, env, nil, "127.0.0.1:1002", "CHIRON_LISTEN"},
		{file, env, flags, "127.0.0.1:1003", "--listen"},
		{"", nil, flags, "127.0.0.1:1003", "--listen"},
		{file, []string{"CHIRON_LISTEN="}, nil, "127.0.0.1:1001", "chiron.yaml:1"},
	} {
		c := parse(t, given.file, given.env, given.flags)
		if c.Listen != given.want || c.Where("listen") != given.where {
			t.Errorf("got %s from %s, want %s from %s", c.Listen, c.Where("listen"), given.want, given.where)
		}
	}
}

// Each setting can be written in each of the three places, under the names that the reference gives.
func TestEverySettingHasThreeNames(t *testing.T) {
	t.Parallel()
	fromFile := parse(t, whole, nil, nil)
	var env, args []string
	for _, s := range fromFile.Show() {
		value := s.Value
		if s.Key == "db" {
			value = string(fromFile.DB)
		}
		name := strings.NewReplacer(".", "_", "-", "_").Replace(s.Key)
		env = append(env, "CHIRON_"+strings.ToUpper(name)+"="+value)
		args = append(args, "--"+strings.ReplaceAll(s.Key, ".", "-"), value)
	}
	flags, rest, err := ParseFlags(args)
	if err != nil || len(rest) > 0 {
		t.Fatalf("%v, left are %q", err, rest)
	}
	fromEnv, fromFlags := parse(t, "", env, nil), parse(t, "", nil, flags)
	for k, s := range fromFile.Show() {
		if e, f := fromEnv.Show()[k], fromFlags.Show()[k]; e.Value != s.Value || f.Value != s.Value {
			t.Errorf("%s is %q in the file, %q in the environment, %q as a flag", s.Key, s.Value, e.Value, f.Value)
		}
	}
}

func TestNamesOfSettingsAreTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range Settings() {
		for _, name := range []string{s.Key, s.Variable(), s.Flag()} {
			if seen[name] {
				t.Errorf("%s stands for two settings", name)
			}
			seen[name] = true
		}
		if s.Says == "" || s.May == "" || !strings.HasSuffix(s.Says, ".") {
			t.Errorf("%s is not described", s.Key)
		}
	}
}

func TestPasswordIsNeverPrinted(t *testing.T) {
	t.Parallel()
	c := parse(t, whole, nil, nil)
	var out strings.Builder
	if err := c.Print(&out); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	slog.New(slog.NewJSONHandler(&out, nil)).Info("settings", "all", c, "db", c.DB)
	slog.New(slog.NewTextHandler(&out, nil)).Info("settings", "all", c, "db", c.DB)
	fmt.Fprintf(&out, "%s %v %+v %#v %s %#v %q", asJSON, c, c, c, c.DB, c.DB, c.DB)
	if strings.Contains(out.String(), "hunter") {
		t.Errorf("printed: %s", out.String())
	}
	if !strings.Contains(out.String(), "postgres://chiron:xxxxx@db.example.org/mentoring") {
		t.Errorf("the database is not shown: %s", out.String())
	}
	for _, bad := range []string{"postgres://chiron:hunter2@/", "mysql://chiron:hunter2@db/x", "postgres://chiron:hunter2@db:x/y", "host=db password=hunter2"} {
		_, err := Parse("chiron.yaml", nil, []string{"CHIRON_DB=" + bad}, nil)
		if err == nil || strings.Contains(err.Error(), "hunter") {
			t.Errorf("%v", err)
		}
	}
}

func TestSecretsAreMarked(t *testing.T) {
	t.Parallel()
	var marked []string
	for _, s := range parse(t, whole, nil, nil).Show() {
		if s.Secret {
			marked = append(marked, s.Key)
		}
	}
	if want := []string{"keys", "mail.password-file", "oidc.university.client-secret-file"}; !slices.Equal(marked, want) {
		t.Errorf("marked are %q", marked)
	}
}

func TestSettingsAreShownWithTheirSource(t *testing.T) {
	t.Parallel()
	c := parse(t, "log-level: debug\n", []string{"CHIRON_MAIL_PASSWORD_FILE=pw", "CHIRON_MAIL_USER=me"}, map[string]string{"metrics": ":9090"})
	var out strings.Builder
	if err := c.Print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"log-level", "debug", "chiron.yaml:1", "pw (secret)", "CHIRON_MAIL_PASSWORD_FILE", "--metrics", "default"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not shown:\n%s", want, out.String())
		}
	}
	if got, want := strings.Count(out.String(), "\n"), len(c.Show()); got != want {
		t.Errorf("%d lines, want %d", got, want)
	}
}

func TestFileIsFoundByFlagVariableAndName(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, listen string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("listen: "+listen+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	load := func(env []string, flags map[string]string) string {
		c, err := Load(folder, env, flags)
		if err != nil {
			return err.Error()
		}
		return string(c.Listen)
	}
	if got := load(nil, nil); got != "127.0.0.1:8080" {
		t.Errorf("without a file: %s", got)
	}
	write(FileName, "127.0.0.1:1")
	second, third := write("second.yaml", "127.0.0.1:2"), write("third.yaml", "127.0.0.1:3")
	env, flags := []string{"CHIRON_CONFIG=" + second}, map[string]string{"config": third}
	if got := load(nil, nil); got != "127.0.0.1:1" {
		t.Errorf("by its name: %s", got)
	}
	if got := load(env, nil); got != "127.0.0.1:2" {
		t.Errorf("by the variable: %s", got)
	}
	if got := load(env, flags); got != "127.0.0.1:3" {
		t.Errorf("by the flag: %s", got)
	}
	flags["config"] = filepath.Join(folder, "missing.yaml")
	if _, err := Load(folder, nil, flags); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is named and missing: %v", err)
	}
}

func TestSecretIsReadFromItsFile(t *testing.T) {
	t.Parallel()
	file := func(content string) File {
		path := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return File(path)
	}
	for _, content := range []string{"s3cret", "s3cret\n", "s3cret\r\n"} {
		if got, err := file(content).Reveal(); got != "s3cret" || err != nil {
			t.Errorf("%q: %q, %v", content, got, err)
		}
	}
	for content, want := range map[string]string{
		"": "holds no secret", "\n": "holds no secret", "s3cret\nsecond": "more than one line",
		strings.Repeat("s3cret", 1000): "longer than 4096",
	} {
		if _, err := file(content).Reveal(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%.20q: %v", content, err)
		}
	}
	if _, err := File(filepath.Join(t.TempDir(), "none")).Reveal(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestFlagsAreTakenOutOfArguments(t *testing.T) {
	t.Parallel()
	flags, rest, err := ParseFlags([]string{"serve", "--mail-host=smtp.example.org", "--config", "x.yaml", "-v", "--url", "https://a.example", "--", "--listen"})
	want := map[string]string{"mail-host": "smtp.example.org", "config": "x.yaml", "url": "https://a.example"}
	if err != nil || !maps.Equal(flags, want) || !slices.Equal(rest, []string{"serve", "-v", "--", "--listen"}) {
		t.Errorf("%q, left %q, %v", flags, rest, err)
	}
	for want, args := range map[string][]string{
		"--lsten: there is no such flag; did you mean --listen?":          {"--lsten", "x"},
		"--frobnicate: there is no such flag; see the list of settings":   {"--frobnicate"},
		"--url: there is no value; write it behind the flag":              {"--url"},
		"--url: stands twice; keep one of the two":                        {"--url=https://a.example", "--url=https://b.example"},
		"--oidc-u-isuer: there is no such flag; see the list of settings": {"--oidc-u-isuer=x"},
		"--mail.host: there is no such flag; did you mean --mail-host?":   {"--mail.host=x"},
	} {
		if _, _, err := ParseFlags(args); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", args, err, want)
		}
	}
}

func TestCommandKeepsItsOwnFlags(t *testing.T) {
	t.Parallel()
	flags, rest, err := ParseFlags([]string{"--people", "30", "--listen", "127.0.0.1:1", "--folder=school"}, "people", "folder")
	if err != nil || flags["listen"] != "127.0.0.1:1" || len(flags) != 1 || !slices.Equal(rest, []string{"--people", "30", "--folder=school"}) {
		t.Errorf("got %v, %q, %v", flags, rest, err)
	}
}

func TestLettersComeBackThroughAFolderOfTheirOwn(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"": filepath.Join("chiron-data", "bounces"), "mail: {bounces: /var/spool/chiron}": "/var/spool/chiron",
		"db: postgres://db.example.org/chiron": "", "{db: postgres://db.example.org/chiron, mail: {bounces: back}}": "back",
	} {
		if got := parse(t, file, nil, nil).Bounces(); got != want {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}
