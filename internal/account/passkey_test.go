//go:build unix

package account

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// withPasskey is somebody who has signed in and added a passkey.
func (h *house) withPasskey(address string) (Entered, *device) {
	h.Helper()
	e, d := h.somebody(address), newDevice(h.T)
	h.add(e.Visit, d)
	return e, d
}

func (h *house) add(v Visit, d *device) Passkey {
	h.Helper()
	options, err := h.AskPasskey(h.Context(), v)
	h.must(err)
	added, err := h.AddPasskey(h.Context(), v, d.make(options), "Firefox, Linux")
	h.must(err)
	return added
}

// tap signs in with a device.
func (h *house) tap(d *device, k Key) (Entered, error) {
	h.Helper()
	options, browser, err := h.AskDevice(h.Context(), k.Browser, "192.0.2.1:9")
	h.must(err)
	k.Browser = browser
	return h.ConfirmDevice(h.Context(), k, d.sign(options))
}

func TestPasskeySignsInWithoutAnAddress(t *testing.T) {
	both(t, func(h *house) {
		e, d := h.withPasskey("zoe@example.org")
		h.pass(time.Hour)
		options, browser, err := h.AskDevice(h.Context(), "", "192.0.2.1:9")
		h.must(err)
		if a := d.read(options); len(a.Allow) > 0 || a.RPID != "mentoring.example.org" || a.UserVerification != "required" || bytes.Contains(options, []byte("zoe")) {
			h.Errorf("the device is asked %s", options)
		}
		in, err := h.ConfirmDevice(h.Context(), Key{Browser: browser, Label: "Firefox, Linux", Instead: e.Cookie}, d.sign(options))
		h.must(err)
		v := h.visit(in.Cookie)
		if v.Actor.Person != e.Visit.Actor.Person || !h.soon(v.ProvedAt, 0) || in.Joined {
			h.Errorf("entered %+v", in)
		}
		if h.isIn(e.Cookie) {
			h.Error("the session that was replaced goes on")
		}
		all, err := h.Passkeys(h.Context(), v)
		h.must(err)
		if len(all) != 1 || !h.soon(all[0].UsedAt, 0) || all[0].Synced || all[0].Name != "Firefox, Linux" {
			h.Errorf("the passkeys are %+v", all)
		}
	})
}

