package web

import (
	"slices"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// Five places stand at the bottom of a phone.
func TestPhoneHasThePlacesThatItsReaderNeedsMost(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		actor mentoring.Actor
		phone []place
		desk  []place // besides
	}{
		"member":        {mentoring.Actor{}, []place{home, directory, programs, ownProfile, ownAccount}, nil},
		"coordinator":   {mentoring.Actor{Coordinates: []mentoring.ProgramID{"ONE"}}, []place{home, directory, programs, ownProfile, ownAccount}, nil},
		"administrator": {mentoring.Actor{Operator: true}, []place{home, directory, ownProfile, ownAccount, wholeInstallation}, []place{programs}},
		"administrator who coordinates": {
			mentoring.Actor{Operator: true, Coordinates: []mentoring.ProgramID{"ONE"}}, []place{home, directory, programs, ownProfile, ownAccount}, []place{wholeInstallation},
		},
	} {
		all := placesOf(test.actor)
		if got := all[:min(5, len(all))]; !slices.Equal(got, test.phone) {
			t.Errorf("%s: on a phone %v, want %v", name, got, test.phone)
		}
		if got := all[min(5, len(all)):]; !slices.Equal(got, test.desk) {
			t.Errorf("%s: besides %v, want %v", name, got, test.desk)
		}
	}
}
