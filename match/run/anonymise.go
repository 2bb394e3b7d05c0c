package run

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A Salt is the secret behind pseudonyms. Who has it can tell for every id which pseudonym it became; who has not
// learns nothing from a pseudonym, not even by trying all ids that there could be.
type Salt [sha256.Size]byte

// NewSalt draws a salt.
func NewSalt() Salt {
	var s Salt
	rand.Read(s[:]) // never fails
	return s
}

// ReadSalt reads what String writes.
func ReadSalt(text string) (Salt, error) {
	bytes, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(bytes) != sha256.Size {
		return Salt{}, fmt.Errorf("it is no salt: a salt is %d digits and letters from a to f", 2*sha256.Size)
	}
	return Salt(bytes), nil
}

func (s Salt) String() string { return hex.EncodeToString(s[:]) }

// Pseudonym is what somebody is called instead of the id. Mentor and mentee of one id get different pseudonyms. The
// letters make no words, and nothing that a spreadsheet program takes for a number.
func (s Salt) Pseudonym(side match.Side, id string) string {
	const letters = "bcdfghjkmnpqrstv"
	mac := hmac.New(sha256.New, s[:])
	fmt.Fprintf(mac, "%s\x00%s", side, id)
	var name []byte
	for i, b := range mac.Sum(nil)[:6] {
		if i > 0 && i%2 == 0 {
			name = append(name, '-')
		}
		name = append(name, letters[b>>4], letters[b&15])
	}
	return string(name)
}

// Who finds the people of the run who have this pseudonym.
func (r *Run) Who(s Salt, pseudonym string) (people []Person) {
	add := func(side match.Side, id string) {
		if s.Pseudonym(side, id) == pseudonym {
			people = append(people, r.person(side, id))
		}
	}
	for side, ids := range [...][]string{r.Problem.Mentees, r.Problem.Mentors} {
		for _, id := range ids {
			add(match.Side(side), id)
		}
	}
	for _, who := range r.Manifest.SetAside {
		add(sideNamed(who.Side), who.ID)
	}
	return people
}

// A Person is somebody as a coordinator knows them.
type Person struct {
	Side     match.Side
	ID, Name string // Name is "" when nobody told it
}

func (p Person) String() string { return strings.TrimRight(p.Side.String()+" "+p.ID+"  "+p.Name, " ") }

func (r *Run) person(side match.Side, id string) Person {
	known := [...]map[string]string{r.Names.Mentees, r.Names.Mentors}[side]
	return Person{side, id, known[id]}
}

// Hide says what a pseudonymous edition leaves out that it could keep.
type Hide struct {
	Purposes bool // numbers in place of the names of purposes
	Lottery  bool // no numbers of the lottery, from which those who know the seed and the ids could tell who is who
}

// withoutLottery drops the goals that draw lots, which come last. The same prices prove the matching for the goals
// that are left: what is positive or negative at the first goal that is not zero stays so.
func (r *Run) withoutLottery() (*Run, error) {
	if r.Problem.Aim != match.Optimal {
		if !ranksAreTied(r.Problem) {
			return r, nil
		}
		return nil, &match.Fault{Code: "lottery", Text: "the lottery decides between people ranked alike in a stable matching, so that it cannot be left out of the proof; leave out --lottery, or ask somebody who may know"}
	}
	p, c := *r.Problem, *r.Certificate
	for len(p.Goals) > 0 && isChance(&p.Goals[len(p.Goals)-1]) {
		p.Goals = p.Goals[:len(p.Goals)-1]
	}
	if len(p.Goals) == 0 || slices.ContainsFunc(p.Goals, func(g match.Goal) bool { return isChance(&g) }) {
		return nil, &match.Fault{Code: "lottery", Text: "goals follow the lottery, or there is no other one, so that it cannot be left out of the proof; leave out --lottery"}
	}
	p.Columns = slices.DeleteFunc(slices.Clone(p.Columns), isDrawn)
	left := min(len(p.Ladder()), len(c.Values)) // a proof that minimums cannot be met is about the first goal alone
	c.Values, c.Prices = c.Values[:left], c.Prices[:left]
	return &Run{Problem: &p, Certificate: &c, Names: r.Names, Manifest: r.Manifest}, nil
}

