package run

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/solve"
)

// How many ranks the summary lists one by one, how many caps below their minimum, and, in brief, how many notes of one
// kind in one file.
const (
	listedChoices = 10
	listedCaps    = 20
	listedNotes   = 3
)

// Summary is the result for a coordinator, as in summary.txt. Everything in it follows from the other files of the
// folder.
func (r *Run) Summary() string { return r.summary(false) }

// Brief is the summary with fewer words about what stands in the inputs many times.
func (r *Run) Brief() string { return r.summary(true) }

func (r *Run) summary(brief bool) string {
	p, c, m := r.Problem, r.Certificate, &r.Manifest
	f := count(p, c, m.SetAside)
	var s page
	s.line("%s", title(p, c))
	s.counts(&f)
	s.choices(&f)
	s.claim(p, c, m, &f)
	s.minimums(p, c, &f)
	if c.Outcome != match.IsImpossible {
		s.lottery(m.Lottery, p.Aim, drawsLots(p))
	}
	s.notes(m.Notes, brief)
	return s.String()
}

func title(p *match.Problem, c *match.Certificate) string {
	switch {
	case c.Outcome == match.IsImpossible:
		return "No matching meets the minimums"
	case p.Aim == match.StableForMentees:
		return "A stable matching, of all stable ones the best for mentees"
	case p.Aim == match.StableForMentors:
		return "A stable matching, of all stable ones the best for mentors"
	case p.Aim == match.StableMorePlaced:
		return "A stable matching that places more"
	}
	return "The best matching by the goals, in their order"
}

// A page is text in lines of at most 80 characters.
type page struct{ strings.Builder }

func (s *page) line(format string, args ...any) { s.paragraph("", format, args...) }

func (s *page) heading(format string, args ...any) { s.WriteString("\n"); s.line(format, args...) }

func (s *page) item(format string, args ...any) { s.paragraph("  - ", format, args...) }

func (s *page) say(format string, args ...any) { s.paragraph("  ", format, args...) }

func (s *page) figure(label string, n int, remark string) {
	fmt.Fprintln(s, strings.TrimRight(fmt.Sprintf("%-24s %8d   %s", label, n, remark), " "))
}

// paragraph breaks words into lines that stand one below the other, after lead.
func (s *page) paragraph(lead, format string, args ...any) {
	const width = 80
	at := 0
	for _, word := range strings.Fields(fmt.Sprintf(format, args...)) {
		word = strings.Map(printable, word)
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
			s.WriteString(lead)
			at = utf8.RuneCountInString(lead)
		case at+1+n > width:
			s.WriteString("\n" + strings.Repeat(" ", utf8.RuneCountInString(lead)))
			at = utf8.RuneCountInString(lead)
		default:
			s.WriteString(" ")
			at++
		}
		s.WriteString(word)
		at += n
	}
	s.WriteString("\n")
}

// printable replaces what could give orders to a terminal.
func printable(r rune) rune {
	if unicode.IsGraphic(r) {
		return r
	}
	return utf8.RuneError
}

func (s *page) counts(f *figures) {
	for side, words := range [...]struct{ people, with, idle string }{
		{"Mentees", "  with a mentor", "  seeking nobody"},
		{"Mentors", "  with a mentee", "  offering no place"},
	} {
		s.WriteString("\n")
		s.figure(words.people, f.people[side], "")
		s.figure(words.with, f.paired[side], "")
		s.figure("  without", f.people[side]-f.paired[side], "")
		if f.aside[side] > 0 {
			s.figure("  set aside besides", f.aside[side], "see unmatched.csv")
		}
		if f.idle[side] > 0 {
			s.figure(words.idle, f.idle[side], "")
		}
	}
	s.WriteString("\n")
	s.figure("Pairs", f.pairs, "see pairs.csv")
	if f.pinned > 0 {
		s.figure("  pinned", f.pinned, "")
	}
	if f.old > 0 {
		s.figure("  kept from before", f.kept, fmt.Sprintf("of %d", f.old))
	}
	s.figure("Places wanted", f.places[match.MenteeSide], "")
	s.figure("Places offered", f.places[match.MentorSide], "")
}

