package mail

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// letter is a message with what French needs.
func letter() Message {
	return Message{
		ID: "k7@mentoring.example.org", At: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC),
		From: mail.Address{Name: "Mentorat Saint-Éloi", Address: "chiron@example.org"}, To: mail.Address{Address: "zoe@example.org"},
		Subject: "Votre lien de connexion : à l’hôpital", Text: "Voici le lien.\n.\nhttps://mentoring.example.org/link/x\n", HTML: "<p>Voici le lien — « ici »</p>",
	}
}

// A sink is a server that takes everything, and what it took.
type sink struct {
	mu       sync.Mutex
	got      []string
	user     string // "": it asks for no sign-in
	password string
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return &talk{sink: s}, nil }

type talk struct {
	*sink
	in bool
}

func (*talk) Reset()                               {}
func (*talk) Logout() error                        { return nil }
func (*talk) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (t *talk) AuthMechanisms() []string           { return []string{sasl.Plain} }
func (t *talk) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if t.in = user == t.user && password == t.password; !t.in {
			return errors.New("no")
		}
		return nil
	}), nil
}

func (t *talk) Mail(string, *smtp.MailOptions) error {
	if t.user != "" && !t.in {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (t *talk) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.got = append(t.got, string(raw))
	return err
}

func (s *sink) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

// serve starts a server over a sink and gives a relay to it.
func serve(t *testing.T, s *sink, e Encryption) *Relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Encryption: e, Name: "here", User: s.user, Password: s.password, Timeout: 5 * time.Second}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	if e != Cleartext {
		own, roots := certificate(t)
		server.TLSConfig, r.Roots = own, roots
		if e == TLS {
			l = tls.NewListener(l, own)
		}
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { server.Close() })
	return r
}

// certificate is one for 127.0.0.1, and whom to trust to trust it.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: pool}
}

func TestMessageArrivesAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := &sink{}
	m := letter()
	m.Unsubscribe = "https://mentoring.example.org/letters/stop/abc"
	if err := serve(t, s, Cleartext).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	raw := s.all()[0]
	for _, line := range strings.Split(raw, "\r\n") {
		if len(line) > 78 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	parsed, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	from, err := parsed.Header.AddressList("From")
	if err != nil || *from[0] != m.From {
		t.Errorf("from %v, %v", from, err)
	}
	for name, want := range map[string]string{
		"Message-Id": "<k7@mentoring.example.org>", "Subject": m.Subject, "To": "<zoe@example.org>", "Date": "Sun, 14 Mar 2027 09:00:00 +0000",
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply", "Precedence": "", "List-Unsubscribe": "<" + m.Unsubscribe + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "User-Agent": "", "X-Mailer": "",
	} {
		if got, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get(name)); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	kind, values, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if kind != "multipart/alternative" || err != nil {
		t.Fatalf("it is %s, %v", kind, err)
	}
	parts := multipart.NewReader(parsed.Body, values["boundary"])
	for _, want := range []string{m.Text, m.HTML} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(quotedprintable.NewReader(part))
		if text := strings.ReplaceAll(string(got), "\r\n", "\n"); text != want || err != nil {
			t.Errorf("%s says %q, %v; want %q", part.Header.Get("Content-Type"), text, err, want)
		}
	}
}

