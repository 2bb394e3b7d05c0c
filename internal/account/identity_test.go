//go:build unix

package account

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account/institution"
	"github.com/chiron-mentoring/chiron/internal/account/institution/institutiontest"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// withInstitutions gives a house two institutions that answer for the same domain: a university and a college.
func (h *house) withInstitutions() (university, college *institutiontest.Provider) {
	university, college = institutiontest.Start(h.T), institutiontest.Start(h.T)
	var all []institution.Institution
	for id, p := range map[string]*institutiontest.Provider{"university": university, "college": college} {
		p.Now = h.now
		all = append(all, institution.Institution{
			ID: id, Name: "The " + id, Issuer: p.Issuer, ClientID: p.ClientID, Secret: p.Secret, Domains: []string{"hospital.example"},
		})
	}
	h.Institutions = institution.NewDesk(h.Origin, h.now, all)
	return university, college
}

// goes sends somebody to an institution, as a browser goes, and is what comes back.
func (h *house) goes(v Visit, g Going) Back {
	h.Helper()
	if g.Institution == "" {
		g.Institution = "university"
	}
	gone, err := h.AskInstitution(h.Context(), v, g)
	h.must(err)
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.Get(gone.Address)
	h.must(err)
	defer answer.Body.Close()
	to, err := answer.Location()
	h.must(err)
	if !strings.HasPrefix(to.String(), h.Origin+institution.ReturnPath(g.Institution)+"?") {
		h.Fatalf("the way back is %s", to)
	}
	return back(g.Institution, gone.Browser, to.Query())
}

func back(id, browser string, q url.Values) Back {
	return Back{
		Institution: id, State: q.Get("state"), Code: q.Get("code"), Issuer: q.Get("iss"), Error: q.Get("error"),
		Key: Key{Browser: browser, Label: "Firefox, Linux", Remote: "192.0.2.1:9"},
	}
}

// signsIn goes to an institution to sign in, and comes back.
func (h *house) signsIn(v Visit, g Going) (Returned, error) {
	h.Helper()
	return h.ReturnFrom(h.Context(), v, h.goes(v, g))
}

// claims shows by the code in a letter that an account is theirs.
func (h *house) claims(r Returned, browser, address string) Entered {
	h.Helper()
	h.pass(12 * time.Minute)
	_, err := h.AskLink(h.Context(), Ask{Address: address, Browser: browser, Claim: r.Unknown.Token})
	h.must(err)
	e, err := h.ConfirmCode(h.Context(), Key{Code: h.code(address), Browser: browser})
	h.must(err)
	return e
}

func TestWhoComesFromAnInstitutionJoinsByALetterAndThenComesInAtOnce(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		b := h.goes(Visit{}, Going{To: "/people", Language: "fr-CA"})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		if r.Entered.Cookie != "" || r.Unknown.Token == "" || r.Unknown.Address != "zoe@hospital.example" || r.Unknown.Institution.ID != "university" || r.To != "/people" {
			h.Fatalf("came back as %+v", r)
		}
		e := h.claims(r, b.Browser, "zoe@example.org")
		if !e.Joined || !e.Linked {
			h.Errorf("entered %+v", e)
		}
		if letter := h.last("zoe@example.org"); letter.Subject != "An institution was linked to your account" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		all, err := h.LinkedInstitutions(h.Context(), e.Visit)
		h.must(err)
		if len(all) != 1 || all[0].Name != "The university" || all[0].Address != "zoe@hospital.example" {
			h.Errorf("linked to %+v", all)
		}
		addresses, err := h.Addresses(h.Context(), e.Visit)
		h.must(err)
		if len(addresses) != 2 || addresses[0].Address != "zoe@example.org" || !addresses[0].Owns || !addresses[1].Institution || addresses[1].Owns {
			h.Errorf("the addresses are %+v", addresses)
		}
		again, err := h.signsIn(Visit{}, Going{To: "/x"})
		h.must(err)
		if again.Entered.Visit.Actor.Person != e.Visit.Actor.Person || again.Entered.Joined || again.Unknown.Token != "" || again.To != "/x" {
			h.Errorf("came back as %+v", again)
		}
		if got := h.actions(e.Visit); strings.Count(got, "institution.link") != 1 || strings.Count(got, "account.make") != 1 {
			h.Errorf("the trail is %s", got)
		}
	})
}

