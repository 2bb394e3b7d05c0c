package person

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// save changes one stage of the visitor's own profile: the rule, the change, the event. The draft of the stage has become
// the profile, and is forgotten. Where the change is none, nothing is written down.
func (p *People) save(ctx context.Context, v account.Visit, stage mentoring.Stage, change func(w *work, k *kept, m *mentoring.Mistakes) error) error {
	return p.act(ctx, v, mentoring.ChangeOwnProfile, own(v, mentoring.Profile), func(w *work) error {
		k, err := w.load(string(w.actor.Person))
		if err != nil {
			return err
		}
		was, listed := k.Profile, k.showing.Listed
		var m mentoring.Mistakes
		if err := change(w, &k, &m); err != nil {
			return err
		}
		if err := m.Err(); err != nil {
			return err
		}
		if err := w.DeleteDraft(k.id, string(stage)); err != nil {
			return err
		}
		if k.is && listed == k.showing.Listed && !changed(was, k.Profile) {
			return nil
		}
		if err := w.put(&k); err != nil {
			return err
		}
		return w.log("profile."+string(stage), "profile", k.id, was, k.Profile)
	})
}

// terms tidies terms, gives those a code that a list has a name for, and says what stands against them. Beside each code
// stays the label as it was entered or, where only a code came, as the person reads it. A code that the person has had
// before stays, whatever the list says of it by now.
func (w *work) terms(m *mentoring.Mistakes, field mentoring.Field, terms, had []mentoring.Term, most int) []mentoring.Term {
	terms = mentoring.TidyTerms(terms)
	known := func(string) bool { return true }
	if of := lists[field]; of != nil {
		list := of(w.lists())
		terms = mentoring.TidyTerms(coded(list, terms))
		known = func(code string) bool {
			_, has := list.Find(code)
			return has || slices.ContainsFunc(had, func(t mentoring.Term) bool { return t.Code == code })
		}
		w.label(list, terms)
	}
	m.CheckTerms(string(field), terms, most, known)
	return terms
}

// coded gives terms without a code that of what their words name in a list, if anything. The words stay as they are.
func coded(list *vocabulary.List, terms []mentoring.Term) []mentoring.Term {
	for k, t := range terms {
		if t.Code != "" {
			continue
		}
		if named, is := list.Called(t.Label); is {
			terms[k].Code = named.Code
		}
	}
	return terms
}

// label gives codes that came without words those of the list.
func (w *work) label(list *vocabulary.List, terms []mentoring.Term) {
	for k, t := range terms {
		if known, has := list.Find(t.Code); has && t.Label == "" {
			terms[k].Label = known.Label(w.labels())
		}
	}
}

// codes tidies terms of a closed list.
func codes(m *mentoring.Mistakes, field mentoring.Field, terms []mentoring.Term, of []string) []mentoring.Term {
	terms = mentoring.TidyTerms(terms)
	m.CheckTerms(string(field), terms, len(of), func(code string) bool { return slices.Contains(of, code) })
	for k, t := range terms {
		if t.Code == "" {
			m.Mistaken(string(field), k+1, "person.no-such-term")
		}
	}
	return terms
}

// supports are the codes of what a mentor can offer to do.
func (w *work) supports() (codes []string) {
	for _, t := range w.lists().Supports().Terms {
		codes = append(codes, t.Code)
	}
	return codes
}

func (w *work) labels() vocabulary.Language {
	if w.language == "fr-CA" {
		return vocabulary.French
	}
	return vocabulary.English
}

// SaveSeeks is the first stage: what would help now, a line each, the most wanted first.
func (p *People) SaveSeeks(ctx context.Context, v account.Visit, seeks []mentoring.Term) error {
	return p.save(ctx, v, mentoring.StageSeeks, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Seeks = w.terms(m, mentoring.FieldSeeks, seeks, k.Seeks, mentoring.MostSought)
		return nil
	})
}

// How is the second stage.
type How struct {
	Distance        mentoring.Distance
	Languages, When []mentoring.Term
}

// SaveHow saves how somebody would like to meet.
func (p *People) SaveHow(ctx context.Context, v account.Visit, h How) error {
	return p.save(ctx, v, mentoring.StageHow, func(w *work, k *kept, m *mentoring.Mistakes) error {
		if !slices.Contains([]mentoring.Distance{mentoring.NoMatterYet, mentoring.Here, mentoring.EitherWay, mentoring.FromDistance}, h.Distance) {
			m.Mistaken("distance", 0, "person.no-such-term")
		}
		k.Distance = h.Distance
		k.Languages = w.terms(m, mentoring.FieldLanguages, h.Languages, k.Languages, mentoring.MostTerms)
		k.When = codes(m, mentoring.FieldWhen, h.When, mentoring.Times)
		return nil
	})
}

// A Name is how somebody writes their name, and where they are.
type Name struct {
	Given, Family, Pronoun string
	Place                  mentoring.Term
	Zone                   string // such as "America/Toronto"; "": that of the place, if it is known
}

