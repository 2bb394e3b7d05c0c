package notice

import (
	"strings"
	"testing"
)

func TestPreviewSaysWhatTheLetterWill(t *testing.T) {
	t.Parallel()
	for template, s := range shapes {
		for _, language := range []string{"en", "fr-CA"} {
			p := template.Preview(language, "Mentorat")
			if p.Subject != template.Subject(language, "Mentorat") || p.Lead == "" || strings.Contains(p.Lead+p.After, "{site}") {
				t.Errorf("%s in %s: %+v", template, language, p)
			}
			if button := s.link || s.page != ""; button != (p.Button != "") {
				t.Errorf("%s in %s: the button says %q", template, language, p.Button)
			}
		}
	}
}
