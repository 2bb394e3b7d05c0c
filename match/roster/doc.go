// Package roster reads people, rules and preferences as they arrive in files, and makes a match.Problem of them.
//
// [ReadFolder] and [ReadFiles] bring files in, [Load] recognises what they are: mentors and mentees in CSV with rules
// in YAML, the students, projects and supervisors of a student-project allocation, or ballots of PrefLib. Load reports
// every problem of the files at once, each with file, row, column, value and what to write instead, as [*Problems].
// Nothing is dropped in silence: what the program decided by itself stands in [Roster.Notes], who takes no part in
// [Roster.SetAside]. The order of rows changes nothing in the problem.
//
// How fields become possible pairs and suitability is left to package score.
package roster
