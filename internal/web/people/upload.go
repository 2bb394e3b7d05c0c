package people

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// mostParts is how many answers beside the file are passed over before it is given up.
const mostParts = 20

// Upload reads a file of a form, at most so many bytes of it. It is read into memory as it comes: nothing is written to
// the disk that somebody would have to take away.
func Upload(c *page.Call, name string, most int64) ([]byte, error) {
	form, err := c.Request.MultipartReader()
	if err != nil {
		return nil, refusedFile("lists.no-file", err)
	}
	for range mostParts {
		part, err := form.NextPart()
		if err != nil {
			return nil, refusedFile(tooLong(err, "lists.no-file"), err)
		}
		if part.FormName() != name || part.FileName() == "" {
			continue
		}
		file, err := io.ReadAll(io.LimitReader(part, most+1))
		switch {
		case err != nil:
			return nil, refusedFile(tooLong(err, "lists.no-file"), err)
		case int64(len(file)) > most:
			return nil, refusedFile("lists.too-long", nil)
		case len(file) == 0:
			return nil, refusedFile("lists.no-file", nil)
		}
		return file, nil
	}
	return nil, refusedFile("lists.no-file", nil)
}

// tooLong is the key of a body that is longer than its route takes, or another one.
func tooLong(err error, other string) string {
	if most := (*http.MaxBytesError)(nil); errors.As(err, &most) {
		return "lists.too-long"
	}
	return other
}

func refusedFile(key string, err error) error {
	return &mentoring.Fault{Kind: mentoring.Invalid, Key: key, Err: err}
}

// dayIn is a day of the calendar in words.
func dayIn(c *page.Call, d mentoring.Day) string {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return c.Words.Date(at)
}

func of(content ...templ.Component) []templ.Component { return content }
