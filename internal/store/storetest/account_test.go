//go:build unix

package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// second is an instant as the store gives it back.
func second(at time.Time) time.Time { return at.Truncate(time.Microsecond) }

func account(t *testing.T, db *store.DB, ids ...string) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		for _, id := range ids {
			err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: noon})
			if err == nil {
				err = tx.AddEmail(store.Email{Folded: id + "@example.org", Address: id + "@Example.org", Account: id, Kind: store.Personal, Owns: true, VerifiedAt: noon})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// refused says that a change breaks a rule of the database.
func refused(t *testing.T, db *store.DB, what, rule string, change func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), change); !errors.Is(err, &store.Fault{Kind: store.Conflict, Rule: rule}) {
		t.Errorf("%s: %v", what, err)
	}
}

func TestAccountIsKeptSuspendedAndMerged(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b", "c")
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.SetAccount("a", "fr-CA", true), tx.SuspendAccount("a", noon, "asked to"), tx.MergeAccount("c", "b"), tx.MergeAccount("b", "a"))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Account("a")
			if want := (store.Account{ID: "a", Language: "fr-CA", Discreet: true, MadeAt: second(noon), SuspendedAt: second(noon), SuspendedFor: "asked to"}); got != want || err != nil {
				t.Errorf("got %+v, %v", got, err)
			}
			former, err := tx.FormerAccounts("a")
			if !slices.Equal(former, []string{"b", "c"}) {
				t.Errorf("merged into a, directly or not: %v", former)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error { return tx.SuspendAccount("a", time.Time{}, "") })
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Account("a")
			if !got.SuspendedAt.IsZero() {
				t.Error("it is still suspended")
			}
			return err
		})
		for what, change := range map[string]func(tx *store.Tx) error{
			"suspend a merged account": func(tx *store.Tx) error { return tx.SuspendAccount("b", noon, "") },
			"merge it again":           func(tx *store.Tx) error { return tx.MergeAccount("b", "a") },
			"settings of nobody":       func(tx *store.Tx) error { return tx.SetAccount("x", "en", false) },
		} {
			if err := db.Update(t.Context(), change); !store.IsKind(err, store.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused(t, db, "merge into oneself", store.CheckRule, func(tx *store.Tx) error { return tx.MergeAccount("a", "a") })
		refused(t, db, "merge into nobody", store.ForeignKeyRule, func(tx *store.Tx) error { return tx.MergeAccount("a", "x") })
		refused(t, db, "speak Latin", store.CheckRule, func(tx *store.Tx) error { return tx.SetAccount("a", "la", false) })
	})
}

func TestRolesCountThoseWhoCanAct(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b", "c", "d")
		update(t, db, func(tx *store.Tx) error {
			for _, id := range []string{"a", "b", "c"} {
				if added, err := tx.AddRole(id, store.Administrator, noon, "console"); err != nil || !added {
					t.Errorf("%v, %v", added, err)
				}
			}
			if added, err := tx.AddRole("a", store.Administrator, noon, "b"); err != nil || added {
				t.Errorf("a second time: %v, %v", added, err)
			}
			return errors.Join(tx.SuspendAccount("b", noon, "x"), tx.MergeAccount("c", "d"))
		})
		view(t, db, func(tx *store.Tx) error {
			if n, err := tx.CountRole(store.Administrator); n != 1 || err != nil {
				t.Errorf("%d can act, %v", n, err)
			}
			roles, err := tx.Roles("a")
			if !slices.Equal(roles, []string{store.Administrator}) {
				t.Errorf("a is %v", roles)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			taken, err := tx.TakeRole("a", store.Administrator)
			again, err2 := tx.TakeRole("a", store.Administrator)
			if !taken || again {
				t.Errorf("taken %v, and again %v", taken, again)
			}
			return errors.Join(err, err2)
		})
		refused(t, db, "an unknown role", store.CheckRule, func(tx *store.Tx) error { _, err := tx.AddRole("a", "emperor", noon, "a"); return err })
	})
}

