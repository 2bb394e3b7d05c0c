package person

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// mostCounted is up to how many people are counted and ordered by how well they answer what was typed. Where more are
// found, they come in the order of names, and it is said that there are more: to count them would take seconds, and nobody
// reads a list of a thousand.
const mostCounted = 1000

func (w *work) most() int { return cmp.Or(w.p.counted, mostCounted) }

// find lists those who are found behind a place, one more than a page has, and fills in how many there are and which
// codes they have. It asks the directory in memory, or the store where that is not there yet.
//
// In the store it begins with the people whom the rarest word or code leads to. If they are few, all that is asked is decided for each
// of them here, by the definition that search itself has, and counted. If they are many, it walks along the names until
// the page is full.
func (w *work) find(q query, after place, l *Listing) ([]place, error) {
	if h, err := w.held(); h != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return w.findHeld(h, q, after, l)
	}
	if err := w.rangesOf(&q); err != nil {
		return nil, err
	}
	some, lead, few, err := w.candidates(q)
	if err != nil {
		return nil, err
	}
	if !few {
		l.More, l.Total = true, w.most()
		return w.walk(q, after, l)
	}
	found, counts, err := w.among(q, some)
	if err != nil {
		return nil, err
	}
	if err := w.describe(q, lead, counts, len(found), l); err != nil {
		return nil, err
	}
	if after.ID != "" {
		found = slices.DeleteFunc(found, func(p place) bool { return comparePlaces(p, after) <= 0 })
	}
	return found[:min(len(found), PageSize+1)], nil
}

// describe fills in how many are found and which codes they have. Of the field that led to the candidates it is not known
// yet how many would have its other codes: that is looked for without it.
func (w *work) describe(q query, lead string, counts tally, total int, l *Listing) error {
	l.Total = total
	if lead != "" {
		without := q
		without.codes = maps.Clone(q.codes)
		delete(without.codes, lead)
		some, _, few, err := w.candidates(without)
		if err != nil {
			return err
		}
		if few {
			_, wider, err := w.among(without, some)
			if err != nil {
				return err
			}
			counts[lead] = wider[lead]
		}
	}
	if total == 0 && len(q.codes)+len(q.Marks) > 0 || total == 0 && q.Room {
		wider, found := q, Listing{}
		wider.codes, wider.Room, wider.Marks = nil, false, ""
		if _, err := w.find(wider, place{}, &found); err != nil {
			return err
		}
		l.Wider = found.Total
	}
	tree, err := w.tree()
	l.Facets = facetsOf(counts, q.codes, tree)
	return err
}

// mostWalked is along how many names one page walks. If it is not full by then, the next one goes on from there.
const mostWalked = 20_000

// walk goes along the names behind a place and decides for one lot of people after the other, until a page is full.
func (w *work) walk(q query, after place, l *Listing) (found []place, err error) {
	behind, walked := after.Found, 0
	for names, err := range w.lots(q.Search, behind) {
		if err != nil {
			return nil, err
		}
		decided, _, err := w.decide(q, names, false)
		if err != nil {
			return nil, err
		}
		for k := range decided {
			decided[k].Rank = 0
		}
		slices.SortFunc(decided, comparePlaces)
		found = append(found, decided...)
		behind = names[len(names)-1]
		if walked += len(names); len(found) > PageSize {
			return found, nil
		}
		if walked >= mostWalked {
			l.Next = writePlace(place{0, behind})
			return found, nil
		}
	}
	return found, nil
}

// lots are those whom a viewer finds behind a place, whatever their codes and words, in the order of names: a few first,
// for a page is often full soon. Those of a program are read at once: to put them in order all have to be looked at.
func (w *work) lots(s store.Search, behind store.Found) iter.Seq2[[]store.Found, error] {
	return func(yield func([]store.Found, error) bool) {
		for lot := 2 * PageSize; ; lot = min(2*lot, manyAtOnce) {
			most := lot
			if s.Program != "" {
				most = mostWalked
			}
			names, err := w.Find(s, behind, most)
			if err != nil {
				yield(nil, err)
				return
			}
			last := len(names) < most
			if !last {
				behind = names[len(names)-1]
			}
			for some := range slices.Chunk(w.notBelow(s, names), lot) {
				if !yield(some, nil) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}

// notBelow leaves out those over whom a coordinator has authority: they are for a deputy (CF-9).
func (w *work) notBelow(s store.Search, found []store.Found) []store.Found {
	if s.Program == "" {
		return found
	}
	below := w.below()
	return slices.DeleteFunc(found, func(f store.Found) bool { return below[f.ID] })
}

// below are those over whom the actor has a position of authority today, but for those whose unit they lead.
func (w *work) below() map[string]bool {
	below := map[string]bool{}
	for _, e := range w.actor.Edges {
		if e.From == w.actor.Person && e.Kind.Evaluative() {
			below[string(e.To)] = true
		}
	}
	return below
}

// CountIn counts the people of a program for a coordinator of it: as many as [People.List] shows.
func (p *People) CountIn(ctx context.Context, v account.Visit, program mentoring.ProgramID) (n int, err error) {
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ListPeople, settings(program)).Refused(); err != nil {
			return err
		}
		s := store.Search{Viewer: string(w.actor.Person), Program: string(program), Today: string(w.today)}
		if n, err = w.CountFound(s); err != nil {
			return err
		}
		below, err := w.ShownAmong(s, slices.Collect(maps.Keys(w.below())))
		n -= len(below)
		return err
	})
	return n, err
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID))
}

