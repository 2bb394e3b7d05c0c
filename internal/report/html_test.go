package report

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A document is a page as a browser reads it.
type document struct {
	root *html.Node
	all  []*html.Node // elements in their order
}

func read(t testing.TB, page string) *document {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{root: root}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			d.all = append(d.all, n)
		}
	}
	return d
}

// attr is an attribute of an element, and whether it has it.
func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// with lists the elements that have an attribute.
func (d *document) with(name string) (list []*html.Node) {
	for _, n := range d.all {
		if _, has := attr(n, name); has {
			list = append(list, n)
		}
	}
	return list
}

// id is the element with this id, or nil.
func (d *document) id(id string) *html.Node {
	for _, n := range d.with("id") {
		if got, _ := attr(n, "id"); got == id {
			return n
		}
	}
	return nil
}

// tagged lists the elements of a kind.
func (d *document) tagged(tags ...string) (list []*html.Node) {
	for _, n := range d.all {
		for _, tag := range tags {
			if n.Data == tag {
				list = append(list, n)
			}
		}
	}
	return list
}

// text is what people read in an element, without scripts, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && c.Parent.Data != "script" && c.Parent.Data != "style" {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}
