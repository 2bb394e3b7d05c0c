package keys

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A file is one key, as it is written: a few lines of text, of which the second names all the others.
type file struct {
	name     string    // in the folder
	use      string    // what the key is for
	from     time.Time // when it was made, or begins
	key      string    // base64, or in the form of package note for the key that signs
	verifier string    // of the key that signs
}

// What keys are for.
const (
	forLetters = "letters"
	forAudit   = "audit"
	forSealing = "sealing"
)

// The names of the files of which there is one.
const (
	lettersName = forLetters + extension
	auditName   = forAudit + extension
	extension   = ".key"
)

func sealingName(number int) string { return fmt.Sprintf("%s-%d%s", forSealing, number, extension) }

// numberOf is the number in the name of a sealing key's file; 0: it is none.
func numberOf(name string) int {
	digits := strings.TrimSuffix(strings.TrimPrefix(name, forSealing+"-"), extension)
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || name != sealingName(n) {
		return 0
	}
	return n
}

// useOf is what the key in a file of a name is for; "": it is no file of a key.
func useOf(name string) string {
	switch {
	case name == lettersName:
		return forLetters
	case name == auditName:
		return forAudit
	case numberOf(name) > 0:
		return forSealing
	}
	return ""
}

func newLetters(now time.Time) file {
	return file{name: lettersName, use: forLetters, from: now, key: random()}
}

func newSealing(number int, from time.Time) file {
	return file{name: sealingName(number), use: forSealing, from: from, key: random()}
}

// newAudit makes the key that signs the audit log of a name.
func newAudit(origin string, now time.Time) (file, error) {
	key, verifier, err := note.GenerateKey(rand.Reader, origin)
	if err == nil {
		_, err = note.NewSigner(key)
	}
	if err != nil {
		return file{}, fmt.Errorf("%q cannot be the name of the audit log: write it without spaces and plus signs, such as mentoring.example.org/audit", origin)
	}
	return file{name: auditName, use: forAudit, from: now, key: key, verifier: verifier}, nil
}

func random() string {
	var key [Size]byte
	rand.Read(key[:]) // it never fails
	return base64.StdEncoding.EncodeToString(key[:])
}

// bytes are the key, of a file that was made or checked.
func (f *file) bytes() []byte {
	key, _ := base64.StdEncoding.DecodeString(f.key)
	return key
}

const (
	headLine   = "chiron key 1. A secret: keep it apart from the data and from backups of the data."
	timeLayout = time.RFC3339
)

// lines are all that the id stands for.
func (f *file) lines() string {
	text := "use " + f.use + "\nfrom " + f.from.UTC().Format(timeLayout) + "\nkey " + f.key + "\n"
	if f.verifier != "" {
		text += "verifier " + f.verifier + "\n"
	}
	return text
}

// id names the key and gives nothing of it away: the beginning of a hash of the file. So a file that was damaged has
// another id than it says.
func (f *file) id() string {
	sum := sha256.Sum256([]byte("chiron/v1/key\x00" + f.lines()))
	return hex.EncodeToString(sum[:8])
}

func (f *file) text() string { return headLine + "\nid " + f.id() + "\n" + f.lines() }

// parse reads a file of a name. It must be, to the letter, what this package would write.
func parse(name, text string) (f file, right bool) {
	f = file{name: name, use: useOf(name)}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		word, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch word {
		case "from":
			f.from, _ = time.Parse(timeLayout, value) // a wrong one gives another text
		case "key":
			f.key = value
		case "verifier":
			f.verifier = value
		}
	}
	if f.text() != strings.ReplaceAll(text, "\r\n", "\n") {
		return f, false
	}
	if f.use == forAudit {
		_, err := note.NewSigner(f.key)
		_, wrong := note.NewVerifier(f.verifier)
		return f, err == nil && wrong == nil
	}
	return f, len(f.bytes()) == Size
}