// TestAnAddressNeverOpensAnAccount has institutions say the address of an account, and be right or wrong about it.
func TestAnAddressNeverOpensAnAccount(t *testing.T) {
	both(t, func(h *house) {
		university, college := h.withInstitutions()
		zoe := h.somebody("zoe@hospital.example") // joined with an address of the hospital, which owns the account
		for _, p := range []*institutiontest.Provider{university, college} {
			p.Subject = "somebody-9"
		}
		for _, id := range []string{"university", "college"} {
			r, err := h.signsIn(Visit{}, Going{Institution: id})
			h.must(err)
			if r.Entered.Cookie != "" || r.Linked || r.Unknown.Token == "" {
				h.Errorf("%s opens the account: %+v", id, r)
			}
		}
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		e := h.claims(r, b.Browser, "zoe@hospital.example")
		if e.Visit.Actor.Person != zoe.Visit.Actor.Person || e.Joined || !e.Linked {
			h.Errorf("the letter opens %+v", e)
		}
		if r, err := h.signsIn(Visit{}, Going{Institution: "college"}); err != nil || r.Entered.Cookie != "" {
			h.Errorf("the same subject of another issuer: %+v, %v", r, err)
		}
		university.Subject = "somebody-10" // the institution gives the address to somebody else
		if r, err := h.signsIn(Visit{}, Going{}); err != nil || r.Entered.Cookie != "" {
			h.Errorf("another subject with the same address: %+v, %v", r, err)
		}
	})
}

// TestNobodyIsLedToLinkTheirAccountToAStranger has a stranger come from an institution and send the letter to somebody
// else, who opens it as letters are opened.
func TestNobodyIsLedToLinkTheirAccountToAStranger(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		victim := h.somebody("zoe@example.org")
		university.Subject, university.Claims = "stranger", nil
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		h.pass(time.Hour / 4)
		_, err = h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Browser: b.Browser, Claim: r.Unknown.Token})
		h.must(err)
		if letter := h.last("zoe@example.org"); letter.Subject != "Link your institution to your account" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		token := h.token("zoe@example.org")
		for _, browser := range []string{"", "the victim's"} {
			_, err = h.ConfirmLink(h.Context(), Key{Token: token, Browser: browser, Button: true})
			h.refuses("the link in the browser "+browser, err, mentoring.Forbidden, "account.same-browser")
		}
		if r, err := h.signsIn(Visit{}, Going{}); err != nil || r.Entered.Cookie != "" {
			h.Errorf("the stranger comes in: %+v, %v", r, err)
		}
		if all, err := h.LinkedInstitutions(h.Context(), h.somebody("zoe@example.org").Visit); err != nil || len(all) > 0 {
			h.Errorf("the victim is linked to %+v, %v", all, err)
		}
		_ = victim
	})
}

func TestClaimIsOfItsBrowserAndItsTime(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		ask := func(browser, token string) error {
			_, err := h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Browser: browser, Claim: token})
			return err
		}
		h.refuses("in another browser", ask("another", r.Unknown.Token), mentoring.NotFound, "account.institution-late")
		h.refuses("in none", ask("", r.Unknown.Token), mentoring.NotFound, "account.institution-late")
		h.refuses("an invented one", ask(b.Browser, "invented"), mentoring.NotFound, "account.institution-late")
		if c, err := h.Claim(h.Context(), r.Unknown.Token, b.Browser); err != nil || c.Address != "zoe@hospital.example" || c.Institution.ID != "university" {
			h.Errorf("the claim is %+v, %v", c, err)
		}
		_, err = h.Claim(h.Context(), r.Unknown.Token, "another")
		h.refuses("looking in another browser", err, mentoring.NotFound, "account.institution-late")
		h.must(ask(b.Browser, r.Unknown.Token))
		h.pass(ClaimLasts)
		h.refuses("too late", ask(b.Browser, r.Unknown.Token), mentoring.NotFound, "account.institution-late")
	})
}

func TestClosedInstallationLetsNobodyJoinFromAnInstitution(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		h.Open = false
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		_, err = h.AskLink(h.Context(), Ask{Address: "zoe@example.org", Browser: b.Browser, Claim: r.Unknown.Token})
		h.must(err)
		if letter := h.last("zoe@example.org"); letter.Subject != "No account has this address" || h.code("zoe@example.org") != "" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
	})
}

