//go:build unix

package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

// A house is an installation of a test, with an administrator, a member, and a server of mails that refuses everything as
// long as no is not nil.
type house struct {
	*testing.T
	*Outbox
	accounts      *account.Accounts
	catcher       mail.Catcher
	no            error
	admin, member account.Visit

	mu sync.Mutex
	at time.Time
}

func (h *house) Send(ctx context.Context, m mail.Message) error {
	if h.no != nil {
		return h.no
	}
	return h.catcher.Send(ctx, m)
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(time.Microsecond)
	return h.at
}

func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		h := &house{T: t, at: time.Date(2027, 3, 14, 9, 0, 0, 0, time.UTC)}
		secrets := notice.NewSecrets([32]byte{7})
		queue := job.New(db, h.now, slog.New(slog.DiscardHandler))
		job.Register(queue, job.Kind[string]{Name: "index", Do: func(context.Context, string) (func(*store.Tx) error, error) {
			return nil, job.Hopeless(errors.New("the index is full"))
		}})
		post := notice.New(db, queue, h, h.now, notice.Site{Name: "Mentorat", Address: "https://mentoring.example.org", From: "chiron@example.org", Secrets: secrets})
		h.accounts = &account.Accounts{DB: db, Queue: queue, Post: post, Secrets: secrets, Now: h.now, Open: true}
		h.Outbox = &Outbox{DB: db, Queue: queue, Post: post, Now: h.now}
		h.admin, h.member = h.first("dean@example.org"), h.join("zoe@example.org")
		test(h)
	})
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) first(address string) account.Visit {
	token, err := h.accounts.FirstLink(h.Context())
	h.must(err)
	e, err := h.accounts.BecomeFirst(h.Context(), account.Key{Token: token}, address, "en")
	h.must(err)
	return e.Visit
}

func (h *house) join(address string) account.Visit {
	asked, err := h.accounts.AskLink(h.Context(), account.Ask{Address: address, Language: "en"})
	h.must(err)
	h.Queue.Drain(h.Context())
	caught := h.catcher.Caught()
	_, rest, _ := strings.Cut(caught[len(caught)-1].Text, "/link/")
	token, _, _ := strings.Cut(rest, "\n")
	e, err := h.accounts.ConfirmLink(h.Context(), account.Key{Token: token, Browser: asked.Browser})
	h.must(err)
	h.Queue.Drain(h.Context())
	return e.Visit
}

// write writes a letter to the member and tries to send it.
func (h *house) write() {
	h.Helper()
	h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
		return h.Post.Write(tx, notice.Letter{Template: notice.Merged, Account: string(h.member.Actor.Person)})
	}))
	h.Queue.Drain(h.Context())
}

func (h *house) letters(s store.LetterState) []Letter {
	h.Helper()
	all, err := h.Letters(h.Context(), h.admin, s)
	h.must(err)
	return all
}

// trail are the codes of what a person can read about themselves, the latest first.
func (h *house) trail(v account.Visit) string {
	h.Helper()
	events, err := h.accounts.Trail(h.Context(), v, account.Event{}, 50)
	h.must(err)
	var codes []string
	for _, e := range events {
		codes = append(codes, e.Action)
	}
	return strings.Join(codes, " ")
}

func TestAdministratorSendsADeadLetterAgain(t *testing.T) {
	both(t, func(h *house) {
		h.no = &mail.Refusal{Step: "the message", Code: 554, Enhanced: "5.7.1"}
		h.write()
		dead := h.letters(store.LetterRefused)
		if len(dead) != 1 || !dead[0].Dead() || dead[0].Template != notice.Merged || dead[0].Detail() != "554 5.7.1" || dead[0].EndedAt.IsZero() {
			h.Fatalf("dead are %+v", dead)
		}
		h.no = nil
		before := len(h.catcher.Caught())
		h.must(h.SendAgain(h.Context(), h.admin, dead[0].ID))
		h.Queue.Drain(h.Context())
		if len(h.catcher.Caught()) != before+1 || len(h.letters(store.LetterRefused)) != 0 {
			h.Error("it was not sent")
		}
		if trail := h.trail(h.member); !strings.HasPrefix(trail, "letter.again ") {
			h.Errorf("its reader sees %q", trail)
		}
		if trail := h.trail(h.admin); !strings.HasPrefix(trail, "letters.see letter.again letters.see ") {
			h.Errorf("the administrator sees %q", trail)
		}
		if err := h.SendAgain(h.Context(), h.admin, dead[0].ID); !mentoring.IsFault(err, mentoring.NotFound) {
			h.Errorf("what was sent is sent again: %v", err)
		}
	})
}

