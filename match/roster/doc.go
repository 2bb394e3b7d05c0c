// Package roster reads people, rules and preferences as they arrive in files, and makes a match.Problem of them.
//
// [ReadFolder] and [ReadFiles] bring files in, [Load] recognises what they are: tables of mentors and mentees in CSV or
// XLSX with rules in YAML, the students, projects and supervisors of a student-project allocation, or ballots of
// PrefLib. Load reports every problem of the files at once, each with file, row, column, value and what to write instead,
// as [*Problems]. Nothing is dropped in silence: what the program decided by itself stands in [Roster.Notes], who takes
// no part in [Roster.SetAside]. The order of rows changes nothing in the problem.
//
// Where there are no rules, [Infer] makes them of the tables: it takes each column for something by its heading and its
// content and writes the text of a rules file, which goes the way of a hand-written one. So inference can say nothing
// that a person could not, and there is one reader for both. The files infer*.go hold it, from what a column shows
// (inferprofile) and says (inferheading) to who is who (inferwho), the plan (inferplan, inferpeople, inferpoints) and its
// text (infertext).
//
// How fields become possible pairs and suitability is left to package score.
package roster
