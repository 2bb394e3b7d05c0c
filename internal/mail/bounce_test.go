package mail

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const ours = "k7b2qv@mentoring.example.org"

// mails are the mails in testdata/bounces, which nobody ever wrote, and what they say; nil: no letter came back.
var mails = map[string]*Bounce{
	"postfix-no-such-user":          {ours, "5.1.1", true},
	"gmail-report":                  {ours, "5.1.1", true},
	"gmail-of-old":                  {ours, "5.1.1", true},
	"exchange-online":               {ours, "5.1.10", true},
	"exchange-in-a-page":            {ours, "5.1.1", true},
	"qmail":                         {ours, "5.1.1", true},
	"from-a-pipe":                   {ours, "5.1.1", true},
	"exim":                          {ours, "", true},
	"sendmail-transcript":           {ours, "", true},
	"in-french":                     {ours, "", true},
	"no-such-host":                  {ours, "5.4.4", true},
	"letters-of-other-alphabets":    {ours, "5.1.1", true},
	"postfix-given-up":              {ours, "4.4.1", false},
	"full-mailbox-for-good":         {ours, "5.2.2", false},
	"exchange-policy":               {ours, "5.7.1", false},
	"qmail-too-long-in-the-queue":   {ours, "4.2.2", false},
	"two-failed-one-may-recover":    {ours, "4.2.2", false},
	"no-status-but-words":           {ours, "5.0.0", false},
	"postfix-late":                  nil,
	"exim-late":                     nil,
	"one-of-two-got-it":             nil,
	"delivered":                     nil,
	"absence-note":                  nil,
	"absence-note-of-exchange":      nil,
	"absence-note-without-a-sender": nil,
	"absence-note-plain":            nil,
	"receipt":                       nil,
	"complaint":                     nil,
	"reply-of-a-person":             nil,
	"report-without-the-letter":     nil,
	"cut-off":                       nil,
}

