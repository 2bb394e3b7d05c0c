package person

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Page is all that a page shows of a person, already decided: what whoever looks may not see is empty in it, and cannot
// be told from what was never said.
type Page struct {
	ID mentoring.PersonID
	As mentoring.Standing // as whom it is looked at; "": nothing is shown
	Profile
	Offering  bool          // they offer to be a mentor, and it is seen
	Room      bool          // of those who offer: "has room", or else "waiting list" (FV-9)
	AwayUntil mentoring.Day // for partners; "" for those who run a program, who see only that
	IsAway    bool
	Listed    bool
	Mark      string // what the viewer keeps for themselves: "kept", "aside" or ""
}

// Nothing says whether a page shows nothing at all.
func (p Page) Nothing() bool { return p.As == "" }

// pageOf is a profile as somebody with a standing sees it on a day. It is the one place where that is made, for pages,
// lists and "see as" alike.
func (k *kept) pageOf(as mentoring.Standing, today mentoring.Day) Page {
	page := Page{ID: mentoring.PersonID(k.id)}
	if _, some := mentoring.ReachOf(as); !some || as == mentoring.Member && !k.showing.Listed {
		return page
	}
	page.As, page.Listed = as, k.showing.Listed
	shows := func(f mentoring.Field) bool { return mentoring.Shows(f, k.showing, as) }
	for field, terms := range k.termFields() {
		if shows(field) {
			*page.termFields()[field] = slices.Clone(*terms)
		}
	}
	for _, field := range []struct {
		f    mentoring.Field
		show func()
	}{
		{mentoring.FieldName, func() { page.Given, page.Family = k.Given, k.Family }},
		{mentoring.FieldPronoun, func() { page.Pronoun = k.Pronoun }},
		{mentoring.FieldAppointments, func() {
			page.Guest, page.Home, page.Appointments = k.Guest, k.Home, k.appointedOn(today)
		}},
		{mentoring.FieldDistance, func() { page.Distance = k.Distance }},
		{mentoring.FieldPlace, func() { page.Place, page.Zone = k.Place, k.Zone }},
		{mentoring.FieldDestination, func() { page.Destination = k.Destination }},
		{mentoring.FieldRefuses, func() { page.Refuses = k.Refuses }},
		{mentoring.FieldCapacity, func() { page.Capacity, page.Hours = k.Capacity, k.Hours }},
		{mentoring.FieldAway, func() { page.Away, page.Appointments = k.Away, k.Appointments }},
	} {
		if shows(field.f) {
			field.show()
		}
	}
	until, away := mentoring.AwayOn(k.Away, today)
	if page.Offering = len(page.Offers) > 0; page.Offering && shows(mentoring.FieldRoom) {
		page.Room = mentoring.HasRoom(k.Capacity, 0, away)
	}
	k.showAway(&page, until, away)
	return page
}

// showAway shows a period away as the row "pause" of the table says: partners see until when, those who run a program
// that it is so, and others nothing.
func (k *kept) showAway(page *Page, until mentoring.Day, away bool) {
	switch page.As {
	case mentoring.Self, mentoring.Counterpart:
		page.IsAway, page.AwayUntil = away, until
	case mentoring.Coordinator:
		page.IsAway = away
	}
}

// A Visible is a field and how far it goes.
type Visible struct {
	Field    mentoring.Field
	Audience mentoring.Audience
	Rule     mentoring.Visibility // what may be chosen
}

// A Draft is a stage that somebody has begun to fill in.
type Draft struct {
	Body    string
	SavedAt time.Time
}

// Mine is all that a page shows to a person of their own profile.
type Mine struct {
	Page
	Declared time.Time // when they last declared their interests; zero: never
	Visible  []Visible
	Drafts   map[mentoring.Stage]Draft
	Done     map[mentoring.Stage]bool // something was said
	Useful   bool                     // enough was said that somebody can be suggested: a purpose
	Delegate []Delegate
	Named    []Naming // who named this person a delegate and waits for an answer
}

