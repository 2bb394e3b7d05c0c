package program

import (
	"slices"
	"strings"
	"testing"
)

func TestAddressesAreReadAsTheyArePasted(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"nothing", " \n\n", nil},
		{"one a line", "a@x.ca\r\nb@x.ca\n", []string{"a@x.ca", "b@x.ca"}},
		{"commas and semicolons", "a@x.ca, b@x.ca;c@x.ca;", []string{"a@x.ca", "b@x.ca", "c@x.ca"}},
		{"spaces", "a@x.ca b@x.ca", []string{"a@x.ca", "b@x.ca"}},
		{"names before brackets", "Hélène Tremblay <h@x.ca>, Kwame <k@x.ca>", []string{"h@x.ca", "k@x.ca"}},
		{"family names first, as Outlook writes them", "Tremblay, Hélène <h@x.ca>; Asante, Kwame <k@x.ca>", []string{"h@x.ca", "k@x.ca"}},
		{"quoted names", `"Tremblay; Hélène, MD" <h@x.ca>, k@x.ca`, []string{"h@x.ca", "k@x.ca"}},
		{"an address and a name", "a@x.ca, Tremblay, Hélène <h@x.ca>", []string{"a@x.ca", "h@x.ca"}},
		{"rows of a spreadsheet", "Hélène\tTremblay\th@x.ca\tPGY2\nKwame\tAsante\tk@x.ca\tPGY1", []string{"h@x.ca", "k@x.ca"}},
		{"the same one twice", "A@x.ca\na@X.ca", []string{"A@x.ca"}},
		{"what is no address stays, to be named", "Hélène\nk@x.ca, Kwame", []string{"Hélène", "k@x.ca", "Kwame"}},
		{"a space inside is no guess", "jo smith@x.ca", []string{"jo smith@x.ca"}},
		{"brackets with nothing inside", "Hélène <>", []string{"Hélène <>"}},
		{"a name without an address beside one", "Hélène, a@x.ca", []string{"Hélène", "a@x.ca"}},
	} {
		if got := addressesIn(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzAddressesLoseNothing: whatever stands between spaces and signs and has an @ comes out again in one of the entries,
// none of which is empty, broken or there twice.
func FuzzAddressesLoseNothing(f *testing.F) {
	f.Add("Tremblay, Hélène <h@x.ca>; a@x.ca\tb@x.ca\n\"k, l\" <k@x.ca>")
	f.Add("<<a@b>>\"@,\" @\t@")
	f.Fuzz(func(t *testing.T, text string) {
		all := addressesIn(text)
		joined := strings.ToLower(strings.Join(all, "\n"))
		for _, found := range all {
			if strings.TrimSpace(found) != found || found == "" || strings.ContainsAny(found, "\r\n\t") {
				t.Errorf("%q gives %q", text, found)
			}
		}
		if twice := slices.Sorted(slices.Values(strings.Split(joined, "\n"))); len(all) != len(slices.Compact(twice)) && len(all) > 0 {
			t.Errorf("%q gives %q", text, all)
		}
		if strings.ContainsAny(text, `"<>`) {
			return // names that hold an @ are let go of
		}
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\v\f\u0085\u00a0,;", r) }) {
			if strings.Contains(word, "@") && !strings.Contains(joined, strings.ToLower(word)) {
				t.Errorf("%q loses %q: %q", text, word, all)
			}
		}
	})
}