func TestAddressOfAnInstitutionOpensNothing(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		zoe := h.claims(r, b.Browser, "zoe@example.org")
		asked, err := h.AskLink(h.Context(), Ask{Address: "zoe@hospital.example"})
		h.must(err)
		if letter := h.last("zoe@hospital.example"); letter.Subject != "Sign in through your institution" || h.token("zoe@hospital.example") != "" || h.code("zoe@hospital.example") != "" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		_, err = h.ConfirmCode(h.Context(), Key{Code: "12345678", Browser: asked.Browser})
		h.refuses("a guess", err, mentoring.Invalid, "account.code-wrong")
		abe := h.somebody("abe@example.org")
		h.must(h.AskMerge(h.Context(), abe.Visit, "zoe@hospital.example", ""))
		if letter := h.last("zoe@hospital.example"); letter.Subject != "No account has this address" {
			h.Errorf("merging writes\n%s", letter.Text)
		}
		h.must(h.AskAddress(h.Context(), abe.Visit, "zoe@hospital.example", ""))
		if letter := h.last("zoe@hospital.example"); letter.Subject != "This address has an account" {
			h.Errorf("changing writes\n%s", letter.Text)
		}
		_ = zoe
	})
}

func TestAddressGoesWhereItsInstitutionSays(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		join := func(subject, address string) Entered {
			university.Subject = subject
			b := h.goes(Visit{}, Going{})
			r, err := h.ReturnFrom(h.Context(), Visit{}, b)
			h.must(err)
			return h.claims(r, b.Browser, address)
		}
		of := func(e Entered) string {
			all, err := h.Addresses(h.Context(), e.Visit)
			h.must(err)
			var text []string
			for _, a := range all {
				text = append(text, a.Address)
			}
			return strings.Join(text, " ")
		}
		zoe, abe := join("zoe-1", "zoe@example.org"), join("abe-2", "abe@example.org")
		if of(zoe) != "zoe@example.org" || of(abe) != "abe@example.org zoe@hospital.example" {
			h.Errorf("they have %s, and %s", of(zoe), of(abe))
		}
		university.Claims = map[string]any{"email": "abe@hospital.example"}
		r, err := h.signsIn(Visit{}, Going{})
		h.must(err)
		if got := of(r.Entered); got != "abe@example.org abe@hospital.example" {
			h.Errorf("after a change: %s", got)
		}
		university.Claims = map[string]any{"email": "zoe@example.org", "email_verified": true} // not of its domain
		_, err = h.signsIn(Visit{}, Going{})
		h.must(err)
		if got := of(zoe); got != "zoe@example.org" {
			h.Errorf("it has taken an address away: %s", got)
		}
	})
}

func TestInstitutionIsLinkedAndUnlinkedByWhoHasJustSignedIn(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		zoe := h.somebody("zoe@example.org")
		r, err := h.signsIn(zoe.Visit, Going{Link: true, To: "/account"})
		h.must(err)
		if !r.Linked || r.Entered.Cookie != "" || r.To != "/account" {
			h.Fatalf("came back as %+v", r)
		}
		if letter := h.last("zoe@example.org"); letter.Subject != "An institution was linked to your account" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		in, err := h.signsIn(Visit{}, Going{})
		h.must(err)
		if in.Entered.Visit.Actor.Person != zoe.Visit.Actor.Person {
			h.Error("it opens another account")
		}
		abe := h.somebody("abe@example.org")
		_, err = h.signsIn(abe.Visit, Going{Link: true})
		h.refuses("what is linked to somebody else", err, mentoring.Conflict, "account.institution-taken")
		all, err := h.LinkedInstitutions(h.Context(), zoe.Visit)
		h.must(err)
		h.hidden("unlinking that of somebody else", h.UnlinkInstitution(h.Context(), abe.Visit, all[0].ID))
		h.pass(FreshFor)
		_, err = h.AskInstitution(h.Context(), zoe.Visit, Going{Institution: "university", Link: true})
		h.refuses("linking after a while", err, mentoring.Forbidden, "account.fresh-sign-in")
		h.refuses("unlinking after a while", h.UnlinkInstitution(h.Context(), zoe.Visit, all[0].ID), mentoring.Forbidden, "account.fresh-sign-in")
		zoe = h.somebody("zoe@example.org")
		h.must(h.UnlinkInstitution(h.Context(), zoe.Visit, all[0].ID))
		if letter := h.last("zoe@example.org"); letter.Subject != "An institution was removed from your account" {
			h.Errorf("the letter is\n%s", letter.Text)
		}
		if addresses, err := h.Addresses(h.Context(), zoe.Visit); err != nil || len(addresses) != 1 {
			h.Errorf("the addresses are %+v, %v", addresses, err)
		}
		if r, err := h.signsIn(Visit{}, Going{}); err != nil || r.Entered.Cookie != "" {
			h.Errorf("it still opens the account: %+v, %v", r, err)
		}
		university.Subject = "zoe-2"
		b := h.goes(zoe.Visit, Going{Link: true})
		h.must(h.SignOut(h.Context(), zoe.Visit))
		_, err = h.ReturnFrom(h.Context(), zoe.Visit, b)
		h.refuses("coming back signed out", err, mentoring.NotFound, "account.institution-late")
		b = h.goes(h.somebody("zoe@example.org").Visit, Going{Link: true})
		_, err = h.ReturnFrom(h.Context(), h.somebody("abe@example.org").Visit, b)
		h.refuses("coming back as somebody else", err, mentoring.NotFound, "account.institution-late")
	})
}

