package program

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// formName is the name of the form of a file in its address.
const formName = "form"

// kinds are the media types of the forms of spreadsheets.
var kinds = map[person.SheetForm]string{
	person.CSV:  "text/csv; charset=utf-8",
	person.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// File gives the list of people, as it is narrowed, as a spreadsheet. It is made whole before any of it is sent, so that
// nobody keeps half a list: one of 20,000 people has about three megabytes.
func File(c *page.Call) error {
	h, err := come(c)
	if err != nil {
		return err
	}
	s, err := h.searchOf(formName)
	if err != nil {
		return err
	}
	form := person.SheetForm(c.Asked(formName))
	if form == "" {
		form = person.CSV
	}
	var file bytes.Buffer
	if _, err := c.House.People.Export(c.Request.Context(), c.Visit, h.id, s.Filter, form, &file); err != nil {
		return err
	}
	name := slug(h.name(), string(h.id)) + "-" + string(mentoring.DayOf(c.House.Now())) + "." + string(form)
	return c.File(name, kinds[form], file.Bytes())
}

// mostSlug is how long a name in the name of a file is.
const mostSlug = 40

// slug is a name in small letters without accents, digits and hyphens, as every system takes it in the name of a file; or
// else what stands for it, where none of it can be written so.
func slug(name, otherwise string) string {
	var words []string
	length := 0
	for _, word := range strings.Fields(search.Fold(name)) {
		if length += len(word) + 1; length > mostSlug+1 {
			break
		}
		if !strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return otherwise
	}
	return strings.Join(words, "-")
}
