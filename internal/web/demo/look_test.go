//go:build look && unix

package demo_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of the pages of a demonstration are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run Pictures ./internal/web/demo
func TestPicturesForLooking(t *testing.T) {
	h := open(t, 1140)
	guides := h.desk.School.Guides()
	_, _, _ = h.ask("POST", "/sign-in", url.Values{"address": {guides[1].Email}}, nil)
	h.Queue.Drain(t.Context())
	time.Sleep(time.Second)
	tab := browser.Open(t, h.root)
	tab.Visit("/demo")
	tab.Press("main form.card button")
	tab.Pictures("demo", "/", "/demo", "/demo?q=audet", "/demo/mail", "/demo/mail/"+h.desk.Catcher.Caught()[0].ID)
}
