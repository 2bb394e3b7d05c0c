package data

import (
	"time"

	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// A class is some tables that people know by one name, and that share a fate. Its words are "data.class." and its key,
// and "data.why." and its key.
type class struct {
	key    string
	tables []string
}

// classes are all tables that hold something about people, in the order in which somebody wants to read of them. A test
// holds them to what is declared in internal/privacy.
var classes = []class{
	{"profile", []string{"person", "person_term", "visibility", "draft", "appointment", "away", "declaration", "person_word", "word_key"}},
	{"offices", []string{"unit_head", "authority", "authority_address", "delegate", "role", "coordination"}},
	{"programs", []string{"enrolment", "invitation"}},
	{"wishes", []string{"veto", "veto_address", "mark"}},
	{"sensitive", []string{"private_value"}},
	{"addresses", []string{"email", "suppression"}},
	{"ways-in", []string{"session", "passkey", "identity", "link", "ceremony"}},
	{"letters", []string{"letter", "delivery"}},
	{"imports", []string{"batch", "batch_person"}},
	{"account", []string{"account"}},
	{"consents", []string{"consent"}},
	{"audit", []string{"event", "event_about"}},
	{"inquiries", []string{"inquiry"}},
	{"jobs", []string{"job"}},
	{"erasures", []string{"erasure"}},
}

// terms are the keys of what is kept for a time, by the class that internal/privacy names.
var terms = map[string]string{
	"drafts of profiles": "drafts", "periods away": "away", "wishes not to be matched": "vetoes",
	"positions of authority that have ended": "authority", "declarations of interest": "declarations",
	"delegates who never answered": "delegates", "what undoing an import takes": "imports", "words by which nobody is found": "words",
	"invitations into programs": "invitations",
}

// fates are what is declared of each table.
func fates() map[string]privacy.Fate {
	all := map[string]privacy.Fate{}
	for _, t := range privacy.Tables {
		all[t.Name] = t.Fate
	}
	return all
}

// Kept says in words what is kept of a person, what becomes of it when they are erased, and why.
func Kept(c *page.Call) error {
	of := fates()
	what := ui.Table{Caption: c.Say("data.kept.erased"), Columns: []ui.Column{{Label: c.Say("data.kept.what")}, {Label: c.Say("data.kept.fate")}, {Label: c.Say("data.kept.why")}}}
	for _, one := range classes {
		what.Rows = append(what.Rows, ui.Row{{Text: c.Say("data.class." + one.key)}, {Tag: fateTag(c, of[one.tables[0]])}, {Text: c.Say("data.why." + one.key)}})
	}
	long := ui.Table{Caption: c.Say("data.kept.for"), Columns: []ui.Column{{Label: c.Say("data.kept.what")}, {Label: c.Say("data.kept.long")}, {Label: c.Say("data.kept.why")}}}
	for _, t := range privacy.Retention {
		key := terms[t.Class]
		if key == "" {
			continue // the test of this package says so
		}
		long.Rows = append(long.Rows, ui.Row{{Text: c.Say("data.term." + key)}, {Text: period(c, t.Keeps)}, {Text: c.Say("data.because." + key)}})
	}
	head := ui.Head{Title: c.Say("data.kept"), Lead: c.Say("data.kept.lead"), Back: back(c)}
	return c.Show(ui.Page{Title: head.Title, Readers: ui.WhoSees{Text: c.Say("data.kept.readers")}}, kept(c.Words, head, []ui.Table{what, long}))
}

func fateTag(c *page.Call, f privacy.Fate) *ui.Tag {
	switch f {
	case privacy.Delete:
		return &ui.Tag{Label: c.Say("data.fate.delete"), Tone: ui.ToneGreen, Icon: ui.IconTick}
	case privacy.Anonymise:
		return &ui.Tag{Label: c.Say("data.fate.anonymise"), Tone: ui.ToneBlue}
	}
	return &ui.Tag{Label: c.Say("data.fate.keep"), Tone: ui.ToneAmber, Icon: ui.IconLock}
}

const day = 24 * time.Hour

// period is a length of time in days, or in months where it is long.
func period(c *page.Call, d time.Duration) string {
	days := int64(d / day)
	switch {
	case days == 0:
		return c.Say("data.period.none")
	case days >= 365:
		return c.Words.Count("data.period.months", (days*12+182)/365)
	}
	return c.Words.Count("data.period.days", days)
}
