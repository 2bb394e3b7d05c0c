// Package fault names the points at which the death of the process would hurt most, so that tests can let it die just
// there. Nothing but a test arms them; unarmed, a point costs one look at a variable.
package fault

import "sync/atomic"

// The points.
const (
	BeforeCommit = "before a commit"         // of a change: whoever asked for it has no answer
	AfterCommit  = "after a commit"          // before whoever asked for the change hears of it
	BeforeJob    = "before a job is done"    // a worker has leased it
	AfterJob     = "after a job was done"    // a letter was taken by a server, and that is not written down
	KeyWritten   = "after a key was written" // under the name that it is to have
	Migrated     = "after a migration"       // and before the next
)

// Points are all points.
var Points = [...]string{BeforeCommit, AfterCommit, BeforeJob, AfterJob, KeyWritten, Migrated}

var armed atomic.Pointer[func(point string)]

// Point is passed by the program. It does nothing unless a test has armed it.
func Point(name string) {
	if do := armed.Load(); do != nil {
		(*do)(name)
	}
}

// Arm lets a function be called at every point; nil: none any more.
func Arm(do func(point string)) {
	if do == nil {
		armed.Store(nil)
		return
	}
	armed.Store(&do)
}