func TestSameMessageIsTheSameTwice(t *testing.T) {
	t.Parallel()
	s := &sink{}
	r := serve(t, s, Cleartext)
	for range 2 {
		if err := r.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.all(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("%d messages, of other bytes:\n%s", len(got), strings.Join(got, "\n"))
	}
}

// TestConnectionIsProtectedAndSignedIn goes through both kinds of encryption with a sign-in, right and wrong.
func TestConnectionIsProtectedAndSignedIn(t *testing.T) {
	t.Parallel()
	for _, e := range []Encryption{StartTLS, TLS} {
		s := &sink{user: "chiron", password: "hunter2"}
		r := serve(t, s, e)
		if err := r.Send(t.Context(), letter()); err != nil {
			t.Errorf("%s: %v", e, err)
		}
		wrong := *r
		wrong.Password = "hunter3"
		err := wrong.Send(t.Context(), letter())
		if err == nil || IsPermanent(err) || strings.Contains(err.Error(), "hunter") {
			t.Errorf("%s with a wrong password: %v", e, err)
		}
		stranger := *r
		stranger.Roots = nil
		if err := stranger.Send(t.Context(), letter()); err == nil || IsPermanent(err) {
			t.Errorf("%s with somebody whom nobody trusts: %v", e, err)
		}
		if len(s.all()) != 1 {
			t.Errorf("%s: %d messages arrived", e, len(s.all()))
		}
	}
}

// A line of a conversation: what the server waits for, as the beginning of a line, and what it says then.
type exchange struct{ hears, says string }

// A script is how a server misbehaves.
type script struct {
	name      string
	greeting  string
	wait      time.Duration // before the greeting
	drip      time.Duration // before each byte
	talk      []exchange
	after     string // what happens when the talk is over: "close", or "hang"
	sent      bool   // the message counts as sent
	kept      bool   // the server keeps the message and never says so
	permanent bool
	unknown   bool // the reader is
	tls       Encryption
}

var polite = []exchange{{"EHLO", "250-localhost\r\n250 ENHANCEDSTATUSCODES"}, {"NOOP", "250 2.0.0 ok"}, {"MAIL", "250 2.1.0 ok"}}

// so is the polite beginning and something else.
func so(rest ...exchange) []exchange { return append(append([]exchange{}, polite...), rest...) }

const content = "." // the end of what follows DATA

var scripts = []script{
	{name: "greets slowly", greeting: "220 hello", wait: 200 * time.Millisecond, sent: true, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "250 2.0.0 taken"}), after: "close"},
	{name: "greets too slowly", greeting: "220 hello", wait: 5 * time.Second},
	{name: "greets with 421", greeting: "421 come back later", after: "close"},
	{name: "greets with 554", greeting: "554 not you", after: "close"},
	{name: "greets with nonsense", greeting: "HTTP/1.1 400 Bad Request", after: "close"},
	{name: "closes before it greets", after: "close"},
	{name: "closes early", greeting: "220 hello", after: "close"},
	{name: "hangs after the greeting", greeting: "220 hello", after: "hang"},
	{name: "refuses encryption", greeting: "220 hello", tls: StartTLS, talk: polite, after: "hang"},
	{name: "refuses to begin encryption", greeting: "220 hello", tls: StartTLS, talk: []exchange{{"EHLO", "250-localhost\r\n250 STARTTLS"}, {"STARTTLS", "454 4.7.0 not now"}}, after: "close"},
	{name: "asks for a sign-in", greeting: "220 hello", talk: append(append([]exchange{}, polite[:2]...), exchange{"MAIL", "530 5.7.0 sign in first"}), after: "close"},
	{name: "does not like the sender", greeting: "220 hello", talk: append(append([]exchange{}, polite[:2]...), exchange{"MAIL", "550 5.7.1 not yours"}), after: "close"},
	{name: "greylists", greeting: "220 hello", talk: so(exchange{"RCPT", "451 4.7.1 zoe@example.org: come back in five minutes"}), after: "close"},
	{name: "has a full mailbox", greeting: "220 hello", talk: so(exchange{"RCPT", "452 4.2.2 full"}), after: "close"},
	{name: "knows no such reader", greeting: "220 hello", talk: so(exchange{"RCPT", "550 5.1.1 no zoe@example.org here"}), after: "close", permanent: true, unknown: true},
	{name: "does not relay", greeting: "220 hello", talk: so(exchange{"RCPT", "554 5.7.1 relaying denied"}), after: "close", permanent: true},
	{name: "takes no content now", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "452 4.3.1 disk full"}), after: "close"},
	{name: "does not like the content", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "554 5.6.0 spam"}), after: "close", permanent: true},
	{name: "drops after DATA", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}), after: "close"},
	{name: "says 250 in place of 354", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "250 ok"}), after: "hang"},
	{name: "hangs before the content", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", ""}), after: "hang"},
	{name: "ends in the middle", greeting: "220 hello", talk: so(exchange{"RCPT", "421 4.3.2 shutting down"}), after: "close"},
	{name: "takes no more from here", greeting: "220 hello", talk: append(append([]exchange{}, polite[:2]...), exchange{"MAIL", "452 4.3.1 too many"}), after: "close"},
	{name: "says nothing that has an end", greeting: "220 hello", talk: append(append([]exchange{}, polite...), exchange{"RCPT", strings.Repeat("x", 8<<20)}), after: "hang"},
	{name: "goes on for ever", greeting: "220 hello", talk: append(append([]exchange{}, polite...), exchange{"RCPT", strings.TrimSuffix(strings.Repeat("250-and\r\n", 200_000), "\r\n")}), after: "hang"},
	{name: "drips", greeting: "220 hello", drip: 300 * time.Millisecond, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "250 2.0.0 taken"}), after: "close"},
	{name: "keeps it and hangs", greeting: "220 hello", kept: true, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, ""}), after: "hang"},
	{name: "keeps it and drops", greeting: "220 hello", kept: true, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, ""}), after: "close"},
	{name: "keeps it and says no", greeting: "220 hello", kept: true, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "451 4.3.0 perhaps"}), after: "close"},
	{name: "drops at the end of the content", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, ""}), after: "close"},
	{name: "hangs at the end of the content", greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, ""}), after: "hang"},
	{name: "accepts and hangs", greeting: "220 hello", sent: true, talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "250 2.0.0 taken"}), after: "hang"},
}