func TestWayBackIsGoodOnceInTimeAndInItsBrowser(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		for name, change := range map[string]func(b *Back){
			"without a state":     func(b *Back) { b.State = "" },
			"with another state":  func(b *Back) { b.State = "x" },
			"in another browser":  func(b *Back) { b.Browser = "another" },
			"in no browser":       func(b *Back) { b.Browser = "" },
			"of another address":  func(b *Back) { b.Institution = "college" },
			"too late":            func(*Back) { h.pass(AwayLasts) },
			"of no institution":   func(b *Back) { b.Institution = "nowhere" },
			"with a state of 1MB": func(b *Back) { b.State = strings.Repeat("s", 1<<20) },
		} {
			b := h.goes(Visit{}, Going{})
			change(&b)
			_, err := h.ReturnFrom(h.Context(), Visit{}, b)
			h.refuses(name, err, mentoring.NotFound, "account.institution-late")
		}
		b := h.goes(Visit{}, Going{})
		_, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		_, err = h.ReturnFrom(h.Context(), Visit{}, b)
		h.refuses("a second time", err, mentoring.NotFound, "account.institution-late")
		_, err = h.AskInstitution(h.Context(), Visit{}, Going{Institution: "nowhere"})
		h.hidden("an institution that there is none of", err)
	})
}

// TestAnswerOfOneInstitutionDoesNotPassForThatOfAnother mixes two up (RFC 9207).
func TestAnswerOfOneInstitutionDoesNotPassForThatOfAnother(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		honest, other := h.goes(Visit{}, Going{Institution: "university"}), h.goes(Visit{}, Going{Institution: "college", Browser: "same"})
		mixed := honest
		mixed.Code, mixed.Issuer = other.Code, other.Issuer
		_, err := h.ReturnFrom(h.Context(), Visit{}, mixed)
		h.refuses("the code of another, who says so", err, mentoring.Forbidden, "account.institution-refused")
		honest = h.goes(Visit{}, Going{Institution: "university"})
		honest.Code = other.Code
		_, err = h.ReturnFrom(h.Context(), Visit{}, honest)
		h.refuses("the code of another", err, mentoring.Forbidden, "account.institution-refused")
	})
}

func TestWhatGoesWrongAtAnInstitutionIsSaid(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		university.Back = func(q url.Values) { q.Del("code"); q.Set("error", "access_denied") }
		_, err := h.signsIn(Visit{}, Going{})
		h.refuses("a no", err, mentoring.Conflict, "account.institution-cancelled")
		university.Back = nil
		university.Sign = institutiontest.Unsigned
		_, err = h.signsIn(Visit{}, Going{})
		h.refuses("a token that nobody signed", err, mentoring.Forbidden, "account.institution-refused")
		university.Sign = nil
		university.Keys = func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "canary", http.StatusInternalServerError) }
		h.Institutions = institution.NewDesk(h.Origin, h.now, []institution.Institution{{ID: "university", Issuer: university.Issuer, ClientID: university.ClientID, Secret: university.Secret}})
		_, err = h.signsIn(Visit{}, Going{})
		if f := (*mentoring.Fault)(nil); !errors.As(err, &f) || f.Kind != mentoring.Forbidden && f.Kind != mentoring.Unavailable {
			h.Errorf("without keys: %v", err)
		}
		h.Institutions = institution.NewDesk(h.Origin, h.now, []institution.Institution{{ID: "university", Issuer: "http://localhost:1"}})
		_, err = h.AskInstitution(h.Context(), Visit{}, Going{Institution: "university"})
		h.refuses("nobody there", err, mentoring.Unavailable, "account.institution-away")
		h.Institutions = nil
		_, err = h.AskInstitution(h.Context(), Visit{}, Going{Institution: "university"})
		h.hidden("no institutions at all", err)
	})
}

