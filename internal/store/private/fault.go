package private

import "fmt"

// A FaultKind says why a value cannot be opened.
type FaultKind uint8

const (
	// Damaged means that what is sealed was changed, cut off or moved from another row.
	Damaged FaultKind = iota
	// KeyMissing means that the key is not in the folder of keys.
	KeyMissing
)

// A Fault says that a value cannot be opened, and what to do. It names the row and the key, and nobody.
type Fault struct {
	Kind   FaultKind
	Row    string // "": of the key alone
	Key    string // its id
	Folder string // of keys
}

func (f *Fault) Error() string {
	if f.Kind == KeyMissing {
		return fmt.Sprintf("the key %s is not in %s; put the file sealing-….key with this id back, from where you keep a copy of the keys or from another machine that serves this database", f.Key, f.Folder)
	}
	return fmt.Sprintf("the private value in row %s was changed, cut off or moved, and cannot be opened with the key %s; take the row from a backup, or let its person write the value again", f.Row, f.Key)
}

// Is compares kinds, so that errors.Is(err, &Fault{Kind: KeyMissing}) asks for one.
func (f *Fault) Is(other error) bool {
	o, ok := other.(*Fault)
	return ok && o.Kind == f.Kind && (o.Row == "" || o.Row == f.Row)
}

func (v *Vault) missing(row, key string) error { return &Fault{KeyMissing, row, key, v.ring.Folder()} }
