package mentoring

import "errors"

// A FaultKind says what whoever asked can do about a fault.
type FaultKind uint8

const (
	// Internal faults are mistakes of this program.
	Internal FaultKind = iota
	// NotFound means that there is no such thing, or none that whoever asks may know of: the two are never told apart.
	NotFound
	// Forbidden means that something more is needed, such as a fresh sign-in. It is said only of things that whoever
	// asks may know of.
	Forbidden
	// Conflict means that somebody else was quicker, or that a rule stands against it as things are now.
	Conflict
	// Invalid means that what was written cannot be taken, and can be put right.
	Invalid
	// Unavailable means that the same may work later.
	Unavailable
)

var faultKinds = [...]string{"internal", "not found", "forbidden", "conflict", "invalid", "unavailable"}

func (k FaultKind) String() string { return faultKinds[k] }

// A Fault is a no, for people to read in their language: the key of a text with its arguments, names and values in turn.
type Fault struct {
	Kind FaultKind
	Key  string
	Args []any
	Err  error // what lies behind it, if anything; never shown
}

// Error is for logs. It leaves the arguments out, which may name people.
func (f *Fault) Error() string {
	text := f.Kind.String() + " (" + f.Key + ")"
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

// Unwrap gives what lies behind the fault.
func (f *Fault) Unwrap() error { return f.Err }

// NotHere is the answer for whatever does not exist, and for whatever exists and is not for whoever asks. Every such
// answer must be this one, so that they are alike to the byte.
func NotHere() *Fault { return &Fault{Kind: NotFound, Key: "fault.not-here"} }

// IsFault says whether an error is a fault of a kind.
func IsFault(err error, kind FaultKind) bool {
	f := (*Fault)(nil)
	return errors.As(err, &f) && f.Kind == kind
}
