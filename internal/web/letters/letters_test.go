//go:build unix

package letters_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
	"github.com/chiron-mentoring/chiron/internal/web"
)

const origin = "https://mentoring.example.org"

// A house is a site, and the letter that somebody got there.
type house struct {
	*testing.T
	db     *store.DB
	site   http.Handler
	letter mail.Message
}

func both(t *testing.T, test func(h *house)) {
	t.Helper()
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		catcher, secrets := &mail.Catcher{}, notice.NewSecrets([32]byte{3})
		queue := job.New(db, time.Now, slog.New(slog.DiscardHandler))
		post := notice.New(db, queue, catcher, time.Now, notice.Site{Name: "Mentorat", Address: origin, From: "chiron@example.org", Secrets: secrets})
		accounts := &account.Accounts{DB: db, Queue: queue, Post: post, Secrets: secrets, Now: time.Now}
		err := db.Update(t.Context(), func(tx *store.Tx) error {
			return post.Write(tx, notice.Letter{Template: notice.Welcome, Address: "zoe@example.org"})
		})
		if queue.Drain(t.Context()); err != nil || len(catcher.Caught()) != 1 {
			t.Fatalf("%d letters, %v", len(catcher.Caught()), err)
		}
		test(&house{t, db, web.New(web.Options{
			Accounts: accounts, Log: slog.New(slog.DiscardHandler), Now: time.Now, Name: "Mentorat", Origin: origin, Languages: locale.Languages[:],
		}), catcher.Caught()[0]})
	})
}

// ask asks for an address, with a form of a kind if there is one.
func (h *house) ask(method, address, kind, form string) (int, string) {
	h.Helper()
	r := httptest.NewRequestWithContext(h.Context(), method, address, strings.NewReader(form))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func (h *house) stopped() (is bool) {
	h.Helper()
	err := h.db.View(h.Context(), func(tx *store.Tx) error {
		_, err := tx.Suppression("zoe@example.org")
		if is = err == nil; store.IsKind(err, store.NotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return is
}

func TestProgramStopsLettersWithOneRequest(t *testing.T) {
	both(t, func(h *house) {
		if status, _ := h.ask("POST", h.letter.Unsubscribe, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"); status != http.StatusOK || !h.stopped() {
			h.Errorf("%d, stopped %v", status, h.stopped())
		}
	})
}

func TestProgramMaySendTheFormInParts(t *testing.T) {
	both(t, func(h *house) {
		const form = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
		if status, _ := h.ask("POST", h.letter.Unsubscribe, "multipart/form-data; boundary=b", form); status != http.StatusOK || !h.stopped() {
			h.Errorf("%d, stopped %v", status, h.stopped())
		}
	})
}

func TestPersonIsAskedFirst(t *testing.T) {
	both(t, func(h *house) {
		for range 2 {
			status, body := h.ask("GET", h.letter.Unsubscribe, "", "")
			if status != http.StatusOK || h.stopped() {
				h.Fatalf("%d, and a link that was followed stops letters: %v", status, h.stopped())
			}
			if !strings.Contains(body, "Stop these letters") || strings.Contains(body, "zoe@") || !strings.Contains(body, `method="post"`) {
				h.Errorf("the page is\n%s", body)
			}
		}
		for range 2 {
			if status, body := h.ask("POST", h.letter.Unsubscribe, "application/x-www-form-urlencoded", ""); status != http.StatusOK || !strings.Contains(body, "These letters are stopped") || strings.Contains(body, "zoe@") {
				h.Errorf("%d:\n%s", status, body)
			}
		}
	})
}

func TestTokenThatIsNotOursOpensNothing(t *testing.T) {
	both(t, func(h *house) {
		for _, token := range []string{"x", ".", strings.TrimPrefix(h.letter.Unsubscribe, origin+"/letters/stop/") + "x", "%2e%2e", strings.Repeat("A", 5000)} {
			for _, method := range []string{"GET", "POST"} {
				if status, _ := h.ask(method, origin+"/letters/stop/"+token, "", ""); status != http.StatusNotFound && status != http.StatusMovedPermanently && status != http.StatusTemporaryRedirect {
					h.Errorf("%s %.20s: %d", method, token, status)
				}
			}
		}
		if h.stopped() {
			h.Error("letters are stopped")
		}
	})
}
