package account

import (
	"testing"

	"github.com/go-webauthn/webauthn/protocol"
)

// FuzzAnswersOfDevicesAreReadOrRefused reads what anybody may send as the answer of a device.
func FuzzAnswersOfDevicesAreReadOrRefused(f *testing.F) {
	for _, text := range []string{
		``, `{}`, `[]`, `{"id":"AA","rawId":"AA","type":"public-key","response":{}}`,
		`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}`,
		`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVgl"}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		if len(answer) > mostAnswer {
			return
		}
		if taken, err := protocol.ParseCredentialRequestResponseBytes(answer); (taken == nil) == (err == nil) {
			t.Errorf("taken %v, %v", taken, err)
		}
		if made, err := protocol.ParseCredentialCreationResponseBytes(answer); (made == nil) == (err == nil) {
			t.Errorf("made %v, %v", made, err)
		}
	})
}