func (s *page) choices(f *figures) {
	if len(f.choices) == 0 {
		return
	}
	ordinals := [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "later"}
	s.heading("Pairs by the mentee's ranking")
	for i, n := range f.choices {
		s.figure("  "+ordinals[i], n, "")
	}
}

// claim says what the certificate proves.
func (s *page) claim(p *match.Problem, c *match.Certificate, m *Manifest, f *figures) {
	s.heading("What is proved")
	switch {
	case p.Edges.Len() == 0:
		s.say("No possible pair is listed, so nobody could be paired.")
	case c.Outcome == match.IsStable:
		s.stable(p, c)
		s.truth(p, m)
	case c.Outcome == match.IsWeaklyStable:
		s.morePlaced(p, c)
	case c.Outcome == match.IsImpossible:
		s.say("No matching of the listed pairs meets all the minimums. They ask for %s, and at most %d of these can be had. "+
			"The pairs shown reach that many; they are no result, only the nearest there is.", several(f.wanted, "pair"), f.wanted-f.missing)
		s.among(m.Candidates, c.Outcome)
	default:
		s.say("No matching of the listed pairs does better in these goals, the first counting before the second and so on:")
		s.goals(p, c)
		s.only(p, c)
		s.among(m.Candidates, c.Outcome)
	}
	if f.pinned > 0 {
		s.say("The pinned pairs were given; they stand outside every comparison.")
	}
}

// only says whether another matching would have done as well, and what decided if so.
func (s *page) only(p *match.Problem, c *match.Certificate) {
	unique, other := match.Unique(p, c)
	draws := slices.ContainsFunc(p.Goals, func(g match.Goal) bool { return isChance(&g) })
	switch {
	case unique && draws:
		s.say("With the lottery, which comes last, it is the only matching that does so.")
	case unique:
		s.say("It is the only matching that does so.")
	case draws:
		s.say("Others do as well, even in the lottery: they differ in the pair of mentee %s and mentor %s, among others. One more digit of the lottery would tell them apart.",
			p.Mentees[p.Edges.Mentee[other]], p.Mentors[p.Edges.Mentor[other]])
	default:
		s.say("Others do as well: they differ in the pair of mentee %s and mentor %s, among others. The order of the ids decided between them; with lottery as the last goal, chance would.",
			p.Mentees[p.Edges.Mentee[other]], p.Mentors[p.Edges.Mentor[other]])
	}
}

// stable says what is proved of a stable matching. Where people rank others alike, it is proved of the rankings as
// something else completed them.
func (s *page) stable(p *match.Problem, c *match.Certificate) {
	s.say("No mentee and mentor would both rather have each other than whom they have.")
	those, others := "mentee", "mentor"
	if p.Aim == match.StableForMentors {
		those, others = others, those
	}
	under, lists := completion(p)
	if under != "" {
		under += " "
	}
	if c.Unique() {
		s.say("%s", sentence(under+"it is the only matching of which this is true"+lists))
		return
	}
	fare := "no " + others + " fares better in any"
	if !slices.Equal(standings(p, c.Chosen, others), standings(p, c.Other.Chosen, others)) {
		fare = "some " + others + "s would fare better in another"
	}
	s.say("%s", sentence(fmt.Sprintf("%sthere are others of which this is true; every %s fares as well here as in any of them, and %s%s", under, those, fare, lists)))
}

// completion says what completed the rankings, to begin a claim with and to end it; nothing where nobody is tied.
func completion(p *match.Problem) (under, lists string) {
	switch {
	case drawsLots(p) || carriesLottery(p):
		return "under this lottery", ", for the rankings as the lottery completed them; another draw can make another matching"
	case p.Tied(match.MenteeSide) || p.Tied(match.MentorSide):
		return "", ", where purposes that both rank alike come in the order of their names"
	}
	return "", ""
}