// play plays a script to one client, and gives the message that the client sent to its end; "": none.
func (s script) play(conn net.Conn, done <-chan struct{}) (message string) {
	defer conn.Close()
	say := func(text string) {
		if text == "" {
			return
		}
		for _, piece := range s.pieces(text + "\r\n") {
			if _, err := io.WriteString(conn, piece); err != nil {
				return
			}
			if s.drip > 0 {
				time.Sleep(s.drip)
			}
		}
	}
	select {
	case <-time.After(s.wait):
	case <-done:
	}
	say(s.greeting)
	lines := bufio.NewScanner(conn)
	for _, e := range s.talk {
		text := ""
		for lines.Scan() {
			if line := lines.Text(); line == e.hears || e.hears != content && strings.HasPrefix(line, e.hears) {
				if e.hears == content {
					message = text
				}
				break
			} else if strings.HasPrefix(line, "EHLO") || strings.HasPrefix(line, "NOOP") || strings.HasPrefix(line, "RSET") {
				say("250 ok")
			} else {
				text += line + "\n"
			}
		}
		say(e.says)
	}
	if s.after == "hang" {
		<-done
	}
	return message
}

// pieces are what is said at once.
func (s script) pieces(text string) []string {
	if s.drip == 0 {
		return []string{text}
	}
	return strings.Split(text, "")
}

func TestServerThatMisbehavesIsTriedAgainUnlessThatIsHopeless(t *testing.T) {
	t.Parallel()
	for _, s := range scripts {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			done, over := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(over)
				conn, err := l.Accept()
				if err == nil {
					s.play(conn, done)
				}
			}()
			r := &Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Encryption: Cleartext, Name: "here", Timeout: time.Second}
			began := time.Now()
			err = r.encrypted(s).Send(t.Context(), letter())
			if took := time.Since(began); took > 4*time.Second {
				t.Errorf("it took %v", took)
			}
			close(done)
			l.Close()
			<-over
			if (err == nil) != s.sent || IsPermanent(err) != s.permanent || IsUnknownReader(err) != s.unknown {
				t.Errorf("sent %v, permanent %v, unknown reader %v: %v", err == nil, IsPermanent(err), IsUnknownReader(err), err)
			}
			if err != nil && strings.Contains(err.Error(), "@") {
				t.Errorf("the error names somebody: %v", err)
			}
		})
	}
}

