// Package checker holds the second judge of certificates, a program in JavaScript that shares no line with the first
// one, so that a mistake must be made twice to go unseen. It runs in Node and inside the pages that Chiron writes.
package checker

import _ "embed"

// Source is judge.mjs: an ECMAScript module with the functions check and parse. It imports nothing, and check must be
// handed a function for HMAC-SHA256. The command around it is check.mjs.
//
//go:embed judge.mjs
var Source string
