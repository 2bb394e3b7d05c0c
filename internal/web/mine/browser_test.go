//go:build unix

package mine_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Tests in the browser run one after the other: what a page waits for is then not what another test does.
func TestMain(m *testing.M) { browser.Main(m) }

// enters lets a tab in by a letter.
func enters(h *servetest.House, tab *browser.Tab, address string) {
	h.Helper()
	older := h.Letters(address)
	h.Stranger().Send("/sign-in", "address", address)
	tab.Visit(h.LinkTo(address, older))
	tab.Press(".btn-main")
}

// device gives a tab a make-believe device that makes passkeys.
func device(t *testing.T, tab *browser.Tab) {
	t.Helper()
	browser.Must(t, proto.WebAuthnEnable{}.Call(tab))
	_, err := proto.WebAuthnAddVirtualAuthenticator{Options: &proto.WebAuthnVirtualAuthenticatorOptions{
		Protocol: proto.WebAuthnAuthenticatorProtocolCtap2, Transport: proto.WebAuthnAuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, AutomaticPresenceSimulation: true, IsUserVerified: true,
	}}.Call(tab)
	browser.Must(t, err)
}

// adds adds a passkey and says where it is renamed.
func adds(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	tab.Visit("/account/passkeys")
	tab.Press("main a[href='/account/passkeys/add']")
	tab.Press("[data-passkey-make] .btn-main")
	if tab.Path() != "/account/passkeys" {
		t.Fatalf("adding a passkey leads to %s:\n%s", tab.Path(), tab.Text())
	}
	return strings.TrimPrefix(tab.MustElement("td.act a").MustProperty("href").Str(), tab.Root)
}

// TestPagesWithThingsOnThemKeepTheirPromises is about what a newcomer does not see; browsertest opens the pages of one.
func TestPagesWithThingsOnThemKeepTheirPromises(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	device(t, tab)
	h.Somebody("zoe@example.org")
	enters(h, tab, "zoe@example.org")
	rename := adds(t, tab)
	tab.Visit("/account/data/erase")
	tab.MustElement("#word").MustInput("erase")
	tab.Press(".btn-final")
	for k, path := range []string{
		"/account/sessions", "/account/passkeys", "/account/trail", "/account/data", rename, rename + "/remove", "/account/addresses?asked=change",
	} {
		for _, language := range locale.Languages {
			tab.Visit("/language/" + string(language) + "?to=" + url.QueryEscape(path))
			if tab.Path() != path {
				t.Fatalf("%s leads to %s", path, tab.Path())
			}
			tab.Speaks(language, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		if k < 2 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	tab.Quiet()
}

func TestPasskeyIsAddedRenamedAndRemoved(t *testing.T) {
	h := servetest.Open(t, store.PostgreSQL)
	tab := browser.Open(t, h.Server.Config.URL.String())
	device(t, tab)
	enters(h, tab, "zoe@example.org")
	rename := adds(t, tab)
	tab.Visit(rename)
	tab.MustElement("#name").MustSelectAllText().MustInput(strings.Repeat("long ", 20))
	tab.Press(".btn-main")
	if got := tab.MustElement("#name").MustProperty("value").Str(); !strings.Contains(tab.Text(), "1 to 60 characters") || !strings.HasPrefix(got, "long long") {
		t.Errorf("a name that is too long is answered with %q:\n%s", got, tab.Text())
	}
	tab.MustElement("#name").MustSelectAllText().MustInput("My <b>laptop</b>")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "My <b>laptop</b>") {
		t.Errorf("the list is\n%s", tab.Text())
	}
	tab.Visit(rename + "/remove")
	tab.Press(".btn-final")
	if tab.Path() != "/account/passkeys" || !strings.Contains(tab.Text(), "You have no passkey yet") {
		t.Errorf("after removing, %s is\n%s", tab.Path(), tab.Text())
	}
	tab.Visit("/account/trail")
	for _, sentence := range []string{"You removed a passkey.", "You renamed a passkey.", "You added a passkey."} {
		if !strings.Contains(tab.Text(), sentence) {
			t.Errorf("the trail does not say %q:\n%s", sentence, tab.Text())
		}
	}
	tab.Quiet("422")
}

func TestFormLeadsBackAfterAFreshSignInWithoutScript(t *testing.T) {
	h := servetest.Open(t, store.SQLite)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.WithoutScript()
	enters(h, tab, "zoe@example.org")
	tab.Visit("/account/passkeys/add")
	if text := tab.Text(); !strings.Contains(text, "This browser cannot make passkeys here") || strings.Contains(text, "Cancel") {
		t.Errorf("without script the page says\n%s", text)
	}
	h.Pass(6 * time.Minute)
	tab.Visit("/account/addresses")
	tab.Press("main a[href='/account/addresses/change']")
	if !strings.HasPrefix(tab.Path(), "/prove?to=") {
		t.Fatalf("the form leads to %s", tab.Path())
	}
	older := h.Letters("zoe@example.org")
	tab.Press(".btn-main")
	h.LinkTo("zoe@example.org", older)
	for _, m := range h.Caught.Caught() {
		if code := servetest.Code(m); code != "" && m.To.Address == "zoe@example.org" {
			tab.MustElement("#code").MustSelectAllText().MustInput(code)
		}
	}
	tab.Press(".btn-main")
	if tab.Path() != "/account/addresses/change" {
		t.Fatalf("the proof leads to %s:\n%s", tab.Path(), tab.Text())
	}
	tab.MustElement("#address").MustInput("new@example.org")
	tab.Press(".btn-main")
	if !strings.Contains(tab.Text(), "A letter is on its way to the new address") {
		t.Errorf("asking leads to %s:\n%s", tab.Path(), tab.Text())
	}
}
