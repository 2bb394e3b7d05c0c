// Package demo fills a store of its own with the make-believe school of internal/sample, so that the platform can be looked
// at from inside: everybody at the school has an account, and can be come in as. Nobody in it exists.
//
// A demonstration is told from an installation twice: by a sign in its folder, without which nothing there is opened, and
// by a mark in its store, which only a store that nobody has used can be given. Whoever comes in as somebody else is let
// in by package account, which asks for the mark every time.
package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/sample"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Make says which school it is.
type Make struct {
	Seed   uint64 `json:"seed"`
	People int    `json:"people"`
}

// Fewest and Most are how many people a school can have: enough for somebody in every part, and no more than are made in a
// few seconds.
const (
	Fewest = 20
	Most   = 5000
)

// A Member is somebody at the school.
type Member struct {
	sample.Person
	ID            mentoring.PersonID
	Administrator bool // of the installation
	Coordinates   int  // which of the programs, from 1; 0: none

	words []string // by which they are found
}

// A School is everybody, by family name.
type School struct {
	Make
	Members []Member

	edges []sample.Edge // between members by their numbers, as long as they stand in the order of the sample
}

// Open fills the store of accounts with a school or, where it holds one, finds it again: then it is the school that was
// made, whatever is asked for now. A store that somebody has used otherwise is refused with [account.ErrUsed].
func Open(ctx context.Context, a *account.Accounts, m Make) (*School, error) {
	mark, err := account.Demonstration(ctx, a.DB)
	if err != nil {
		return nil, err
	}
	if mark == "" {
		return begin(ctx, a, m)
	}
	if err := json.Unmarshal([]byte(mark), &m); err != nil || m.People < Fewest || m.People > Most {
		return nil, errors.New("the database is a demonstration of another version; begin a new one")
	}
	return find(ctx, a.DB, m)
}

// begin makes the school, with an account for everybody.
func begin(ctx context.Context, a *account.Accounts, m Make) (*School, error) {
	mark, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	s := imagine(m)
	newcomers := make([]account.Newcomer, len(s.Members))
	for k := range s.Members {
		p := &s.Members[k]
		newcomers[k] = account.Newcomer{Address: p.Email, Language: languageOf(p), Administrator: p.Administrator}
	}
	ids, err := a.Populate(ctx, string(mark), newcomers)
	if err != nil {
		return nil, fmt.Errorf("fill the demonstration: %w", err)
	}
	for k, id := range ids {
		s.Members[k].ID = id
	}
	if err := s.settle(ctx, a); err != nil {
		return nil, fmt.Errorf("settle the demonstration: %w", err)
	}
	return s.sorted(), nil
}

// find makes the same school again, and finds whose accounts are whose. Who has left since is left out.
func find(ctx context.Context, db *store.DB, m Make) (*School, error) {
	s := imagine(m)
	err := db.View(ctx, func(tx *store.Tx) error {
		for k := range s.Members {
			e, err := tx.Email(notice.Fold(s.Members[k].Email))
			if err != nil && !store.IsKind(err, store.NotFound) {
				return err
			}
			s.Members[k].ID = mentoring.PersonID(e.Account)
		}
		return nil
	})
	s.Members = slices.DeleteFunc(s.Members, func(p Member) bool { return p.ID == "" })
	return s.sorted(), err
}

// imagine makes a school without accounts, in the order of the sample.
func imagine(m Make) *School {
	made := sample.Make(m.Seed, m.People)
	s := &School{Make: m, edges: made.Edges}
	for _, p := range made.People {
		s.Members = append(s.Members, Member{Person: p, words: search.Words(p.First, p.Last)})
	}
	s.offices()
	return s
}

// offices are given to those who have to look after the installation and to run the programs: the first of the faculty who
// take no part, and so are free to; where they are too few, whoever comes first.
func (s *School) offices() {
	var free []int
	for k, m := range s.Members {
		if m.Part == sample.Faculty && !m.Mentors && !m.Seeks {
			free = append(free, k)
		}
	}
	for k := range s.Members {
		if !slices.Contains(free, k) {
			free = append(free, k)
		}
	}
	s.Members[free[0]].Administrator = true
	s.Members[free[1]].Coordinates, s.Members[free[2]].Coordinates = 1, 2
}

func (s *School) sorted() *School {
	s.edges = nil
	slices.SortFunc(s.Members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(search.Fold(a.Last), search.Fold(b.Last)), cmp.Compare(search.Fold(a.First), search.Fold(b.First)))
	})
	return s
}

// languageOf is the language in which somebody reads pages and letters.
func languageOf(p *Member) string {
	if p.Languages[0] == "fr" {
		return "fr-CA"
	}
	return "en"
}

// A Way is how somebody takes part.
type Way string

// The ways.
const (
	Administers Way = "administrator"
	Coordinates Way = "coordinator"
	Mentors     Way = "mentor"
	Seeks       Way = "mentee"
	Both        Way = "both"
	Neither     Way = "neither"
)

// Ways are all of them.
var Ways = [...]Way{Administers, Coordinates, Mentors, Seeks, Both, Neither}

// Way is how the member takes part.
func (p *Member) Way() Way {
	switch {
	case p.Administrator:
		return Administers
	case p.Coordinates > 0:
		return Coordinates
	case p.Mentors && p.Seeks:
		return Both
	case p.Mentors:
		return Mentors
	case p.Seeks:
		return Seeks
	}
	return Neither
}

// Find lists those whom a query finds by name, and who take part in one of these ways; none: in any. Counts says how many
// the query finds of each way.
func (s *School) Find(query string, ways []Way) (found []*Member, counts map[Way]int) {
	q, counts := search.Parse(query), map[Way]int{}
	for k := range s.Members {
		p := &s.Members[k]
		if _, answers := q.Match(p.words); !answers {
			continue
		}
		counts[p.Way()]++
		if len(ways) == 0 || slices.Contains(ways, p.Way()) {
			found = append(found, p)
		}
	}
	return found, counts
}

// Guides are a few people to begin with: one for each way of taking part and, among those who look for a mentor, one whose
// language is French.
func (s *School) Guides() (guides []*Member) {
	for n, is := range []func(p *Member) bool{
		func(p *Member) bool { return p.Way() == Seeks && p.Part == sample.Resident && languageOf(p) == "en" },
		func(p *Member) bool { return p.Way() == Seeks && languageOf(p) == "fr-CA" },
		func(p *Member) bool { return p.Way() == Mentors && p.Rank == "associate" },
		func(p *Member) bool { return p.Way() == Both },
		func(p *Member) bool { return p.Coordinates == 1 },
		func(p *Member) bool { return p.Administrator },
	} {
		var such []*Member
		for k := range s.Members {
			if is(&s.Members[k]) {
				such = append(such, &s.Members[k])
			}
		}
		if len(such) > 0 {
			guides = append(guides, such[len(such)*(n+1)/7]) // from here and there in the alphabet
		}
	}
	return guides
}

// French says whether the member's pages and letters are in French.
func (p *Member) French() bool { return languageOf(p) == "fr-CA" }