func TestOneAddressOwnsAnAccountAndNoAddressBelongsToTwo(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		add := func(e store.Email) func(tx *store.Tx) error {
			return func(tx *store.Tx) error { return tx.AddEmail(e) }
		}
		refused(t, db, "the address of somebody else", store.UniqueRule, add(store.Email{Folded: "a@example.org", Account: "b", Kind: store.Personal}))
		refused(t, db, "a second owner", store.UniqueRule, add(store.Email{Folded: "c@example.org", Account: "a", Kind: store.Personal, Owns: true}))
		refused(t, db, "an institution owns", store.CheckRule, add(store.Email{Folded: "c@example.org", Account: "a", Kind: store.Institution, Owns: true}))
		refused(t, db, "nobody's", store.ForeignKeyRule, add(store.Email{Folded: "c@example.org", Account: "x", Kind: store.Personal}))
		update(t, db, add(store.Email{Folded: "a@hospital.example", Address: "A@hospital.example", Account: "a", Kind: store.Institution}))
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.VerifyEmail("a@hospital.example", noon), tx.VerifyEmail("a@hospital.example", noon.Add(time.Hour)))
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Emails("a")
			want := []store.Email{
				{Folded: "a@example.org", Address: "a@Example.org", Account: "a", Kind: store.Personal, Owns: true, VerifiedAt: second(noon)},
				{Folded: "a@hospital.example", Address: "A@hospital.example", Account: "a", Kind: store.Institution, VerifiedAt: second(noon)},
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %+v", got)
			}
			return err
		})
	})
}

func TestAddressThatWasLeftIsKeptFromOthersForATime(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		until := noon.Add(7 * 24 * time.Hour)
		update(t, db, func(tx *store.Tx) error { return tx.LeaveEmail("a@example.org", until) })
		sweep := func(now time.Time) (n int64) {
			update(t, db, func(tx *store.Tx) (err error) { n, err = tx.SweepEmails(now); return err })
			return n
		}
		if sweep(until.Add(-time.Second)) != 0 {
			t.Error("it is given away too early")
		}
		view(t, db, func(tx *store.Tx) error {
			if e, err := tx.Email("a@example.org"); e.Owns || !e.LeftUntil.Equal(second(until)) || err != nil {
				t.Errorf("got %+v, %v", e, err)
			}
			return nil
		})
		update(t, db, func(tx *store.Tx) error { return tx.OwnEmail("a@example.org") })
		if sweep(until.Add(time.Second)) != 0 {
			t.Error("an address that is used again is forgotten")
		}
		update(t, db, func(tx *store.Tx) error { return tx.LeaveEmail("a@example.org", until) })
		if sweep(until) != 1 {
			t.Error("it is never given away")
		}
		update(t, db, func(tx *store.Tx) error { return tx.MoveEmails("b", "a") })
		view(t, db, func(tx *store.Tx) error {
			if e, err := tx.Email("b@example.org"); e.Account != "a" || e.Owns || err != nil {
				t.Errorf("got %+v, %v", e, err)
			}
			return nil
		})
		update(t, db, func(tx *store.Tx) error { return tx.DeleteEmail("b@example.org") })
	})
}

