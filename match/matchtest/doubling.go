package matchtest

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/match"
)

// Doubling makes the problem with n mentees and n mentors, n a power of two, that is put together from two copies of
// the one half its size: mentees like the mentors of their own copy better than their counterparts in the other, and
// mentors the other way round. It has 2, 10, 268 stable matchings for n = 2, 4, 8: more than the square at every
// doubling, so that no engine can list them all (after Irving, Leather 1986). Every mentee, and every mentor, has
// another first choice, so the best stable matching of either side gives all of that side what they like best.
func Doubling(n int) *match.Problem {
	mentees, mentors := doublingLists(n)
	b := match.NewBuilder(match.StableForMentees)
	mentorRank := make([][]int, n)
	for j, list := range mentors {
		mentorRank[j] = make([]int, n)
		for at, i := range list {
			mentorRank[j][i] = at + 1
		}
	}
	for i, list := range mentees {
		b.Person(match.MenteeSide, fmt.Sprintf("mentee %04d", i), 1, 0)
		b.Person(match.MentorSide, fmt.Sprintf("mentor %04d", i), 1, 0)
		for at, j := range list {
			b.Pair(match.Pair{
				Mentee: fmt.Sprintf("mentee %04d", i), Mentor: fmt.Sprintf("mentor %04d", j),
				MenteeRank: at + 1, MentorRank: mentorRank[j][i],
			})
		}
	}
	p, err := b.Problem()
	if err != nil {
		panic(err) // nothing in it depends on anything but n
	}
	return p
}

// doublingLists are the preferences of both sides, best first.
func doublingLists(n int) (mentees, mentors [][]int) {
	if n == 1 {
		return [][]int{{0}}, [][]int{{0}}
	}
	if n%2 != 0 {
		panic(fmt.Sprintf("the doubling family has a member for each power of two, not for %d", n))
	}
	mentees, mentors = doublingLists(n / 2)
	return double(mentees, 0, n/2), double(mentors, n/2, 0)
}

// double makes the lists of two copies: each person's list in the own copy and in the other, the first copy's people
// beginning with the list shifted by first, the second copy's with the list shifted by second.
func double(lists [][]int, first, second int) [][]int {
	var both [][]int
	for _, shifts := range [][2]int{{first, second}, {second, first}} {
		for _, list := range lists {
			var own []int
			for _, shift := range shifts {
				for _, other := range list {
					own = append(own, other+shift)
				}
			}
			both = append(both, own)
		}
	}
	return both
}
