package demo

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/demo"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// atOnce is how many people a page shows.
const atOnce = 20

// mostQuery is how much of what somebody looks for is read.
const mostQuery = 100

// A list is what somebody asked to see of the school.
type list struct {
	query string
	ways  []demo.Way
	page  int
}

func listOf(c *page.Call) list {
	l := list{query: c.Asked("q"), page: 1}
	l.query = strings.ToValidUTF8(l.query[:min(len(l.query), mostQuery)], "")
	for _, asked := range c.Request.URL.Query()["way"] {
		if way := demo.Way(asked); slices.Contains(demo.Ways[:], way) && !slices.Contains(l.ways, way) {
			l.ways = append(l.ways, way)
		}
	}
	if n, err := strconv.Atoi(c.Asked("page")); err == nil && n > 1 {
		l.page = n
	}
	return l
}

// at is where a page of the list is, perhaps without one of the ways.
func (l list) at(page int, without demo.Way) string {
	values := url.Values{}
	if l.query != "" {
		values.Set("q", l.query)
	}
	for _, way := range l.ways {
		if way != without {
			values.Add("way", string(way))
		}
	}
	if page > 1 {
		values.Set("page", strconv.Itoa(page))
	}
	if len(values) == 0 {
		return PeoplePath
	}
	return PeoplePath + "?" + values.Encode()
}

// A people page is what is shown of the school.
type peoplePage struct {
	name   string   // of who is in, if anybody is
	guides ui.Table // people to begin with; without rows: something is looked for
	search ui.SearchBox
	facets ui.Facets
	chips  ui.Filters
	table  ui.Table
	paging ui.Paging
}

// people shows the school.
func (d *Desk) people(c *page.Call) error {
	l := listOf(c)
	found, counts := d.School.Find(l.query, l.ways)
	pages := max(1, (len(found)+atOnce-1)/atOnce)
	l.page = min(l.page, pages)
	from := (l.page - 1) * atOnce
	shown := found[from:min(from+atOnce, len(found))]

	p := peoplePage{
		search: ui.SearchBox{Action: PeoplePath, Name: "q", Value: l.query, Label: c.Say("demo.search")},
		facets: facetsOf(c, l, counts),
		table:  tableOf(c, shown, len(found)),
		paging: ui.Paging{Page: l.page, Pages: pages, From: from + 1, To: from + len(shown), Of: len(found), Href: func(n int) string { return l.at(n, "") }},
	}
	for _, way := range l.ways {
		p.chips.Chips = append(p.chips.Chips, ui.Chip{Label: c.Say("demo.way." + string(way)), Remove: l.at(1, way)})
	}
	if len(l.ways) > 0 {
		p.chips.Clear = list{query: l.query}.at(1, "")
	}
	if l.query == "" && len(l.ways) == 0 && l.page == 1 {
		p.guides = guidesOf(c, d.School.Guides())
	}
	if k := slices.IndexFunc(d.School.Members, func(m demo.Member) bool { return c.SignedIn() && m.ID == c.Visit.Actor.Person }); k >= 0 {
		p.name = d.School.Members[k].Name()
	}
	return c.Show(ui.Page{Title: c.Say("demo.title")}, people(c.Words, p))
}

func facetsOf(c *page.Call, l list, counts map[demo.Way]int) ui.Facets {
	f := ui.Facets{Action: PeoplePath, Groups: []ui.Facet{{Name: "way", Label: c.Say("demo.ways"), Open: true}}}
	if l.query != "" {
		f.Keep = []ui.Hidden{{Name: "q", Value: l.query}}
	}
	for _, way := range demo.Ways {
		f.Groups[0].Options = append(f.Groups[0].Options, ui.FacetOption{
			Value: string(way), Label: c.Say("demo.way." + string(way)), Count: counts[way], Chosen: slices.Contains(l.ways, way),
		})
	}
	return f
}

func tableOf(c *page.Call, shown []*demo.Member, of int) ui.Table {
	t := ui.Table{
		Caption: c.Words.Count("demo.found", int64(of)),
		Columns: []ui.Column{{Label: c.Say("demo.person")}, {Label: c.Say("demo.takes-part")}, {Label: c.Say("demo.language")}, {Label: c.Say("demo.enter"), Hidden: true}},
		Empty:   &ui.Empty{Icon: ui.IconPeople, Title: c.Say("demo.nobody"), Text: c.Say("demo.nobody.text"), Actions: []ui.Button{{Label: c.Say("demo.all"), Href: PeoplePath}}},
	}
	for _, m := range shown {
		person, tag := personOf(c, m), tagOf(c, m)
		t.Rows = append(t.Rows, ui.Row{
			{Person: &person}, {Tag: &tag}, {Text: c.Say("demo.language." + languageOf(m))}, {Actions: []ui.Button{enterButton(c, m)}},
		})
	}
	return t
}

// guidesOf are people to begin with, and why.
func guidesOf(c *page.Call, guides []*demo.Member) ui.Table {
	t := ui.Table{
		Caption: c.Say("demo.begin"),
		Columns: []ui.Column{{Label: c.Say("demo.person")}, {Label: c.Say("demo.guide.why")}, {Label: c.Say("demo.enter"), Hidden: true}},
	}
	for _, m := range guides {
		person := personOf(c, m)
		t.Rows = append(t.Rows, ui.Row{{Person: &person}, {Text: whyOf(c, m)}, {Actions: []ui.Button{enterButton(c, m)}}})
	}
	return t
}

func enterButton(c *page.Call, m *demo.Member) ui.Button {
	return ui.Button{Label: c.Say("demo.enter"), Extra: c.Say("demo.enter.as", "name", m.Name()), Small: true, Name: "person", Value: string(m.ID)}
}

func languageOf(m *demo.Member) string {
	if m.French() {
		return "fr"
	}
	return "en"
}

func tagOf(c *page.Call, m *demo.Member) ui.Tag {
	tone := map[demo.Way]ui.Tone{
		demo.Administers: ui.ToneAmber, demo.Mentors: ui.ToneGreen, demo.Seeks: ui.ToneBlue, demo.Both: ui.ToneBrand, demo.Neither: ui.ToneLine,
	}[m.Way()]
	return ui.Tag{Label: c.Say("demo.way." + string(m.Way())), Tone: tone}
}

// whyOf says why somebody is good to begin with.
func whyOf(c *page.Call, m *demo.Member) string {
	if m.Way() == demo.Seeks && m.French() {
		return c.Say("demo.guide.french")
	}
	return c.Say("demo.guide." + string(m.Way()))
}

// personOf is somebody with what they do and where.
func personOf(c *page.Call, m *demo.Member) ui.Person {
	language := vocabulary.English
	if c.Words.Language == locale.French {
		language = vocabulary.French
	}
	what := vocabulary.Levels().Label(m.Level, language)
	if m.Part == sample.Faculty {
		what = vocabulary.Ranks().Label(m.Rank, language)
	}
	parts := []string{what}
	if m.Specialty != "" {
		parts = append(parts, vocabulary.Specialties().Label(m.Specialty, language))
	}
	return ui.Person{Name: m.Name(), Line: strings.Join(append(parts, m.Site), " · ")}
}