func TestPasskeyIsAddedByWhoHasJustSignedIn(t *testing.T) {
	both(t, func(h *house) {
		e := h.somebody("zoe@example.org")
		d := newDevice(t)
		d.flags |= eligible | backedUp
		model, err := hex.DecodeString("d548826e79b4db40a3d811116f7e8349")
		h.must(err)
		copy(d.model[:], model)
		added := h.add(e.Visit, d)
		if added.Name != "Bitwarden" || !added.Synced || !added.UsedAt.IsZero() {
			h.Errorf("added %+v", added)
		}
		if letter := h.last("zoe@example.org"); letter.Subject != "A passkey was added to your account" || strings.Contains(letter.Text, "/link/") {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		options, err := h.AskPasskey(h.Context(), e.Visit)
		h.must(err)
		a := d.read(options)
		if len(a.Exclude) != 1 || a.Exclude[0].ID != encode(d.credential) || a.Selection.ResidentKey != "required" || a.Selection.UserVerification != "required" ||
			a.User.Name != "zoe@example.org" || a.RP.ID != "mentoring.example.org" || a.Attestation == "direct" {
			h.Errorf("the device is asked %s", options)
		}
		if got := h.actions(e.Visit); !strings.HasPrefix(got, "passkey.add ") {
			h.Errorf("the trail is %s", got)
		}
		if _, err := h.tap(d, Key{}); err != nil {
			h.Errorf("a passkey that is carried from device to device: %v", err)
		}
		h.pass(FreshFor + time.Second)
		_, err = h.AskPasskey(h.Context(), e.Visit)
		h.refuses("asking after a while", err, mentoring.Forbidden, "account.fresh-sign-in")
		_, err = h.AddPasskey(h.Context(), e.Visit, d.make(options), "")
		h.refuses("adding after a while", err, mentoring.Forbidden, "account.fresh-sign-in")
		_, err = h.AskPasskey(h.Context(), Visit{})
		h.hidden("asking by nobody", err)
	})
}

func TestPasskeyIsRenamedAndRemovedByItsPersonAlone(t *testing.T) {
	both(t, func(h *house) {
		zoe, phone := h.withPasskey("zoe@example.org")
		abe, _ := h.withPasskey("abe@example.org")
		all, err := h.Passkeys(h.Context(), zoe.Visit)
		h.must(err)
		id := all[0].ID
		h.must(h.RenamePasskey(h.Context(), zoe.Visit, id, "  Zoé’s \n phone\u202e "))
		for _, name := range []string{"", " \t", "\u200b", strings.Repeat("x", MostPasskeyName+1)} {
			h.refuses(fmt.Sprintf("the name %q", name), h.RenamePasskey(h.Context(), zoe.Visit, id, name), mentoring.Invalid, "account.passkey-name")
		}
		if all, err = h.Passkeys(h.Context(), zoe.Visit); err != nil || all[0].Name != "Zoé’s phone" {
			h.Errorf("the passkeys are %+v, %v", all, err)
		}
		h.hidden("renaming that of somebody else", h.RenamePasskey(h.Context(), abe.Visit, id, "Mine"))
		h.hidden("removing that of somebody else", h.RemovePasskey(h.Context(), abe.Visit, id))
		again := h.somebody("zoe@example.org")
		h.must(h.RemovePasskey(h.Context(), again.Visit, id))
		if letter := h.last("zoe@example.org"); letter.Subject != "A passkey was removed from your account" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		h.hidden("removing it again", h.RemovePasskey(h.Context(), again.Visit, id))
		_, err = h.tap(phone, Key{})
		h.refuses("a removed passkey", err, mentoring.Forbidden, "account.passkey-refused")
		h.somebody("zoe@example.org") // a letter is always a way in
		h.refuses("removing after a while", func() error { h.pass(time.Hour); return h.RemovePasskey(h.Context(), again.Visit, id) }(), mentoring.Forbidden, "account.fresh-sign-in")
	})
}

// TestDevicesThatAreNotRightAreRefused answers a question of ours in every wrong way.
func TestDevicesThatAreNotRightAreRefused(t *testing.T) {
	both(t, func(h *house) {
		zoe, good := h.withPasskey("zoe@example.org")
		_, other := h.withPasskey("abe@example.org")
		good.count = 7
		if _, err := h.tap(good, Key{}); err != nil {
			t.Fatal(err)
		}
		for name, bend := range map[string]func(d *device){
			"a page of another origin":        func(d *device) { d.origin = "https://evil.example" },
			"a page without encryption":       func(d *device) { d.origin = "http://mentoring.example.org" },
			"a page of another port":          func(d *device) { d.origin += ":8443" },
			"a page of a neighbour":           func(d *device) { d.origin = "https://other.example.org" },
			"no page":                         func(d *device) { d.origin = "" },
			"a passkey for another name":      func(d *device) { d.party = "example.org" },
			"nobody was there":                func(d *device) { d.flags = verified },
			"nobody was looked at":            func(d *device) { d.flags = present },
			"it can be copied now":            func(d *device) { d.flags |= eligible },
			"it was copied, which it cannot":  func(d *device) { d.flags |= backedUp },
			"another key":                     func(d *device) { d.key = other.key },
			"another passkey":                 func(d *device) { d.credential = other.credential },
			"a passkey that is not known":     func(d *device) { d.credential = []byte("unknown") },
			"another account":                 func(d *device) { d.handle = other.handle },
			"no account":                      func(d *device) { d.handle = nil },
			"what claims to be somebody else": func(d *device) { d.handle = []byte(zoe.Visit.Actor.Person + "x") },
		} {
			d := *good
			d.count++
			bend(&d)
			if _, err := h.tap(&d, Key{}); !mentoring.IsFault(err, mentoring.Forbidden) || err.(*mentoring.Fault).Key != "account.passkey-refused" {
				h.Errorf("%s: %v", name, err)
			}
		}
		for name, answer := range map[string][]byte{
			"nothing": nil, "no JSON": []byte("{"), "an empty object": []byte("{}"), "a list": []byte("[]"), "100 kB": bytes.Repeat([]byte(" "), 100_000),
			"deep JSON": []byte(strings.Repeat(`{"response":`, 5000) + strings.Repeat("}", 5000)), "half of an answer": good.sign([]byte(`{"challenge":"AAAA"}`))[:200],
		} {
			_, err := h.ConfirmDevice(h.Context(), Key{Browser: "mine"}, answer)
			h.refuses(name, err, mentoring.Forbidden, "account.passkey-refused")
		}
		good.count++
		if _, err := h.tap(good, Key{}); err != nil {
			h.Errorf("the right one afterwards: %v", err)
		}
	})
}

func TestAnswerOfADeviceIsGoodOnceInTimeAndInItsBrowser(t *testing.T) {
	both(t, func(h *house) {
		zoe, d := h.withPasskey("zoe@example.org")
		ask := func() (options []byte, browser string) {
			options, browser, err := h.AskDevice(h.Context(), "", "192.0.2.1:9")
			h.must(err)
			d.count++
			return options, browser
		}
		late := func(what string, k Key, answer []byte) {
			t.Helper()
			_, err := h.ConfirmDevice(h.Context(), k, answer)
			h.refuses(what, err, mentoring.NotFound, "account.passkey-late")
		}
		options, browser := ask()
		answer := d.sign(options)
		late("from another browser", Key{Browser: "another"}, answer)
		late("from no browser", Key{}, answer)
		_, err := h.ConfirmDevice(h.Context(), Key{Browser: browser}, answer)
		h.must(err)
		late("a second time", Key{Browser: browser}, answer)
		options, browser = ask()
		d.party = "evil.example"
		_, err = h.ConfirmDevice(h.Context(), Key{Browser: browser}, d.sign(options))
		h.refuses("a wrong answer", err, mentoring.Forbidden, "account.passkey-refused")
		d.party = "mentoring.example.org"
		late("the right one after a wrong one", Key{Browser: browser}, d.sign(options))
		options, browser = ask()
		h.pass(passkeyLasts)
		late("too late", Key{Browser: browser}, d.sign(options))
		late("an invented question", Key{Browser: browser}, d.signAs("webauthn.get", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
		zoe = h.somebody("zoe@example.org")
		options, err = h.AskPasskey(h.Context(), zoe.Visit)
		h.must(err)
		late("the question of adding one", Key{Browser: zoe.Cookie}, d.signAs("webauthn.get", d.read(options).Challenge))
	})
}

func TestNewPasskeysThatAreNotRightAreRefused(t *testing.T) {
	both(t, func(h *house) {
		zoe := h.somebody("zoe@example.org")
		abe, known := h.withPasskey("abe@example.org")
		try := func(v Visit, bend func(d *device)) error {
			options, err := h.AskPasskey(h.Context(), v)
			h.must(err)
			d := newDevice(t)
			bend(d)
			_, err = h.AddPasskey(h.Context(), v, d.make(options), "x")
			return err
		}
		zoe = h.somebody("zoe@example.org")
		for name, bend := range map[string]func(d *device){
			"a page of another origin":   func(d *device) { d.origin = "https://evil.example" },
			"a passkey for another name": func(d *device) { d.party = "evil.example" },
			"nobody was there":           func(d *device) { d.flags = verified },
			"nobody was looked at":       func(d *device) { d.flags = present },
			"copied, which it cannot be": func(d *device) { d.flags |= backedUp },
		} {
			h.refuses(name, try(zoe.Visit, bend), mentoring.Forbidden, "account.passkey-refused")
		}
		options, err := h.AskPasskey(h.Context(), zoe.Visit)
		h.must(err)
		d := newDevice(t)
		answer := d.make(options)
		abe = h.somebody("abe@example.org")
		_, err = h.AddPasskey(h.Context(), abe.Visit, answer, "x")
		h.refuses("the answer to somebody else's question", err, mentoring.NotFound, "account.passkey-late")
		zoe = h.somebody("zoe@example.org")
		_, err = h.AddPasskey(h.Context(), zoe.Visit, answer, "x")
		h.refuses("in another session", err, mentoring.NotFound, "account.passkey-late")
		d = newDevice(t)
		d.flags = present | verified
		options, err = h.AskPasskey(h.Context(), zoe.Visit)
		h.must(err)
		answer = d.make(options)
		_, err = h.AddPasskey(h.Context(), zoe.Visit, answer, "x")
		h.must(err)
		_, err = h.AddPasskey(h.Context(), zoe.Visit, answer, "x")
		h.refuses("a second time", err, mentoring.NotFound, "account.passkey-late")
		if all, err := h.Passkeys(h.Context(), zoe.Visit); len(all) != 1 || err != nil {
			h.Errorf("the passkeys are %+v, %v", all, err)
		}
		_, err = h.tap(known, Key{})
		h.must(err)
	})
}

func TestPasskeyThatWasCopiedIsRefusedAndWrittenDown(t *testing.T) {
	both(t, func(h *house) {
		zoe, d := h.withPasskey("zoe@example.org")
		d.count = 5
		_, err := h.tap(d, Key{})
		h.must(err)
		for _, count := range []uint32{4, 5, 0} {
			d.count = count
			_, err = h.tap(d, Key{})
			h.refuses(fmt.Sprintf("a count of %d", count), err, mentoring.Forbidden, "account.passkey-copied")
		}
		if got := h.actions(zoe.Visit); strings.Count(got, "passkey.copied") != 3 {
			h.Errorf("the trail is %s", got)
		}
		d.count = 6
		_, err = h.tap(d, Key{})
		h.must(err)
	})
}

func TestSuspendedPersonComesInWithAPasskeyToReadTheReason(t *testing.T) {
	both(t, func(h *house) {
		boss := h.first("boss@example.org")
		zoe, d := h.withPasskey("zoe@example.org")
		again := h.somebody("boss@example.org")
		_ = boss
		h.must(h.Suspend(h.Context(), again.Visit, zoe.Visit.Actor.Person, "a reason"))
		in, err := h.tap(d, Key{})
		h.must(err)
		v := h.visit(in.Cookie)
		if !v.Actor.Suspended || v.SuspendedFor != "a reason" {
			h.Errorf("the visit is %+v", v)
		}
		_, err = h.AskPasskey(h.Context(), v)
		h.hidden("adding a passkey while suspended", err)
	})
}

func TestPasskeysComeAlongWhenAccountsAreMerged(t *testing.T) {
	both(t, func(h *house) {
		_, old := h.withPasskey("zoe@old.example")
		zoe, _ := h.withPasskey("zoe@example.org")
		h.must(h.AskMerge(h.Context(), zoe.Visit, "zoe@old.example", ""))
		h.must(h.ConfirmMerge(h.Context(), zoe.Visit, Key{Token: h.token("zoe@old.example")}))
		in, err := h.tap(old, Key{})
		h.must(err)
		if in.Visit.Actor.Person != zoe.Visit.Actor.Person {
			h.Error("the passkey opens the account that is no more")
		}
		all, err := h.Passkeys(h.Context(), in.Visit)
		h.must(err)
		if len(all) != 2 {
			h.Errorf("the passkeys are %+v", all)
		}
	})
}

func TestPasskeysOfAThiefAreForgottenWithTheAddress(t *testing.T) {
	both(t, func(h *house) {
		_, mine := h.withPasskey("zoe@example.org")
		h.pass(RevertLasts + time.Hour)
		thief, theirs := h.withPasskey("zoe@example.org")
		h.must(h.AskAddress(h.Context(), thief.Visit, "thief@example.org", ""))
		h.must(h.ConfirmAddress(h.Context(), Key{Token: h.token("thief@example.org"), Button: true}))
		h.must(h.RevertAddress(h.Context(), Key{Token: h.token("zoe@example.org"), Button: true}))
		_, err := h.tap(theirs, Key{})
		h.refuses("the thief's passkey", err, mentoring.Forbidden, "account.passkey-refused")
		in, err := h.tap(mine, Key{})
		h.must(err)
		if got := h.actions(in.Visit); !strings.Contains(got, "account.close-doors") {
			h.Errorf("the trail is %s", got)
		}
	})
}

func TestWhoProvesOnceMoreIsWhoHasSignedIn(t *testing.T) {
	both(t, func(h *house) {
		_, others := h.withPasskey("abe@example.org")
		zoe, mine := h.withPasskey("zoe@example.org")
		h.pass(time.Hour)
		_, err := h.tap(others, Key{Again: true, Instead: zoe.Cookie})
		h.refuses("somebody else", err, mentoring.Forbidden, "account.another-person")
		_, err = h.tap(mine, Key{Again: true})
		h.refuses("nobody", err, mentoring.Forbidden, "account.another-person")
		in, err := h.tap(mine, Key{Again: true, Instead: zoe.Cookie})
		h.must(err)
		if h.isIn(zoe.Cookie) || !h.soon(h.visit(in.Cookie).ProvedAt, 0) {
			h.Error("the proof is not fresh, or the old session goes on")
		}
		h.pass(time.Hour)
		asked, err := h.AskProof(h.Context(), in.Visit, "", "192.0.2.1:9", "/account/passkeys")
		h.must(err)
		code := h.code("zoe@example.org")
		_, err = h.ConfirmCode(h.Context(), Key{Code: code, Browser: asked.Browser, Again: true})
		h.refuses("a code without the session", err, mentoring.Forbidden, "account.another-person")
		by, err := h.ConfirmCode(h.Context(), Key{Code: code, Browser: asked.Browser, Again: true, Instead: in.Cookie})
		h.must(err)
		if by.To != "/account/passkeys" {
			h.Errorf("it leads to %q", by.To)
		}
		_, err = h.AskPasskey(h.Context(), by.Visit)
		h.must(err)
		_, err = h.AskProof(h.Context(), Visit{}, "", "", "")
		h.hidden("a proof of nobody", err)
	})
}

func TestPasskeysHaveANumberAndCeremoniesAreSwept(t *testing.T) {
	both(t, func(h *house) {
		zoe := h.somebody("zoe@example.org")
		for range MostPasskeys {
			h.add(zoe.Visit, newDevice(t))
		}
		_, err := h.AskPasskey(h.Context(), zoe.Visit)
		h.refuses("one more", err, mentoring.Conflict, "account.passkeys-full")
		options, _, err := h.AskDevice(h.Context(), "mine", "192.0.2.1:9")
		h.must(err)
		h.pass(passkeyLasts)
		h.must(h.Sweep(h.Context()))
		h.view(func(tx *store.Tx) error {
			if _, err := tx.Ceremony(hashOf(newDevice(t).read(options).Challenge)); !store.IsKind(err, store.NotFound) {
				t.Errorf("the ceremony is still there: %v", err)
			}
			return nil
		})
	})
}

func TestOfManyAnswersOfOneDeviceAtOnceOneComesIn(t *testing.T) {
	both(t, func(h *house) {
		_, d := h.withPasskey("zoe@example.org")
		options, browser, err := h.AskDevice(h.Context(), "", "192.0.2.1:9")
		h.must(err)
		answer := d.sign(options)
		var all sync.WaitGroup
		results := make([]error, 5)
		for k := range results {
			all.Go(func() { _, results[k] = h.ConfirmDevice(h.Context(), Key{Browser: browser}, answer) })
		}
		all.Wait()
		if in := len(results) - len(slices.DeleteFunc(slices.Clone(results), func(err error) bool { return err == nil })); in != 1 {
			h.Errorf("%d came in: %v", in, results)
		}
	})
}
