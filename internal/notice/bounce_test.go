//go:build unix

package notice

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestReaderStopsLettersWithOneClick(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Welcome, Account: "zoe"})
		b.drain()
		got := b.mailer.Caught()[0]
		token, found := strings.CutPrefix(got.Unsubscribe, site.Address+"/letters/stop/")
		if !found || !strings.Contains(got.Text, got.Unsubscribe) || !strings.Contains(got.HTML, got.Unsubscribe) {
			b.Fatalf("they cannot be stopped:\n%+v", got)
		}
		id, _, _ := strings.Cut(token, ".")
		for _, forged := range []string{"", ".", id, id + ".", token + "x", strings.ToLower(token), "x" + token} {
			if stopped, err := b.Stop(b.Context(), forged); stopped || err != nil {
				b.Errorf("the token %q stops them, %v", forged, err)
			}
		}
		for range 2 {
			if stopped, err := b.Stop(b.Context(), token); !stopped || err != nil {
				b.Errorf("stopped %v, %v", stopped, err)
			}
		}
		b.write(Letter{Template: Welcome, Account: "zoe"})
		b.write(Letter{Template: AddressBack, Account: "zoe"})
		b.drain()
		if got := b.mailer.Caught(); len(got) != 2 || got[1].Subject != "Your address was changed back" || got[1].Unsubscribe != "" {
			b.Errorf("sent %d", len(got))
		}
		if log := b.log(store.LetterWithheld); log != "withheld asked" {
			b.Errorf("the log is %s", log)
		}
	})
}

// bounced lets a letter come back.
func (b *bench) bounced(id, status string, noReader bool) {
	b.Helper()
	if err := b.Bounced(b.Context(), mail.Bounce{Message: id, Status: status, NoReader: noReader}); err != nil {
		b.Error(err)
	}
}

// suppressed says whether nothing goes to an address that nobody waits for.
func (b *bench) suppressed(folded string) (is bool) {
	b.Helper()
	b.update(func(tx *store.Tx) error {
		_, err := tx.Suppression(folded)
		if is = err == nil; store.IsKind(err, store.NotFound) {
			return nil
		}
		return err
	})
	return is
}

func TestLetterThatCameBackIsWrittenDown(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		id := b.mailer.Caught()[0].ID
		for _, one := range []string{"unknown@example.org", id, id} {
			b.bounced(one, "5.1.1", true)
		}
		if log := b.log(store.LetterBounced); log != "sent; bounced 5.1.1" {
			b.Errorf("the log is %s", log)
		}
		b.write(Letter{Template: Welcome, Account: "zoe"})
		b.write(Letter{Template: SignIn, Account: "zoe", Address: "zoe@example.org", Args: b.link(time.Hour)})
		b.drain()
		if got := b.mailer.Caught(); len(got) != 2 || got[1].Subject != "Your link to sign in" {
			b.Errorf("sent %d: a letter that nobody waits for goes to an address from which they come back, or one that lets in does not", len(got))
		}
	})
}

func TestTroubleThatMayPassStopsNothing(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		b.bounced(b.mailer.Caught()[0].ID, "5.2.2", false)
		if log := b.log(store.LetterBounced); log != "sent; bounced 5.2.2" || b.suppressed("zoe@example.org") {
			b.Errorf("the log is %s, suppressed %v", log, b.suppressed("zoe@example.org"))
		}
		b.write(Letter{Template: Welcome, Account: "zoe"})
		if b.drain(); len(b.mailer.Caught()) != 2 {
			b.Error("nothing more goes there")
		}
	})
}

