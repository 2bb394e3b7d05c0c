package run

import (
	"testing"
	"time"
)

func TestEveryProbedTimeZoneIsKnown(t *testing.T) {
	t.Parallel()
	for i, name := range probedZones {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if i > 0 && probedZones[i-1] >= name {
			t.Errorf("%s is not in its place", name)
		}
	}
	if one, other := theTimeZones(), theTimeZones(); one != other || len(one.SHA256) != 64 {
		t.Errorf("the probe gives %v, then %v", one, other)
	}
}

func TestEngineSaysWhichProgramItIs(t *testing.T) {
	t.Parallel()
	if e := ThisEngine(); e.Name == "" || e.Version == "" || e.Go == "" {
		t.Errorf("got %+v", e)
	}
}
