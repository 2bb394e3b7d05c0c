// Package keys keeps the secrets of an installation in a folder of files, apart from the database: the key that makes
// links and codes of letters, the key that signs the audit log, and the keys that seal private values, of which there
// may be several while values pass from an old one to a new one.
//
// Who has the database, or a backup of it, without the folder reads nothing private and opens nothing. Who loses the
// folder loses that too. What is sealed with the keys, and when they are changed, is for others to say.
package keys

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Size is how many random bytes a key has, except the one that signs.
const Size = 32

// A Ring holds all keys of an installation. It is safe for use by several goroutines. Printed, it shows no key.
type Ring struct {
	folder   string
	letters  file
	audit    file
	signer   note.Signer
	verifier note.Verifier
	made     []string // the files that this ring found missing and made

	mu      sync.Mutex
	sealing []Key // the earliest first
}

// A Key seals private values and opens them.
type Key struct {
	ID   string    // by which a sealed value names it
	From time.Time // when it begins to seal; it opens at any time
	File string    // its name in the folder
	aead cipher.AEAD
}

// Open reads the keys in a folder. Keys that are missing are made, and the folder too: on the first start all of them.
// Of several processes that start at once one makes a key, and the others read it. Origin is the name that the audit log
// gets when its key is made, such as "mentoring.example.org/audit"; the log goes by that name ever after.
//
// The folder must lie outside of the folders it is to be kept apart from, those of the data and the backups. Nobody but
// the user who runs the program may read the keys. Whatever is not so, or cannot be read, is an error that says what to do.
func Open(folder, origin string, now time.Time, apart ...string) (*Ring, error) {
	r, err := read(folder, apart)
	if err != nil {
		return nil, err
	}
	if err := r.makeMissing(origin, now); err != nil {
		return nil, errors.Join(err, r.takeBack())
	}
	return r, r.ready()
}

// Read reads the keys in a folder and makes none. A key that is missing is an error.
func Read(folder string, apart ...string) (*Ring, error) {
	r, err := read(folder, apart)
	if err != nil {
		return nil, err
	}
	if missing := r.missing(); len(missing) > 0 {
		return nil, fmt.Errorf("there is no %s in %s; is it the right folder? The first start of the server makes the keys", missing[0], folder)
	}
	return r, r.ready()
}

func read(folder string, apart []string) (*Ring, error) {
	if err := lieApart(folder, apart); err != nil {
		return nil, err
	}
	r := &Ring{folder: folder}
	return r, r.readFolder()
}

// ready makes signer and verifier of what was read.
func (r *Ring) ready() (err error) {
	if r.signer, err = note.NewSigner(r.audit.key); err == nil {
		r.verifier, err = note.NewVerifier(r.audit.verifier)
	}
	if err != nil {
		return damaged(r.folder, r.audit.name) // its words could quote the key
	}
	return nil
}

// Letters is the key of what letters carry.
func (r *Ring) Letters() (key [Size]byte) {
	copy(key[:], r.letters.bytes())
	return key
}

// Signer signs the audit log.
func (r *Ring) Signer() note.Signer { return r.signer }

// Verifier verifies what Signer has signed.
func (r *Ring) Verifier() note.Verifier { return r.verifier }

// PublicKey is the verifier as text. It is no secret: whoever keeps it can verify the audit log without this program.
func (r *Ring) PublicKey() string { return r.audit.verifier }

// Folder is where the keys lie.
func (r *Ring) Folder() string { return r.folder }

// Current is the key that seals at an instant: the latest that has begun by then, or else the first there is.
func (r *Ring) Current(now time.Time) Key {
	r.mu.Lock()
	defer r.mu.Unlock()
	current := r.sealing[0]
	for _, k := range r.sealing {
		if !k.From.After(now) {
			current = k
		}
	}
	return current
}

// Sealing lists the keys that seal and have sealed, the earliest first.
func (r *Ring) Sealing() []Key {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.sealing)
}

