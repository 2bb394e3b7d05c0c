//go:build unix

package notice

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A mailer sends as a test wants it to.
type mailer struct {
	mail.Catcher
	before func(m mail.Message) error // in place of sending
	after  func()                     // once the message is taken
}

func (m *mailer) Send(ctx context.Context, one mail.Message) error {
	if m.before != nil {
		if err := m.before(one); err != nil {
			return err
		}
	}
	err := m.Catcher.Send(ctx, one)
	if m.after != nil {
		m.after()
	}
	return err
}

// A bench is a post of its own for a test, with a clock that goes only when it is told to.
type bench struct {
	*testing.T
	*Post
	mailer *mailer
	clock  *clock
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

var site = Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: NewSecrets([32]byte{9})}

func both(t *testing.T, test func(b *bench)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		c := &clock{at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
		b := process(t, db, c)
		b.update(func(tx *store.Tx) error {
			err := tx.AddAccount(store.Account{ID: "zoe", Language: "en", MadeAt: c.now()})
			if err == nil {
				err = tx.AddEmail(store.Email{Folded: "zoe@example.org", Address: "Zoe@example.org", Account: "zoe", Kind: store.Personal, Owns: true})
			}
			return err
		})
		test(b)
	})
}

// process is one process over a store.
func process(t *testing.T, db *store.DB, c *clock) *bench {
	m := &mailer{}
	return &bench{t, New(db, job.New(db, c.now, slog.New(slog.DiscardHandler)), m, c.now, site), m, c}
}

func (b *bench) update(f func(tx *store.Tx) error) {
	b.Helper()
	if err := b.db.Update(b.Context(), f); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) write(l Letter) {
	b.Helper()
	b.update(func(tx *store.Tx) error { return b.Write(tx, l) })
}

func (b *bench) drain() { b.queue.Drain(b.Context()) }

// states are the letters of each state, as one text.
func (b *bench) count(s store.LetterState) (n int) {
	b.Helper()
	b.update(func(tx *store.Tx) error {
		all, err := tx.Letters(s, 100)
		n = len(all)
		return err
	})
	return n
}

// only is the only letter in a state.
func (b *bench) only(s store.LetterState) (l store.Letter) {
	b.Helper()
	b.update(func(tx *store.Tx) error {
		all, err := tx.Letters(s, 100)
		if err != nil || len(all) != 1 {
			b.Fatalf("%d letters are %s, %v", len(all), s, err)
		}
		l = all[0]
		return nil
	})
	return l
}

// log is what became of the only letter in a state.
func (b *bench) log(s store.LetterState) string {
	b.Helper()
	var words []string
	b.update(func(tx *store.Tx) error {
		all, err := tx.Letters(s, 100)
		if err != nil || len(all) != 1 {
			b.Fatalf("%d letters are %s, %v", len(all), s, err)
		}
		log, err := tx.Deliveries(all[0].ID)
		for _, d := range log {
			words = append(words, strings.TrimSpace(d.Outcome+" "+d.Detail))
		}
		return err
	})
	return strings.Join(words, "; ")
}

func (b *bench) jobs() (counts map[store.JobState]int) {
	b.Helper()
	b.update(func(tx *store.Tx) (err error) {
		counts, err = tx.CountJobs()
		return err
	})
	return counts
}

// link are arguments for a link that lasts for some time.
func (b *bench) link(lasts time.Duration) map[string]string {
	return map[string]string{"link": "thelink", "expires": b.clock.now().Add(lasts).Format(time.RFC3339)}
}

func TestLetterIsWrittenWithTheChangeOrNotAtAll(t *testing.T) {
	both(t, func(b *bench) {
		no := errors.New("the rule says no")
		err := b.db.Update(b.Context(), func(tx *store.Tx) error {
			return errors.Join(b.Write(tx, Letter{Template: Merged, Account: "zoe"}), no)
		})
		if b.drain(); !errors.Is(err, no) || len(b.mailer.Caught()) != 0 {
			b.Errorf("%v, and %d letters were sent", err, len(b.mailer.Caught()))
		}
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		b.drain()
		got := b.mailer.Caught()
		if len(got) != 1 || got[0].To.Address != "Zoe@example.org" || !strings.HasSuffix(got[0].ID, "@mentoring.example.org") || got[0].Unsubscribe != "" {
			b.Errorf("sent %+v", got)
		}
		if b.log(store.LetterSent) != "sent" {
			b.Errorf("the log is %s", b.log(store.LetterSent))
		}
	})
}

