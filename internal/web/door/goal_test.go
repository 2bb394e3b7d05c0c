package door

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzGoalIsInThisHouse resolves where a reader is led to as a browser would, tabs and backslashes included.
func FuzzGoalIsInThisHouse(f *testing.F) {
	for _, to := range []string{"/", "/people?x=1#y", "//evil.example", `/\evil.example`, "/\t/evil.example", "https://evil.example", "/sign-in", "/%2f%2fevil.example", "/..//evil.example", "/./\\evil.example"} {
		f.Add(to)
	}
	here, err := url.Parse("https://mentoring.example.org/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to string) {
		got := goal(to)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\t\r\n") {
			t.Fatalf("%q leads to %q", to, got)
		}
		if u, err := here.Parse(got); err != nil || u.Host != here.Host || u.Scheme != "https" {
			t.Fatalf("%q leads to %v, %v", to, u, err)
		}
		if goal(got) != got {
			t.Fatalf("%q leads to %q, and that to %q", to, got, goal(got))
		}
	})
}