func TestAdministratorGivesADeadLetterUp(t *testing.T) {
	both(t, func(h *house) {
		h.no = &mail.Refusal{Step: "the message", Code: 554}
		h.write()
		id := h.letters(store.LetterRefused)[0].ID
		h.must(h.GiveUp(h.Context(), h.admin, id))
		for what, do := range map[string]func(context.Context, account.Visit, string) error{"given up": h.GiveUp, "sent": h.SendAgain} {
			if err := do(h.Context(), h.admin, id); !mentoring.IsFault(err, mentoring.NotFound) {
				h.Errorf("what was given up is %s: %v", what, err)
			}
		}
		laid := h.letters(store.LetterWithheld)
		if len(laid) != 1 || laid[0].Detail() != "given-up" || laid[0].Dead() || !strings.HasPrefix(h.trail(h.member), "letter.give-up ") {
			h.Errorf("laid aside are %+v", laid)
		}
	})
}

func TestAdministratorLooksAfterDeadJobs(t *testing.T) {
	both(t, func(h *house) {
		promise := func(once string) {
			h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
				return h.Queue.Promise(tx, "index", "secret", job.When{Once: once})
			}))
			h.Queue.Drain(h.Context())
		}
		dead := func() []Job {
			all, err := h.DeadJobs(h.Context(), h.admin)
			h.must(err)
			return all
		}
		promise("index")
		first := dead()
		if len(first) != 1 || first[0].Kind != "index" || first[0].Fault != "the index is full" || strings.Contains(fmt.Sprint(first), "secret") {
			h.Fatalf("dead are %+v", first)
		}
		h.must(h.Retry(h.Context(), h.admin, first[0].ID))
		if len(dead()) != 0 {
			h.Error("it is still dead")
		}
		h.Queue.Drain(h.Context())
		promise("index")
		both := dead()
		if len(both) != 2 {
			h.Fatalf("dead are %+v", both)
		}
		h.must(h.Retry(h.Context(), h.admin, both[0].ID))
		if err := h.Retry(h.Context(), h.admin, both[1].ID); !mentoring.IsFault(err, mentoring.Conflict) {
			h.Errorf("two of the same wait: %v", err)
		}
		h.must(h.Forget(h.Context(), h.admin, both[1].ID))
		for what, do := range map[string]func(context.Context, account.Visit, string) error{"forgotten": h.Forget, "tried": h.Retry} {
			if err := do(h.Context(), h.admin, both[1].ID); !mentoring.IsFault(err, mentoring.NotFound) {
				h.Errorf("what was forgotten is %s: %v", what, err)
			}
		}
		tally, err := h.Count(h.Context(), h.admin)
		if h.must(err); tally.Jobs[store.JobWaiting] != 1 || tally.Letters[store.LetterSent] != 2 {
			h.Errorf("counted %+v", tally)
		}
	})
}

// TestNobodyElseSeesOrTouchesTheOutbox asks as a member, as nobody, as somebody whose session has ended, as an administrator
// who was suspended or steps into an account: all get the answer for what is not there, and nothing changes.
func TestNobodyElseSeesOrTouchesTheOutbox(t *testing.T) {
	both(t, func(h *house) {
		h.no = &mail.Refusal{Step: "the message", Code: 554}
		h.write()
		id := h.letters(store.LetterRefused)[0].ID
		forged, stepping, gone := h.member, h.admin, h.admin
		forged.Actor.Operator = true
		stepping.Actor.SteppingIn = h.admin.Actor.Person
		gone.SessionID = h.member.SessionID
		for who, v := range map[string]account.Visit{"nobody": {}, "a member": h.member, "a member who says more": forged, "who steps in": stepping, "another's session": gone} {
			_, count := h.Count(h.Context(), v)
			_, letters := h.Letters(h.Context(), v, store.LetterRefused)
			_, jobs := h.DeadJobs(h.Context(), v)
			for what, err := range map[string]error{
				"counts": count, "lists letters": letters, "lists jobs": jobs, "sends again": h.SendAgain(h.Context(), v, id),
				"gives up": h.GiveUp(h.Context(), v, id), "retries": h.Retry(h.Context(), v, "x"), "forgets": h.Forget(h.Context(), v, "x"),
			} {
				if f := (*mentoring.Fault)(nil); !errors.As(err, &f) || f.Kind != mentoring.NotFound || f.Key != mentoring.NotHere().Key {
					h.Errorf("%s %s: %v", who, what, err)
				}
			}
		}
		if len(h.letters(store.LetterRefused)) != 1 {
			h.Error("it has changed")
		}
	})
}

// TestListNamesNobody looks for the address, the account and the Message-ID of a letter in everything that is shown of it.
func TestListNamesNobody(t *testing.T) {
	both(t, func(h *house) {
		h.no = &mail.Refusal{Step: "RCPT TO", Code: 550, Enhanced: "5.1.1"}
		h.write()
		shown := fmt.Sprintf("%+v", h.letters(store.LetterRefused))
		for what, never := range map[string]string{"the address": "zoe", "a host": "example.org", "the account": string(h.member.Actor.Person)} {
			if strings.Contains(shown, never) {
				h.Errorf("%s stands in %s", what, shown)
			}
		}
	})
}
