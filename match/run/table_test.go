package run

import (
	"slices"
	"testing"
)

func TestCellsAreNeverFormulas(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"":             "",
		"Roy":          "Roy",
		"O'Neil":       "O'Neil",
		"a=b":          "a=b",
		"=1+1":         "'=1+1",
		"+1 514":       "'+1 514",
		"-":            "'-",
		"@SUM(A1)":     "'@SUM(A1)",
		"\tx":          "'\tx",
		"\rx":          "'\rx",
		"\nx":          "'\nx",
		"＝HYPERLINK()": "'＝HYPERLINK()",
		"＋1":           "'＋1",
		"－1":           "'－1",
		"＠x":           "'＠x",
		"'=1":          "'=1",
		"−1":           "−1", // a minus sign is no hyphen, and no program calculates with it
	} {
		if got := text(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
		if got := text(textOf(text(cell))); got != want {
			t.Errorf("%q, read and written again: got %q, want %q", cell, got, want)
		}
	}
}

func TestTablesSayTheirEncodingOnlyWhenItMatters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cell, want string
	}{{"Roy", "Roy\n"}, {"Élise", "\ufeffÉlise\n"}} {
		got := table{{c.cell}}.bytes()
		if string(got) != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if back, err := readTable(got); err != nil || len(back) != 1 || !slices.Equal(back[0], []string{c.cell}) {
			t.Errorf("read again: %q, %v", back, err)
		}
	}
}
