// Package matchtest holds matching engines to the definition. It makes problems shaped like those of mentoring
// programs ([Cohort]) and tiny ones with every feature of the format ([Tiny], [TinyStable]); it answers tiny ones by
// looking at every matching there is ([Best], [AllStable]); and it has a [Suite] that any engine can be put through.
//
// It knows package match and no engine. Wherever it can it does its own arithmetic, so that a mistake in match must
// be made twice to go unseen.
package matchtest