// TestServerThatRecoversGetsTheMessage lets a server misbehave once and then be good, and sends until the server takes the
// message, as the post does. None is lost; there are two only where the server kept the first without saying so, and then
// they are the same to the byte.
func TestServerThatRecoversGetsTheMessage(t *testing.T) {
	t.Parallel()
	good := script{greeting: "220 hello", talk: so(exchange{"RCPT", "250 ok"}, exchange{"DATA", "354 go on"}, exchange{content, "250 2.0.0 taken"}), after: "close"}
	for _, s := range scripts {
		if s.permanent {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			r := &Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Encryption: Cleartext, Name: "here", Timeout: 500 * time.Millisecond}
			done, over := make(chan struct{}), make(chan struct{})
			var kept []string
			go func() {
				defer close(over)
				for play := s; ; play = good {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					text := play.play(conn, done)
					if took := play.kept || play.sent || play.name == ""; took && text != "" {
						kept = append(kept, text)
					}
				}
			}()
			sent := 0
			if r.encrypted(s).Send(t.Context(), letter()) == nil {
				sent++
			}
			close(done)
			for tries := 0; sent == 0 && tries < 3; tries++ {
				if r.Send(t.Context(), letter()) == nil {
					sent++
				}
			}
			l.Close()
			<-over
			want := 1
			if s.kept {
				want = 2
			}
			if sent != 1 || len(kept) != want {
				t.Fatalf("sent %d, the server has %d, want %d", sent, len(kept), want)
			}
			if kept[0] != kept[len(kept)-1] || !strings.Contains(kept[0], "<"+letter().ID+">") {
				t.Errorf("they are\n%s", strings.Join(kept, "\n\n"))
			}
		})
	}
}

// encrypted is a relay as a script needs it.
func (r *Relay) encrypted(s script) *Relay {
	one := *r
	if s.tls != "" {
		one.Encryption = s.tls
	}
	return &one
}

func TestUnreachableServerIsTriedAgain(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Encryption: Cleartext}
	l.Close()
	if err := r.Send(t.Context(), letter()); err == nil || IsPermanent(err) {
		t.Errorf("got %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := r.Send(stopped, letter()); err == nil || IsPermanent(err) {
		t.Errorf("got %v", err)
	}
}

// TestNothingBreaksOutOfAHeader puts into every header what would make another one, and compares the names of those that
// arrive.
func TestNothingBreaksOutOfAHeader(t *testing.T) {
	t.Parallel()
	s := &sink{}
	r := serve(t, s, Cleartext)
	for _, evil := range []string{
		"a\r\nBcc: eve@example.org", "a\nBcc: eve@example.org", "a\rBcc: eve@example.org", "a\r\n\r\nbody", "a\x00b", "a\u2028Bcc: eve@example.org",
		"=?utf-8?q?a=0D=0ABcc:_eve@example.org?=", "=\u200b?utf-8?q?a=0D=0ABcc:_eve@example.org?=", "é\r\nBcc: eve@example.org", "\u202eevil", "Dean <dean@real.example>", strings.Repeat("long ", 200), "\xff\xfe\r\nBcc: x",
	} {
		m := letter()
		m.Subject, m.From.Name, m.To.Name = evil, evil, evil
		if err := r.Send(t.Context(), m); err != nil {
			t.Errorf("%q: %v", evil, err)
			continue
		}
		got := s.all()
		raw := got[len(got)-1]
		parsed, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Errorf("%q: %v", evil, err)
			continue
		}
		if len(parsed.Header) != 9 || parsed.Header.Get("Bcc") != "" || len(parsed.Header["Subject"]) != 1 {
			t.Errorf("%q makes the headers %v", evil, parsed.Header)
		}
		decoded, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
		if strings.ContainsAny(decoded, "\r\n\x00\u2028\u202e") || err != nil {
			t.Errorf("%q is decoded to %q, %v", evil, decoded, err)
		}
		for _, name := range []string{"From", "To"} {
			if list, err := parsed.Header.AddressList(name); err != nil || len(list) != 1 || strings.ContainsAny(list[0].Name, "\r\n\x00") || strings.Contains(list[0].Address, "eve") || strings.Contains(list[0].Address, "dean") {
				t.Errorf("%q makes %s %v, %v", evil, name, parsed.Header[name], err)
			}
		}
	}
}

