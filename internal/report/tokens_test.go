package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Colours must be told apart by people who see little: text by 4.5 to 1, what is drawn by 3 to 1 (WCAG 2.2, 1.4.3, 1.4.11).
func TestColoursStandOutAgainstEachOther(t *testing.T) {
	t.Parallel()
	tokens := asset("page/tokens.css")
	for k, begin := range []string{"color-scheme:light;", "color-scheme:dark;"} {
		_, scheme, found := strings.Cut(tokens, begin)
		if !found {
			t.Fatalf("there is no %s", begin)
		}
		scheme, _, _ = strings.Cut(scheme, "}")
		colour := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{3,6})`).FindAllStringSubmatch(scheme, -1) {
			colour[m[1]] = m[2]
		}
		compare := func(fronts, backs string, least float64) {
			for _, front := range strings.Fields(fronts) {
				for _, back := range strings.Fields(backs) {
					if colour[front] == "" || colour[back] == "" {
						t.Fatalf("scheme %d has no %s or %s", k, front, back)
					}
					if got := contrast(t, colour[front], colour[back]); got < least {
						t.Errorf("scheme %d: %s on %s has a contrast of %.2f, want %.1f", k, front, back, got, least)
					}
				}
			}
		}
		compare("ink ink-2 ink-3 brand brand-strong amber green", "paper surface surface-2", 4.5)
		compare("ink ink-2", "blue-soft amber-soft green-soft red-soft brand-soft sunken", 4.5)
		compare("amber", "amber-soft", 4.5)
		compare("brand brand-strong", "brand-soft", 4.5)
		compare("on-brand", "brand brand-strong", 4.5)
		compare("chart-1 chart-2 focus line-strong", "surface", 3)
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of a colour by WCAG.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for k, weight := range [...]float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*k:2*k+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
