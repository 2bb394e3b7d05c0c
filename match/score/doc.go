// Package score says who may be paired with whom, for what, and how well two people suit each other.
//
// Criteria are data: a rule compares a field of the mentee with a field of the mentor by one of a few measures, and
// says which measured numbers are allowed ([Must]) or what each brings ([Points]): points of the program's own, or a
// weight times a [Fit] from 0 to 100. A [Scorer] holds people
// and rules compiled to small whole numbers; it gives the pairs that every rule allows, the suitability of each, and
// for people the reasons behind it. Nothing here is random and nothing is a fraction, so equal people and rules give
// equal numbers.
//
// Where people and rules come from is left to package roster, what to do with the numbers to package match.
package score
