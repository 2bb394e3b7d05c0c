//go:build unix

package door_test

import (
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

func TestSomebodyJoinsByACodeWithoutScript(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	tab := browser.Open(t, h.root)
	tab.WithoutScript()
	tab.Visit("/account/passkeys")
	if at(tab) != "/sign-in?to=%2Faccount%2Fpasskeys" {
		t.Fatalf("a stranger is led to %s", at(tab))
	}
	for _, hidden := range []string{"[data-passkey-ask]"} {
		if tab.MustElement(hidden).MustVisible() {
			t.Error("a passkey is offered without script")
		}
	}
	tab.MustElement("#address").MustInput("not an address")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "That is not an address for mail") || tab.MustElement("#address").MustText() != "" && tab.MustElement("#address").MustProperty("value").Str() != "not an address" {
		t.Errorf("a wrong address is answered with\n%s", tab.Text())
	}
	tab.MustElement("#address").MustSelectAllText().MustInput("zoe@example.org")
	tab.Press(".btn-main")
	if at(tab) != "/sign-in/mail" {
		t.Fatalf("the letter is awaited at %s", at(tab))
	}
	code := h.code("zoe@example.org")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "Type the eight digits") {
		t.Errorf("no code is answered with\n%s", tab.Text())
	}
	tab.MustElement("#code").MustInput("0000 0000")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "Attempts left: 4.") {
		t.Errorf("a wrong code is answered with\n%s", tab.Text())
	}
	tab.MustElement("#code").MustInput(code)
	tab.Press(".btn-main")
	if !arrives(tab, "/account/passkeys") || !strings.Contains(tab.MustElement("body").MustText(), "Your account is there") {
		t.Errorf("the code leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Visit("/sign-in")
	if at(tab) != "/" {
		t.Errorf("who is in already is led to %s", at(tab))
	}
	h.calm()
	tab.Visit("/account/passkeys/add")
	if at(tab) != "/prove?to=%2Faccount%2Fpasskeys%2Fadd" {
		t.Fatalf("after a while, a page that matters leads to %s", at(tab))
	}
	tab.Press("main .btn-main")
	tab.MustElement("#code").MustInput(h.code("zoe@example.org"))
	tab.Press("main .btn-main")
	if at(tab) != "/account/passkeys/add" {
		t.Errorf("the proof leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Quiet("ERR_BLOCKED_BY_CLIENT", "422")
}

func TestLinkOfALetterAsksForAButtonOnAnyDevice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.PostgreSQL)
	desk, phone := browser.Open(t, h.root), browser.Open(t, h.root)
	phone.WithoutScript()
	desk.Visit("/sign-in?to=/who-sees-what")
	desk.MustElement("#address").MustInput("zoe@example.org")
	desk.Press(".btn-main")
	link := h.link("zoe@example.org")
	for range 3 {
		phone.Visit(link)
	}
	if !strings.Contains(phone.Text(), "Press the button to come in") {
		t.Errorf("the link shows\n%s", phone.Text())
	}
	phone.MustElement("#shared").MustClick()
	phone.Press(".btn-main")
	if at(phone) != "/who-sees-what" {
		t.Errorf("the button leads to %s", at(phone))
	}
	for _, cookie := range phone.MustCookies() {
		if cookie.Name == "chiron" && (!cookie.Session || !cookie.HTTPOnly || cookie.SameSite != proto.NetworkCookieSameSiteLax) {
			t.Errorf("the cookie of a shared computer is %+v", cookie)
		}
	}
	phone.Visit(link)
	if !strings.Contains(phone.Text(), "It was used") || !strings.Contains(phone.Text(), "Ask for another letter") {
		t.Errorf("the used link shows\n%s", phone.Text())
	}
	desk.Visit("/account/passkeys")
	if !strings.HasPrefix(at(desk), "/sign-in") {
		t.Error("the browser that asked came in by itself")
	}
}

func TestFirstAdministratorComesInByTheConsole(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	token, err := h.accounts.FirstLink(t.Context())
	browser.Must(t, err)
	tab := browser.Open(t, h.root)
	tab.WithoutScript()
	tab.Visit("/link/" + token)
	tab.MustElement("#address").MustInput("boss")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "That is not an address for mail") {
		t.Errorf("a wrong address is answered with\n%s", tab.Text())
	}
	tab.MustElement("#address").MustSelectAllText().MustInput("boss@example.org")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "Look after the installation") {
		t.Errorf("the administrator sees\n%s", tab.Text())
	}
	tab.Visit("/link/" + token)
	if !strings.Contains(tab.Text(), "It was used") {
		t.Errorf("the used link shows\n%s", tab.Text())
	}
}

