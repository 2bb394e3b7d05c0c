package mentoring

import (
	"slices"
	"testing"
	"time"
)

// AP-3: three consents, none implies another, and one is live only for what was read.
func TestConsentAllowsItsUseAndNoOther(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	i, other, over := Inquiry{ID: "i"}, Inquiry{ID: "other"}, Inquiry{ID: "i", EndedAt: now}
	for _, given := range Uses {
		c := Consent{Inquiry: "i", Use: given, GivenAt: now}
		for _, use := range Uses {
			if c.Live(&i, use) != (use == given) {
				t.Errorf("%s allows %s: %t", given, use, use != given)
			}
		}
		withdrawn := c
		withdrawn.WithdrawnAt = now
		for name, allowed := range map[string]bool{
			"withdrawn": withdrawn.Live(&i, given), "of another inquiry": c.Live(&other, given), "when the inquiry is over": c.Live(&over, given),
			"of no inquiry": c.Live(nil, given), "of the empty one": (&Consent{Use: given}).Live(&Inquiry{}, given),
		} {
			if allowed {
				t.Errorf("%s, %s: allowed", given, name)
			}
		}
	}
}

func TestUsesAreThoseOfLiveConsents(t *testing.T) {
	t.Parallel()
	i := Inquiry{ID: "i"}
	consents := []Consent{
		{Inquiry: "i", Use: InProfile}, {Inquiry: "i", Use: InProfile, WithdrawnAt: time.Unix(1, 0)},
		{Inquiry: "i", Use: InMatching, WithdrawnAt: time.Unix(1, 0)}, {Inquiry: "j", Use: InMatching}, {Inquiry: "i", Use: InStatistics},
	}
	if got := LiveUses(consents, &i); !slices.Equal(got, []Use{InStatistics, InProfile}) {
		t.Errorf("got %v", got)
	}
	if got := LiveUses(nil, &i); got != nil {
		t.Errorf("of nobody: %v", got)
	}
	for code, want := range map[string]bool{"statistics": true, "matching": true, "shown": true, "": false, "all": false, "Shown": false} {
		if _, known := ReadUse(code); known != want {
			t.Errorf("%q: %t", code, known)
		}
	}
}