// Mine is the visitor's own profile.
func (p *People) Mine(ctx context.Context, v account.Visit) (own Mine, err error) {
	err = p.view(ctx, v, func(w *work) error {
		object := mentoring.Object{Kind: mentoring.Profile, Owner: w.actor.Person}
		if err := mentoring.May(w.actor, mentoring.See, object).Refused(); err != nil {
			return err
		}
		k, err := w.load(string(w.actor.Person))
		if err != nil {
			return err
		}
		own.Page = k.pageOf(mentoring.Self, w.today)
		own.Done, own.Useful = k.done(), len(k.Seeks)+len(k.Offers) > 0
		for _, rule := range mentoring.Visibilities {
			own.Visible = append(own.Visible, Visible{rule.Field, k.showing.AudienceOf(rule.Field), rule})
		}
		return w.fillOwn(&own)
	})
	return own, err
}

func (w *work) fillOwn(own *Mine) error {
	me := string(w.actor.Person)
	drafts, err := w.Drafts(me)
	if err != nil {
		return err
	}
	own.Drafts = map[mentoring.Stage]Draft{}
	for _, d := range drafts {
		own.Drafts[mentoring.Stage(d.Stage)] = Draft{d.Body, d.SavedAt}
	}
	declared, err := w.Declarations(me)
	if err != nil {
		return err
	}
	if len(declared) > 0 {
		own.Declared = declared[0].MadeAt
	}
	if w.actor.SteppingIn != "" {
		return nil // what is the account's is not shown from inside it
	}
	if own.Delegate, err = w.delegates(); err != nil {
		return err
	}
	own.Named, err = w.namings()
	return err
}

// done says of which stages something was said. What is sensitive is no stage, and counts nowhere (AP-2).
func (k *kept) done() map[mentoring.Stage]bool {
	return map[mentoring.Stage]bool{
		mentoring.StageSeeks: len(k.Seeks) > 0, mentoring.StageHow: k.Distance != "" || len(k.Languages) > 0 || len(k.When) > 0,
		mentoring.StageName: k.Given+k.Family != "", mentoring.StageOffers: len(k.Offers) > 0,
		mentoring.StageAppointments: len(k.Appointments) > 0 || k.Guest,
		mentoring.StageTopics:       len(k.Specialties)+len(k.Interests) > 0, mentoring.StageAway: len(k.Away) > 0,
		mentoring.StageDestination: k.Destination.Place.Label != "", mentoring.StageTraining: len(k.Training) > 0,
	}
}

// Show is what the visitor sees of somebody: as the other person of a relationship, as coordinator of a program, as unit
// head or administrator, or as a member of the directory. Partners are those with whom the visitor is in a relationship;
// program is the one as whose coordinator they look, if any. Whoever is seen by those who run something can read in
// their trail that it happened. A person whom the visitor may not know of is NotHere.
func (p *People) Show(ctx context.Context, v account.Visit, id mentoring.PersonID, in Context) (page Page, err error) {
	var needs mentoring.Need
	err = p.view(ctx, v, func(w *work) error {
		page, needs, err = w.show(id, in)
		return err
	})
	if err != nil || needs&mentoring.Log == 0 {
		return page, err
	}
	err = p.DB.Update(ctx, func(tx *store.Tx) error { // once more, as things are when it is written down
		w := p.work(tx)
		if _, err := w.come(v); err != nil {
			return err
		}
		if page, _, err = w.show(id, in); err != nil {
			return err
		}
		return w.log("person.see", "profile", string(id), nil, nil, string(id))
	})
	return page, err
}

