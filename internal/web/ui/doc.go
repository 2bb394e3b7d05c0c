// Package ui holds the components that pages are put together from: typed, and without a decision of their own. One struct
// per component holds what is shown; the template chooses words and their order. Who may see what has been decided before
// a struct is filled.
//
// Components work without JavaScript, need no style or script in the markup, and say their own words from the catalogue
// that they are given. Texts in structs are the caller's, already in the reader's language; they are escaped.
// The folder gallery shows every component in every state.
package ui

//go:generate go tool templ generate -path ../../..