func TestLinkIsUsedOnceAndInTime(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a")
		link := func(id string, p store.Purpose, made time.Time) store.Link {
			return store.Link{ID: id, Hash: []byte("hash " + id), Purpose: p, Account: "a", Address: "a@example.org", Browser: []byte("browser"), To: "/people", MadeAt: made, ExpiresAt: made.Add(15 * time.Minute)}
		}
		update(t, db, func(tx *store.Tx) error {
			unknown := link("l2", store.SignIn, noon.Add(time.Second))
			unknown.Account, unknown.Browser = "", nil
			return errors.Join(tx.AddLink(link("l1", store.SignIn, noon)), tx.AddLink(unknown), tx.AddLink(link("l3", store.RevertEmail, noon.Add(time.Minute))), tx.CountAttempt("l1"))
		})
		refused(t, db, "the same token twice", store.UniqueRule, func(tx *store.Tx) error {
			l := link("l9", store.SignIn, noon)
			l.Hash = []byte("hash l1")
			return tx.AddLink(l)
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.LinkByBrowser([]byte("browser"), store.SignIn)
			if got.ID != "l1" || got.Attempts != 1 || got.Account != "a" || got.To != "/people" || !got.UsedAt.IsZero() || !bytes.Equal(got.Hash, []byte("hash l1")) || err != nil {
				t.Errorf("got %+v, %v", got, err)
			}
			if got, err := tx.LinkByHash([]byte("hash l2")); got.ID != "l2" || got.Account != "" || err != nil {
				t.Errorf("got %+v, %v", got, err)
			}
			return nil
		})
		use := func(id string, at time.Time) (used bool) {
			update(t, db, func(tx *store.Tx) (err error) { used, err = tx.UseLink(id, at); return err })
			return used
		}
		if use("l1", noon.Add(15*time.Minute)) || !use("l1", noon.Add(15*time.Minute-time.Microsecond)) || use("l1", noon) {
			t.Error("a link can be used late, not at all or twice")
		}
		update(t, db, func(tx *store.Tx) error { return tx.CloseLinksOf("a", noon.Add(2*time.Minute), noon) })
		update(t, db, func(tx *store.Tx) error { return tx.CloseLinks(store.SignIn, noon) })
		if use("l2", noon) || !use("l3", noon.Add(2*time.Minute)) {
			t.Error("the wrong links were closed")
		}
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.SweepLinks(noon.Add(15*time.Minute + 2*time.Second))
			if n != 2 {
				t.Errorf("%d swept", n)
			}
			return err
		})
	})
}

func TestSessionsAreSeenAndEnd(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a", "b")
		session := func(id, account string, idle time.Duration) store.Session {
			return store.Session{ID: id, Hash: []byte("hash " + id), Account: account, Label: "Firefox", Shared: id == "s2", MadeAt: noon, ProvedAt: noon, SeenAt: noon, IdleEndsAt: noon.Add(idle), EndsAt: noon.Add(10 * time.Hour)}
		}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddSession(session("s1", "a", time.Hour)), tx.AddSession(session("s2", "a", 2*time.Hour)), tx.AddSession(session("s3", "a", 3*time.Hour)), tx.AddSession(session("s4", "b", time.Hour)))
		})
		refused(t, db, "idle for longer than it lasts", store.CheckRule, func(tx *store.Tx) error { return tx.AddSession(session("s9", "a", 11*time.Hour)) })
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.SeeSession("s1", noon.Add(time.Minute), noon.Add(4*time.Hour)), tx.SeeSession("s1", noon, noon.Add(time.Hour)))
		})
		ids := func(account string, now time.Time) (ids []string) {
			view(t, db, func(tx *store.Tx) error {
				all, err := tx.Sessions(account, now)
				for _, s := range all {
					ids = append(ids, s.ID)
				}
				return err
			})
			return ids
		}
		if got := ids("a", noon); !slices.Equal(got, []string{"s1", "s2", "s3"}) {
			t.Errorf("sessions %v", got)
		}
		if got := ids("a", noon.Add(150*time.Minute)); !slices.Equal(got, []string{"s1", "s3"}) {
			t.Errorf("sessions later %v", got)
		}
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.SessionByHash([]byte("hash s2"))
			if got.ID != "s2" || !got.Shared || !got.IdleEndsAt.Equal(second(noon.Add(2*time.Hour))) || !got.EndsAt.Equal(second(noon.Add(10*time.Hour))) {
				t.Errorf("got %+v", got)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			if ended, err := tx.EndSession("s4", "a"); ended || err != nil {
				t.Errorf("somebody else's session ended: %v", err)
			}
			if n, err := tx.EndOtherSessions("a", "s3"); n != 2 || err != nil {
				t.Errorf("%d others ended, %v", n, err)
			}
			ended, err := tx.EndSession("s3", "a")
			if !ended {
				t.Error("it goes on")
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.SweepSessions(noon.Add(time.Hour))
			if n != 1 {
				t.Errorf("%d swept", n)
			}
			return err
		})
	})
}

