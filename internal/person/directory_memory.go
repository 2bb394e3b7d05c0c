package person

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A memory is the directory as it is held in memory. It is made when somebody first looks for people: at once where they
// are few, and otherwise in the background, while the store answers. Every answer begins with asking the store who has
// changed since, so that none is older than the transaction that asks.
type memory struct {
	mu   sync.Mutex
	held *held // nil: there is none yet
	busy bool  // one is being made in the background
}

// A held directory does not change; the next one takes its place.
type held struct {
	*search.Directory
	number int64                   // of the latest change that it knows
	away   map[string][]store.Span // by person
	day    mentoring.Day
	awayOn map[string]bool // on the day
}

// Kinds of viewers, as the directory knows them. What is for none of them is there for rules alone.
const (
	toMembers search.Audience = 1 << iota
	toCoordinators
	toNobody
)

// Fields of the directory in memory that are no facets.
const (
	markListed = "(listed)"
	markRoom   = "(room)" // they take people, if they are not away
	markIn     = "(in)"   // a program
)

// audiencesTo are the kinds of viewers up to whom an audience goes.
func audiencesTo(audience int) search.Audience {
	switch mentoring.Audience(audience) {
	case mentoring.Members:
		return toMembers | toCoordinators
	case mentoring.Partners, mentoring.Coordinators:
		return toCoordinators
	}
	return toNobody
}

// entryOf is somebody as the directory holds them. Texts that many have are held once.
func entryOf(f store.Findable, once func(string) string) search.Entry {
	e := search.Entry{ID: f.ID, Sort: f.Sort, Words: make([]search.Word, 0, len(f.Words)), Codes: make([]search.Code, 0, len(f.Codes)+2)}
	for _, w := range f.Words {
		if to := audiencesTo(w.Audience); to != toNobody {
			e.Words = append(e.Words, search.Word{Text: once(w.Text), For: to})
		}
	}
	for _, c := range f.Codes {
		e.Codes = append(e.Codes, search.Code{Field: once(c.Field), Value: once(c.Code), For: audiencesTo(c.Audience)})
	}
	if f.Listed {
		e.Codes = append(e.Codes, search.Code{Field: markListed, For: toMembers})
	}
	for _, program := range f.Programs {
		e.Codes = append(e.Codes, search.Code{Field: markIn, Value: once(program), For: toCoordinators})
	}
	if f.Capacity > 0 {
		e.Codes = append(e.Codes, search.Code{Field: markRoom, For: toMembers | toCoordinators})
	}
	return e
}

// sharing gives back the same text for equal ones.
func sharing() func(string) string {
	had := map[string]string{}
	return func(text string) string {
		if same, ok := had[text]; ok {
			return same
		}
		had[text] = text
		return text
	}
}

// held is the directory as this transaction sees it, or newer by what others have saved meanwhile; nil: there is none
// yet, or none for this transaction.
func (w *work) held() (*held, error) {
	if w.Noted() || w.p.counted > 0 {
		return nil, nil // what it has changed itself is nobody else's yet
	}
	m := &w.p.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.held == nil {
		if err := w.begin(m); err != nil || m.held == nil {
			return nil, err
		}
	}
	next, err := w.catchUp(m.held)
	if err != nil {
		return nil, err
	}
	if next.day != w.today {
		next = next.on(w.today)
	}
	m.held = next
	if next.Untidy() && !m.busy {
		m.busy = true
		go w.p.tidy(next)
	}
	return next, nil
}

// begin makes the directory at once where people are few, and has it made otherwise.
func (w *work) begin(m *memory) error {
	if m.busy {
		return nil
	}
	ids, err := w.Everybody("", manyAtOnce)
	if err != nil {
		return err
	}
	if len(ids) == manyAtOnce {
		m.busy = true
		go func() { _ = w.p.Remember(context.Background()) }() // whoever asks next begins again
		return nil
	}
	number, err := w.LastChange()
	if err != nil {
		return err
	}
	people, err := w.Findable(ids)
	m.held = newHeld(number, slices.Values(people))
	return err
}

// Remember reads all people into the directory in memory, some at a time, each lot as it is at its moment. Those who
// change meanwhile are read again by whoever asks first. It is done by itself when somebody first looks for people.
func (p *People) Remember(ctx context.Context) error {
	var number int64
	err := p.DB.View(ctx, func(tx *store.Tx) (err error) {
		number, err = tx.LastChange()
		return err
	})
	var next *held
	if err == nil {
		next = newHeld(number, p.everybody(ctx, &err))
	}
	p.memory.mu.Lock()
	defer p.memory.mu.Unlock()
	p.memory.busy = false
	if err == nil {
		p.memory.held = next
	}
	return err
}

// everybody reads all people whom somebody can find, until there is an error.
func (p *People) everybody(ctx context.Context, failed *error) iter.Seq[store.Findable] {
	return func(yield func(store.Findable) bool) {
		for after := ""; ; {
			var ids []string
			var people []store.Findable
			*failed = p.DB.View(ctx, func(tx *store.Tx) (err error) {
				if ids, err = tx.Everybody(after, manyAtOnce); err == nil {
					people, err = tx.Findable(ids)
				}
				return err
			})
			for _, f := range people {
				if *failed != nil || !yield(f) {
					return
				}
			}
			if *failed != nil || len(ids) < manyAtOnce {
				return
			}
			after = ids[len(ids)-1]
		}
	}
}