func TestLetterWaitsForAServerThatComesBack(t *testing.T) {
	both(t, func(b *bench) {
		tries := 0
		var first mail.Message
		b.mailer.before = func(m mail.Message) error {
			if tries++; tries == 1 {
				first = m
			}
			if tries < 4 {
				return &mail.Refusal{Step: "RCPT TO", Code: 451, Enhanced: "4.7.1"}
			}
			return nil
		}
		b.write(Letter{Template: Merged, Account: "zoe"})
		for range 4 {
			b.drain()
			b.clock.pass(10 * time.Minute)
		}
		got := b.mailer.Caught()
		if len(got) != 1 || got[0] != first {
			b.Errorf("sent %+v, tried first %+v", got, first)
		}
		const later = "later 451 4.7.1; "
		if log := b.log(store.LetterSent); log != later+later+later+"sent" {
			b.Errorf("the log is %s", log)
		}
	})
}

func TestLetterThatNobodyTakesIsLaidAsideAndSentAgainWhenAsked(t *testing.T) {
	both(t, func(b *bench) {
		b.mailer.before = func(mail.Message) error { return &mail.Refusal{Step: "RCPT TO", Code: 550, Enhanced: "5.1.1"} }
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		if b.jobs()[store.JobDead] != 0 || b.log(store.LetterRefused) != "refused 550 5.1.1" {
			b.Errorf("jobs %v, log %s", b.jobs(), b.log(store.LetterRefused))
		}
		refused := b.only(store.LetterRefused)
		b.write(Letter{Template: Welcome, Account: "zoe"})
		b.drain()
		if b.count(store.LetterWithheld) != 1 {
			b.Error("a letter that nobody waits for goes where there is no reader")
		}
		b.mailer.before = nil
		for _, want := range []bool{true, false} {
			b.update(func(tx *store.Tx) error {
				again, err := b.Again(tx, refused.ID)
				if again != want {
					b.Errorf("it is sent again: %v", again)
				}
				return err
			})
		}
		b.drain()
		if got := b.mailer.Caught(); len(got) != 1 || got[0].ID != refused.MessageID || b.log(store.LetterSent) != "refused 550 5.1.1; sent" {
			b.Errorf("%d were sent", len(b.mailer.Caught()))
		}
	})
}

// TestLetterThatNoServerTakesForDaysIsLaidAside lets days pass with a server that is away.
func TestLetterThatNoServerTakesForDaysIsLaidAside(t *testing.T) {
	both(t, func(b *bench) {
		b.mailer.before = func(m mail.Message) error { return mail.Nowhere{}.Send(b.Context(), m) }
		b.write(Letter{Template: Merged, Account: "zoe"})
		for range job.MostAttempts {
			if b.count(store.LetterWaiting) != 1 {
				b.Fatal("it is laid aside too soon")
			}
			b.drain()
			b.clock.pass(24 * time.Hour)
		}
		if log := b.log(store.LetterRefused); !strings.HasSuffix(log, "later no-server; refused no-server") || b.jobs()[store.JobDead] != 0 {
			b.Errorf("the log is %s, and there are the jobs %v", log, b.jobs())
		}
		b.mailer.before = nil
		b.write(Letter{Template: Welcome, Account: "zoe"})
		if b.drain(); b.count(store.LetterSent) != 1 {
			b.Error("the reader has done nothing wrong, and gets nothing")
		}
		letter := b.only(store.LetterRefused)
		for _, want := range []bool{true, false} {
			b.update(func(tx *store.Tx) error {
				given, err := b.GiveUp(tx, letter.ID)
				if given != want {
					b.Errorf("given up: %v", given)
				}
				return err
			})
		}
		b.update(func(tx *store.Tx) error {
			again, err := b.Again(tx, letter.ID)
			if again || b.Post == nil {
				b.Error("what was given up is sent again")
			}
			return err
		})
		if log := b.log(store.LetterWithheld); !strings.HasSuffix(log, "; withheld given-up") {
			b.Errorf("the log is %s", log)
		}
	})
}