// Anonymise makes the pseudonymous edition of a run: the same problem under other ids, with the same certificate in
// other numbers. Names, notes, the inputs' hashes and the seed of the lottery are left out; so are the names of
// classes, which may hold ids or what is known of people. Purposes stay unless they are hidden, too.
//
// What the lottery decided travels with the people, unless it is to be hidden: the numbers drawn for them where ranks
// are tied, or a column in place of each digit that a goal counts. The certificate is renumbered and not made again, so
// that the matching is the same also where another one is as good, and match.Check judges it anew.
func (r *Run) Anonymise(s Salt, hide Hide) (*Run, error) {
	if !hide.Purposes {
		if err := r.tellingPurpose(); err != nil {
			return nil, err
		}
	}
	if hide.Lottery {
		var err error
		if r, err = r.withoutLottery(); err != nil {
			return nil, err
		}
	}
	n, err := rename(r.Problem, s)
	if err != nil {
		return nil, err
	}
	p := n.problem()
	if hide.Purposes {
		p.Purposes = numbered("purpose", p.Purposes)
	}
	c := n.certificate(r.Certificate)
	c.Problem = p.Hash()
	if err := match.Check(p, c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnproved, err)
	}
	drawn := Draw{Source: NoDraw}
	if carriesLottery(p) {
		drawn.Source = CarriedDraw
	}
	return &Run{Problem: p, Certificate: c, Manifest: Manifest{
		Format: ManifestFormat, Engine: r.Manifest.Engine, TimeZones: r.Manifest.TimeZones,
		Inputs: []File{}, Lottery: drawn, SetAside: asideUnderPseudonyms(r.Manifest.SetAside, s),
		Notes: []Note{{File: problemFile, Problem: "this run is a pseudonymous copy of another one", Instead: whatStays(p)}},
	}}, nil
}

// whatStays says what a reader must know about a copy to read its summary rightly.
func whatStays(p *match.Problem) string {
	told := "names, notes and the seed of the lottery are left out"
	if carriesLottery(p) {
		told += "; the numbers that were drawn travel with the people, so that no lottery is needed here"
	}
	return told
}

// CarriesLottery says whether the run holds numbers of a lottery and not its seed. Whoever has the seed and the ids can
// draw them again, and so find out who is behind which pseudonym.
func (r *Run) CarriesLottery() bool { return carriesLottery(r.Problem) }

func carriesLottery(p *match.Problem) bool {
	return p.Lottery.Mentees != nil || slices.ContainsFunc(p.Columns, isDrawn)
}

// tellingPurpose refuses purposes that say who somebody is, such as a project named after its mentor.
func (r *Run) tellingPurpose() error {
	for _, purpose := range r.Problem.Purposes {
		folded := strings.ToLower(purpose)
		for side, ids := range [...][]string{r.Problem.Mentees, r.Problem.Mentors} {
			for _, id := range ids {
				who := r.person(match.Side(side), id)
				for _, word := range [...]string{who.ID, who.Name} {
					if word != "" && strings.Contains(folded, strings.ToLower(word)) {
						return &match.Fault{Code: "purpose", Text: fmt.Sprintf("the purpose %q contains %q, which is the id or name of a %s; hide the purposes, too, with --purposes", purpose, word, who.Side)}
					}
				}
			}
		}
	}
	return nil
}

func asideUnderPseudonyms(list []SetAside, s Salt) []SetAside {
	var aside []SetAside
	for _, who := range list {
		aside = append(aside, SetAside{Side: who.Side, ID: s.Pseudonym(sideNamed(who.Side), who.ID), Why: "for a reason that is not told here"})
	}
	slices.SortFunc(aside, func(x, y SetAside) int { return cmp.Or(cmp.Compare(x.Side, y.Side), cmp.Compare(x.ID, y.ID)) })
	return aside
}

// numbered replaces names by a word and a number, in the same order.
func numbered(word string, names []string) []string {
	width := len(fmt.Sprint(len(names)))
	list := make([]string, len(names))
	for i := range names {
		list[i] = fmt.Sprintf("%s %0*d", word, width, i+1)
	}
	return list
}

// A renaming knows the new number of everything that is numbered in the order of ids.
type renaming struct {
	p      *match.Problem
	ids    [2][]string // the pseudonyms, increasing
	person [2][]int32  // the new number of each person,
	cap    []int32     // of each cap,
	edge   []int32     // and of each edge
}

func rename(p *match.Problem, s Salt) (*renaming, error) {
	n := &renaming{p: p}
	for side, ids := range [...][]string{p.Mentees, p.Mentors} {
		pseudonyms := make([]string, len(ids))
		for i, id := range ids {
			pseudonyms[i] = s.Pseudonym(match.Side(side), id)
		}
		n.ids[side], n.person[side] = sorted(pseudonyms)
		if len(slices.Compact(slices.Clone(n.ids[side]))) < len(ids) {
			return nil, &match.Fault{Code: "salt", Text: "two people would have the same pseudonym; take another salt"}
		}
	}
	n.caps()
	n.edges()
	return n, nil
}