// SaveName saves a name as the person writes it.
func (p *People) SaveName(ctx context.Context, v account.Visit, n Name) error {
	return p.save(ctx, v, mentoring.StageName, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Given, k.Family, k.Pronoun = mentoring.Tidy(n.Given), mentoring.Tidy(n.Family), mentoring.Tidy(n.Pronoun)
		m.CheckName(k.Given, k.Family, k.Pronoun)
		k.Place, k.Zone = oneTerm(m, "place", w.lists().Places(), n.Place), n.Zone
		if place, known := w.lists().Places().Find(k.Place.Code); known && n.Zone == "" {
			k.Zone = place.Zone
		}
		if _, err := time.LoadLocation(n.Zone); err != nil || n.Zone == "Local" {
			m.Mistaken("zone", 0, "person.no-such-zone")
		}
		return nil
	})
}

// oneTerm tidies a term that stands by itself, and gives it the code of what its words name in a list.
func oneTerm(m *mentoring.Mistakes, field string, list *vocabulary.List, t mentoring.Term) mentoring.Term {
	kept := coded(list, mentoring.TidyTerms([]mentoring.Term{t}))
	m.CheckTerms(field, kept, 1, nil)
	if len(kept) == 0 {
		return mentoring.Term{}
	}
	return kept[0]
}

// An Offer is what somebody offers as a mentor.
type Offer struct {
	Offers, Support []mentoring.Term
	Capacity, Hours int    // people, and hours a month in all
	Refuses         string // what I will not do
	Listed          bool   // in the directory, where members find them
}

// SaveOffer saves what somebody offers. To be listed takes a name and an offer.
func (p *People) SaveOffer(ctx context.Context, v account.Visit, o Offer) error {
	return p.save(ctx, v, mentoring.StageOffers, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Offers = w.terms(m, mentoring.FieldOffers, o.Offers, k.Offers, mentoring.MostTerms)
		k.Support = codes(m, mentoring.FieldSupport, o.Support, w.supports())
		k.Capacity, k.Hours, k.Refuses = o.Capacity, o.Hours, mentoring.Tidy(o.Refuses)
		m.CheckPlaces(k.Capacity, k.Hours, k.Refuses)
		k.showing.Listed = o.Listed
		if o.Listed && (k.Given+k.Family == "" || len(k.Offers) == 0) {
			m.Mistaken("listed", 0, "person.not-to-be-listed")
		}
		return nil
	})
}

// Appointed is where somebody is appointed. A guest comes from elsewhere and has no unit here.
type Appointed struct {
	Appointments []mentoring.Appointment
	Guest        bool
	Home         mentoring.Term
}

// SaveAppointments saves where somebody is and was appointed.
func (p *People) SaveAppointments(ctx context.Context, v account.Visit, a Appointed) error {
	return p.save(ctx, v, mentoring.StageAppointments, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Guest, k.Home = a.Guest, oneTerm(m, "home", w.lists().Institutions(), a.Home)
		if a.Guest && k.Home.Label == "" {
			m.Mistaken("home", 0, "person.no-home")
		}
		return w.appoint(k, m, a.Appointments)
	})
}

// appoint checks appointments and gives each an id and the names of its unit and level.
func (w *work) appoint(k *kept, m *mentoring.Mistakes, all []mentoring.Appointment) error {
	tree, err := w.tree()
	if err != nil {
		return err
	}
	var spans []mentoring.Span
	appointments := slices.Clone(all)
	for i := range appointments {
		a := &appointments[i]
		if !slices.ContainsFunc(k.Appointments, func(b mentoring.Appointment) bool { return b.ID == a.ID && b.ID != "" }) {
			a.ID = rand.Text()
		}
		if a.Unit != "" && tree.units[a.Unit].ID == "" {
			m.Mistaken("unit", i+1, "person.no-such-unit")
		}
		if a.Where = mentoring.Tidy(a.Where); a.Where == "" {
			a.Where = tree.name(a.Unit, w.language)
		}
		w.checkLadder(m, a, i+1)
		if k.Guest && a.Unit != "" {
			m.Mistaken("unit", i+1, "person.guest-has-no-unit")
		}
		spans = append(spans, a.Span)
	}
	m.CheckSpans("appointments", spans, false)
	k.Appointments = appointments
	return nil
}

func (f forest) name(id mentoring.UnitID, language string) string {
	if language == "fr-CA" {
		return f.fr[id]
	}
	return f.en[id]
}

// checkLadder checks the level or rank of an appointment.
func (w *work) checkLadder(m *mentoring.Mistakes, a *mentoring.Appointment, row int) {
	list := w.lists().Levels()
	switch a.Ladder {
	case "level":
	case "rank":
		list = w.lists().Ranks()
	default:
		m.Mistaken("ladder", row, "person.no-such-term")
		return
	}
	a.Track, a.What.Label = mentoring.Tidy(a.Track), mentoring.Tidy(a.What.Label)
	if term, known := list.Find(a.What.Code); known && a.What.Label == "" {
		a.What.Label = term.Label(w.labels())
	} else if !known && a.What.Code != "" || a.What == (mentoring.Term{}) {
		m.Mistaken("level", row, "person.no-such-term")
	}
	a.What.Line = ""
	m.CheckNames("level", row, a.What.Label)
	m.CheckNames("track", row, a.Track)
	m.CheckNames("where", row, a.Where)
}

