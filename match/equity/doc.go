// Package equity says who got what in a matching, by group: who has a mentor, a first choice, a mentor of which level,
// and who carries the mentoring. It says where groups differ by more than chance, and protects groups that are small.
//
// [Audit] counts, decides what may be shown, and only then compares. Whatever is hidden exists in no value that leaves
// the package, and rates, intervals and tests are made of shown counts alone, so that none of them can tell more than
// the counts do. audit.go and outcome.go say what is counted; protect.go and bound.go decide what is shown; report.go
// is what leaves; compare.go, fisher.go and wilson.go judge it.
//
// What happened to whom is left to package match, which characteristics people have to package roster. What the
// numbers can say and what they cannot is told in docs/explanation/fairness.md.
package equity
