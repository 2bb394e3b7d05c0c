//go:build unix

package account

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

func TestLinkInALetterSignsInOnce(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: " Zoe@Example.ORG. ", Language: "fr"})
		h.must(err)
		letter := h.last("Zoe@example.org")
		if !strings.Contains(letter.Subject, "inscription") || !strings.Contains(letter.Text, "15 minutes") {
			t := letter.Subject + "\n" + letter.Text
			h.Errorf("the letter is\n%s", t)
		}
		key := Key{Token: h.token("Zoe@example.org"), Browser: asked.Browser, Label: "Firefox\non Linux"}
		e, err := h.ConfirmLink(h.Context(), key)
		h.must(err)
		if v := h.visit(e.Cookie); !e.Joined || v.Actor.Person == "" || v.Actor.Operator {
			h.Errorf("entered %+v", e)
		}
		_, err = h.ConfirmLink(h.Context(), key)
		h.refuses("a second time", err, mentoring.NotFound, "account.link-closed")
		again := h.somebody("zoe@example.org")
		if again.Joined || again.Visit.Actor.Person != e.Visit.Actor.Person {
			h.Error("the same address in small letters is another person")
		}
		if got := h.actions(again.Visit); !strings.HasPrefix(got, "account.sign-in ") || strings.Count(got, "account.sign-in") != 2 || strings.Count(got, "account.make") != 1 {
			h.Errorf("the trail is %s", got)
		}
	})
}

func TestLinkExpiresAfterAQuarterOfAnHour(t *testing.T) {
	both(t, func(h *house) {
		for wait, opens := range map[time.Duration]bool{LinkLasts - time.Second: true, LinkLasts: false} {
			address := fmt.Sprintf("%d@example.org", wait)
			asked, err := h.AskLink(h.Context(), Ask{Address: address})
			h.must(err)
			token := h.token(address)
			h.pass(wait)
			_, err = h.ConfirmLink(h.Context(), Key{Token: token, Browser: asked.Browser})
			if opens != (err == nil) {
				h.Errorf("after %v: %v", wait, err)
			}
		}
	})
}

// TestScannerOfMailsDoesNotComeIn follows a link as scanners do: by looking, and without a button.
func TestScannerOfMailsDoesNotComeIn(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		token := h.token("zoe@example.org")
		for range 3 {
			door, err := h.Look(h.Context(), token, "")
			if door != (Door{Purpose: "sign-in"}) || err != nil {
				h.Errorf("looking shows %+v, %v", door, err)
			}
		}
		if door, err := h.Look(h.Context(), token, asked.Browser); !door.SameBrowser || err != nil {
			h.Errorf("looking from the same browser shows %+v, %v", door, err)
		}
		for _, browser := range []string{"", "another", token} {
			_, err = h.ConfirmLink(h.Context(), Key{Token: token, Browser: browser})
			h.refuses("without a button from "+browser, err, mentoring.Forbidden, "account.press-button")
		}
		_, err = h.ConfirmLink(h.Context(), Key{Token: token, Browser: "another", Button: true})
		h.must(err)
		_, err = h.Look(h.Context(), token, asked.Browser)
		h.refuses("looking at a used link", err, mentoring.NotFound, "account.link-closed")
	})
}

func TestCodeSignsInWhereItWasAskedFor(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		code := h.code("zoe@example.org")
		for _, browser := range []string{"", "another"} {
			_, err = h.ConfirmCode(h.Context(), Key{Code: code, Browser: browser})
			h.refuses("from the browser "+browser, err, mentoring.NotFound, "account.link-closed")
		}
		e, err := h.ConfirmCode(h.Context(), Key{Code: " " + strings.Replace(code, " ", "-", 1), Browser: asked.Browser, Shared: true})
		h.must(err)
		if !h.visit(e.Cookie).Shared {
			h.Error("the computer is not taken for one that others use")
		}
		_, err = h.ConfirmCode(h.Context(), Key{Code: code, Browser: asked.Browser})
		h.refuses("a second time", err, mentoring.NotFound, "account.link-closed")
		_, err = h.ConfirmLink(h.Context(), Key{Token: h.token("zoe@example.org"), Browser: asked.Browser})
		h.refuses("the link of the code", err, mentoring.NotFound, "account.link-closed")
	})
}

func TestCodeCannotBeGuessed(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		right := h.code("zoe@example.org")
		wrong := "0000 0000"
		if right == wrong {
			wrong = "1111 1111"
		}
		for left := MostAttempts - 1; left >= 0; left-- {
			_, err = h.ConfirmCode(h.Context(), Key{Code: wrong, Browser: asked.Browser})
			f, ok := err.(*mentoring.Fault)
			if !ok || f.Key != "account.code-wrong" || f.Args[1] != left {
				h.Fatalf("with %d left: %v", left, err)
			}
		}
		_, err = h.ConfirmCode(h.Context(), Key{Code: right, Browser: asked.Browser})
		h.refuses("the right code after all attempts", err, mentoring.NotFound, "account.link-closed")
	})
}