func TestInstitutionProvesOnceMoreWhoSomebodyIs(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		zoe := h.somebody("zoe@example.org")
		_, err := h.signsIn(zoe.Visit, Going{Link: true})
		h.must(err)
		in, err := h.signsIn(Visit{}, Going{})
		h.must(err)
		_, err = h.AskPasskey(h.Context(), in.Entered.Visit)
		h.refuses("a passkey where the institution says nothing of when it was proved", err, mentoring.Forbidden, "account.fresh-sign-in")
		b := h.goes(in.Entered.Visit, Going{Again: true, To: "/account/passkeys"})
		b.Instead = in.Entered.Cookie
		again, err := h.ReturnFrom(h.Context(), in.Entered.Visit, b)
		h.must(err)
		if again.To != "/account/passkeys" || h.isIn(in.Entered.Cookie) {
			h.Errorf("came back as %+v", again)
		}
		_, err = h.AskPasskey(h.Context(), again.Entered.Visit)
		h.must(err)
		university.Bend = func(c map[string]any) { delete(c, "auth_time") }
		_, err = h.signsIn(again.Entered.Visit, Going{Again: true})
		h.refuses("a proof that is none", err, mentoring.Forbidden, "account.institution-refused")
		university.Bend = nil
		university.Subject = "abe-2"
		_, err = h.signsIn(again.Entered.Visit, Going{Again: true})
		h.refuses("somebody else", err, mentoring.Forbidden, "account.another-person")
		_, err = h.AskInstitution(h.Context(), Visit{}, Going{Institution: "university", Again: true})
		h.hidden("a proof of nobody", err)
		university.Subject = "zoe-1"
		university.Bend = func(c map[string]any) { c["auth_time"] = h.now().Unix() }
		fresh, err := h.signsIn(Visit{}, Going{})
		h.must(err)
		_, err = h.AskPasskey(h.Context(), fresh.Entered.Visit)
		h.must(err)
	})
}

func TestInstitutionsComeAlongWhenAccountsAreMergedAndSuspendedOnesLinkNothing(t *testing.T) {
	both(t, func(h *house) {
		university, _ := h.withInstitutions()
		old := h.somebody("zoe@old.example")
		_, err := h.signsIn(old.Visit, Going{Link: true})
		h.must(err)
		zoe := h.somebody("zoe@example.org")
		h.must(h.AskMerge(h.Context(), zoe.Visit, "zoe@old.example", ""))
		h.must(h.ConfirmMerge(h.Context(), zoe.Visit, Key{Token: h.token("zoe@old.example")}))
		in, err := h.signsIn(Visit{}, Going{})
		h.must(err)
		if in.Entered.Visit.Actor.Person != zoe.Visit.Actor.Person {
			h.Error("the institution opens the account that is no more")
		}
		boss := h.first("boss@example.org")
		h.must(h.Suspend(h.Context(), boss.Visit, zoe.Visit.Actor.Person, "a reason"))
		in, err = h.signsIn(Visit{}, Going{})
		h.must(err)
		if !in.Entered.Visit.Actor.Suspended {
			h.Error("the account is not suspended")
		}
		_, err = h.AskInstitution(h.Context(), in.Entered.Visit, Going{Institution: "university", Link: true})
		h.hidden("linking while suspended", err)
		university.Subject = "zoe-9"
		b := h.goes(Visit{}, Going{})
		r, err := h.ReturnFrom(h.Context(), Visit{}, b)
		h.must(err)
		if e := h.claims(r, b.Browser, "zoe@example.org"); e.Linked || !e.Visit.Actor.Suspended {
			h.Errorf("claiming while suspended: %+v", e)
		}
	})
}

// TestSecretsOfAWayAreNotInTheStore reads what a dump would show of somebody who is away.
func TestSecretsOfAWayAreNotInTheStore(t *testing.T) {
	both(t, func(h *house) {
		h.withInstitutions()
		gone, err := h.AskInstitution(h.Context(), Visit{}, Going{Institution: "university", To: "/x"})
		h.must(err)
		u, err := url.Parse(gone.Address)
		h.must(err)
		state := u.Query().Get("state")
		h.view(func(tx *store.Tx) error {
			c, err := tx.Ceremony(hashOf(state))
			if strings.Contains(c.Record, state) || strings.Contains(c.Record, u.Query().Get("nonce")) || strings.Contains(c.Record, derive("verifier", gone.Browser, state)) {
				h.Errorf("the record is %s", c.Record)
			}
			return err
		})
	})
}