// TestKilledBetweenSendingAndWritingThatDown lets the process die at each of the moments around the server's yes. The
// letter arrives; twice at most, and then the same to the byte.
func TestKilledBetweenSendingAndWritingThatDown(t *testing.T) {
	for name, dies := range map[string]func(b *bench, die func()){
		"before the server was asked": func(b *bench, die func()) {
			b.mailer.before = func(mail.Message) error { die(); return context.Canceled }
		},
		"after the server took it": func(b *bench, die func()) { b.mailer.after = die },
		"by a mistake of its own": func(b *bench, die func()) {
			b.mailer.after = func() { panic("a mistake") }
		},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(b *bench) {
				b.write(Letter{Template: SignIn, Account: "zoe", Address: "zoe@example.org", Args: b.link(time.Hour)})
				life, die := context.WithCancel(b.Context())
				defer die()
				dies(b, die)
				b.queue.Drain(life)
				if b.count(store.LetterWaiting) != 1 {
					b.Fatal("it was written down after all")
				}
				next := process(b.T, b.db, b.clock)
				if b.jobs()[store.JobRunning] == 1 {
					if next.drain(); len(next.mailer.Caught()) != 0 {
						b.Error("another process sends it while the first may still be at it")
					}
				}
				b.clock.pass(job.Lease + time.Second)
				next.drain()
				again := next.mailer.Caught()
				if len(again) != 1 || b.count(store.LetterSent) != 1 {
					b.Fatalf("%d were sent after the restart", len(again))
				}
				for _, once := range b.mailer.Caught() {
					if once != again[0] {
						b.Errorf("the second is another:\n%+v\n%+v", once, again[0])
					}
				}
			})
		})
	}
}

func TestLinkThatHasExpiredIsNotSent(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: SignIn, Account: "zoe", Args: b.link(15 * time.Minute)})
		b.clock.pass(15 * time.Minute)
		b.drain()
		if len(b.mailer.Caught()) != 0 || b.log(store.LetterWithheld) != "withheld expired" {
			b.Errorf("sent %d; log %s", len(b.mailer.Caught()), b.log(store.LetterWithheld))
		}
	})
}

func TestReaderWithoutAnAddressGetsNone(t *testing.T) {
	both(t, func(b *bench) {
		b.update(func(tx *store.Tx) error { return tx.DeleteEmail("zoe@example.org") })
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		if log := b.log(store.LetterWithheld); log != "withheld no-address" {
			b.Errorf("the log is %s", log)
		}
	})
}

func TestLetterThatLacksItsLinkIsAMistake(t *testing.T) {
	both(t, func(b *bench) {
		for _, l := range []Letter{{Template: SignIn, Account: "zoe"}, {Template: Merged, Account: "zoe", Args: b.link(time.Hour)}, {Template: "nonsense", Account: "zoe"}} {
			func() {
				defer func() {
					if recover() == nil {
						b.Errorf("%+v is written", l)
					}
				}()
				_ = b.db.Update(b.Context(), func(tx *store.Tx) error { return b.Write(tx, l) })
			}()
		}
	})
}

// TestEveryLetterHasOneLinkAtMost sends each in both languages, and looks at what a hurried reader sees.
func TestEveryLetterHasOneLinkAtMost(t *testing.T) {
	both(t, func(b *bench) {
		for _, language := range []string{"en", "fr-CA"} {
			for code, s := range shapes {
				l := Letter{Template: code, Address: "abe@example.org", Language: language}
				if s.link {
					l.Args = b.link(time.Hour)
				}
				b.write(l)
			}
		}
		b.drain()
		got := b.mailer.Caught()
		if len(got) != 2*len(shapes) {
			b.Fatalf("%d were sent", len(got))
		}
		for _, m := range got {
			links := strings.Count(m.Text, "https://")
			if m.Unsubscribe != "" {
				links--
			}
			if links > 1 || strings.Count(m.HTML, "<a ") != strings.Count(m.Text, "https://") || strings.Contains(m.Text, "{") || strings.Contains(m.HTML, "<script") {
				b.Errorf("the letter is\n%s\n%s", m.Text, m.HTML)
			}
			if strings.Contains(m.Text, "abe@") || strings.Contains(m.HTML, "abe@") {
				b.Errorf("the letter quotes an address:\n%s", m.Text)
			}
		}
	})
}