// Topics are what somebody does and is interested in: codes of lists, and their own words.
type Topics struct{ Specialties, Interests []mentoring.Term }

// SaveTopics saves specialties and interests.
func (p *People) SaveTopics(ctx context.Context, v account.Visit, t Topics) error {
	return p.save(ctx, v, mentoring.StageTopics, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Specialties = w.terms(m, mentoring.FieldSpecialties, t.Specialties, k.Specialties, mentoring.MostTerms)
		k.Interests = w.terms(m, mentoring.FieldInterests, t.Interests, k.Interests, mentoring.MostTerms)
		return nil
	})
}

// SaveAway saves when somebody is away.
func (p *People) SaveAway(ctx context.Context, v account.Visit, away []mentoring.Span) error {
	return p.save(ctx, v, mentoring.StageAway, func(_ *work, k *kept, m *mentoring.Mistakes) error {
		m.CheckSpans("away", away, true)
		k.Away = slices.Clone(away)
		slices.SortFunc(k.Away, func(a, b mentoring.Span) int { return compareSpans(a, b) })
		for i := 1; i < len(k.Away); i++ {
			if k.Away[i].Meets(k.Away[i-1]) {
				m.Mistaken("away", i+1, "person.spans-meet")
			}
		}
		return nil
	})
}

func compareSpans(a, b mentoring.Span) int {
	switch {
	case a.From < b.From:
		return -1
	case a.From > b.From:
		return 1
	}
	return 0
}

// SaveDestination saves where somebody intends to go.
func (p *People) SaveDestination(ctx context.Context, v account.Visit, d mentoring.Destination) error {
	return p.save(ctx, v, mentoring.StageDestination, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Destination = mentoring.Destination{Place: oneTerm(m, "destination", w.lists().Institutions(), d.Place), Kind: d.Kind, From: d.From}
		if !slices.Contains([]string{"", "training", "staff"}, d.Kind) {
			m.Mistaken("destination-kind", 0, "person.no-such-term")
		}
		if _, right := mentoring.ReadDay(string(d.From)); !right {
			m.Mistaken("destination-day", 0, "person.day")
		}
		return nil
	})
}

// SaveTraining saves what somebody has learned about mentoring; training done elsewhere counts (EL-2).
func (p *People) SaveTraining(ctx context.Context, v account.Visit, training []mentoring.Term) error {
	return p.save(ctx, v, mentoring.StageTraining, func(w *work, k *kept, m *mentoring.Mistakes) error {
		k.Training = w.terms(m, mentoring.FieldTraining, training, k.Training, mentoring.MostTerms)
		return nil
	})
}

// SaveDraft keeps a stage as far as it is filled in, without a look at what it says (AP-1). Nobody but the person sees
// it, and it is forgotten when the stage is saved, or after [KeepDrafts].
func (p *People) SaveDraft(ctx context.Context, v account.Visit, stage mentoring.Stage, body string) error {
	if !slices.Contains(mentoring.Stages, stage) {
		return mentoring.NotHere()
	}
	if len(body) > mentoring.MostDraft {
		return invalid("person.draft-too-long", "most", mentoring.MostDraft)
	}
	return p.act(ctx, v, mentoring.ChangeOwnProfile, own(v, mentoring.Profile), func(w *work) error {
		k, err := w.load(string(w.actor.Person))
		if err != nil {
			return err
		}
		if !k.is {
			if err := w.put(&k); err != nil {
				return err
			}
		}
		return w.SetDraft(k.id, store.Draft{Stage: string(stage), Body: body, SavedAt: w.now})
	})
}

// ShowField lets an audience see a field of the visitor's profile, from this moment on, in pages, lists and searches.
func (p *People) ShowField(ctx context.Context, v account.Visit, field mentoring.Field, audience mentoring.Audience) error {
	rule, known := mentoring.VisibilityOf(field)
	if !known || !rule.Choosable() || !rule.Allows(audience) {
		return invalid("person.audience")
	}
	return p.act(ctx, v, mentoring.ChangeOwnProfile, own(v, mentoring.Profile), func(w *work) error {
		k, err := w.load(string(w.actor.Person))
		if err != nil {
			return err
		}
		was := k.showing.AudienceOf(field)
		k.showing.Chosen[field] = audience
		if err := w.put(&k); err != nil {
			return err
		}
		if err := w.SetVisibility(k.id, string(field), int(audience)); err != nil {
			return err
		}
		return w.log("profile.show", "profile", k.id, []any{field, was}, []any{field, audience})
	})
}