func newHeld(number int64, people iter.Seq[store.Findable]) *held {
	h := &held{number: number, away: map[string][]store.Span{}}
	once := sharing()
	h.Directory = search.NewDirectory(func(yield func(search.Entry) bool) {
		for f := range people {
			if len(f.Away) > 0 {
				h.away[f.ID] = f.Away
			}
			if !yield(entryOf(f, once)) {
				return
			}
		}
	})
	return h
}

// tidy puts in order what has come and changed, in the background. What changes meanwhile is read again.
func (p *People) tidy(was *held) {
	next := *was
	next.Directory = was.Tidied()
	p.memory.mu.Lock()
	defer p.memory.mu.Unlock()
	p.memory.held, p.memory.busy = &next, false
}

// catchUp is the directory with those who have changed since.
func (w *work) catchUp(h *held) (*held, error) {
	changes, err := w.ChangesAfter(h.number)
	if err != nil || len(changes) == 0 {
		return h, err
	}
	next := &held{number: changes[len(changes)-1].Number, away: maps.Clone(h.away)}
	var entries []search.Entry
	gone := map[string]bool{}
	for lot := range slices.Chunk(changes, manyAtOnce) {
		ids := make([]string, len(lot))
		for k, c := range lot {
			ids[k], gone[c.Person] = c.Person, true
			delete(next.away, c.Person)
		}
		people, err := w.Findable(ids)
		if err != nil {
			return nil, err
		}
		for _, f := range people {
			delete(gone, f.ID)
			entries = append(entries, entryOf(f, func(text string) string { return text }))
			if len(f.Away) > 0 {
				next.away[f.ID] = f.Away
			}
		}
	}
	next.Directory = h.With(entries, slices.Collect(maps.Keys(gone)))
	return next, nil
}

// on is the directory with those who are away on a day.
func (h *held) on(day mentoring.Day) *held {
	next := *h
	next.day, next.awayOn = day, map[string]bool{}
	for id, spans := range h.away {
		if slices.ContainsFunc(spans, func(s store.Span) bool { return s.From <= string(day) && s.To >= string(day) }) {
			next.awayOn[id] = true
		}
	}
	return &next
}

// findHeld is [work.find] in the directory in memory. It counts all who are found, however many.
func (w *work) findHeld(h *held, q query, after place, l *Listing) ([]place, error) {
	ask, err := w.askFor(h, q)
	if err != nil {
		return nil, err
	}
	ask.After, ask.Most = search.Place{Rank: search.Rank(after.Rank), Sort: after.Sort, ID: after.ID}, PageSize+1
	for _, field := range facetFields {
		ask.Count = append(ask.Count, string(field))
	}
	answer := h.Find(ask)
	l.Total = answer.All
	if l.Total == 0 && (len(q.codes) > 0 || q.Room || q.Marks != "") {
		wider := q
		wider.codes, wider.Room, wider.Marks = nil, false, ""
		if ask, err = w.askFor(h, wider); err != nil {
			return nil, err
		}
		l.Wider = h.Find(ask).All
	}
	tree, err := w.tree()
	l.Facets = facetsOf(answer.Counts, q.codes, tree)
	found := make([]place, len(answer.Page))
	for k, p := range answer.Page {
		found[k] = place{int(p.Rank), store.Found{ID: p.ID, Sort: p.Sort}}
	}
	return found, err
}

// askFor is a query as the directory in memory takes it: with all that decides whom the viewer may find at all, as the
// query directory.shown says it of the store.
func (w *work) askFor(h *held, q query) (search.Ask, error) {
	ask := search.Ask{Viewer: toMembers, Query: q.text, Except: map[string]bool{}}
	if q.Program != "" {
		ask.Viewer = toCoordinators
		ask.Only = append(ask.Only, search.Choice{Field: markIn, Values: []string{q.Program}})
		w.leaveOutThoseBelow(&ask)
	} else {
		ask.Except[q.Viewer] = true
		ask.Only = append(ask.Only, search.Choice{Field: markListed, Values: []string{""}})
	}
	if q.Room {
		ask.Only = append(ask.Only, search.Choice{Field: markRoom, Values: []string{""}})
		maps.Copy(ask.Except, h.awayOn)
	}
	for field, codes := range q.codes {
		ask.Only = append(ask.Only, search.Choice{Field: field, Values: codes})
	}
	if q.Program != "" {
		return ask, nil
	}
	marks, err := w.marks()
	if q.Marks != "" {
		ask.Among = []string{}
	}
	for id, kind := range marks {
		switch {
		case q.Marks != "" && kind == q.Marks:
			ask.Among = append(ask.Among, id)
		case q.Marks == "" && kind == "aside":
			ask.Except[id] = true
		}
	}
	return ask, err
}

// leaveOutThoseBelow leaves out those over whom the actor has authority: they are for a deputy (CF-9).
func (w *work) leaveOutThoseBelow(ask *search.Ask) {
	maps.Copy(ask.Except, w.below())
	led := search.Choice{Field: fieldUnit}
	for _, unit := range w.actor.Heads {
		led.Values = append(led.Values, string(unit))
	}
	ask.Not = append(ask.Not, led)
}
