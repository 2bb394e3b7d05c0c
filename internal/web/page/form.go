package page

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// mostAnswers is how many answers a form can have: more than any of ours asks.
const mostAnswers = 2000

// receive takes in the body of a request, if it is a form: as far as forms go. A longer body, where a route takes one, is
// read by its handler.
func (c *Call) receive() {
	r, most := c.Request, c.route.MostBody
	if most == 0 {
		most = MostForm
	}
	r.Body = http.MaxBytesReader(c.w, r.Body, most)
	if most > MostForm || r.Method == http.MethodGet || r.Method == http.MethodHead {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), broken{err}))
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
}

// broken is a body that broke off.
type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }

// Form reads the answers of a form. What is no form, is too long or is not text is a fault that says so.
func (c *Call) Form() (url.Values, error) {
	if c.form != nil {
		return c.form, nil
	}
	if kind, _, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, invalid("fault.no-form", err)
	}
	if err := c.Request.ParseForm(); err != nil {
		if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
			return nil, invalid("fault.too-long", err)
		}
		return nil, invalid("fault.no-form", err)
	}
	n := 0
	for name, values := range c.Request.PostForm {
		n += len(values)
		if n > mostAnswers || !isText(name) {
			return nil, invalid("fault.no-form", nil)
		}
		for _, value := range values {
			if !isText(value) {
				return nil, invalid("fault.not-text", nil)
			}
		}
	}
	c.form = c.Request.PostForm
	return c.form, nil
}

// Answer is one answer of a form, without spaces around it and with line ends as \n; "" if there is none, or no form.
func (c *Call) Answer(name string) string {
	form, err := c.Form()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(form.Get(name), "\r\n", "\n"))
}

// Asked is a value of the address's query, as text.
func (c *Call) Asked(name string) string {
	value := c.Request.URL.Query().Get(name)
	if !isText(value) {
		return ""
	}
	return strings.TrimSpace(value)
}

// isText says whether something is text that a person could have typed.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

func invalid(key string, err error) error {
	return &mentoring.Fault{Kind: mentoring.Invalid, Key: key, Err: err}
}
