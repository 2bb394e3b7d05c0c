//go:build unix

package profile_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
)

// random is what differs from visitor to visitor and says nothing.
var random = regexp.MustCompile(`(name="(wish|without)" value|data-draft-owner)="[^"]*"`)

var clock = regexp.MustCompile(`\d\d:\d\d`)

// Naming somebody by an address says, shows and logs the same whether or not an account has it (security: unknown and
// forbidden look the same; AP-6).
func TestPagesDoNotTellWhetherSomebodyHasAnAddress(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		mentor := helene(h)
		mentor.Get("/profile/authority")
		before := mentor.Get("/account/trail").Text()
		var seen []string
		for _, who := range []struct{ address, names string }{{"one@example.org", "helene@example.org"}, {"two@example.org", "nobody@example.org"}} {
			v := h.Somebody(who.address)
			var all strings.Builder
			look := func(p servetest.Page) {
				text := strings.NewReplacer(who.names, "x@example.org", who.address, "me@example.org").Replace(p.Body)
				all.WriteString(http.StatusText(p.Status) + " " + p.Location() + " " + random.ReplaceAllString(text, "") + "\n")
			}
			v.Get("/profile/apart") // says welcome
			look(v.Send("/profile/apart", "address", who.names))
			look(v.Get("/profile/apart"))
			look(v.Send("/profile/apart", "address", who.names)) // again
			look(v.Get("/profile/apart"))
			for _, kind := range []string{"over pays", "under evaluates", "under observes"} { // the last without its end is refused
				look(v.Send("/profile/authority/add", "address", who.names, "kind", kind, "from", "2027-01-01"))
				look(v.Get("/profile/authority"))
			}
			look(v.Send("/profile/authority")) // that this is all
			look(v.Get("/profile/authority"))
			look(v.Get("/profile"))
			trail := strings.Fields(clock.ReplaceAllString(v.Get("/account/trail").Text(), ""))
			slices.Sort(trail) // of one instant the order is any
			all.WriteString(strings.Join(trail, " "))
			seen = append(seen, all.String())
		}
		a, b := strings.Split(seen[0], "\n"), strings.Split(seen[1], "\n")
		for k := range min(len(a), len(b)) {
			if a[k] != b[k] {
				n := 0
				for ; n < min(len(a[k]), len(b[k])) && a[k][n] == b[k][n]; n++ {
				}
				h.Fatalf("with an account:\n%.200s\nwithout:\n%.200s", a[k][n:], b[k][n:])
			}
		}
		if len(a) != len(b) || strings.Count(seen[0], "x@example.org") < 8 {
			h.Errorf("%d and %d lines, or nothing is told", len(a), len(b))
		}
		hides(h, "her position", mentor.Get("/profile/authority"), "one@example.org", "helene@example.org")
		shows(h, "her position", mentor.Get("/profile/authority"), "A position that somebody declared")
		if after := mentor.Get("/account/trail").Text(); after != before {
			h.Errorf("her trail tells:\n%s\n%s", before, after)
		}
	})
}

func TestSomebodyWhoIsInNoDirectoryIsNamedByAnAddress(t *testing.T) { // EL-2, AP-6
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		helene(h)
		h.Somebody("sam@example.org")
		v := h.Somebody("amara@example.org")
		v.Send("/profile/name", "given", "Amara", "role", "mentee")
		shows(h, "nobody of that name", v.Get("/profile/apart?q=sam"), "Nobody of that name is in the directory. You can write an e-mail address instead.", "Or an e-mail address")
		p := v.Get("/profile/apart?q=tremblay")
		shows(h, "either", p, "Hélène Tremblay", "Or an e-mail address")
		id := hidden(p, "person")
		for what, test := range map[string]struct {
			answers []string
			says    string
		}{
			"neither":     {[]string{"q", "tremblay"}, "Choose a person or write an address."},
			"both":        {[]string{"q", "tremblay", "person", id, "address", "sam@example.org"}, "not both"},
			"no address":  {[]string{"address", "sam at example"}, "That is not an address for mail."},
			"her own":     {[]string{"address", "Amara@example.org"}, "That is one of your own addresses."},
			"no position": {[]string{"address", "sam@example.org", "from", "2027-01-01"}, ""},
		} {
			if what != "no position" {
				says(h, what, v.Send("/profile/apart", test.answers...), http.StatusUnprocessableEntity, test.says, "There is a problem with 1 answer")
			}
			p := v.Send("/profile/authority/add", append(test.answers, "kind", map[bool]string{true: "", false: "over pays"}[what == "no position"], "from", "2027-01-01")...)
			says(h, what+" of a position", p, http.StatusUnprocessableEntity, test.says)
			if what == "both" && ticked(p, "person") != nil {
				h.Error("a choice that cannot be taken back is shown again beside an address")
			}
			if len(test.answers) == 2 && test.answers[0] == "address" && !strings.Contains(p.Body, `value="`+test.answers[1]+`"`) {
				h.Errorf("%s: what was typed is gone", what)
			}
		}
		leads(h, "the wish", v.Send("/profile/apart", "address", "Sam@Example.org"), "/profile/apart")
		p = v.Get("/profile/apart")
		shows(h, "the list", p, "Sam@Example.org", "Take back")
		leads(h, "the position", v.Send("/profile/authority/add", "address", "Sam@Example.org", "kind", "under evaluates", "from", "2027-01-01"), "/profile/authority")
		q := v.Get("/profile/authority")
		shows(h, "the positions", q, "Sam@Example.org This person assesses me since 1 January 2027")
		leads(h, "without it", v.Send("/profile/authority", "without", hidden(q, "without")), "/profile/authority")
		shows(h, "the positions then", v.Get("/profile/authority"), "Nothing is known")
		leads(h, "taken back", v.Send("/profile/apart", "wish", hidden(p, "wish"), "together", "1"), "/profile/apart")
		shows(h, "the list then", v.Get("/profile/apart"), "You can be matched with anybody.")
		leads(h, "a wish that is not there", v.Send("/profile/apart", "wish", "none"), "/profile/apart")
	})
}
