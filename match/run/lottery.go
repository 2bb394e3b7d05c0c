package run

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/chiron-mentoring/chiron/match"
)

// A Draw says where the seed of the lottery comes from.
type Draw struct {
	Source DrawSource `json:"source"`
	Seed   string     `json:"seed,omitempty"`
}

// DrawSource is where a seed comes from.
type DrawSource string

const (
	NoDraw        DrawSource = "none"          // nobody was tied, so nothing is drawn
	SeedGiven     DrawSource = "given"         // with the command
	SeedFromRules DrawSource = "rules"         // in the rules
	PracticeDraw  DrawSource = "practice draw" // the hash of the inputs, for want of a seed
	CarriedDraw   DrawSource = "carried"       // drawn in the run of which this one is a copy; the numbers are here, the seed is not
)

// draw decides the seed of the lottery: the one asked for, else that of the rules, else, where equals have to be told
// apart, the hash of the inputs. Whoever can change an input can try until they like such a draw, so it is for practice
// and says so, also when somebody gives that hash as a seed.
func draw(p *match.Problem, asked string, inputs []File) Draw {
	practice := practiceSeed(inputs)
	switch {
	case asked == practice:
		return Draw{PracticeDraw, practice}
	case asked != "":
		return Draw{SeedGiven, asked}
	case p.Lottery.Seed != "":
		return Draw{SeedFromRules, p.Lottery.Seed}
	case drawsLots(p):
		return Draw{PracticeDraw, practice}
	}
	return Draw{Source: NoDraw}
}

// practiceSeed is the SHA-256 of what "sha256sum" prints for the inputs in the order of their names, so that it can
// be computed without this program.
func practiceSeed(inputs []File) string {
	sum := sha256.New()
	for _, f := range inputs {
		fmt.Fprintf(sum, "%s  %s\n", f.SHA256, f.Name)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// drawsLots says whether the seed can decide anything: in a stable problem whether somebody ranks two alike, in an
// optimal one whether a goal counts the lottery.
func drawsLots(p *match.Problem) bool {
	if p.Aim == match.Optimal {
		return slices.ContainsFunc(p.Goals, func(g match.Goal) bool { return g.Lottery > 0 })
	}
	if p.Lottery.Mentees != nil && p.Lottery.Mentors != nil {
		return false
	}
	return tied(p, match.MenteeSide, p.Edges.MenteeRank, len(p.Mentees)) || tied(p, match.MentorSide, p.Edges.MentorRank, len(p.Mentors))
}

// tied says whether a person on side s gives open pairs with two others the same rank. Two pairs with the same other
// one, for different purposes, draw the same number, so that a lottery does not tell them apart.
func tied(p *match.Problem, s match.Side, rank []int32, people int) bool {
	type standing struct{ rank, with int32 }
	lists := make([][]standing, people)
	for e := range p.Edges.Len() {
		if p.State(e) != match.Open {
			continue
		}
		who, at := p.Person(s, e), standing{1, p.Person(1-s, e)}
		if rank != nil {
			at.rank = rank[e]
		}
		lists[who] = append(lists[who], at)
	}
	for _, list := range lists {
		slices.SortFunc(list, func(x, y standing) int {
			return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.with, y.with))
		})
		for i := 1; i < len(list); i++ {
			if list[i].rank == list[i-1].rank && list[i].with != list[i-1].with {
				return true
			}
		}
	}
	return false
}
