package assets

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
	tokens := string(read("css/tokens.css"))
	light := schemes(t, tokens, "color-scheme:light;")
	dark := schemes(t, tokens, "color-scheme:dark;")
	if len(light) != 2 || len(dark) != 2 {
		t.Fatalf("%d light and %d dark schemes, want one and print, and two", len(light), len(dark))
	}
	for name, colour := range map[string]map[string]string{"light": light[0], "dark by the device": dark[0], "dark by choice": dark[1]} {
		compare := func(fronts, backs string, least float64) {
			for _, front := range strings.Fields(fronts) {
				for _, back := range strings.Fields(backs) {
					if colour[front] == "" || colour[back] == "" {
						t.Fatalf("%s has no %s or %s", name, front, back)
					}
					if got := contrast(t, colour[front], colour[back]); got < least {
						t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", name, front, back, got, least)
					}
				}
			}
		}
		compare("ink ink-2 ink-3 brand brand-strong amber green red", "paper surface surface-2", 4.5)
		compare("ink ink-2", "blue-soft amber-soft green-soft red-soft brand-soft accent-soft sunken", 4.5)
		for _, tone := range strings.Fields("brand blue amber green red accent") {
			compare(tone, tone+"-soft", 4.5)
		}
		compare("on-brand", "brand brand-strong", 4.5)
		compare("on-vault", "vault", 4.5)
		compare("paper", "ink", 4.5)
		compare("chart-1 chart-2 amber-fill", "surface", 2.4) // the number stands beside each bar
		compare("chart-1 chart-2 focus line-strong brand red blue amber green", "surface", 3)
		compare("red", "red-soft", 3) // the lines through and below what changes
		compare("green", "green-soft", 3)
		compare("focus", "paper surface surface-2 brand-soft", 3)
	}
	for name, value := range dark[0] {
		if dark[1][name] != value {
			t.Errorf("--%s is %s in the dark of the device, and %s by choice", name, value, dark[1][name])
		}
	}
}

// schemes are the colours that follow each place where a scheme begins.
func schemes(t *testing.T, tokens, begin string) []map[string]string {
	t.Helper()
	var list []map[string]string
	for _, rest := range strings.Split(tokens, begin)[1:] {
		scheme, _, _ := strings.Cut(rest, "}")
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{3,6})`).FindAllStringSubmatch(scheme, -1) {
			colours[m[1]] = m[2]
		}
		list = append(list, colours)
	}
	return list
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