func TestBounceIsToldFromWhatOnlyLooksLikeOne(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/bounces/*.eml")
	if err != nil || len(files) != len(mails) {
		t.Fatalf("%d files for %d mails, %v", len(files), len(mails), err)
	}
	for _, file := range files {
		want, told := mails[strings.TrimSuffix(filepath.Base(file), ".eml")]
		if !told {
			t.Errorf("%s is expected to say nothing in particular", file)
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, mail := range [][]byte{text, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))} {
			got, err := ReadBounce(bytes.NewReader(mail))
			switch {
			case want == nil && !errors.Is(err, ErrNoBounce):
				t.Errorf("%s: got %+v, %v; want no bounce", file, got, err)
			case want != nil && (err != nil || got != *want):
				t.Errorf("%s: got %+v, %v; want %+v", file, got, err, *want)
			}
		}
	}
}

func TestStatusSaysWhetherAnybodyIsThere(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]Bounce{
		"5.0.0|smtp; 550 5.1.1 user unknown":         {Status: "5.1.1", NoReader: true},
		"5.0.0|smtp; 550 mailbox full":               {Status: "5.0.0"},
		"5.0.0|smtp; 550 blocked by our spam policy": {Status: "5.0.0"},
		"5.0.0|":                                       {Status: "5.0.0", NoReader: true},
		"|smtp; 550 No such user here":                 {NoReader: true},
		"|smtp; 550 no":                                {},
		"4.0.0|smtp; 450 4.2.1 try again":              {Status: "4.2.1"},
		"5.1.8|smtp; 550 5.1.8 bad sender":             {Status: "5.1.8"},
		"5.2.1|smtp; 550 5.2.1 disabled":               {Status: "5.2.1", NoReader: true},
		"5.3.4|smtp; 552 5.3.4 too big":                {Status: "5.3.4"},
		"5.4.6|smtp; 554 5.4.6 too many hops":          {Status: "5.4.6"},
		"5.7.26|smtp; 550 5.7.26 not authenticated":    {Status: "5.7.26"},
		"5.0.0|smtp; 550 host 5.1.1.9 said 4.7.1 wait": {Status: "4.7.1"},
	} {
		status, said, _ := strings.Cut(words, "|")
		if got := judge(status, said); got != want {
			t.Errorf("%q: got %+v, want %+v", words, got, want)
		}
	}
}

// TestMailThatNeverEndsCostsLittle reads mails that are made to cost: 64 MiB each, of the kinds that readers of mails
// choke on.
func TestMailThatNeverEndsCostsLittle(t *testing.T) {
	const report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
	for what, m := range map[string]struct{ begin, again string }{
		"one long header":      {"Subject: ", "x"},
		"folded for ever":      {"Subject: x\n", " y\n"},
		"many fields":          {"", "a: b\n"},
		"many names":           {"", "x\x00:y\nz\xff: q\n"},
		"no line end":          {"", "\x00"},
		"parts without end":    {report, "--b\n\nx\n"},
		"parts in parts":       {report, "--b\nContent-Type: multipart/mixed; boundary=b\n\n"},
		"fields without end":   {report + "--b\nContent-Type: message/delivery-status\n\n", "Action: failed\nStatus: 5.1.1\n\n"},
		"dots":                 {"From: mailer-daemon\n\n", "5.1.1.1."},
		"tags":                 {"From: mailer-daemon\nContent-Type: text/html\n\n", "<a <b "},
		"almost a Message-ID":  {"From: mailer-daemon\n\nfailed permanently\n", "Message-ID: <\n"},
		"brackets":             {"From: mailer-daemon\nIn-Reply-To: ", "<a@b"},
		"base64 of nothing":    {"From: mailer-daemon\nContent-Transfer-Encoding: base64\n\n", "====\n"},
		"quoted printable":     {"From: mailer-daemon\nContent-Transfer-Encoding: quoted-printable\n\n", "=\n=3"},
		"dashes before a copy": {"From: mailer-daemon\n\n", "--- ---"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		if b, err := ReadBounce(io.MultiReader(strings.NewReader(m.begin), &endless{text: m.again, left: 64 << 20})); !errors.Is(err, ErrNoBounce) {
			t.Errorf("%s: %+v, %v", what, b, err)
		}
		runtime.ReadMemStats(&after)
		if took, grew := time.Since(began), (after.TotalAlloc-before.TotalAlloc)>>20; took > 3*time.Second || grew > 100 {
			t.Errorf("%s: took %v and %d MiB", what, took, grew)
		}
	}
}

// endless says the same again and again.
type endless struct {
	text string
	left int
	at   int
}

func (e *endless) Read(into []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	for k := range into {
		into[k] = e.text[e.at%len(e.text)]
		e.at++
	}
	e.left -= len(into)
	return len(into), nil
}

func TestMailThatCannotBeReadIsNoBounce(t *testing.T) {
	t.Parallel()
	broken := errors.New("the pipe is broken")
	if _, err := ReadBounce(io.MultiReader(strings.NewReader("Subject: x\n"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func FuzzBounce(f *testing.F) {
	files, err := filepath.Glob("testdata/bounces/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, mail []byte) {
		b, err := ReadBounce(bytes.NewReader(mail))
		if err != nil {
			if !errors.Is(err, ErrNoBounce) || b != (Bounce{}) {
				t.Fatalf("%+v, %v", b, err)
			}
			return
		}
		if again, err := ReadBounce(bytes.NewReader(mail)); again != b || err != nil {
			t.Errorf("the same mail says %+v, and then %+v, %v", b, again, err)
		}
		local, host, _ := strings.Cut(b.Message, "@")
		if local == "" || host == "" || !visible(b.Message) || strings.ContainsAny(b.Message, "<>") || !bytes.Contains(mail, []byte(host)) && len(b.Message) > 250 {
			t.Errorf("the Message-ID is %q", b.Message)
		}
		if b.Status != "" && statusIn(b.Status) != b.Status {
			t.Errorf("the status is %q", b.Status)
		}
		if b.NoReader && b.Status != "" && !noReader(b.Status) {
			t.Errorf("nobody is there, by %q", b.Status)
		}
	})
}
