package person

import (
	"context"
	"maps"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// index brings up to date by what lists and searches find a person.
func (w *work) index(k *kept) error {
	tree, err := w.tree()
	if err != nil {
		return err
	}
	var units, levels []store.Term
	for _, a := range k.appointedOn(w.today) {
		for _, above := range tree.units.Path(a.Unit) {
			units = append(units, store.Term{Code: string(above)})
		}
		if a.What.Code != "" {
			levels = append(levels, store.Term{Code: a.What.Code})
		}
	}
	var distance []store.Term
	if k.Distance != mentoring.NoMatterYet {
		distance = []store.Term{{Code: string(k.Distance)}}
	}
	for _, derived := range []struct {
		field string
		of    mentoring.Field
		terms []store.Term
	}{
		{fieldUnit, mentoring.FieldAppointments, units}, {fieldLevel, mentoring.FieldAppointments, levels},
		{fieldDistance, mentoring.FieldDistance, distance},
	} {
		if err := w.setTerms(k, derived.field, k.reach(derived.of), once(derived.terms)); err != nil {
			return err
		}
	}
	return w.SetWords(k.id, k.words(w.today, tree))
}

// once leaves out terms whose code stands before.
func once(terms []store.Term) (kept []store.Term) {
	for _, t := range terms {
		if !slices.ContainsFunc(kept, func(k store.Term) bool { return k.Code == t.Code }) {
			kept = append(kept, t)
		}
	}
	return kept
}

// words are those by which the person is found, each for the widest audience that any text with it has. Lines, what
// somebody looks for in their own words and what they will not do are read and not searched: what is said there in
// confidence is nothing to be found by (security model, 4.2).
func (k *kept) words(today mentoring.Day, tree forest) []store.Word {
	texts := map[mentoring.Field][]string{
		mentoring.FieldName:  {k.Given, k.Family, k.Given + " " + k.Family},
		mentoring.FieldPlace: {k.Place.Label},
	}
	for _, a := range k.appointedOn(today) {
		texts[mentoring.FieldAppointments] = append(texts[mentoring.FieldAppointments], a.Where, a.What.Label, a.Track)
		for _, above := range tree.units.Path(a.Unit) {
			texts[mentoring.FieldAppointments] = append(texts[mentoring.FieldAppointments], tree.en[above], tree.fr[above])
		}
	}
	if k.Guest {
		texts[mentoring.FieldAppointments] = append(texts[mentoring.FieldAppointments], k.Home.Label)
	}
	for field, terms := range map[mentoring.Field][]mentoring.Term{mentoring.FieldSpecialties: k.Specialties, mentoring.FieldInterests: k.Interests} {
		for _, t := range terms {
			texts[field] = append(texts[field], tree.labelsOf(field, t)...)
		}
	}
	for _, t := range k.Offers {
		if t.Code == "" { // those of the list are chosen beside the search
			texts[mentoring.FieldOffers] = append(texts[mentoring.FieldOffers], t.Label)
		}
	}
	widest := map[string]int{}
	for field, said := range texts {
		reach := k.reach(field)
		if reach > int(mentoring.Coordinators) {
			continue
		}
		for _, word := range search.Words(said...) {
			if before, has := widest[word]; !has || reach < before {
				widest[word] = reach
			}
		}
	}
	var words []store.Word
	for _, word := range slices.Sorted(maps.Keys(widest)) {
		words = append(words, store.Word{Text: word, Audience: widest[word], Keys: search.Keys(word)})
	}
	return words
}

// lists are the lists from which the terms of a field come.
var lists = map[mentoring.Field]func(vocabulary.Set) *vocabulary.List{
	mentoring.FieldSeeks: vocabulary.Set.Purposes, mentoring.FieldOffers: vocabulary.Set.Purposes,
	mentoring.FieldSpecialties: vocabulary.Set.Specialties, mentoring.FieldInterests: vocabulary.Set.AllInterests,
	mentoring.FieldLanguages: vocabulary.Set.Languages,
}

// labelsOf are all words for a term: as it was entered, and what the list says in both languages.
func (f forest) labelsOf(field mentoring.Field, t mentoring.Term) []string {
	labels := []string{t.Label}
	if list := lists[field]; list != nil {
		if term, known := list(f.lists).Find(t.Code); known {
			labels = append(labels, term.En, term.Fr)
			labels = append(labels, term.Synonyms...)
		}
	}
	return labels
}

// reindexKind is the kind of jobs that bring everybody up to date after a change that concerns many, such as a unit that
// has moved.
const reindexKind = "people.reindex"

// A reindexing says behind whom to go on.
type reindexing struct{ After string }

// reindexAtOnce is how many people one job brings up to date.
const reindexAtOnce = 200

// reindexAll promises to bring everybody up to date.
func (p *People) reindexAll(tx *store.Tx) error {
	return p.Queue.Promise(tx, reindexKind, reindexing{}, job.When{})
}

// reindex brings some people up to date, and promises the rest.
func (p *People) reindex(ctx context.Context, r reindexing) (func(tx *store.Tx) error, error) {
	var some []string
	err := p.DB.View(ctx, func(tx *store.Tx) (err error) {
		some, err = tx.Everybody(r.After, reindexAtOnce)
		return err
	})
	for _, id := range some {
		if err != nil {
			return nil, err
		}
		err = p.Reindex(ctx, id)
	}
	if err != nil || len(some) < reindexAtOnce {
		return nil, err
	}
	return func(tx *store.Tx) error {
		return p.Queue.Promise(tx, reindexKind, reindexing{some[len(some)-1]}, job.When{})
	}, nil
}

// Refresh brings up to date what follows from days: appointments that began or ended after one day and up to another. It
// is done once a day.
func (p *People) Refresh(ctx context.Context, after, until mentoring.Day) error {
	var turning []string
	err := p.DB.View(ctx, func(tx *store.Tx) (err error) {
		turning, err = tx.Turning(string(after), string(until))
		return err
	})
	for _, id := range turning {
		if err != nil {
			return err
		}
		err = p.Reindex(ctx, id)
	}
	return err
}

// Reindex brings up to date by what one person is found.
func (p *People) Reindex(ctx context.Context, id string) error {
	return p.DB.Update(ctx, func(tx *store.Tx) error {
		w := p.work(tx)
		k, err := w.load(id)
		if err != nil || !k.is {
			return err
		}
		for field, terms := range k.termFields() {
			if err := w.setTerms(&k, string(field), k.reach(field), storedTerms(*terms)); err != nil {
				return err
			}
		}
		return w.index(&k)
	})
}