// TestLimitAllowsWhatASlowCounterAllows compares with a bucket that is drained step by step.
func TestLimitAllowsWhatASlowCounterAllows(t *testing.T) {
	t.Parallel()
	limit := store.Limit{Burst: 3, Every: 10 * time.Second}
	Both(t, func(t *testing.T, db *store.DB) {
		source := rand.New(rand.NewPCG(1, 2))
		level, now := 0, noon // level in tenths: one second drains one
		allowedOnes := 0
		for step := range 60 {
			wait := source.IntN(12)
			now, level = now.Add(time.Duration(wait)*time.Second), max(0, level-wait)
			want := level <= 20
			if want {
				level, allowedOnes = level+10, allowedOnes+1
			}
			update(t, db, func(tx *store.Tx) error {
				got, from, err := tx.Take("door", limit, now)
				if got != want || !got && !from.Equal(second(now.Add(time.Duration(level-20)*time.Second))) {
					t.Errorf("step %d at level %d: allowed %v, from %v", step, level, got, from.Sub(now))
				}
				return err
			})
		}
		if allowedOnes < 10 || allowedOnes > 50 {
			t.Errorf("allowed %d of 60", allowedOnes)
		}
		update(t, db, func(tx *store.Tx) error {
			if n, err := tx.SweepBuckets(now.Add(time.Minute)); n != 1 || err != nil {
				t.Errorf("%d swept, %v", n, err)
			}
			return nil
		})
	})
}

func TestLimitForgivesAClockThatIsTurnedBack(t *testing.T) {
	t.Parallel()
	limit := store.Limit{Burst: 2, Every: time.Minute}
	Both(t, func(t *testing.T, db *store.DB) {
		for k, at := range []time.Time{noon, noon, noon, noon.Add(-time.Hour), noon.Add(-time.Hour), noon.Add(-time.Hour)} {
			update(t, db, func(tx *store.Tx) error {
				allowed, _, err := tx.Take("door", limit, at)
				if allowed != (k%3 < 2) {
					t.Errorf("take %d: %v", k, allowed)
				}
				return err
			})
		}
	})
}

