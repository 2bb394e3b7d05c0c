package report

import (
	"cmp"
	"html/template"

	"github.com/chiron-mentoring/chiron/match"
)

// A pageView is all that the templates show, already decided and in words.
type pageView struct {
	Lang, Title string
	Policy      string
	Style       template.CSS
	Script      template.JS
	People      string // how many take part
	Heading     string
	Impossible  string

	Figures   []figureView
	Questions []questionView
	Fit       *histogram
	Choices   *barList

	Nobody      []missingView
	NobodyLead  string
	NobodyCount int
	Untried     []missingView // of those who have nobody, for whom no remedy was sought
	Fewer       []missingView
	Gains       []aboutView
	Room        []aboutView
	Aside       []aboutView

	Look      []lookView
	LookCount int
	LookLead  string
	LookMore  string

	Supply     []supplyView
	SupplyLead string

	Fairness     *fairnessView
	FairnessLead string

	HasPurpose, HasChoice, HasFit bool
	Columns                       int
	Pairs                         []pairView
	PairsTitle, PairsLead         string
	Summarised                    bool
	Files                         []fileView

	Earlier *earlierView
	Edits   *editsView
	Decided decidedView
	Notes   *notesView
	Proof   proofView
}

type figureView struct {
	ID, Label, Value, Of, Remark string
	Good                         bool
}

// A questionView is one of the questions that a coordinator asks first, with the answer in a line.
type questionView struct{ ID, Section, Question, Answer string }

type lookView struct {
	Edge           int32
	Mentee, Mentor identity
	Fit            string
	Why            []string
	Price          string
}

type fileView struct{ Name, Text string }

type notesView struct {
	Title, Lead, More string
	Lines             []string
}

// How many pairs to look at, and notes on the inputs, a page lists.
const (
	listedLook  = 25
	listedNotes = 50
)

func (w *writer) view(f *figures, problem, certificate file) *pageView {
	r := w.in.Run
	v := &pageView{
		Lang: string(w.Language), Title: cmp.Or(w.in.Title, w.Say("page.program")),
		Policy: policy(), Style: template.CSS(style()), Script: template.JS(script()),
		People:  w.Say("people", "mentees", w.Count("people.mentees", int64(f.people[0])), "mentors", w.Count("people.mentors", int64(f.people[1])), "room", w.roomLeft(f)),
		Heading: w.Say("heading." + string(r.Certificate.Outcome)),
		Fit:     w.fitChart(f), Choices: w.choiceChart(f),
		HasPurpose: r.Problem.Edges.Purpose != nil, HasChoice: f.placeOf != nil, HasFit: f.fitOf != nil,
	}
	if r.Certificate.Outcome == match.IsImpossible {
		v.Impossible = w.Say("impossible.text")
	}
	v.Columns = 2
	for _, shown := range [...]bool{v.HasPurpose, v.HasChoice, v.HasFit} {
		if shown {
			v.Columns++
		}
	}
	w.peopleInto(v, f)
	w.lookInto(v, f)
	w.supplyInto(v, f)
	w.fairnessInto(v)
	v.Earlier, v.Edits, v.Decided, v.Notes = w.earlier(), w.edits(), w.decided(f), w.notes()
	v.Proof = w.proof(f, problem, certificate)
	v.Figures = w.figures(f, v)
	v.Questions = w.questions(v)
	return v
}

func (w *writer) roomLeft(f *figures) string {
	if f.room == 0 {
		return w.Say("people.full")
	}
	return w.Count("people.room", int64(f.room))
}

// list fills in what depends on how much the page tells.
func (w *writer) list(v *pageView, f *figures, d detail) {
	v.Pairs, v.Files, v.Summarised = nil, nil, !d.pairs
	v.PairsTitle = w.Count("pairs.heading", int64(f.pairs))
	switch {
	case d.pairs:
		v.Pairs = w.pairViews(f, d)
		v.PairsLead = w.Say("pairs.lead")
		if !d.reasons {
			v.PairsLead = w.Say("pairs.unexplained")
		}
	default:
		v.PairsLead = w.Say("pairs.summarised")
		v.Files = []fileView{{"pairs.csv", w.Say("files.pairs")}, {"unmatched.csv", w.Say("files.unmatched")}, {"summary.txt", w.Say("files.summary")}}
	}
}

