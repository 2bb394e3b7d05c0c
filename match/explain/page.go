package explain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A page is text in lines of at most 80 characters.
type page struct{ strings.Builder }

func (s *page) line(text string) { s.paragraph("", text) }

func (s *page) say(text string) { s.paragraph("  ", text) }

func (s *page) item(text string) { s.paragraph("  - ", text) }

func (s *page) gap() {
	if s.Len() > 0 {
		s.WriteString("\n")
	}
}

// paragraph breaks words into lines that stand one below the other, after lead. What could give orders to a terminal
// is replaced.
func (s *page) paragraph(lead, text string) {
	const width = 80
	indent := utf8.RuneCountInString(lead)
	at := 0
	for _, word := range strings.Fields(text) {
		word = strings.Map(func(r rune) rune {
			if unicode.IsGraphic(r) {
				return r
			}
			return utf8.RuneError
		}, word)
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
			s.WriteString(lead)
			at = indent
		case at+1+n > width:
			s.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			s.WriteString(" ")
			at++
		}
		s.WriteString(word)
		at += n
	}
	s.WriteString("\n")
}