// TestStrangerStopsNobodysLetters forges what a stranger can: reports under ids that are guessed, and under those of other
// letters in every state but sent.
func TestStrangerStopsNobodysLetters(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Merged, Account: "zoe"})
		waiting := b.only(store.LetterWaiting)
		local, host, _ := strings.Cut(waiting.MessageID, "@")
		if len(local) < 26 || strings.Contains(waiting.MessageID, waiting.ID) || host != "mentoring.example.org" {
			b.Errorf("the Message-ID %s can be guessed", waiting.MessageID)
		}
		for _, guess := range []string{"", "@", waiting.ID + "@" + host, local, local + "@" + strings.ToUpper(host), strings.ToLower(waiting.MessageID), waiting.MessageID + " ", "%", "_" + waiting.MessageID[1:], waiting.MessageID} {
			b.bounced(guess, "5.1.1", true)
		}
		if b.count(store.LetterWaiting) != 1 || b.suppressed("zoe@example.org") {
			b.Fatal("a letter that was not sent has come back")
		}
		b.drain()
		for _, guess := range []string{"", waiting.ID, local, strings.ToLower(waiting.MessageID), "%"} {
			b.bounced(guess, "5.1.1", true)
		}
		if b.count(store.LetterSent) != 1 || b.suppressed("zoe@example.org") {
			b.Error("a letter has come back under a name that it never had")
		}
	})
}

// TestOldAddressSpeaksForItselfAlone lets letters come back from, and be stopped at, an address that the account has left.
func TestOldAddressSpeaksForItselfAlone(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Welcome, Account: "zoe"})
		b.drain()
		first := b.mailer.Caught()[0]
		b.update(func(tx *store.Tx) error {
			return errors.Join(tx.LeaveEmail("zoe@example.org", b.clock.now().Add(time.Hour)),
				tx.AddEmail(store.Email{Folded: "new@example.org", Address: "new@example.org", Account: "zoe", Kind: store.Personal, Owns: true}))
		})
		if stopped, err := b.Stop(b.Context(), strings.TrimPrefix(first.Unsubscribe, site.Address+"/letters/stop/")); !stopped || err != nil {
			b.Errorf("stopped %v, %v", stopped, err)
		}
		b.bounced(first.ID, "5.1.1", true)
		if b.suppressed("new@example.org") || !b.suppressed("zoe@example.org") {
			b.Error("the wrong address is on the list")
		}
		b.update(func(tx *store.Tx) error { return tx.DeleteEmail("zoe@example.org") })
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		b.bounced(b.mailer.Caught()[1].ID, "5.1.1", true)
		if !b.suppressed("new@example.org") {
			b.Error("the address from which a letter came back is not on the list")
		}
	})
}

func TestAddressIsNotKeptInTheOpen(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.drain()
		if l := b.only(store.LetterSent); l.SentTo == "" || strings.Contains(strings.ToLower(fmt.Sprint(l)), "zoe@") {
			b.Errorf("kept is %+v", l)
		}
	})
}

// TestMailsThatComeInAreCollected puts a report, an absence note and nonsense into the folder that is watched.
func TestMailsThatComeInAreCollected(t *testing.T) {
	both(t, func(b *bench) {
		b.write(Letter{Template: Merged, Account: "zoe"})
		b.write(Letter{Template: AddressBack, Account: "zoe"})
		b.drain()
		folder := mail.Maildir(b.TempDir())
		if err := folder.Make(); err != nil {
			b.Fatal(err)
		}
		const report = "From: MAILER-DAEMON@example.com\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
			"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; zoe@example.org\nAction: failed\nStatus: 5.1.1\n\n" +
			"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%s>\n\n--b--\n"
		sent := b.mailer.Caught()
		for _, text := range []string{
			"\x00", "Subject: Away\nAuto-Submitted: auto-replied\nIn-Reply-To: <" + sent[1].ID + ">\n\nI am away. 5.1.1", fmt.Sprintf(report, sent[0].ID), fmt.Sprintf(report, "nobodys@example.org"),
		} {
			if err := folder.Put(strings.NewReader(text)); err != nil {
				b.Fatal(err)
			}
		}
		for range 2 { // what was read is gone
			if err := b.Collect(b.Context(), folder); err != nil {
				b.Fatal(err)
			}
		}
		if b.only(store.LetterBounced).MessageID != sent[0].ID || b.count(store.LetterSent) != 1 {
			b.Error("another letter has come back")
		}
	})
}