// at is where a tab is, as the page itself knows it.
func at(tab *browser.Tab) string {
	return tab.MustEval(`() => location.pathname + location.search`).Str()
}

// arrives waits until a tab is at a page, for what a script leads on from; it says whether it came there.
func arrives(tab *browser.Tab, path string) bool {
	for range 200 {
		where, err := tab.Eval(`() => document.readyState === 'complete' ? location.pathname + location.search : ''`)
		if err == nil && where.Value.Str() == path {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

// authenticator gives a tab a make-believe device with a passkey store of its own.
func authenticator(t *testing.T, tab *browser.Tab) proto.WebAuthnAuthenticatorID {
	t.Helper()
	browser.Must(t, proto.WebAuthnEnable{}.Call(tab))
	a, err := proto.WebAuthnAddVirtualAuthenticator{Options: &proto.WebAuthnVirtualAuthenticatorOptions{
		Protocol: proto.WebAuthnAuthenticatorProtocolCtap2, Ctap2Version: proto.WebAuthnCtap2VersionCtap21,
		Transport: proto.WebAuthnAuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true, HasPrf: true,
		AutomaticPresenceSimulation: true, IsUserVerified: true,
	}}.Call(tab)
	browser.Must(t, err)
	return a.AuthenticatorID
}

// joins lets somebody in by a code.
func joins(h *house, tab *browser.Tab, address string) {
	h.Helper()
	h.calm()
	tab.Visit("/sign-in")
	tab.MustElement("#address").MustInput(address)
	tab.Press(".btn-main")
	tab.MustElement("#code").MustInput(h.code(address))
	tab.Press(".btn-main")
	in(h.T, tab)
}

// signsOut presses the button of a page of one's own.
func signsOut(tab *browser.Tab) {
	wait := tab.MustWaitNavigation()
	tab.MustEval(`() => { const f = document.createElement('form'); f.method = 'post'; f.action = '/sign-out'; document.body.append(f); f.submit() }`)
	wait()
	tab.MustWaitLoad()
}

func TestPasskeyIsAddedAndSignsIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	tab := browser.Open(t, h.root)
	device := authenticator(t, tab)
	joins(h, tab, "zoe@example.org")
	tab.Visit("/account/passkeys/add")
	tab.Press("form[data-passkey-make] .btn-main")
	if !arrives(tab, "/account/passkeys") || !strings.Contains(tab.Text(), "Chrome") {
		t.Fatalf("adding leads to %s:\n%s", at(tab), tab.Text())
	}
	signsOut(tab)
	if at(tab) != "/signed-out" {
		t.Errorf("signing out leads to %s", at(tab))
	}
	tab.Visit("/account/passkeys")
	tab.Press("[data-passkey-ask]")
	if !arrives(tab, "/account/passkeys") || !strings.Contains(tab.Text(), "Chrome") {
		t.Fatalf("the passkey leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Quiet("Clear-Site-Data")

	t.Log("after a while, adding another asks to prove it again, and comes back")
	h.pass(6 * time.Minute)
	tab.Visit("/account/passkeys/add")
	if !strings.HasPrefix(at(tab), "/prove?to=") {
		t.Fatalf("it is not asked again at %s", at(tab))
	}
	tab.Press("[data-passkey-ask]")
	if !arrives(tab, "/account/passkeys/add") {
		t.Errorf("the proof leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Quiet("Clear-Site-Data")

	t.Log("a device that says no is a line beside the button")
	signsOut(tab)
	tab.Visit("/sign-in")
	browser.Must(t, proto.WebAuthnSetUserVerified{AuthenticatorID: device, IsUserVerified: false}.Call(tab))
	tab.MustElement("[data-passkey-ask]").MustClick()
	tab.MustWait(`() => document.querySelector('[data-passkey-refused]').textContent !== ''`)
	if text := tab.Text(); !strings.Contains(text, "No passkey came") {
		t.Errorf("the page says\n%s", text)
	}
	tab.Quiet("Clear-Site-Data")
}

func TestPasskeyThatIsNotKnownIsRefusedKindly(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	tab := browser.Open(t, h.root)
	authenticator(t, tab)
	joins(h, tab, "zoe@example.org")
	tab.Visit("/account/passkeys/add")
	tab.Press("form[data-passkey-make] .btn-main")
	v, err := h.accounts.Visit(t.Context(), cookie(t, tab))
	browser.Must(t, err)
	all, err := h.accounts.Passkeys(t.Context(), v)
	browser.Must(t, err)
	browser.Must(t, h.accounts.RemovePasskey(t.Context(), v, all[0].ID))
	signsOut(tab)
	tab.Visit("/sign-in")
	tab.Press("[data-passkey-ask]")
	if !arrives(tab, "/sign-in/passkey") {
		t.Errorf("the answer is at %s", at(tab))
	}
	if text := tab.Text(); !strings.Contains(text, "This passkey opens nothing here") || !strings.Contains(text, "Your e-mail address") {
		t.Errorf("the page says\n%s", text)
	}
	tab.Quiet("403", "Clear-Site-Data")
}

func cookie(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	for _, c := range tab.MustCookies() {
		if c.Name == "chiron" {
			return c.Value
		}
	}
	t.Fatal("there is no session")
	return ""
}

func TestSomebodyComesInThroughTheirInstitution(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.PostgreSQL)
	tab := browser.Open(t, h.root)
	tab.Visit("/sign-in?to=/who-sees-what")
	tab.Press(`[formaction="/sign-in/with/university"]`)
	tab.MustWait(`() => location.pathname === '/sign-in/whose'`)
	if !strings.HasPrefix(at(tab), "/sign-in/whose?claim=") || !strings.Contains(tab.Text(), "University of Example has said who you are there") {
		t.Fatalf("a stranger comes back to %s:\n%s", at(tab), tab.Text())
	}
	if got := tab.MustElement("#address").MustProperty("value").Str(); got != "" {
		t.Errorf("the address of the institution is proposed: %q", got)
	}
	tab.MustElement("#address").MustInput("zoe@example.org")
	tab.Press(".btn-main")
	tab.MustElement("#code").MustInput(h.code("zoe@example.org"))
	tab.Press(".btn-main")
	if !arrives(tab, "/who-sees-what") {
		t.Errorf("the code leads to %s:\n%s", at(tab), tab.Text())
	}
	signsOut(tab)
	tab.Visit("/sign-in?to=/who-sees-what")
	tab.Press(`[formaction="/sign-in/with/university"]`)
	if !arrives(tab, "/who-sees-what") {
		t.Errorf("the second time leads to %s:\n%s", at(tab), tab.Text())
	}
	h.pass(6 * time.Minute)
	tab.Visit("/account/passkeys/add")
	tab.Press(`[formaction="/prove/with/university"]`)
	if !arrives(tab, "/account/passkeys/add") {
		t.Errorf("proving at the institution leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Quiet("Clear-Site-Data")
}

func TestSuspendedPersonReadsTheReasonAndGoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t, store.SQLite)
	boss, tab := browser.Open(t, h.root), browser.Open(t, h.root)
	token, err := h.accounts.FirstLink(t.Context())
	browser.Must(t, err)
	boss.Visit("/link/" + token)
	boss.MustElement("#address").MustInput("boss@example.org")
	boss.Press(".btn-main")
	joins(h, tab, "zoe@example.org")
	zoe, err := h.accounts.Visit(t.Context(), cookie(t, tab))
	browser.Must(t, err)
	signsOut(tab)
	h.pass(-13 * time.Minute)
	by, err := h.accounts.Visit(t.Context(), cookie(t, boss))
	browser.Must(t, err)
	browser.Must(t, h.accounts.Suspend(t.Context(), by, zoe.Actor.Person, "We need to talk first."))
	h.calm()
	tab.Visit("/sign-in")
	tab.MustElement("#address").MustInput("zoe@example.org")
	tab.Press(".btn-main")
	tab.MustElement("#code").MustInput(h.code("zoe@example.org"))
	tab.Press(".btn-main")
	if at(tab) != "/paused" || !strings.Contains(tab.Text(), "We need to talk first.") {
		t.Errorf("the code leads to %s:\n%s", at(tab), tab.Text())
	}
	tab.Press(`main form .btn`)
	if at(tab) != "/signed-out" {
		t.Errorf("the button leads to %s", at(tab))
	}
}
