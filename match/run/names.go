package run

import (
	"fmt"
	"strings"
)

// Names are what people are called, by id. Nothing depends on them: they stand in the tables for whoever reads these.
type Names struct {
	Shown            bool // the tables have columns for names
	Mentees, Mentors map[string]string
}

// onOneLine joins what a cell may have on several lines.
func onOneLine(name string) string { return strings.Join(strings.Fields(name), " ") }

// namesIn collects the names from the tables of a run, and says where two rows call a person differently.
func namesIn(pairs, unmatched table) (Names, []string) {
	names := Names{Mentees: map[string]string{}, Mentors: map[string]string{}}
	var conflicts []string
	note := func(known map[string]string, side, file string, row int, id, name string) {
		id, name = textOf(id), textOf(name)
		if before, ok := known[id]; ok && before != name {
			conflicts = append(conflicts, fmt.Sprintf("%s row %d: %s %s has another name here than in an earlier row", file, row, side, id))
			return
		}
		known[id] = name
	}
	if pairs.hasHeading(menteeNameColumn, menteeNameHeading) {
		names.Shown = true
		for i, row := range pairs[1:] {
			if len(row) > mentorNameColumn {
				note(names.Mentees, "mentee", pairsFile, i+2, row[menteeNameColumn-1], row[menteeNameColumn])
				note(names.Mentors, "mentor", pairsFile, i+2, row[mentorNameColumn-1], row[mentorNameColumn])
			}
		}
	}
	if unmatched.hasHeading(unmatchedNameColumn, nameHeading) {
		names.Shown = true
		for i, row := range unmatched[1:] {
			if len(row) <= unmatchedNameColumn {
				continue
			}
			known := names.Mentees
			if row[0] == "mentor" {
				known = names.Mentors
			}
			note(known, row[0], unmatchedFile, i+2, row[unmatchedNameColumn-1], row[unmatchedNameColumn])
		}
	}
	return names, conflicts
}