// show is the page of somebody for the actor, and what seeing it asks for besides.
func (w *work) show(id mentoring.PersonID, in Context) (page Page, needs mentoring.Need, err error) {
	k, err := w.load(string(id))
	if err != nil {
		return page, 0, err
	}
	if !k.is && id != w.actor.Person {
		return page, 0, mentoring.NotHere()
	}
	if in.Program, err = w.programOf(id, in.Program); err != nil {
		return page, 0, err
	}
	if gone, err := w.isGone(id); err != nil || gone && !w.staysInSight(id, in) {
		return page, 0, cmp.Or(err, error(mentoring.NotHere()))
	}
	as, decision := mentoring.EyeOf(w.actor, k.object(in))
	if page = k.pageOf(as, w.today); page.Nothing() {
		return page, 0, mentoring.NotHere()
	}
	marks, err := w.marks()
	page.Mark = marks[k.id]
	return page, decision.Needs, err
}

// isGone says whether the account of somebody is suspended, or its person has gone on with another one.
func (w *work) isGone(id mentoring.PersonID) (bool, error) {
	a, err := w.Account(string(id))
	return !a.SuspendedAt.IsZero() || a.MergedInto != "", here(err)
}

// staysInSight says whether the actor may see somebody who is gone from lists and searches: themselves, whoever is in a
// relationship with them, and administrators.
func (w *work) staysInSight(id mentoring.PersonID, in Context) bool {
	return id == w.actor.Person || slices.Contains(in.Partners, w.actor.Person) || w.actor.Operator
}

// Suit is why somebody suits the visitor who sees their page as a member, and what is missing, as their card in the
// directory says it. For everybody else's page, and one's own, there is nothing.
func (p *People) Suit(ctx context.Context, v account.Visit, page Page) (reasons, gaps []mentoring.Point, err error) {
	if page.As != mentoring.Member || page.ID == v.Actor.Person {
		return nil, nil, nil
	}
	err = p.view(ctx, v, func(w *work) error {
		me, err := w.load(string(w.actor.Person))
		reasons, gaps = me.suits(page, w.today)
		return err
	})
	return reasons, gaps, err
}

// suits is why somebody suits a person on a day. Of both it looks at what they let be seen: of the other at the page that
// is shown; of the person at what those who run a program see, so that what is kept to oneself is no reason.
func (k *kept) suits(page Page, today mentoring.Day) (reasons, gaps []mentoring.Point) {
	return mentoring.Suit(sideOf(k.pageOf(mentoring.Coordinator, today)), sideOf(page))
}

// A Context is where somebody is looked at from.
type Context struct {
	Program  mentoring.ProgramID  // as whose coordinator; "": none
	Partners []mentoring.PersonID // those with whom the person is in a relationship
}

// object is the profile as the table knows it today: the units are those of appointments in force, as in lists.
func (k *kept) object(in Context) mentoring.Object {
	o := mentoring.Object{Kind: mentoring.Profile, Owner: mentoring.PersonID(k.id), Program: in.Program, Participants: in.Partners}
	for _, a := range k.appointedOn(k.today) {
		if a.Unit != "" {
			o.Units = append(o.Units, a.Unit)
		}
	}
	return o
}

// The eyes as which people can look at their own profile.
var Eyes = []mentoring.Standing{mentoring.Counterpart, mentoring.Member, mentoring.Coordinator, mentoring.Evaluator, mentoring.UnitHead, mentoring.Operator, ProgramDirector}

// ProgramDirector has no column in the table and so sees nothing (FV-6). A director who has an account sees in the
// directory what every member sees.
const ProgramDirector mentoring.Standing = "program director"

// SeeAs is the visitor's own profile as somebody else would see it, made by the same code that shows profiles.
func (p *People) SeeAs(ctx context.Context, v account.Visit, as mentoring.Standing) (page Page, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.See, own(v, mentoring.Profile)).Refused(); err != nil {
			return err
		}
		k, err := w.load(string(w.actor.Person))
		if err != nil || !slices.Contains(Eyes, as) {
			return err
		}
		page = k.pageOf(as, w.today)
		return nil
	})
	return page, err
}

// changed says whether two profiles differ in what they say.
func changed(a, b Profile) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX != nil || errY != nil || string(x) != string(y)
}
