//go:build unix

package installation_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web"
)

func says(h *servetest.House, what string, p servetest.Page, status int, words ...string) {
	h.Helper()
	if p.Status != status {
		h.Errorf("%s: %d, want %d: %s %s", what, p.Status, status, p.Location(), p.Text())
		return
	}
	for _, word := range words {
		if !strings.Contains(p.Text(), word) {
			h.Errorf("%s does not say %q: %s", what, word, p.Text())
		}
	}
}

func shows(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	says(h, what, p, http.StatusOK, words...)
}

func hides(h *servetest.House, what string, p servetest.Page, words ...string) {
	h.Helper()
	for _, word := range words {
		if strings.Contains(p.Body, word) {
			h.Errorf("%s says %q: %s", what, word, p.Text())
		}
	}
}

func leads(h *servetest.House, what string, p servetest.Page, to string) {
	h.Helper()
	if p.Status != http.StatusSeeOther || p.Location() != to {
		h.Errorf("%s leads to %q with %d, want %q: %s", what, p.Location(), p.Status, to, p.Text())
	}
}

var inPattern = regexp.MustCompile(`\{[a-z]+\}`)

// TestToOthersTheseAddressesAreNotHere comes to every address of the area as a member, and compares with an address that
// there is none of.
func TestToOthersTheseAddressesAreNotHere(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		h.First("boss@example.org")
		zoe := h.Somebody("zoe@example.org")
		zoe.Get("/") // which says that she is in
		tried := 0
		for _, route := range web.Routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			if path != "/installation" && !strings.HasPrefix(path, "/installation/") {
				continue
			}
			path = inPattern.ReplaceAllString(path, "A")
			come := func(path string) servetest.Page {
				if method == http.MethodPost {
					return zoe.Send(path, "address", "boss@example.org", "reason", "because", "person", "A")
				}
				return zoe.Get(path)
			}
			here, nowhere := come(path), come("/nowhere")
			same := strings.NewReplacer("%2Fnowhere", "", strings.ReplaceAll(path, "/", "%2F"), "", ` aria-current="page"`, "")
			if here.Status != http.StatusNotFound || same.Replace(here.Body) != same.Replace(nowhere.Body) {
				h.Errorf("%s is %d to a member:\n%s\n%s", route.Pattern, here.Status, here.Text(), nowhere.Text())
			}
			tried++
		}
		if tried < 15 {
			h.Errorf("only %d addresses were tried", tried)
		}
		hides(h, "the first page of a member", zoe.Get("/"), `href="/installation"`)
	})
}

func TestOverviewSaysHowThingsAre(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		engine := map[store.Engine]string{store.SQLite: "SQLite, ", store.PostgreSQL: "PostgreSQL, "}[h.Server.DB.Engine]
		shows(h, "the overview", boss.Get("/installation"), engine, "the newest", "No server of mails is set", "There is no backup yet",
			"Letters waiting", "Free disk", "Only administrators of the installation read this page")
		p := boss.Get("/installation/settings")
		shows(h, "the settings", p, "mail.host", "keys", "It holds a secret, which is not shown.", "Default", "--db")
		hides(h, "the settings", p, "password=", "PRIVATE KEY")
	})
}

func TestAdministratorsNameAndTakeEachOther(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		h.Somebody("abe@example.org")
		shows(h, "the list", boss.Get("/installation/administrators"), "boss@example.org", "You")
		for typed, want := range map[string]string{"nobody@example.org": "No account has this address", "abe": "not an address for mail"} {
			p := boss.Send("/installation/administrators/add", "address", typed)
			says(h, typed, p, http.StatusUnprocessableEntity, want, "There is a problem with 1 answer")
			if !strings.Contains(p.Body, `value="`+typed+`"`) {
				h.Errorf("%s is not there any more", typed)
			}
		}
		leads(h, "adding", boss.Send("/installation/administrators/add", "address", "Abe@Example.org"), "/installation/administrators")
		p := boss.Get("/installation/administrators")
		shows(h, "the list", p, "abe@example.org", "There is one more administrator.")
		abe := h.Somebody("abe@example.org")
		shows(h, "the other one's overview", abe.Get("/installation"), "Installation")

		last := takeOf(h, p, "abe@example.org")
		mine := takeOf(h, abe.Get("/installation/administrators"), "boss@example.org")
		shows(h, "the question", abe.Get(mine), "Take the role of boss@example.org away?")
		leads(h, "taking", abe.Send(mine), "/installation/administrators")
		says(h, "the first one's overview", boss.Get("/installation"), http.StatusNotFound)
		says(h, "the question about oneself", abe.Get(last), http.StatusNotFound)
		says(h, "taking one's own", abe.Send(last), http.StatusNotFound)
		says(h, "naming oneself", abe.Send("/installation/administrators/add", "address", "abe@example.org"), http.StatusUnprocessableEntity, "an administrator already")
		says(h, "taking from nobody", abe.Send(mine), http.StatusNotFound)
		shows(h, "the trail", boss.Get("/account/trail"), "An administrator took the role of administrator from you.", "You made somebody an administrator.")
		shows(h, "the trail", abe.Get("/account/trail"), "An administrator made you an administrator.", "You took the role of administrator from somebody.")
	})
}

// takeOf is where the role of an administrator can be taken away.
func takeOf(h *servetest.House, p servetest.Page, address string) string {
	h.Helper()
	_, row, _ := strings.Cut(p.Body, address)
	_, href, _ := strings.Cut(row, `href="`)
	path, _, _ := strings.Cut(href, `"`)
	if !strings.HasSuffix(path, "/take") {
		h.Fatalf("%s has no button: %s", address, p.Text())
	}
	return path
}

