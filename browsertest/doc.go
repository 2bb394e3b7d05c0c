// Package browsertest walks the site in a real browser: the journeys of people, in both languages, on a phone and at a
// desk, without script where that is promised; and every page there is, held to what every page must be.
package browsertest
