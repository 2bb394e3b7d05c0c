package mentoring

import "testing"

func TestSpansHaveDaysThatExist(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		span   Span
		closed bool
		keys   string // what stands against it
	}{
		{Span{"2027-02-01", "2027-02-28"}, true, ""},
		{Span{"2027-02-28", "2027-02-28"}, true, ""},
		{Span{"2028-02-29", ""}, false, ""}, // a leap year
		{Span{"", "2027-12-31"}, false, ""},
		{Span{}, false, ""},
		{Span{"2027-03-01", "2027-02-28"}, true, "person.span"},
		{Span{"2027-02-30", "2027-03-01"}, true, "person.day"},
		{Span{"2027-02-01", "2027-02-30"}, true, "person.day"},
		{Span{"2027-02-29", ""}, false, "person.day"},
		{Span{"", "2027-13-01"}, false, "person.day"},
		{Span{"2027-2-1", ""}, false, "person.day"},
		{Span{"tomorrow", ""}, false, "person.day"},
		{Span{"2027-01-01T00:00:00Z", ""}, false, "person.day"},
		{Span{"2027-02-01", ""}, true, "person.span-open"},
	} {
		var m Mistakes
		m.CheckSpans("away", []Span{test.span}, test.closed)
		keys := ""
		for _, one := range m {
			keys += one.Key
		}
		if keys != test.keys {
			t.Errorf("%v: %q, want %q", test.span, keys, test.keys)
		}
		if right := test.keys == "" || test.keys == "person.span-open"; test.span.Right() != right {
			t.Errorf("%v is right: %t", test.span, !right)
		}
	}
}