func TestAccountIsFoundByItsAddressAndSuspended(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss, zoe := h.First("boss@example.org"), h.Somebody("zoe@example.org")
		p := boss.Get("/installation/accounts")
		shows(h, "the search", p, "There is no list of people")
		hides(h, "the search", p, "zoe@example.org")
		says(h, "a part of an address", boss.Send("/installation/accounts", "address", "zoe@example"), http.StatusUnprocessableEntity)
		says(h, "nobody's", boss.Send("/installation/accounts", "address", "z@example.org"), http.StatusUnprocessableEntity, "No account has this address")
		shows(h, "my own", boss.Send("/installation/accounts", "address", "boss@example.org"), "This is your own account.")
		p = boss.Send("/installation/accounts", "address", "zoe@example.org")
		shows(h, "hers", p, "zoe@example.org", "Member", "Suspend the account")
		person := hidden(h, p, "person")
		p = boss.Send("/installation/accounts/suspend", "person", person, "address", "zoe@example.org", "reason", "  ")
		says(h, "no reason", p, http.StatusUnprocessableEntity, "There is a problem with 1 answer", "zoe@example.org")
		long := strings.Repeat("because ", 100)
		p = boss.Send("/installation/accounts/suspend", "person", person, "address", "zoe@example.org", "reason", long)
		says(h, "a long reason", p, http.StatusUnprocessableEntity, strings.TrimSpace(long))
		leads(h, "suspending", boss.Send("/installation/accounts/suspend", "person", person, "address", "zoe@example.org", "reason", "Left the hospital"), "/installation/accounts")
		shows(h, "hers", boss.Send("/installation/accounts", "address", "zoe@example.org"), "Left the hospital", "Open the account again")
		leads(h, "her session", zoe.Get("/account"), "/sign-in?to=%2Faccount")
		leads(h, "opening", boss.Send("/installation/accounts/open", "person", person, "address", "zoe@example.org"), "/installation/accounts")
		h.Pass(13 * time.Minute)
		zoe = h.Somebody("zoe@example.org")
		p = zoe.Get("/account/trail")
		shows(h, "her trail", p, "An administrator looked up your account by its address.", "An administrator suspended your account.", "An administrator opened your account again.")
		hides(h, "her trail", p, "Left the hospital", person)

		leads(h, "looking later", boss.Get("/installation/accounts"), "/prove?to=%2Finstallation%2Faccounts")
	})
}

// hidden is what a form carries along under a name.
func hidden(h *servetest.House, p servetest.Page, name string) string {
	h.Helper()
	_, rest, found := strings.Cut(p.Body, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	if !found || value == "" {
		h.Fatalf("no %s is carried along: %s", name, p.Text())
	}
	return value
}

// comeBack waits until so many letters were sent, and lets all of them come back.
func comeBack(h *servetest.House, most int) (letters []store.Letter) {
	h.Helper()
	for range 400 {
		h.Must(h.Server.DB.View(h.Context(), func(tx *store.Tx) (err error) {
			letters, err = tx.Letters(store.LetterSent, 10)
			return err
		}))
		if len(letters) >= most {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if len(letters) < most {
		h.Fatalf("only %d letters were sent", len(letters))
	}
	h.Must(h.Server.DB.Update(h.Context(), func(tx *store.Tx) error {
		for _, l := range letters {
			if err := tx.EndLetter(l.ID, store.LetterBounced, time.Now()); err != nil {
				return err
			}
			if err := tx.AddDelivery(l.ID, store.Delivery{At: time.Now(), Outcome: string(store.LetterBounced), Detail: "5.1.1"}); err != nil {
				return err
			}
		}
		return nil
	}))
	return letters
}

func TestWhatGotStuckIsSentAgainOrGivenUp(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		shows(h, "the list", boss.Get("/installation/failures"), "Nothing is stuck")
		h.Somebody("zoe@example.org")
		letters := comeBack(h, 2)
		shows(h, "the overview", boss.Get("/installation"), "things got stuck and wait for you.")
		p := boss.Get("/installation/failures")
		shows(h, "the list", p, "It came back", "The server said 5.1.1.", "Your link to")
		hides(h, "the list", p, "zoe@example.org")
		leads(h, "sending again", boss.Send("/installation/letters/"+letters[0].ID+"/again"), "/installation/failures")
		says(h, "sending it again", boss.Send("/installation/letters/"+letters[0].ID+"/again"), http.StatusNotFound)
		give := "/installation/letters/" + letters[1].ID + "/give-up"
		shows(h, "the question", boss.Get(give), "It will not be sent again.")
		leads(h, "giving up", boss.Send(give), "/installation/failures")
		says(h, "the question after that", boss.Get(give), http.StatusNotFound)
		for _, path := range []string{"/installation/letters/X/give-up", "/installation/work/X/give-up"} {
			says(h, path, boss.Get(path), http.StatusNotFound)
			says(h, path, boss.Send(path), http.StatusNotFound)
		}
		says(h, "no work", boss.Send("/installation/work/X/again"), http.StatusNotFound)
		shows(h, "the trail", boss.Get("/account/trail"), "You had a letter sent again.", "You laid a letter aside")
	})
}

func TestCheckpointCanBeKept(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss := h.First("boss@example.org")
		if _, err := h.Server.Sealer.Seal(h.Context()); err != nil {
			h.Fatal(err)
		}
		p := boss.Get("/installation/log")
		shows(h, "the log", p, "Newest checkpoint", "localhost/audit")
		file := boss.Get("/installation/log/checkpoint")
		says(h, "the file", file, http.StatusOK, "localhost/audit")
		if d := file.Header.Get("Content-Disposition"); !strings.HasPrefix(d, `attachment; filename="checkpoint-`) {
			h.Errorf("the file is sent as %s", d)
		}
	})
}
