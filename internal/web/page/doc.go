// Package page is what every request passes through and what every page has in common: who asks, in which language, what
// a form may hold, how an answer is written, and what is said when it is no. The areas of the site build on it; what they
// show and do is theirs.
//
// A handler takes a [Call] and either answers it or returns an error. Faults become pages here, so that what does not
// exist and what is forbidden are alike to the byte, and nothing of an error's inside reaches a reader.
package page
