package ui

import (
	"slices"
	"strconv"
)

// A Side is the list of the pages of one program. It stands beside the content where there is room; on a phone it unfolds
// above the content.
type Side struct {
	Heading Link // the program's name, leading to its overview
	Groups  []SideGroup
}

// A SideGroup is some entries that belong together.
type SideGroup struct {
	Label   string // a small heading; empty: none
	Entries []SideEntry
}

// A SideEntry is one of the pages.
type SideEntry struct {
	Label, Href string
	Icon        Icon
	Count       int // how many things are there; shown if positive
	Current     bool
}

func (s Side) stands() bool { return len(s.Groups) > 0 }

// now is the label of the page where one is, for the folded list; empty if the list does not hold it.
func (s Side) now() string {
	for _, g := range s.Groups {
		for _, e := range g.Entries {
			if e.Current {
				return e.Label
			}
		}
	}
	return ""
}

// hasEntry says that one of the entries leads where the heading does; on a phone it stands for the heading, which the fold
// has said already.
func (s Side) hasEntry(href string) bool {
	return slices.ContainsFunc(s.Groups, func(g SideGroup) bool {
		return slices.ContainsFunc(g.Entries, func(e SideEntry) bool { return e.Href == href })
	})
}

// sideID is the id of the heading of a group.
func sideID(k int) string { return "side-" + strconv.Itoa(k+1) }