// Key is the sealing key of an id. One that is not known may have been put into the folder since, so it is looked for
// there.
func (r *Ring) Key(id string) (Key, bool) {
	if k, known := r.key(id); known {
		return k, true
	}
	if r.Refresh() != nil {
		return Key{}, false
	}
	return r.key(id)
}

func (r *Ring) key(id string) (Key, bool) {
	all := r.Sealing()
	if k := slices.IndexFunc(all, func(k Key) bool { return k.ID == id }); k >= 0 {
		return all[k], true
	}
	return Key{}, false
}

// Refresh reads the sealing keys again, which another process may have added or dropped.
func (r *Ring) Refresh() error {
	now := &Ring{folder: r.folder}
	if err := now.readFolder(); err != nil {
		return err
	}
	if len(now.sealing) == 0 {
		return fmt.Errorf("there is no %s in %s any more; put it back", sealingName(1), r.folder)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sealing = now.sealing
	return nil
}

// Renew makes a new sealing key that begins at an instant, and gives it back. Other processes find it when they refresh.
// A later beginning leaves time to carry the file to other machines.
func (r *Ring) Renew(from time.Time) (Key, error) {
	if err := r.Refresh(); err != nil {
		return Key{}, err
	}
	all := r.Sealing()
	number := 0
	for _, k := range all {
		number = max(number, numberOf(k.File))
	}
	f := newSealing(number+1, from)
	if made, err := f.make(r.folder); err != nil {
		return Key{}, err
	} else if !made {
		return Key{}, fmt.Errorf("another process is making %s in this moment; look whether it is there, with chiron keys show", f.name)
	}
	if err := r.Refresh(); err != nil {
		return Key{}, err
	}
	k, _ := r.key(f.id())
	return k, nil
}

// Drop deletes a sealing key. Whatever is still sealed with it is lost. The current one cannot be dropped.
func (r *Ring) Drop(id string, now time.Time) error {
	k, known := r.Key(id)
	switch {
	case !known:
		return nil // another process was quicker
	case k.ID == r.Current(now).ID:
		return errors.New("the key that seals now cannot be dropped; make a new one first, with chiron keys rotate")
	}
	if err := removeKey(r.folder, k.File); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop a key: %w", err)
	}
	return r.Refresh()
}

// AEAD seals and opens with the key: AES-256 in Galois/counter mode (NIST SP 800-38D), with a random nonce of 96 bits
// in front of what is sealed. A key must not seal more than 2^32 times.
func (k Key) AEAD() cipher.AEAD { return k.aead }

// Format shows where the keys are, and none of them.
func (r *Ring) Format(f fmt.State, _ rune) { io.WriteString(f, "the keys in "+r.folder) }

// Format shows the id, and not the key.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "the key "+k.ID) }

// keyOf is the key in a file whose bytes are known to be right.
func keyOf(f file) Key {
	block, err := aes.NewCipher(f.bytes())
	if err != nil {
		panic(err) // it has another size
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // AES has blocks of 16 bytes
	}
	return Key{ID: f.id(), From: f.from, File: f.name, aead: aead}
}

func byBeginning(a, b Key) int {
	return cmp.Or(a.From.Compare(b.From), cmp.Compare(numberOf(a.File), numberOf(b.File)))
}

// A Listed key is what may be told of a key.
type Listed struct {
	File string
	ID   string
	Use  string    // letters, audit or sealing
	From time.Time // when it was made or, of one that seals, begins to
}

// List lists the keys, those that seal last and the earliest of them first.
func (r *Ring) List() []Listed {
	all := []Listed{
		{r.letters.name, r.letters.id(), forLetters, r.letters.from},
		{r.audit.name, r.audit.id(), forAudit, r.audit.from},
	}
	for _, k := range r.Sealing() {
		all = append(all, Listed{k.File, k.ID, forSealing, k.From})
	}
	return all
}
