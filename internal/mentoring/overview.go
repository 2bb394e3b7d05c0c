package mentoring

import (
	"slices"
	"strings"
)

// An Overview is the table as people read it, in one language and with its typography.
type Overview struct {
	Title, What     string
	Columns         []string   // of Rows; the first one names the data
	Rows            [][]string // who sees what
	Notes           []string
	DoneTitle, Done string
	DoneColumns     []string   // of DoneRows; the first one names the action
	DoneRows        [][]string // who may do what
	Made            string     // that a document is made from the table
}

// OverviewIn is the table in a language that there are words for, "en" or "fr-CA".
func OverviewIn(language string) Overview {
	say := speaker(language)
	o := Overview{
		Title: say("page.title"), What: say("page.what"), DoneTitle: say("page.done"), Done: say("page.done-intro"),
		Notes: []string{say("page.outside"), say("page.log"), say("page.limits")}, Made: say("page.made"),
		Columns:     []string{say("page.data")},
		DoneColumns: []string{say("page.action"), say("page.who"), say("page.needs"), say("page.even")},
	}
	for _, viewer := range Viewers {
		o.Columns = append(o.Columns, say(viewer.Key()))
	}
	o.Columns = append(o.Columns, say("standing.stepping-in"))
	for _, row := range DataRows() {
		o.Rows = append(o.Rows, dataCells(say, &row))
	}
	for _, row := range ActionRows() {
		o.DoneRows = append(o.DoneRows, actionCells(say, &row))
	}
	return o
}

func dataCells(say func(string) string, row *DataRow) []string {
	name := say(row.Kind.Key())
	if whose := row.OwnerKey(); whose != "" {
		name += " (" + say(whose) + ")"
	}
	cells := []string{name}
	for k, cell := range row.Cells {
		if row.SelfIs == "nobody" && k <= slices.Index(Viewers[:], Counterpart) {
			cells = append(cells, "–")
			continue
		}
		var choices []string
		for _, choice := range cell {
			choices = append(choices, conditional(say, choice.Sight.Key(), choice.If))
		}
		cells = append(cells, strings.Join(choices, say("page.otherwise")))
	}
	if row.SteppingIn {
		return append(cells, say("page.as-self"))
	}
	return append(cells, say("page.never"))
}

func conditional(say func(string) string, key string, facts Fact) string {
	between, text := " ", say(key)
	for _, fact := range facts.Keys() {
		text += between + say(fact)
		between = say("page.and")
	}
	return text
}

func actionCells(say func(string) string, row *ActionRow) []string {
	var who, needs, even []string
	for _, grant := range row.Who {
		key := grant.Standing.Key()
		if grant.Standing == Self {
			key = "page.each"
		}
		who = append(who, conditional(say, key, grant.If))
	}
	for _, need := range row.Needs.Keys() {
		needs = append(needs, say(need))
	}
	if row.Suspended {
		even = append(even, say("page.suspended"))
	}
	if row.SteppingIn {
		even = append(even, say("page.own-account"))
	}
	return []string{say(row.Action.Key()), strings.Join(who, "; "), strings.Join(needs, ", "), strings.Join(even, ", ")}
}

// speaker says keys with the apostrophes and spaces of typography.
func speaker(language string) func(key string) string {
	words := pageWords[language]
	set := strings.NewReplacer("'", "’")
	if language == "fr-CA" {
		set = strings.NewReplacer("'", "’", " :", "\u00a0:", "« ", "«\u00a0", " »", "\u00a0»")
	}
	return func(key string) string { return set.Replace(words[key]) }
}
