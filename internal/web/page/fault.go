package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// What a request can meet before it reaches a handler, and what no handler foresaw.
var (
	errNotHere   error = mentoring.NotHere()
	errSignIn          = errors.New("nobody has signed in")
	errSuspended error = &mentoring.Fault{Kind: mentoring.Forbidden, Key: "fault.suspended"}
	errCrossSite error = &mentoring.Fault{Kind: mentoring.Forbidden, Key: "fault.cross-site"}
	errBusy      error = &mentoring.Fault{Kind: mentoring.Unavailable, Key: "fault.unavailable"}
	errFull      error = &mentoring.Fault{Kind: mentoring.Unavailable, Key: "fault.full"}
	errDefect          = errors.New("a page broke off")
)

// freshSignIn is the fault of an action that asks for a sign-in of a few minutes ago.
const freshSignIn = "account.fresh-sign-in"

func asError(defect any) error {
	if err, is := defect.(error); is {
		return err
	}
	return fmt.Errorf("%v", defect)
}

// statusOf is what HTTP calls each kind of fault. Forbidden is said only of what the reader may know of.
var statusOf = [...]int{
	mentoring.Internal: http.StatusInternalServerError, mentoring.NotFound: http.StatusNotFound,
	mentoring.Forbidden: http.StatusForbidden, mentoring.Conflict: http.StatusConflict,
	mentoring.Invalid: http.StatusUnprocessableEntity, mentoring.Unavailable: http.StatusServiceUnavailable,
}

// later is what an error says of itself that may be gone when the same is tried again, such as a database that is busy.
type later interface{ Later() bool }

// faultOf is what a reader is told of an error.
func faultOf(err error) *mentoring.Fault {
	var fault *mentoring.Fault
	var passing later
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.As(err, &passing) && passing.Later():
		return &mentoring.Fault{Kind: mentoring.Unavailable, Key: "fault.unavailable", Err: err}
	}
	return &mentoring.Fault{Kind: mentoring.Internal, Key: "fault.internal", Err: err}
}

// Refusal is what a form says above its questions when an action was refused in a way that its reader can put right:
// invalid, in conflict with how things are, or not now. Other errors are not for a form, and come back as they are.
func (c *Call) Refusal(err error) (text string, status int, other error) {
	fault := (*mentoring.Fault)(nil)
	if !errors.As(err, &fault) || fault.Kind < mentoring.Conflict || fault.Key == freshSignIn {
		return "", 0, err
	}
	return c.words(fault), c.statusFor(fault), nil
}

// say answers with what an error means to its reader.
func (h *House) say(c *Call, err error) {
	if c.Request.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // nobody waits for an answer any more
	}
	fault := faultOf(err)
	switch {
	case errors.Is(err, errSignIn) && c.status == 0:
		_ = c.Go(SignInPath + "?to=" + url.QueryEscape(c.Here()))
		return
	case fault.Key == freshSignIn && c.status == 0:
		_ = c.Go(ProvePath + "?to=" + url.QueryEscape(c.Here()))
		return
	}
	number := ""
	if fault.Kind == mentoring.Internal { // its text names nobody: faults leave their arguments out, the store its values
		number = reference()
		h.Log.LogAttrs(context.Background(), slog.LevelError, "a page failed",
			slog.String("route", c.route.Pattern), slog.String("reference", number), slog.String("error", err.Error()))
	}
	if c.status != 0 { // the answer has begun
		return
	}
	status := c.statusFor(fault)
	if err := c.ShowAs(status, ui.Page{Title: c.Say(titleOf(c, fault))}, faultPage(c.Words, c.told(fault, number))); err != nil {
		h.Log.Error("a page of a fault failed", "error", err.Error())
		http.Error(c.w, c.Say("fault.internal"), http.StatusInternalServerError)
		c.status = http.StatusInternalServerError
	}
}

// A told fault is what its page shows.
type told struct {
	title, text, number string
	actions             []ui.Button
}

func (c *Call) told(fault *mentoring.Fault, number string) told {
	t := told{title: c.Say(titleOf(c, fault)), text: c.words(fault), number: number}
	t.actions = []ui.Button{{Label: c.Say("fault.home"), Href: "/"}}
	if fault.Key == errSuspended.(*mentoring.Fault).Key {
		t.actions = []ui.Button{{Label: c.Say("mine.data"), Href: DataPath}}
	}
	if !c.SignedIn() && fault.Kind == mentoring.NotFound {
		t.actions = append(t.actions, ui.Button{Label: c.Say("ui.signin"), Href: SignInPath})
	}
	return t
}

// titleOf is the key of the heading of a fault: its own, or that of its kind.
func titleOf(c *Call, fault *mentoring.Fault) string {
	if own := fault.Key + ".title"; c.Words.Has(own) {
		return own
	}
	return "fault.title." + [...]string{"internal", "not-found", "forbidden", "conflict", "invalid", "unavailable"}[fault.Kind]
}

// words are the text of a fault in the reader's language.
func (c *Call) words(fault *mentoring.Fault) string {
	if fault.Key == errSuspended.(*mentoring.Fault).Key {
		return c.Say(fault.Key, "reason", c.Visit.SuspendedFor)
	}
	if !c.Words.Has(fault.Key) {
		return c.Say("fault.text." + fault.Kind.String())
	}
	if n, counted := counted(fault.Args); counted {
		return c.Words.Count(fault.Key, n, fault.Args...)
	}
	return c.Say(fault.Key, fault.Args...)
}

// counted is the number of minutes that a fault asks to wait, which the words agree with.
func counted(args []any) (int64, bool) {
	for k := 0; k+1 < len(args); k += 2 {
		if n, is := args[k+1].(int); is && args[k] == "minutes" {
			return int64(n), true
		}
	}
	return 0, false
}

// statusFor is the status of a fault, with the time after which to try again.
func (c *Call) statusFor(fault *mentoring.Fault) int {
	if fault.Kind != mentoring.Unavailable {
		return statusOf[fault.Kind]
	}
	if minutes, counted := counted(fault.Args); counted {
		c.w.Header().Set("Retry-After", strconv.FormatInt(minutes*60, 10))
		return http.StatusTooManyRequests
	}
	c.w.Header().Set("Retry-After", "10")
	return http.StatusServiceUnavailable
}