// candidates are people among whom all are who are found, and the field by whose codes they were found, if any; false:
// they are too many.
func (w *work) candidates(q query) (ids []string, lead string, few bool, err error) {
	if plain := len(q.codes) == 0 && q.text.Empty(); plain || q.Program != "" { // those in a program are often few
		found, err := w.Find(q.Search, store.Found{}, w.most()+1)
		few = len(found) <= w.most()
		for _, f := range w.notBelow(q.Search, found) {
			ids = append(ids, f.ID)
		}
		if plain || few || err != nil {
			return ids, "", few, err
		}
		ids = nil
	}
	if !q.text.Empty() {
		if ids, few, err = w.byWords(q); few || err != nil {
			return ids, "", few, err
		}
	}
	for _, field := range slices.Sorted(maps.Keys(q.codes)) {
		people := map[string]bool{}
		for _, code := range q.codes[field] {
			some, err := w.PeopleByCode(field, code, q.reach, w.most()+1)
			if err != nil {
				return nil, "", false, err
			}
			for _, id := range some {
				people[id] = true
			}
		}
		if len(people) <= w.most() {
			return slices.Sorted(maps.Keys(people)), field, true, nil
		}
	}
	return nil, "", false, nil
}

// byWords are the people whom, for each reading of what was typed, the term leads to that leads to the fewest.
func (w *work) byWords(q query) (ids []string, few bool, err error) {
	all := map[string]bool{}
	for _, terms := range q.ranges {
		fewest := map[string]bool(nil)
		for _, ranges := range terms {
			people, err := w.byRanges(q, ranges)
			if err != nil {
				return nil, false, err
			}
			if people != nil && (fewest == nil || len(people) < len(fewest)) {
				fewest = people
			}
		}
		if fewest == nil {
			return nil, false, nil
		}
		maps.Copy(all, fewest)
	}
	return slices.Sorted(maps.Keys(all)), len(all) <= w.most(), nil
}

// byRanges are the people whom some ranges lead to; nil: too many. Several words of a range may lead to one person, so
// that more rows are read than people are wanted; a range that fills what is read counts as too many.
func (w *work) byRanges(q query, ranges []store.Range) (map[string]bool, error) {
	people := map[string]bool{}
	for _, r := range ranges {
		some, err := w.PeopleByWord(r, q.reach, 2*w.most())
		if err != nil || len(some) == 2*w.most() {
			return nil, err
		}
		for _, id := range some {
			people[id] = true
		}
		if len(people) > w.most() {
			return nil, nil
		}
	}
	return people, nil
}

// among decides for some people whether the viewer finds them at all, and then what [work.decide] does.
func (w *work) among(q query, ids []string) (found []place, counts tally, err error) {
	shown, err := w.ShownAmong(q.Search, ids)
	if err != nil {
		return nil, nil, err
	}
	return w.decide(q, w.notBelow(q.Search, shown), true)
}

// decide decides for each of some people who may be found, and orders those who are: by how well they answer, then by
// name. It counts their codes if asked to, and reads no more of anybody than it takes.
func (w *work) decide(q query, people []store.Found, counting bool) (found []place, counts tally, err error) {
	if found, err = w.answering(q, people); err != nil {
		return nil, nil, err
	}
	counts = tally{}
	if !counting && len(q.codes) == 0 {
		return found, counts, nil
	}
	codes, err := w.CodesAmong(idsOfPlaces(found), q.reach)
	if err != nil {
		return nil, nil, err
	}
	of := map[string][]store.Code{}
	for _, c := range codes {
		of[c.Person] = append(of[c.Person], c)
	}
	found = slices.DeleteFunc(found, func(p place) bool {
		lacking := lacks(q.codes, of[p.ID])
		counts.add(of[p.ID], lacking)
		return len(lacking) > 0
	})
	return found, counts, nil
}

// answering are those whose words answer what was typed, best first, then by name.
func (w *work) answering(q query, people []store.Found) (found []place, err error) {
	words := map[string][]string{}
	if !q.text.Empty() {
		ids := make([]string, len(people))
		for k, f := range people {
			ids[k] = f.ID
		}
		if words, err = w.WordsAmong(ids, q.reach); err != nil {
			return nil, err
		}
	}
	for _, f := range people {
		if rank, answers := q.text.Match(words[f.ID]); answers {
			found = append(found, place{int(rank), f})
		}
	}
	slices.SortFunc(found, comparePlaces)
	return found, nil
}

func idsOfPlaces(places []place) []string {
	ids := make([]string, len(places))
	for k, p := range places {
		ids[k] = p.ID
	}
	return ids
}

// lacks are the fields in which somebody has none of the codes wanted.
func lacks(wanted map[string][]string, has []store.Code) (fields []string) {
	for field, codes := range wanted {
		if !slices.ContainsFunc(has, func(c store.Code) bool { return c.Field == field && slices.Contains(codes, c.Code) }) {
			fields = append(fields, field)
		}
	}
	return fields
}

// A tally is how many have which code, by field.
type tally map[string]map[string]int

// add counts the codes of somebody: all of them if nothing is lacking; if one field is, those in it, which are counted as
// if it were not filtered by.
func (t tally) add(codes []store.Code, lacking []string) {
	if len(lacking) > 1 {
		return
	}
	for _, c := range codes {
		if len(lacking) == 1 && lacking[0] != c.Field {
			continue
		}
		if t[c.Field] == nil {
			t[c.Field] = map[string]int{}
		}
		t[c.Field][c.Code]++
	}
}