// sentence begins a text with a capital letter and ends it with a full stop.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// truth says where no mentee could have gained by another ranking, and nothing where somebody could.
func (s *page) truth(p *match.Problem, m *Manifest) {
	agreed := m.Lottery.Source == SeedGiven || m.Lottery.Source == SeedFromRules
	switch p.Truthful(m.Lists, agreed) {
	case match.TruthSafe:
		s.say("Ranking truly was safe for mentees: none could have come to a better mentor by another ranking.")
	case match.TruthSafeIfListed:
		s.say("Ranking truly was safe for mentees whose lists were not cut short: none of them could have come to a better mentor by another ranking.")
	}
}

// morePlaced says what is proved of a weakly stable matching.
func (s *page) morePlaced(p *match.Problem, c *match.Certificate) {
	s.say("No mentee and mentor would both strictly rather have each other than whom they have.")
	pairs, most := len(c.Chosen), c.Most(p)
	such := min(most, 3*pairs/2)
	switch {
	case pairs == most:
		s.say("No matching at all makes more pairs.")
	case pairs == such:
		s.say("No other matching of which this is true makes more pairs. Without it, at most %d could be made.", most)
	case such == most:
		s.say("No matching at all makes more than %s. How many of these one of which this is true can make is not proved.", several(most, "pair"))
	default:
		s.say("No other matching of which this is true makes more than %s. Without it, at most %d could be made.", several(such, "pair"), most)
	}
	if drawsLots(p) || carriesLottery(p) {
		s.say("Others may do as well. That the lottery decided between them is no part of the proof; whoever solves the problem again sees it.")
	}
}

// standings lists who is paired with whom at which rank, on one side. A person can have two pairs of equal rank with
// the same other one, and fare alike with either.
func standings(p *match.Problem, chosen []int32, word string) [][2]int32 {
	side, rank := sideNamed(word), p.Edges.MenteeRank
	if side == match.MentorSide {
		rank = p.Edges.MentorRank
	}
	var list [][2]int32
	for _, e := range chosen {
		at := [2]int32{p.Person(side, int(e)), 1}
		if rank != nil {
			at[1] = rank[e]
		}
		list = append(list, at)
	}
	slices.SortFunc(list, func(x, y [2]int32) int { return slices.Compare(x[:], y[:]) })
	return list
}

func (s *page) goals(p *match.Problem, c *match.Certificate) {
	ladder := p.Ladder()
	for k := range ladder {
		g, value := &ladder[k], c.Values[k]
		if isChance(g) {
			continue
		}
		words := goalWords(g)
		if g.Minimise || isEvenLoad(g) {
			words, value = words+" (the least)", -value
		}
		s.paragraph(fmt.Sprintf("  %2d. %-18s %8d   ", k+1, g.Name, value), "%s", words)
	}
}

// goalWords says what a goal counts.
func goalWords(g *match.Goal) string {
	switch {
	case g.Pairs:
		return "pairs"
	case g.Band != nil:
		return fmt.Sprintf("pairs with %s%s", g.Column, bandWords(*g.Band))
	case g.Column == match.Existing:
		return "pairs that existed before"
	case g.Column != "":
		return "total of " + g.Column
	case g.Minimums:
		return "pairs towards the minimums"
	case isEvenLoad(g):
		return "sum of squared pairs per " + strings.TrimSuffix(g.Units[0].Of, "s")
	case len(g.Units) == 1 && g.Units[0].Of != "" && slices.Equal(g.Units[0].Units, []int64{1}):
		return g.Units[0].Of + " with at least one pair"
	case g.Name == "wishes" && len(g.Units) == 1 && slices.Equal(g.Units[0].Units, []int64{1}):
		return "mentees with at least one mentor as they wished"
	}
	return "points by the number of pairs per person"
}

func bandWords(b match.Band) string {
	switch {
	case b.From == b.To:
		return fmt.Sprintf(" %d", b.From)
	case b.From == math.MinInt32:
		return fmt.Sprintf(" at most %d", b.To)
	case b.To == math.MaxInt32:
		return fmt.Sprintf(" at least %d", b.From)
	}
	return fmt.Sprintf(" from %d to %d", b.From, b.To)
}