func (w *writer) figures(f *figures, v *pageView) []figureView {
	all := f.placed[0] == f.people[0]
	placed := figureView{
		ID: "placed", Label: w.Say("figure.placed"), Value: w.Number(int64(f.placed[0])), Of: w.Say("of", "n", f.people[0]), Good: all,
		Remark: w.Percent(int64(f.placed[0]), int64(f.people[0])),
	}
	list := []figureView{placed}
	if f.placeOf != nil {
		list = append(list, figureView{
			ID: "first", Label: w.Say("figure.first"), Value: w.Number(int64(f.firsts)), Of: w.Say("of", "n", f.people[0]),
			Remark: w.Percent(int64(f.firsts), int64(f.people[0])),
		})
	}
	if f.fits != nil {
		list = append(list, figureView{ID: "median", Label: w.Say("figure.median"), Value: w.Number(int64(f.median)), Remark: w.Say("figure.median.remark")})
	} else {
		list = append(list, figureView{ID: "pairs", Label: w.Say("figure.pairs"), Value: w.Number(int64(f.pairs))})
	}
	return append(list, figureView{
		ID: "look", Label: w.Say("figure.look"), Value: w.Number(int64(v.LookCount)), Remark: w.Say("figure.look.remark"),
	})
}

func (w *writer) peopleInto(v *pageView, f *figures) {
	v.Nobody, v.Untried = w.without(f, false)
	v.NobodyCount = len(v.Nobody) + len(v.Untried)
	fewer, untried := w.without(f, true)
	v.Fewer = append(fewer, untried...)
	v.Gains, v.Room, v.Aside = w.gains(), w.room(f), w.aside()
	v.NobodyLead = w.Say("nobody.none")
	if v.NobodyCount == 0 {
		return
	}
	v.NobodyLead = w.Count("nobody.lead", int64(v.NobodyCount))
	if w.in.Answers != nil {
		v.NobodyLead += " " + w.Count("nobody.helped", int64(v.helped()))
	}
}

// helped counts those who have nobody and for whom a remedy is known.
func (v *pageView) helped() int {
	n := 0
	for _, one := range v.Nobody {
		if len(one.Remedies) > 0 {
			n++
		}
	}
	return n
}

func (w *writer) lookInto(v *pageView, f *figures) {
	all := secondLook(w.in, f)
	v.LookCount = len(all)
	v.LookLead = w.Say("look.none")
	if len(all) > 0 {
		v.LookLead = w.Count("look.lead", int64(len(all)))
	}
	prices := w.prices()
	for _, one := range all[:min(len(all), listedLook)] {
		view := lookView{Edge: one.edge, Price: prices[one.edge]}
		view.Mentee, view.Mentor = w.in.peopleOf(one.edge)
		if f.fitOf != nil {
			view.Fit = w.Number(int64(f.fitOf[one.edge]))
		}
		for _, key := range one.why {
			view.Why = append(view.Why, w.Say(key))
		}
		v.Look = append(v.Look, view)
	}
	if more := len(all) - listedLook; more > 0 {
		v.LookMore = w.Count("look.more", int64(more))
	}
}

// questions answers in a line what the sections answer at length.
func (w *writer) questions(v *pageView) []questionView {
	nobody := w.Say("answer.nobody.none")
	if v.NobodyCount > 0 {
		nobody = w.Count("answer.nobody", int64(v.NobodyCount))
	}
	if n := v.helped(); n > 0 {
		nobody += " " + w.Count("answer.helped", int64(n))
	}
	look := w.Say("answer.look.none")
	if v.LookCount > 0 {
		look = w.Count("answer.look", int64(v.LookCount))
	}
	return []questionView{
		{"nobody", "nobody", w.Say("question.nobody"), nobody},
		{"look", "look", w.Say("question.look"), look},
		{"supply", "supply", w.Say("question.supply"), v.SupplyLead},
		{"fairness", "fairness", w.Say("question.fairness"), v.FairnessLead},
		{"verify", "proof", w.Say("question.verify"), w.Say("answer.verify")},
	}
}

// notes lists what the reader of the inputs put right or decided. They are the reader's own words.
func (w *writer) notes() *notesView {
	notes := w.in.Run.Manifest.Notes
	if len(notes) == 0 {
		return nil
	}
	v := &notesView{Title: w.Count("notes.title", int64(len(notes))), Lead: w.Say("notes.lead")}
	for _, n := range notes[:min(len(notes), listedNotes)] {
		v.Lines = append(v.Lines, n.String())
	}
	if more := len(notes) - listedNotes; more > 0 {
		v.More = w.Count("notes.more", int64(more))
	}
	return v
}