// sorted returns the sorted list, and where each item went.
func sorted(list []string) ([]string, []int32) {
	order := upTo(len(list))
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(list[a], list[b]) })
	return permuted(list, inverse(order)), inverse(order)
}

// upTo lists 0 to n-1.
func upTo(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

// inverse turns a list of who stands where into one of where each stands.
func inverse(order []int32) []int32 {
	place := make([]int32, len(order))
	for i, item := range order {
		place[item] = int32(i)
	}
	return place
}

// permuted moves each item of a list to its place. No list stays none.
func permuted[T any](list []T, place []int32) []T {
	if list == nil {
		return nil
	}
	moved := make([]T, len(list))
	for i, item := range list {
		moved[place[i]] = item
	}
	return moved
}

// caps numbers totals by person, and classes as a match.Builder does: by depth, side and owner.
func (n *renaming) caps() {
	mentees := int32(len(n.p.Mentees))
	n.cap = slices.Clone(n.person[match.MenteeSide])
	for _, j := range n.person[match.MentorSide] {
		n.cap = append(n.cap, mentees+j)
	}
	totals := int32(len(n.cap))
	depth := make([]int, len(n.p.Classes))
	for i, class := range n.p.Classes {
		if up := class.Parent - totals; up >= 0 {
			depth[i] = depth[up] + 1
		}
	}
	order := upTo(len(n.p.Classes))
	slices.SortStableFunc(order, func(a, b int32) int {
		sideA, ownerA := n.p.Owner(totals + a)
		sideB, ownerB := n.p.Owner(totals + b)
		return cmp.Or(cmp.Compare(depth[a], depth[b]), cmp.Compare(sideA, sideB), cmp.Compare(n.person[sideA][ownerA], n.person[sideB][ownerB]))
	})
	for _, place := range inverse(order) {
		n.cap = append(n.cap, totals+place)
	}
}

func (n *renaming) edges() {
	e := &n.p.Edges
	order := upTo(e.Len())
	slices.SortStableFunc(order, func(a, b int32) int { // which leaves the purposes of two people in their order
		return cmp.Or(
			cmp.Compare(n.person[match.MenteeSide][e.Mentee[a]], n.person[match.MenteeSide][e.Mentee[b]]),
			cmp.Compare(n.person[match.MentorSide][e.Mentor[a]], n.person[match.MentorSide][e.Mentor[b]]))
	})
	n.edge = inverse(order)
}

// translated replaces numbers by new ones. No list stays none.
func translated(list, number []int32) []int32 {
	if list == nil {
		return nil
	}
	other := make([]int32, len(list))
	for i, old := range list {
		other[i] = number[old]
	}
	return other
}

// problem is the problem under its new ids.
func (n *renaming) problem() *match.Problem {
	p := *n.p
	p.Mentees, p.Mentors = n.ids[match.MenteeSide], n.ids[match.MentorSide]
	p.Max, p.Min = permuted(p.Max, n.cap), permuted(p.Min, n.cap)
	p.Classes = n.classes()
	p.Edges = match.Edges{
		Mentee:    permuted(translated(p.Edges.Mentee, n.person[match.MenteeSide]), n.edge),
		Mentor:    permuted(translated(p.Edges.Mentor, n.person[match.MentorSide]), n.edge),
		Purpose:   permuted(p.Edges.Purpose, n.edge),
		MenteeCap: permuted(translated(p.Edges.MenteeCap, n.cap), n.edge),
		MentorCap: permuted(translated(p.Edges.MentorCap, n.cap), n.edge),
		State:     permuted(p.Edges.State, n.edge),
	}
	n.preferences(&p)
	p.Columns = nil
	for _, column := range n.p.Columns {
		p.Columns = append(p.Columns, match.Column{Name: column.Name, Values: permuted(column.Values, n.edge)})
	}
	n.goals(&p)
	return &p
}

func (n *renaming) classes() []match.Class {
	if n.p.Classes == nil {
		return nil
	}
	totals := int32(len(n.p.Mentees) + len(n.p.Mentors))
	var names []string
	for _, class := range n.p.Classes {
		names = append(names, class.Name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	instead := numbered("class", names)
	classes := make([]match.Class, len(n.p.Classes))
	for i, class := range n.p.Classes {
		at, _ := slices.BinarySearch(names, class.Name)
		classes[n.cap[totals+int32(i)]-totals] = match.Class{Name: instead[at], Parent: n.cap[class.Parent]}
	}
	return classes
}

// preferences carries over how people rank each other, and the lottery that tells equals apart. In the
// rare case that two people drew the same number the order of their old ids decided; then the ranks are written down
// as that completed them.
func (n *renaming) preferences(p *match.Problem) {
	ranks := [2][]int32{n.p.Edges.MenteeRank, n.p.Edges.MentorRank}
	p.Lottery = match.Lottery{}
	if n.p.Aim != match.Optimal && ranksAreTied(n.p) {
		mentees, mentors := n.p.Draw()
		if areDistinct(mentees) && areDistinct(mentors) || n.p.Aim == match.StableMorePlaced { // whose proof needs the ties
			p.Lottery.Mentees = permuted(mentees, n.person[match.MenteeSide])
			p.Lottery.Mentors = permuted(mentors, n.person[match.MentorSide])
		} else {
			ranks = [2][]int32{strictRanks(n.p, match.MenteeSide), strictRanks(n.p, match.MentorSide)}
		}
	}
	p.Edges.MenteeRank, p.Edges.MentorRank = permuted(ranks[0], n.edge), permuted(ranks[1], n.edge)
}

func ranksAreTied(p *match.Problem) bool {
	return tied(p, match.MenteeSide, p.Edges.MenteeRank, len(p.Mentees)) || tied(p, match.MentorSide, p.Edges.MentorRank, len(p.Mentors))
}

func areDistinct(numbers []int64) bool {
	list := slices.Sorted(slices.Values(numbers))
	return len(slices.Compact(list)) == len(numbers)
}

// strictRanks ranks each person's edges as the person's order has them. Forbidden edges stand in no order.
func strictRanks(p *match.Problem, s match.Side) []int32 {
	ranks := slices.Repeat([]int32{1}, p.Edges.Len())
	list := p.Preferences(s)
	for i := range len(list.Start) - 1 {
		for at, e := range list.Edge[list.Start[i]:list.Start[i+1]] {
			ranks[e] = int32(at) + 1
		}
	}
	return ranks
}

// drawnPrefix begins the names of columns that hold digits of a lottery.
const drawnPrefix = "lottery-"

func isDrawn(c match.Column) bool { return strings.HasPrefix(c.Name, drawnPrefix) }

// goals carries over the goals. Digits of the lottery depend on ids, so they become columns.
func (n *renaming) goals(p *match.Problem) {
	p.Goals = nil
	for _, g := range n.p.Goals {
		g.Units = slices.Clone(g.Units)
		for i := range g.Units {
			g.Units[i].Caps = translated(g.Units[i].Caps, n.cap)
			slices.Sort(g.Units[i].Caps)
		}
		if g.Lottery > 0 {
			g.Column, g.Lottery = n.drawn(p, g.Lottery), 0
		}
		p.Goals = append(p.Goals, g)
	}
	slices.SortFunc(p.Columns, func(a, b match.Column) int { return strings.Compare(a.Name, b.Name) })
}

// drawn is the name of the column with this digit. It adds the column if it is not there.
func (n *renaming) drawn(p *match.Problem, digit int) string {
	name := fmt.Sprintf("%s%d", drawnPrefix, digit)
	for n.p.Column(name) != nil {
		name += "-drawn" // the name is taken by a column of the original
	}
	if slices.ContainsFunc(p.Columns, func(c match.Column) bool { return c.Name == name }) {
		return name
	}
	worth := n.p.Worth(&match.Goal{Lottery: digit})
	values := make([]int32, n.p.Edges.Len())
	for e := range values {
		values[n.edge[e]] = int32(worth.Pair(e))
	}
	p.Columns = append(p.Columns, match.Column{Name: name, Values: values})
	return name
}

// certificate is the same proof in the new numbers.
func (n *renaming) certificate(old *match.Certificate) *match.Certificate {
	c := *old
	c.Chosen = n.chosen(old.Chosen)
	c.Values = slices.Clone(old.Values)
	c.Prices = nil
	for _, row := range old.Prices {
		c.Prices = append(c.Prices, permuted(row, n.cap))
	}
	c.Rejected = translated(old.Rejected, n.edge)
	c.Cover = translated(old.Cover, n.cap)
	slices.Sort(c.Cover)
	if old.Other != nil {
		c.Other = &match.Replay{Chosen: n.chosen(old.Other.Chosen), Rejected: translated(old.Other.Rejected, n.edge)}
	}
	return &c
}

func (n *renaming) chosen(edges []int32) []int32 {
	list := translated(edges, n.edge)
	slices.Sort(list)
	return list
}
