package data

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/privacy"
)

// A group is a part of the page, with the tables that are in it and the columns that are worth reading. Its words are
// "data.group." and its key, and ".what" behind that.
type group struct {
	key    string
	tables []shown
}

type shown struct {
	name    string
	columns []string // "": all that are not empty
}

// groups are the page from top to bottom. Tables that it does not name come last, with all of their columns.
var groups = []group{
	{"self", []shown{
		{"person", []string{"given", "family", "pronoun", "place_label", "zone", "guest", "home_label", "distance", "capacity", "hours", "refuses", "destination_label", "destination_kind", "destination_day", "listed", "made_at", "changed_at"}},
		{"person_term", []string{"field", "label", "line"}},
		{"appointment", []string{"label", "unit_label", "track", "from_day", "to_day"}},
		{"away", []string{"from_day", "to_day"}},
		{"draft", []string{"stage", "body", "saved_at"}},
	}},
	{"reached", []shown{
		{"email", []string{"address", "kind", "owns", "verified_at", "left_until"}},
		{"account", []string{"language", "discreet", "made_at"}},
	}},
	{"seen", []shown{{"seen", nil}}},
	{"wishes", []shown{
		{"authority", []string{"kind", "from_person", "to_person", "from_day", "to_day", "source"}},
		{"authority_address", []string{"kind", "address", "from_day", "to_day"}},
		{"declaration", []string{"made_at", "none"}},
		{"veto", []string{"other", "made_at"}}, {"veto_address", []string{"address", "made_at"}},
		{"mark", []string{"other", "kind", "made_at"}},
		{"delegate", []string{"address", "made_at", "accepted_at"}},
	}},
	{"programs", []shown{{"programs", nil}}},
	{"consents", []shown{{"answers", nil}, {"consents", nil}}},
	{"sessions", []shown{{"sessions", nil}}},
	{"letters", []shown{{"letters", nil}}},
	{"trail", []shown{{"trail", nil}}},
}

// away from the page are tables that say nothing of the person by themselves.
var unshown = []string{"unit", "visibility"}

// A pageData is what the page shows, already in words.
type pageData struct {
	Language, Title, Lead, Times string
	What                         []string
	Out                          []string
	Files                        []fileShown
	Groups                       []groupShown
}

type fileShown struct{ Name, What string }

type groupShown struct {
	Key, Title, What, None string
	Tables                 []tableShown
}

type tableShown struct {
	Title string
	Heads []string
	Rows  [][]string
	One   bool // a single row, to be read as answers
}

//go:embed archive.html
var archiveHTML string

var archivePage = template.Must(template.New("archive").Funcs(template.FuncMap{"say": func(string) string { return "" }, "long": long}).Parse(archiveHTML))

// page writes the sheets as one page that needs nothing else.
func (r *reader) page(sheets []sheet) ([]byte, error) {
	page := pageData{
		Language: string(r.w.Language), Title: r.w.Say("data.page.title"),
		Lead:   r.w.Say("data.page.lead", "site", r.Site, "when", r.w.Date(r.At.In(r.zone))),
		Times:  r.w.Say("data.page.times", "zone", r.zone.String()),
		What:   []string{r.w.Say("data.page.what"), r.w.Say("data.page.keep"), r.w.Say("data.page.number", "number", r.me)},
		Out:    r.leftOut(),
		Files:  r.files(sheets),
		Groups: r.groups(sheets),
	}
	t, err := archivePage.Clone()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Funcs(template.FuncMap{"say": func(key string) string { return r.w.Say(key) }}).Execute(&out, page)
	return out.Bytes(), err
}

// leftOut says what is not in the archive, and why.
func (r *reader) leftOut() []string {
	all := []string{r.w.Say("data.out.keys"), r.w.Say("data.out.others"), r.w.Say("data.out.letters"), r.w.Say("data.out.consents"), r.w.Say("data.out.made")}
	if r.Taken.Sealed {
		all = slices.Insert(all, 0, r.w.Say("data.out.sealed"))
	}
	return all
}

func (r *reader) files(sheets []sheet) []fileShown {
	all := []fileShown{{"person.json", r.w.Say("data.page.person-json")}, {"record.json", r.w.Say("data.page.record-json")}}
	for _, s := range sheets {
		all = append(all, fileShown{s.file, s.title})
	}
	return all
}

func (r *reader) groups(sheets []sheet) (all []groupShown) {
	left := map[string]sheet{}
	for _, s := range sheets {
		left[s.name] = s
	}
	left["seen"] = r.seen()
	for _, g := range groups {
		one := groupShown{Key: g.key, Title: r.w.Say("data.group." + g.key), What: r.w.Say("data.group." + g.key + ".what"), None: r.w.Say("data.none")}
		for _, t := range g.tables {
			if s, is := left[t.name]; is {
				one.Tables = append(one.Tables, r.shown(s, t.columns))
			}
			delete(left, t.name)
		}
		all = append(all, one)
	}
	rest := groupShown{Key: "more", Title: r.w.Say("data.group.more"), What: r.w.Say("data.group.more.what")}
	for _, s := range sheets {
		if _, is := left[s.name]; is && !slices.Contains(unshown, s.name) {
			rest.Tables = append(rest.Tables, r.shown(s, nil))
		}
	}
	if len(rest.Tables) > 0 {
		all = append(all, rest)
	}
	return all
}

// shown is a sheet as the page has it: the columns that are worth reading and say something.
func (r *reader) shown(s sheet, columns []string) (t tableShown) {
	t = tableShown{Title: s.title, One: len(s.rows) == 1 && (s.name == "person" || s.name == "account")}
	var places []int
	for _, place := range placesOf(s.name, columns, len(s.heads)) {
		if slices.ContainsFunc(s.rows, func(cells []cell) bool { return cells[place].page != "" }) {
			places = append(places, place)
			t.Heads = append(t.Heads, s.heads[place])
		}
	}
	var before []string
	for _, cells := range s.rows {
		var row []string
		for _, place := range places {
			row = append(row, cells[place].page)
		}
		if !slices.Equal(row, before) { // what happened again within the minute
			t.Rows = append(t.Rows, row)
		}
		before = row
	}
	return t
}

// placesOf are the places of columns in a sheet; all of them, where none are named.
func placesOf(table string, columns []string, n int) (places []int) {
	k := slices.IndexFunc(privacy.Tables, func(t privacy.Table) bool { return t.Name == table })
	if columns == nil || k < 0 {
		for place := range n {
			places = append(places, place)
		}
		return places
	}
	for _, column := range columns {
		if place := slices.Index(privacy.Tables[k].Export, column); place >= 0 {
			places = append(places, place)
		}
	}
	return places
}

// seen says of every part of the profile who sees it, as the person chose or as it is at first.
func (r *reader) seen() sheet {
	s := r.written("seen", "field", "audience")
	for _, v := range mentoring.Visibilities {
		goes := v.Default
		for _, row := range r.Taken.Data.Tables["visibility"] {
			if n, is := row["audience"].(int64); is && row["field"] == string(v.Field) {
				goes = mentoring.Audience(n)
			}
		}
		s.rows = append(s.rows, []cell{plain(r.w.Say("profile.field." + string(v.Field))), plain(r.w.Say("profile.audience." + audiences[goes]))})
	}
	return s
}

// longest is how long a word may be that is not to be broken, in bytes. Addresses are longer.
const longest = 16

// long says whether a text has a word that must be broken on a narrow page.
func long(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool { return len(word) > longest })
}
