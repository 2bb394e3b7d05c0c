package gallery

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/chiron-mentoring/chiron/internal/web/assets"
)

// opened is a page of the gallery, as a browser without script reads it.
func opened(t *testing.T, address string) (*html.Node, http.Header) {
	t.Helper()
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d", address, w.Code)
	}
	root, err := html.Parse(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return root, w.Header()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func everyPage(t *testing.T, test func(t *testing.T, root *html.Node)) {
	t.Helper()
	for prefix := range languages {
		for _, name := range Pages {
			t.Run(prefix+"/"+name, func(t *testing.T) {
				t.Parallel()
				root, _ := opened(t, "/"+prefix+"/"+name)
				test(t, root)
			})
		}
	}
}

func TestNoStyleOrScriptStandsInTheMarkup(t *testing.T) {
	t.Parallel()
	everyPage(t, func(t *testing.T, root *html.Node) {
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data == "style" || n.Data == "script" && (attribute(n, "src") == "" || n.FirstChild != nil) {
				t.Errorf("a %s stands in the page", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || a.Key == "hx-vals" || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
				}
			}
		}
	})
}

func TestIDsAreThereOnceAndNamesLeadToThem(t *testing.T) {
	t.Parallel()
	everyPage(t, func(t *testing.T, root *html.Node) {
		ids, asked := map[string]bool{}, map[string]string{}
		for n := range root.Descendants() {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("the id %q is there twice", id)
				}
				ids[id] = true
			}
			for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "data-opens"} {
				for _, id := range strings.Fields(attribute(n, name)) {
					asked[id] = name
				}
			}
			if href, found := strings.CutPrefix(attribute(n, "href"), "#"); found {
				asked[href] = "href"
			}
		}
		for id, name := range asked {
			if !ids[id] {
				t.Errorf("%s names %q, which is not there", name, id)
			}
		}
	})
}

func TestEveryControlHasAName(t *testing.T) {
	t.Parallel()
	everyPage(t, func(t *testing.T, root *html.Node) {
		labelled, controls := map[string]bool{}, 0
		for n := range root.Descendants() {
			if n.Data == "label" && text(n) != "" {
				labelled[attribute(n, "for")] = true
			}
		}
		for n := range root.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case n.Data == "input" && attribute(n, "type") == "hidden":
			case n.Data == "input", n.Data == "select", n.Data == "textarea":
				controls++
				if !labelled[attribute(n, "id")] {
					t.Errorf("%s %q has no label", n.Data, attribute(n, "id"))
				}
			case n.Data == "button", n.Data == "a", n.Data == "summary":
				controls++
				if text(n) == "" && attribute(n, "aria-label") == "" {
					t.Errorf("a %s has no words", n.Data)
				}
			}
		}
		if controls < 10 {
			t.Errorf("only %d controls were found", controls)
		}
	})
}

func TestHeadingsAreInOrder(t *testing.T) {
	t.Parallel()
	everyPage(t, func(t *testing.T, root *html.Node) {
		level, first := byte(0), 0
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
				continue
			}
			if n.Data == "h1" {
				first++
			}
			if now := n.Data[1] - '0'; level != 0 && now > level+1 {
				t.Errorf("%q is an %s below an h%d", text(n), n.Data, level)
			}
			level = n.Data[1] - '0'
		}
		if first != 1 {
			t.Errorf("%d headings are the first", first)
		}
	})
}

func TestPagesComeWithThePolicy(t *testing.T) {
	t.Parallel()
	_, head := opened(t, "/en/parts")
	if head.Get("Content-Security-Policy") != assets.Policy || !strings.Contains(assets.Policy, "default-src 'none'") || strings.Contains(assets.Policy, "unsafe") {
		t.Errorf("the policy is %q", head.Get("Content-Security-Policy"))
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/en/nothing", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("an unknown page has status %d", w.Code)
	}
}
