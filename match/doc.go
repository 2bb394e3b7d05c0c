// Package match says what a matching of mentees with mentors is, and judges whether one is right.
//
// A [Problem] holds who may be paired with whom, how many each person takes, what both sides prefer, and what
// "best" means. A [Certificate] holds a matching and the proof of its claim. [Check] reads both and says whether the
// claim is true; it knows nothing of how the matching was found, so nobody has to trust the solver. How to find
// matchings is left to package solve, how to read spreadsheets to package roster.
//
// Everything is an integer and every order is written down, so that equal inputs give equal bytes on every machine.
// The package needs nothing but the standard library and is meant to be read whole: problem.go, goal.go, lottery.go,
// preference.go and certificate.go say what things are; check.go, check_optimal.go, check_stable.go with basis.go,
// check_weak.go and unique.go judge; truthful.go says when mentees may rank as they truly prefer; the rest reads and
// writes files.
package match
