//go:build unix

package account

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// A device is a make-believe authenticator (Web Authentication, 6) with one passkey at most. Its fields can be set wrongly.
type device struct {
	t      *testing.T
	origin string
	party  string
	flags  byte
	count  uint32
	model  [16]byte

	key        *ecdsa.PrivateKey
	credential []byte
	handle     []byte
}

// Flags of what a device says (Web Authentication, 6.1).
const (
	present  = 1 << 0
	verified = 1 << 2
	eligible = 1 << 3
	backedUp = 1 << 4
	attested = 1 << 6
)

func newDevice(t *testing.T) *device {
	return &device{t: t, origin: "https://mentoring.example.org", party: "mentoring.example.org", flags: present | verified}
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (d *device) json(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

// asked is what a page is told to ask a device.
type asked struct {
	Challenge string `json:"challenge"`
	RP        struct {
		ID, Name string
	} `json:"rp"`
	RPID             string `json:"rpId"`
	UserVerification string `json:"userVerification"`
	User             struct {
		ID, Name, DisplayName string
	} `json:"user"`
	Selection struct {
		ResidentKey, UserVerification string
	} `json:"authenticatorSelection"`
	Exclude     []struct{ ID string } `json:"excludeCredentials"`
	Allow       []struct{ ID string } `json:"allowCredentials"`
	Attestation string                `json:"attestation"`
}

func (d *device) read(options []byte) (a asked) {
	d.t.Helper()
	if err := json.Unmarshal(options, &a); err != nil {
		d.t.Fatal(err)
	}
	return a
}

func (d *device) client(kind, challenge string) []byte {
	return d.json(map[string]any{"type": kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
}

func (d *device) says(flags byte) []byte {
	sum := sha256.Sum256([]byte(d.party))
	return binary.BigEndian.AppendUint32(append(sum[:], flags), d.count)
}

// make makes a passkey, as navigator.credentials.create does.
func (d *device) make(options []byte) []byte {
	d.t.Helper()
	a := d.read(options)
	var err error
	if d.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		d.t.Fatal(err)
	}
	d.credential = []byte(rand.Text())
	if d.handle, err = base64.RawURLEncoding.DecodeString(a.User.ID); err != nil {
		d.t.Fatal(err)
	}
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		d.t.Fatal(err)
	}
	data := append(d.says(d.flags|attested), d.model[:]...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.credential)))
	data = append(append(data, d.credential...), public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		d.t.Fatal(err)
	}
	return d.json(map[string]any{
		"id": encode(d.credential), "rawId": encode(d.credential), "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": map[string]any{"clientDataJSON": encode(d.client("webauthn.create", a.Challenge)), "attestationObject": encode(object), "transports": []string{"internal"}},
	})
}

// sign signs in, as navigator.credentials.get does.
func (d *device) sign(options []byte) []byte {
	return d.signAs("webauthn.get", d.read(options).Challenge)
}

func (d *device) signAs(kind, challenge string) []byte {
	d.t.Helper()
	client, data := d.client(kind, challenge), d.says(d.flags)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.json(map[string]any{
		"id": encode(d.credential), "rawId": encode(d.credential), "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": map[string]any{
			"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(d.handle),
		},
	})
}