func TestClosedInstallationLetsNobodyJoin(t *testing.T) {
	both(t, func(h *house) {
		h.Open = false
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Language: "fr-CA"})
		h.must(err)
		if letter := h.last("zoe@example.org"); letter.Subject != "Aucun compte n’a cette adresse" || h.token("zoe@example.org") != "" || h.code("zoe@example.org") != "" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		_, err = h.ConfirmCode(h.Context(), Key{Code: "1234 5678", Browser: asked.Browser})
		h.refuses("a guess", err, mentoring.Invalid, "account.code-wrong")
	})
}

func TestAddressesAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for typed, folded := range map[string]string{
		"zoe@example.org": "zoe@example.org", " Zoe@EXAMPLE.org\t": "zoe@example.org", "zoe@example.org.": "zoe@example.org",
		"zoe+x@example.org": "zoe+x@example.org", "zoe@hôpital.example": "zoe@xn--hpital-ixa.example",
		"": "", "zoe": "", "zoe@": "", "@example.org": "", "zoe@localhost": "", "a@b@example.org": "", "zoe@example.org\r\nBcc: x@example.org": "",
		"<zoe@example.org>": "", "Zoe <zoe@example.org>": "", "zoé@example.org": "", "zoe@exam ple.org": "", `"zoe x"@example.org`: "",
		"zoe@example.org,x@example.org": "", strings.Repeat("a", 300) + "@example.org": "", "zoe@[192.0.2.1]": "",
	} {
		if _, got, err := readAddress(typed); got != folded || (err == nil) != (folded != "") {
			t.Errorf("%q is %q, %v; want %q", typed, got, err, folded)
		}
	}
	if _, a, _ := readAddress("zoe@еxample.org"); a == "zoe@example.org" {
		t.Error("a letter of another alphabet is taken for ours")
	}
}

func TestNetworksAreToldApart(t *testing.T) {
	t.Parallel()
	for remote, network := range map[string]string{
		"192.0.2.7:1234": "192.0.2.7", "192.0.2.7": "192.0.2.7", "[::ffff:192.0.2.7]:80": "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:443": "2001:db8:1:2::/64", "2001:db8:1:2::9%eth0": "2001:db8:1:2::/64", "": "unknown", "x": "unknown",
	} {
		if got := networkOf(remote); got != network {
			t.Errorf("%s is of the network %s", remote, got)
		}
	}
}

func TestReaderIsNotFloodedWithLetters(t *testing.T) {
	both(t, func(h *house) {
		ask := func(address string) error {
			_, err := h.AskLink(h.Context(), Ask{Address: address, Remote: "192.0.2.1:5"})
			return err
		}
		for range askByAddress.Burst {
			h.must(ask("zoe@example.org"))
		}
		err := ask("Zoe@example.org")
		h.refuses("one more", err, mentoring.Unavailable, "account.too-often")
		if minutes := err.(*mentoring.Fault).Args[1]; minutes != 12 {
			h.Errorf("to come back after %v minutes", minutes)
		}
		h.must(ask("abe@example.org"))
		h.pass(12*time.Minute - time.Second)
		h.refuses("too early", ask("zoe@example.org"), mentoring.Unavailable, "account.too-often")
		h.pass(time.Second)
		h.must(ask("zoe@example.org"))
		if n := len(h.letters("zoe@example.org")); n != askByAddress.Burst+1 {
			h.Errorf("%d letters came", n)
		}
	})
}

func TestNetworkIsHeldBackAndOthersAreNot(t *testing.T) {
	both(t, func(h *house) {
		guess := func(remote string) error {
			_, err := h.ConfirmLink(h.Context(), Key{Token: "guess", Remote: remote})
			return err
		}
		for range openByNetwork.Burst {
			h.refuses("a guess", guess("192.0.2.9:5"), mentoring.NotFound, "account.link-closed")
		}
		h.refuses("one more", guess("192.0.2.9:6"), mentoring.Unavailable, "account.too-often")
		h.refuses("from elsewhere", guess("192.0.2.10:6"), mentoring.NotFound, "account.link-closed")
	})
}

func TestOfManyWhoOpenOneDoorAtOnceOneComesIn(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		token := h.token("zoe@example.org")
		var all sync.WaitGroup
		var mu sync.Mutex
		in := 0
		for range 6 {
			all.Go(func() {
				_, err := h.ConfirmLink(h.Context(), Key{Token: token, Browser: asked.Browser})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else if !mentoring.IsFault(err, mentoring.NotFound) && !store.IsKind(err, store.Unavailable) {
					h.Error(err)
				}
			})
		}
		all.Wait()
		if in != 1 {
			h.Errorf("%d came in", in)
		}
	})
}

// TestManyAskAtOnce is the morning of a program's first day in a hospital: all from one network, at one moment.
func TestManyAskAtOnce(t *testing.T) {
	both(t, func(h *house) {
		const people = 80
		var all sync.WaitGroup
		var asked atomic.Int64
		for k := range people {
			all.Go(func() {
				_, err := h.AskLink(h.Context(), Ask{Address: fmt.Sprintf("p%d@example.org", k), Remote: "192.0.2.1:5"})
				if err != nil {
					h.Error(err)
					return
				}
				asked.Add(1)
			})
		}
		all.Wait()
		if n := h.counts()["letters"]; asked.Load() < people || n != people {
			h.Errorf("%d of %d got through, with %d letters", asked.Load(), people, n)
		}
	})
}