func TestWhatMustBeRightToTheLetterIsRefused(t *testing.T) {
	t.Parallel()
	s := &sink{}
	r := serve(t, s, Cleartext)
	for what, spoil := range map[string]func(m *Message){
		"a line end in the reader": func(m *Message) { m.To.Address = "zoe@example.org\r\nRCPT TO:<eve@example.org>" },
		"two readers":              func(m *Message) { m.To.Address = "zoe@example.org,eve@example.org" },
		"brackets in the reader":   func(m *Message) { m.To.Address = "<zoe@example.org>" },
		"no reader":                func(m *Message) { m.To.Address = "" },
		"no sender":                func(m *Message) { m.From.Address = "" },
		"accents in the address":   func(m *Message) { m.To.Address = "zoé@example.org" },
		"a line end in the name":   func(m *Message) { m.ID = "a@b\r\nX: y" },
		"brackets in the name":     func(m *Message) { m.ID = "a>@b" },
		"two at signs":             func(m *Message) { m.ID = "a@b@c" },
		"no name":                  func(m *Message) { m.ID = "" },
		"nothing to say":           func(m *Message) { m.Text = "" },
		"stopping in the clear":    func(m *Message) { m.Unsubscribe = "http://example.org" },
		"stopping elsewhere":       func(m *Message) { m.Unsubscribe = "https://example.org>,<mailto:eve@example.org" },
	} {
		m := letter()
		spoil(&m)
		for _, sender := range []Sender{r, &Catcher{}} {
			if err := sender.Send(t.Context(), m); !IsPermanent(err) || IsUnknownReader(err) || strings.Contains(err.Error(), "eve") {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if len(s.all()) != 0 {
		t.Errorf("%d messages went out", len(s.all()))
	}
}

func TestCatcherKeepsTheLatest(t *testing.T) {
	t.Parallel()
	c := &Catcher{}
	for k := range MostCaught + 3 {
		m := letter()
		m.At = m.At.Add(time.Duration(k) * time.Second)
		if err := c.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.Caught(); len(got) != MostCaught || got[0].At != letter().At.Add(3*time.Second) {
		t.Errorf("%d are kept, from %v", len(got), got[0].At)
	}
}

// TestProgramThatEndsWaitsForNoServer ends while a server says nothing, long before the time for a message is over.
func TestProgramThatEndsWaitsForNoServer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	greeted, done := make(chan struct{}), make(chan struct{})
	defer close(done)
	go func() {
		conn, err := l.Accept()
		if err == nil {
			close(greeted)
			script{greeting: "220 hello", after: "hang"}.play(conn, done)
		}
	}()
	life, end := context.WithCancel(t.Context())
	result := make(chan error, 1)
	go func() {
		result <- (&Relay{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Encryption: Cleartext, Name: "here"}).Send(life, letter())
	}()
	<-greeted
	end()
	select {
	case err := <-result:
		if err == nil || IsPermanent(err) {
			t.Errorf("got %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it still waits")
	}
}

func TestMessageWaitsWhereThereIsNoServer(t *testing.T) {
	t.Parallel()
	if err := (Nowhere{}).Send(t.Context(), letter()); err == nil || IsPermanent(err) || !strings.Contains(err.Error(), "mail.host") {
		t.Errorf("got %v", err)
	}
}

// TestSameMessageHasTheSameBytes: a letter that is sent again must be seen to be the same.
func TestSameMessageHasTheSameBytes(t *testing.T) {
	t.Parallel()
	m := letter()
	m.Unsubscribe = "https://mentoring.example.org/letters/stop/x"
	var first string
	for k := range 100 {
		msg, err := compose(m)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		if _, err := msg.WriteTo(&text); err != nil {
			t.Fatal(err)
		}
		if k == 0 {
			first = text.String()
		}
		if text.String() != first {
			t.Fatalf("the %dth time it is\n%s\nand was\n%s", k, text.String(), first)
		}
	}
	for _, line := range []string{"Auto-Submitted: auto-generated\r\n", "X-Auto-Response-Suppress: OOF, AutoReply\r\n"} {
		if !strings.Contains(first, line) {
			t.Errorf("the message lacks %q:\n%s", line, first)
		}
	}
}
