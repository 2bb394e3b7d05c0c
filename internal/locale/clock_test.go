package locale

import (
	"strings"
	"testing"
	"time"
)

func TestTimesOfDayAreWrittenAsTheLanguageDoes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		hour, minute    int
		english, french string
	}{{17, 30, "17:30", "17 h 30"}, {9, 5, "9:05", "9 h 05"}, {0, 0, "0:00", "0 h"}, {23, 59, "23:59", "23 h 59"}} {
		at := time.Date(2027, 3, 14, test.hour, test.minute, 59, 0, time.UTC)
		if got := English.Clock(at); got != test.english {
			t.Errorf("%v is %q, want %q", at, got, test.english)
		}
		if got, want := French.Clock(at), strings.ReplaceAll(test.french, " ", noBreak); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

func TestZonesAreNamedByTheirDistance(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int]string{0: "UTC", -5 * 3600: "UTC−05:00", 5*3600 + 1800: "UTC+05:30", -(3*3600 + 1800): "UTC−03:30"} {
		if got := French.Zone(time.Now().In(time.FixedZone("", seconds))); got != want {
			t.Errorf("%d seconds is %q, want %q", seconds, got, want)
		}
	}
}

func TestAmountsOfMemoryAreRoundedToTheirUnit(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 1049: "1.0 kB", 1050: "1.1 kB", 999_940: "999.9 kB", 999_960: "1.0 MB",
		4_200_000: "4.2 MB", 64_000_000_000: "64.0 GB", 9_000_000_000_000: "9.0 TB",
	} {
		if got := English.Bytes(n); got != strings.ReplaceAll(want, " ", noBreak) {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := French.Bytes(4_200_000); got != "4,2"+noBreak+"Mo" {
		t.Errorf("in French it is %q", got)
	}
}