// TestTokensAreNotInTheStore reads everything that a dump would show of a letter that waits.
func TestTokensAreNotInTheStore(t *testing.T) {
	both(t, func(h *house) {
		_, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		h.view(func(tx *store.Tx) error {
			waiting, err := tx.Letters(store.LetterWaiting, 10)
			if len(waiting) != 1 {
				h.Fatalf("%d letters wait", len(waiting))
			}
			kept := fmt.Sprintf("%+v", waiting)
			if token := h.token("zoe@example.org"); strings.Contains(kept, token) || token == "" {
				h.Errorf("the token is in %s", kept)
			}
			if code := digits(h.code("zoe@example.org")); strings.Contains(kept, code) || code == "" {
				h.Errorf("the code is in %s", kept)
			}
			return err
		})
	})
}

func TestWhoWasInvitedJoinsAClosedInstallationAndNobodyElse(t *testing.T) {
	both(t, func(h *house) {
		h.Open = false
		h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
			if err := tx.AddProgram(store.Program{ID: "p", NameEn: "P", NameFr: "P", MadeAt: h.now(), MadeBy: "root"}); err != nil {
				return err
			}
			_, err := tx.AddInvitation(store.Invitation{
				ID: "i", Program: "p", Part: store.Participant, Address: "zoe@example.org", Folded: "zoe@example.org", Language: "fr-CA", MadeAt: h.now(), MadeBy: "root",
			})
			return err
		}))
		come := func(address string) error {
			asked, err := h.AskLink(h.Context(), Ask{Address: address})
			h.must(err)
			_, err = h.ConfirmLink(h.Context(), Key{Token: h.token(address), Browser: asked.Browser})
			return err
		}
		h.refuses("who was not invited", come("ana@example.org"), mentoring.NotFound, "account.link-closed")
		h.must(come("zoe@example.org"))
		h.must(h.DB.View(h.Context(), func(tx *store.Tx) error {
			e, err := tx.Email("zoe@example.org")
			if err != nil {
				return err
			}
			a, err := tx.Account(e.Account)
			if a.Language != "fr-CA" || e.VerifiedAt.IsZero() {
				h.Errorf("she joined as %+v, %+v", a, e)
			}
			return err
		}))
	})
}

func TestWhoJoinsOnAFrenchPageHasAFrenchAccount(t *testing.T) {
	both(t, func(h *house) {
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Language: "fr-CA"})
		h.must(err)
		e, err := h.ConfirmLink(h.Context(), Key{Token: h.token("zoe@example.org"), Browser: asked.Browser, Language: "fr-CA"})
		h.must(err)
		if e.Visit.Language != "fr-CA" {
			h.Errorf("the account's language is %q", e.Visit.Language)
		}
	})
}

func TestInvitationThatIsOverLetsNobodyJoin(t *testing.T) {
	both(t, func(h *house) {
		h.Open = false
		h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
			if err := tx.AddProgram(store.Program{ID: "p", NameEn: "P", NameFr: "P", MadeAt: h.now(), MadeBy: "root"}); err != nil {
				return err
			}
			_, err := tx.AddInvitation(store.Invitation{
				ID: "i", Program: "p", Part: store.Participant, Address: "zoe@example.org", Folded: "zoe@example.org", Language: "en", MadeAt: h.now(), MadeBy: "root",
			})
			return err
		}))
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org"})
		h.must(err)
		token := h.token("zoe@example.org")
		h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error { _, err := tx.DeleteInvitation("i"); return err })) // taken back
		_, err = h.ConfirmLink(h.Context(), Key{Token: token, Browser: asked.Browser})
		h.refuses("after it was taken back", err, mentoring.NotFound, "account.link-closed")
	})
}

func TestSessionsOfCoordinatorsAreShort(t *testing.T) {
	both(t, func(h *house) {
		h.somebody("zoe@example.org")
		h.must(h.DB.Update(h.Context(), func(tx *store.Tx) error {
			e, err := tx.Email("zoe@example.org")
			if err == nil {
				err = tx.AddProgram(store.Program{ID: "p", NameEn: "P", NameFr: "P", MadeAt: h.now(), MadeBy: "root"})
			}
			if err == nil {
				_, err = tx.AddCoordinator("p", e.Account, h.now())
			}
			return err
		}))
		e := h.somebody("zoe@example.org")
		v := h.visit(e.Cookie)
		if len(v.Actor.Coordinates) != 1 || v.Actor.Coordinates[0] != "p" {
			h.Errorf("she coordinates %v", v.Actor.Coordinates)
		}
		h.pass(officeTerm.idle + time.Minute)
		if v, err := h.Visit(h.Context(), e.Cookie); v.SessionID != "" || err != nil {
			h.Errorf("her session goes on after half an hour unused, %v", err)
		}
	})
}
