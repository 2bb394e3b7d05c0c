package person

import (
	"cmp"
	"maps"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// mostCounted is up to how many people are counted and ordered by how well they answer what was typed. Where more are
// found, they come in the order of names, and it is said that there are more: to count them would take seconds, and nobody
// reads a list of a thousand.
const mostCounted = 1000

// find lists those who are found behind a place, one more than a page has, and fills in how many there are and which
// codes they have.
//
// It begins with the people whom the rarest word or code leads to. If they are few, all that is asked is decided for each
// of them here, by the definition that search itself has, and counted. If they are many, the store walks along the names
// until the page is full.
func (w *work) find(q query, after place, l *Listing) ([]place, error) {
	some, lead, few, err := w.candidates(q)
	if err != nil {
		return nil, err
	}
	if !few {
		l.More, l.Total = true, mostCounted
		found, err := w.Find(q.Search, after.Found, PageSize+1)
		return unranked(found), err
	}
	found, counts, err := w.decide(q, some)
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
		without.Codes = maps.Clone(q.Codes)
		delete(without.Codes, lead)
		some, _, few, err := w.candidates(without)
		if err != nil {
			return err
		}
		if few {
			_, wider, err := w.decide(without, some)
			if err != nil {
				return err
			}
			counts[lead] = wider[lead]
		}
	}
	if total == 0 && len(q.Codes)+len(q.Marks) > 0 || total == 0 && q.Room {
		wider, found := q, Listing{}
		wider.Codes, wider.Room, wider.Marks = nil, false, ""
		if _, err := w.find(wider, place{}, &found); err != nil {
			return err
		}
		l.Wider = found.Total
	}
	tree, err := w.tree()
	l.Facets = facetsOf(counts, q.Codes, tree)
	return err
}

func unranked(found []store.Found) (places []place) {
	for _, f := range found {
		places = append(places, place{0, f})
	}
	return places
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.ID, b.ID))
}

// candidates are people among whom all are who are found, and the field by whose codes they were found, if any; false:
// they are too many.
func (w *work) candidates(q query) (ids []string, lead string, few bool, err error) {
	if len(q.Codes) == 0 && q.text.Empty() {
		found, err := w.Find(q.Search, store.Found{}, mostCounted+1)
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		return ids, "", len(ids) <= mostCounted, err
	}
	if !q.text.Empty() {
		if ids, few, err = w.byWords(q); few || err != nil {
			return ids, "", few, err
		}
	}
	for _, field := range slices.Sorted(maps.Keys(q.Codes)) {
		people := map[string]bool{}
		for _, code := range q.Codes[field] {
			some, err := w.PeopleByCode(field, code, q.Reach, mostCounted+1)
			if err != nil {
				return nil, "", false, err
			}
			for _, id := range some {
				people[id] = true
			}
		}
		if len(people) <= mostCounted {
			return slices.Sorted(maps.Keys(people)), field, true, nil
		}
	}
	return nil, "", false, nil
}

// byWords are the people whom, for each reading of what was typed, the term leads to that leads to the fewest.
func (w *work) byWords(q query) (ids []string, few bool, err error) {
	all := map[string]bool{}
	for reading, terms := range q.text.Readings {
		fewest := map[string]bool(nil)
		for term := range terms {
			people := map[string]bool{}
			for _, r := range q.Ranges {
				if r.Reading != reading || r.Term != term || len(people) > mostCounted {
					continue
				}
				// Several words of a range may lead to one person: more rows than people are read, and a range that
				// fills what is read counts as too many.
				some, err := w.PeopleByWord(r, q.Reach, 2*mostCounted)
				if err != nil {
					return nil, false, err
				}
				for _, id := range some {
					people[id] = true
				}
				if len(some) == 2*mostCounted {
					people = nil
					break
				}
			}
			if people != nil && len(people) <= mostCounted && (fewest == nil || len(people) < len(fewest)) {
				fewest = people
			}
		}
		if fewest == nil {
			return nil, false, nil
		}
		maps.Copy(all, fewest)
	}
	return slices.Sorted(maps.Keys(all)), len(all) <= mostCounted, nil
}

// decide decides for each candidate, counts, and orders those who are found: by how well they answer, then by name.
func (w *work) decide(q query, ids []string) (found []place, counts tally, err error) {
	shown, err := w.ShownAmong(q.Search, ids)
	if err != nil {
		return nil, nil, err
	}
	words := map[string][]string{}
	if !q.text.Empty() {
		if words, err = w.WordsAmong(ids, q.Reach); err != nil {
			return nil, nil, err
		}
	}
	codes, err := w.CodesAmong(ids, q.Reach)
	if err != nil {
		return nil, nil, err
	}
	of := map[string][]store.Code{}
	for _, c := range codes {
		of[c.Person] = append(of[c.Person], c)
	}
	counts = tally{}
	for _, f := range shown {
		rank, answers := q.text.Match(words[f.ID])
		if !answers {
			continue
		}
		lacking := lacks(q.Codes, of[f.ID])
		counts.add(of[f.ID], lacking)
		if len(lacking) == 0 {
			found = append(found, place{int(rank), f})
		}
	}
	slices.SortFunc(found, comparePlaces)
	return found, counts, nil
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