// isEvenLoad recognises -1, -3, -5, ... for all of one side, which add up to the squares of the loads.
func isEvenLoad(g *match.Goal) bool {
	if len(g.Units) != 1 || g.Units[0].Of == "" {
		return false
	}
	for n, unit := range g.Units[0].Units {
		if unit != int64(-1-2*n) {
			return false
		}
	}
	return true
}

func (s *page) minimums(p *match.Problem, c *match.Certificate, f *figures) {
	switch {
	case f.wanted == 0:
		return
	case len(f.short) == 0:
		s.heading("Minimums")
		s.say("All are met.")
		return
	case c.Outcome == match.IsImpossible:
		s.clash(p)
		s.heading("Minimums that are short in the pairs shown")
	default:
		s.heading("Minimums that are not met")
	}
	for _, at := range f.short[:min(len(f.short), listedCaps)] {
		s.item("%s: at least %d wanted, %d made", p.CapName(at.cap), p.Minimum(int(at.cap)), at.has)
	}
	if more := len(f.short) - listedCaps; more > 0 {
		s.item("and %d more", more)
	}
}

// clash names minimums that contradict each other, no more than are needed for it.
func (s *page) clash(p *match.Problem) {
	caps, err := solve.Clash(context.Background(), p)
	if err != nil || len(caps) == 0 {
		return // the certificate has proved the same already, only less handily
	}
	s.heading("What clashes")
	s.say("Together with the maximums and the pinned pairs, these minimums cannot all be met. Any one of them lowered or left out lets the others be met; there may be more that clash besides.")
	for _, at := range caps[:min(len(caps), listedCaps)] {
		s.item("%s: at least %d", p.CapName(at), p.Minimum(int(at)))
	}
	if more := len(caps) - listedCaps; more > 0 {
		s.item("and %d more", more)
	}
}

func (s *page) lottery(d Draw, aim match.Aim, decides bool) {
	s.heading("Lottery")
	switch {
	case d.Source == CarriedDraw:
		s.say("Equals were told apart by a lottery that was drawn for the original run. The numbers travel with the people; the seed is not here.")
		return
	case d.Source == NoDraw && aim == match.Optimal:
		s.say("The goals ask for none.")
		return
	case d.Source == NoDraw:
		s.say("None was needed: nobody ranks two alike.")
		return
	case !decides:
		s.say("A seed was fixed, but there were no equals to tell apart.")
	case d.Source == PracticeDraw:
		s.say("PRACTICE DRAW. Equals were told apart by a lottery for which no seed was agreed on. The hash of the input files " +
			"stands in for it, so that whoever edits a file draws again. For a result that counts, agree on a seed before the " +
			"lists close, and give it with --seed.")
	case d.Source == SeedFromRules:
		s.say("Equals were told apart by a lottery, from the seed in the rules.")
	default:
		s.say("Equals were told apart by a lottery, from the seed that was given.")
	}
	fmt.Fprintf(s, "  Seed: %s\n", strings.Map(printable, d.Seed)) // letter by letter, so that people can type it
}

// notes lists the notes on the inputs, one a line. Where brief, of many alike it lists a few.
func (s *page) notes(notes []Note, brief bool) {
	if len(notes) == 0 {
		return
	}
	s.heading("Put right or decided while reading the inputs (%d)", len(notes))
	alike := map[[2]string]int{}
	for _, n := range notes {
		alike[kindOf(n)]++
	}
	seen := map[[2]string]int{}
	for _, n := range notes {
		kind := kindOf(n)
		seen[kind]++
		switch {
		case !brief || alike[kind] <= listedNotes || seen[kind] < listedNotes:
			fmt.Fprintf(s, "  - %s\n", strings.Map(printable, n.String()))
		case seen[kind] == listedNotes:
			s.item("%s: %d more of these, see %s", n.File, alike[kind]-listedNotes+1, summaryFile)
		}
	}
}

// kindOf is the same for notes that differ only in places, numbers and quoted words.
func kindOf(n Note) [2]string {
	return [2]string{n.File, particulars.ReplaceAllString(n.Problem, "")}
}

var particulars = regexp.MustCompile(`"[^"]*"|[0-9]+`)

// several counts things in words: "1 pair", "2 pairs".
func several(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
