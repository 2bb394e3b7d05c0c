package run

import (
	"context"
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// Candidates say what a matching is compared with when the possible pairs are too many to be all in the problem.
type Candidates struct {
	Each     int    `json:"each"`              // how many of the best everybody has on a list, besides named pairs
	Possible int64  `json:"possible"`          // possible pairs
	Listed   int    `json:"listed"`            // of them, in the problem
	Rounds   int    `json:"rounds"`            // how often the lists were made longer
	Best     Among  `json:"best"`              // among which pairs the matching is the best by the goals
	Lottery  Among  `json:"lottery"`           // among which pairs the lottery drew
	Better   int    `json:"better,omitempty"`  // pairs outside the lists that could still make it better, as far as looked at
	Because  string `json:"because,omitempty"` // why the lists were not made longer
}

// Among says which pairs a claim is about.
type Among string

const (
	AmongAll    Among = "all possible pairs"
	AmongListed Among = "listed pairs"
)

// mostRounds bounds how often lists are made longer.
const mostRounds = 10

// solveAmongAll finds the matching within the lists, asks whether pairs outside them could change it, puts those on the
// lists, and so on, until there are none or it has taken too long. Without lists it solves once.
func (r *Run) solveAmongAll(ctx context.Context, progress func(done, total int)) error {
	if err := r.solve(ctx, progress); err != nil || !r.hasLists() {
		return err
	}
	for round := 0; ; round++ {
		claim := r.People.Claim(r.Problem, r.Certificate)
		r.Manifest.Candidates = candidatesOf(claim, round)
		if claim.Better == 0 && claim.Drawn == 0 {
			return ctx.Err()
		}
		if round == mostRounds {
			r.Manifest.Candidates.Because = fmt.Sprintf("the lists were made longer %d times, and there would be more to add", round)
			return ctx.Err()
		}
		before := *r
		err := r.People.Extend(claim)
		if err == nil {
			if r.Problem, err = r.People.Problem(); err == nil {
				r.Problem.Lottery.Seed = before.Problem.Lottery.Seed
				if err := r.solve(ctx, progress); err != nil {
					return err
				}
				continue
			}
		}
		r.Problem, r.Certificate = before.Problem, before.Certificate
		r.Manifest.Candidates.Because = "with more pairs there is no exact answer: " + err.Error()
		return ctx.Err()
	}
}

// hasLists says whether the problem holds lists in place of all possible pairs.
func (r *Run) hasLists() bool {
	return r.Problem.Aim == match.Optimal && r.People != nil && r.People.HasLists()
}

// candidatesOf is what a claim comes to.
func candidatesOf(claim *roster.Claim, rounds int) *Candidates {
	c := &Candidates{
		Each: claim.Each, Possible: claim.Possible, Listed: claim.Listed, Rounds: rounds, Best: AmongAll, Lottery: AmongAll, Better: claim.Better,
	}
	if claim.Better > 0 {
		c.Best = AmongListed
	}
	if claim.Better+claim.Drawn > 0 || claim.Unsure {
		c.Lottery = AmongListed
	}
	return c
}

// among says what the matching was compared with.
func (s *page) among(c *Candidates, outcome match.Outcome) {
	switch {
	case c == nil:
		return
	case c.Best == AmongListed:
		s.say("That is among the %s that are listed, of %d possible ones. It is not proved among all: %s.", several(c.Listed, "pair"), c.Possible, c.Because)
		return
	case outcome == match.IsImpossible:
		s.say("That is so among all %d possible pairs, of which %d are listed: none of the others would help.", c.Possible, c.Listed)
		return
	}
	s.say("It is the best among all %d possible pairs. %d of them are listed; all others were searched, and none could make it better.", c.Possible, c.Listed)
	if c.Lottery == AmongListed {
		s.say("Where several matchings are as good, the lottery drew among the listed pairs.")
	}
}

// compareCandidates makes the lists again and looks once more for pairs that could change the matching. The problem of
// again becomes that of the run, if the inputs lead to it. It returns false if they do not.
func (r *Report) compareCandidates(run, again *Run) bool {
	if !again.hasLists() {
		if run.Manifest.Candidates != nil {
			r.refuse("%s says that the problem has lists, and by the inputs it holds all possible pairs", manifestFile)
			return false
		}
		return true
	}
	if run.Manifest.Candidates == nil {
		r.refuse("%s does not say that the problem has lists, and the inputs lead to some", manifestFile)
		return false
	}
	err := again.People.ListAs(run.Problem)
	if err == nil {
		seed := again.Problem.Lottery.Seed
		if again.Problem, err = again.People.Problem(); err == nil {
			again.Problem.Lottery.Seed = seed
		}
	}
	if err != nil {
		r.refuse("%s is not what the inputs say: %v", problemFile, err)
		return false
	}
	return true
}

// compareClaim says whether the matching is compared with what the manifest says.
func (r *Report) compareClaim(run, again *Run) {
	if run.Manifest.Candidates == nil {
		return
	}
	claimed := *run.Manifest.Candidates
	found := candidatesOf(again.People.Claim(run.Problem, run.Certificate), claimed.Rounds)
	found.Because = claimed.Because
	switch {
	case *found != claimed:
		r.refuse("%s says that the matching is the best among %s, %d of %d, and by the inputs it is the best among %s, %d of %d",
			manifestFile, claimed.Best, claimed.Listed, claimed.Possible, found.Best, found.Listed, found.Possible)
	case claimed.Best == AmongAll:
		r.ok("the matching is the best among all %d possible pairs: none outside the lists could make it better", claimed.Possible)
	default:
		r.ok("the matching is the best among the %d listed pairs of %d possible ones, and is not said to be more", claimed.Listed, claimed.Possible)
	}
}