func TestLimitSurvivesARestart(t *testing.T) {
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		source := Source(t, engine)
		for run := range 3 {
			db, err := store.Open(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			update(t, db, func(tx *store.Tx) error {
				allowed, _, err := tx.Take("door", store.Limit{Burst: 2, Every: time.Hour}, noon)
				if allowed != (run < 2) {
					t.Errorf("%s, run %d: allowed %v", engine, run, allowed)
				}
				return err
			})
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestLetterKeepsWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		account(t, db, "a")
		letter := store.Letter{ID: "l1", MessageID: "l1@example.org", Account: "a", Template: "sign-in", Args: `{"link":"x"}`, Language: "fr-CA", MadeAt: noon}
		update(t, db, func(tx *store.Tx) error {
			stranger := store.Letter{ID: "l2", MessageID: "l2@example.org", Address: "z@example.org", Template: "sign-in", Args: `{}`, Language: "en", MadeAt: noon}
			return errors.Join(tx.AddLetter(letter), tx.AddLetter(stranger),
				tx.AddDelivery("l1", store.Delivery{At: noon, Outcome: store.DeliveryLater, Detail: "451"}),
				tx.AddDelivery("l1", store.Delivery{At: noon.Add(time.Minute), Outcome: "sent", Detail: "250"}),
				tx.LetterSent("l1", noon.Add(time.Minute), "reader:x"))
		})
		refused(t, db, "the same Message-ID twice", store.UniqueRule, func(tx *store.Tx) error { l := letter; l.ID = "l3"; return tx.AddLetter(l) })
		refused(t, db, "a letter to nobody", store.CheckRule, func(tx *store.Tx) error {
			return tx.AddLetter(store.Letter{ID: "l3", MessageID: "l3", Template: "x", Args: "{}", Language: "en", MadeAt: noon})
		})
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.LetterByMessageID("l1@example.org")
			want := letter
			want.State, want.MadeAt, want.EndedAt, want.Attempts = store.LetterSent, second(noon), second(noon.Add(time.Minute)), 2
			want.SentTo = "reader:x"
			if got != want || err != nil {
				t.Errorf("got %+v, %v", got, err)
			}
			log, err := tx.Deliveries("l1")
			if len(log) != 2 || log[1] != (store.Delivery{Attempt: 2, At: second(noon.Add(time.Minute)), Outcome: "sent", Detail: "250"}) {
				t.Errorf("got %+v, %v", log, err)
			}
			waiting, err := tx.Letters(store.LetterWaiting, 10)
			if len(waiting) != 1 || waiting[0].ID != "l2" {
				t.Errorf("waiting %+v", waiting)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error { return tx.EndLetter("l1", store.LetterBounced, noon.Add(time.Hour)) })
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.EndLetter("l1", store.LetterSent, noon) }); !store.IsKind(err, store.NotFound) {
			t.Errorf("what came back was sent after all: %v", err)
		}
		update(t, db, func(tx *store.Tx) error {
			for id, want := range map[string]bool{"l1": true, "l2": false, "nobody's": false} {
				if again, err := tx.LetterAgain(id); again != want || err != nil {
					t.Errorf("%s waits again: %v, %v", id, again, err)
				}
			}
			counts, err := tx.CountLetters()
			if len(counts) != 1 || counts[store.LetterWaiting] != 2 {
				t.Errorf("counted %v", counts)
			}
			return errors.Join(err, tx.EndLetter("l1", store.LetterRefused, noon.Add(time.Hour)), tx.EndLetter("l1", store.LetterWithheld, noon.Add(time.Hour)))
		})
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.SweepLetters(noon.Add(2 * time.Hour))
			if n != 1 {
				t.Errorf("%d swept", n)
			}
			return err
		})
		view(t, db, func(tx *store.Tx) error {
			log, err := tx.Deliveries("l1")
			if len(log) != 0 {
				t.Error("deliveries of a letter that is gone")
			}
			return err
		})
	})
}

func TestSuppressionKeepsTheLatestReason(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		for k, reason := range []store.SuppressionReason{store.SuppressedAsked, store.SuppressedBounced} {
			update(t, db, func(tx *store.Tx) error {
				return tx.Suppress(store.Suppression{Folded: "a@example.org", Reason: reason, At: noon.Add(time.Duration(k) * time.Hour)})
			})
		}
		view(t, db, func(tx *store.Tx) error {
			got, err := tx.Suppression("a@example.org")
			if got != (store.Suppression{Folded: "a@example.org", Reason: store.SuppressedBounced, At: second(noon.Add(time.Hour))}) {
				t.Errorf("got %+v", got)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error { return tx.LiftSuppression("a@example.org") })
		view(t, db, func(tx *store.Tx) error {
			if got, err := tx.Suppression("a@example.org"); !store.IsKind(err, store.NotFound) {
				t.Errorf("got %+v, %v", got, err)
			}
			return nil
		})
	})
}

// TestOfManyWhoUseALinkAtOnceOneDoes lets several use one link, of whom one may.
func TestOfManyWhoUseALinkAtOnceOneDoes(t *testing.T) {
	t.Parallel()
	Both(t, func(t *testing.T, db *store.DB) {
		update(t, db, func(tx *store.Tx) error {
			return tx.AddLink(store.Link{ID: "l", Hash: []byte("h"), Purpose: store.SignIn, Address: "a@example.org", MadeAt: noon, ExpiresAt: noon.Add(time.Minute)})
		})
		results := make(chan string, 8)
		for range 8 {
			go func() {
				used := false
				err := db.Update(t.Context(), func(tx *store.Tx) (err error) { used, err = tx.UseLink("l", noon); return err })
				results <- fmt.Sprint(used && err == nil)
			}()
		}
		n := 0
		for range 8 {
			if <-results == "true" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d used it", n)
		}
	})
}
