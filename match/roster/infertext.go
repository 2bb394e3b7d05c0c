package roster

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/chiron-mentoring/chiron/match"
)

// SchemaAddress is where editors find the JSON Schema of the rules file.
const SchemaAddress = "https://raw.githubusercontent.com/chiron-mentoring/chiron/main/docs/reference/rules.schema.json"

// A rulesText is the text of a rules file while it is written.
type rulesText struct{ strings.Builder }

func (w *rulesText) line(format string, args ...any) {
	fmt.Fprintf(w, format+"\n", args...)
}

// comment writes words as comments, in lines of a width that fits a screen.
func (w *rulesText) comment(indent, words string) {
	const width = 110
	line := indent + "#"
	for _, word := range strings.Fields(words) {
		if len(line)+1+len(word) > width && line != indent+"#" {
			w.line("%s", line)
			line = indent + "#"
		}
		line += " " + word
	}
	w.line("%s", line)
}

// text writes the plan as a rules file.
func (p *plan) text() []byte {
	w := &rulesText{}
	c := p.criteria()
	p.head(w)
	p.goals(w, c)
	p.people(w, c)
	p.others(w)
	p.criteriaText(w, c)
	p.unused(w)
	return []byte(w.String())
}

func (p *plan) head(w *rulesText) {
	var files []string
	for _, v := range p.in.tables {
		if v.used {
			files = append(files, quoted(v.table.file)+sheetWords(v.table))
		}
	}
	w.line("# yaml-language-server: $schema=%s", SchemaAddress)
	w.comment("", fmt.Sprintf("Rules that were inferred from %s. Nobody has read them yet: you should.", inWords(slices.Compact(files))))
	w.line("#")
	w.comment("", "The comments say what each column was taken for, how sure that is (certain, likely or a guess), and why. Save the "+
		"file as rules.yaml beside the tables and change what is wrong: from then on it counts as you wrote it, and nothing is "+
		"inferred. A line that begins with # has no effect; take the # away, and it has. What each line can say: docs/reference/rules-file.md")
	w.line("version: 1")
}

func sheetWords(t *table) string {
	if t.sheet == "" {
		return ""
	}
	return fmt.Sprintf(" (sheet %s)", quoted(t.sheet))
}

// poorShare is the part of the greatest suitability, in per cent, below which a pair is a poor match.
const poorShare = 20

// goals writes what a good matching is. The greatest suitability is a hundred times the sum of the weights.
func (p *plan) goals(w *rulesText, c *criteria) {
	most := 0
	for _, line := range slices.Concat(c.purposes, c.points) {
		if !line.off {
			most += 100 * line.weight
		}
	}
	w.line("")
	w.comment("", "What a good matching is, the most important first. A later goal never costs anything in an earlier one.")
	w.line("goals:")
	w.line("  - placed             # as many mentees as possible have a mentor")
	if most > 0 {
		w.line("  - few poor matches   # as few pairs as possible with little in their favour, see \"poor\"")
	}
	if p.pairs != nil {
		w.line("  - existing           # pairs that work go on")
	}
	if most > 0 {
		w.line("  - suitability        # what \"purposes\" and \"points\" bring, summed up")
	} else {
		w.line("  - pairs              # then second mentors for those who want two")
	}
	w.line("  - even load          # rather two mentees each than three and one")
	w.line("  - lottery            # chance decides what is left")
	if most > 0 {
		w.line("")
		w.comment("", fmt.Sprintf("A pair of less suitability is a poor match. The best that a pair can have is %d; this is a fifth of it.", most))
		w.line("poor: %d", max(1, most*poorShare/100))
	}
	w.line("")
	w.comment("", "What the lottery draws from: any words, written down before anybody knows what they bring.")
	w.line("# seed: dice in front of the committee")
}

// people writes who is who.
func (p *plan) people(w *rulesText, c *criteria) {
	w.line("")
	if a := p.who; a.people != nil {
		p.oneTable(w)
	}
	for side := range p.rules {
		name := match.Side(side).String()
		if side > 0 {
			w.line("")
		}
		w.line("%ss:", name)
		if p.who.people == nil {
			t := p.sides[side].view.table
			w.comment("  ", fmt.Sprintf("Which table is whose is %s: %s.", p.who.sure, p.who.why))
			p.place(w, t)
			p.person(w, side)
		}
		p.side(w, side, c)
	}
}

// oneTable writes how mentees and mentors are told apart in one table.
func (p *plan) oneTable(w *rulesText) {
	a := p.who
	w.line("people:")
	p.place(w, a.people.table)
	if len(a.roles) > 0 {
		w.comment("  ", fmt.Sprintf("Who is a mentee and who a mentor is %s: %s.", a.sure, a.why))
		w.line("  role:")
	}
	for _, role := range a.roles {
		w.line("    - column: %s", yamlText(role.column.heading))
		for _, key := range []struct {
			name string
			set  roleSet
		}{{"mentee", roleSet{true, false}}, {"mentor", roleSet{false, true}}, {"both", roleSet{true, true}}, {"neither", roleSet{}}} {
			var words []string
			for _, word := range role.sorted() {
				if role.words[word] == key.set {
					words = append(words, yamlText(role.column.spelling[word]))
				}
			}
			if len(words) > 0 {
				w.line("      %s: [%s]", key.name, strings.Join(words, ", "))
			}
		}
	}
	if len(a.filled[0]) > 0 {
		w.comment("  ", fmt.Sprintf("Nothing asks for the role itself. This is %s: %s.", a.sure, a.why))
		w.line("  filled: {mentee: %s, mentor: %s}", headingList(a.filled[0]), headingList(a.filled[1]))
	}
	p.person(w, 0)
	w.line("")
}

func headingList(columns []*columnView) string {
	var headings []string
	for _, c := range columns {
		headings = append(headings, yamlText(c.heading))
	}
	if len(headings) == 1 {
		return headings[0]
	}
	return "[" + strings.Join(headings, ", ") + "]"
}

func textList(words []string) string {
	var all []string
	for _, word := range words {
		all = append(all, yamlText(word))
	}
	if len(all) == 1 {
		return all[0]
	}
	return "[" + strings.Join(all, ", ") + "]"
}

func (p *plan) place(w *rulesText, t *table) {
	w.line("  file: %s", yamlText(t.file))
	if t.sheet != "" {
		w.line("  sheet: %s", yamlText(t.sheet))
	}
}

// person writes how rows become people.
func (p *plan) person(w *rulesText, side int) {
	r, s := &p.rules[side], p.sides[side]
	if len(r.id) == 1 {
		if c := s.columnOf(r.id[0]); c != nil {
			w.comment("  ", fmt.Sprintf("What tells people apart. %s.", sureOf(c)))
		}
	} else {
		w.comment("  ", "No column tells people apart by itself; their names do.")
	}
	w.line("  id: %s", textList(r.id))
	if r.small {
		w.line("  capitals: ignored     # in e-mail addresses")
	}
	if r.name != nil {
		w.line("  name: %s", textList(r.name))
	}
	if r.latest != nil {
		w.line("  latest: %s     # of several answers of one person the latest counts", yamlText(r.latest.heading))
	}
}

func (s *sideView) columnOf(heading string) *columnView {
	for _, c := range s.columns {
		if c.heading == heading {
			return c
		}
	}
	return nil
}

// side writes what stands under "mentees" or "mentors".
func (p *plan) side(w *rulesText, side int, c *criteria) {
	r := &p.rules[side]
	if r.takes != nil {
		w.comment("  ", sureOf(r.takes)+".")
		w.line("  takes: %s", yamlText(r.takes.heading))
	} else {
		w.comment("  ", fmt.Sprintf("No column says how many pairs each %s takes.", match.Side(side)))
		w.line("  takes: 1")
	}
	if r.consent != nil {
		w.comment("  ", "Only those take part who agreed. "+sureOf(r.consent)+".")
		w.line("  eligible:")
		w.line("    %s: [%s]", yamlText(r.consent.heading), joined(r.yes))
	}
	if r.choices != nil {
		w.comment("  ", sureOf(r.choices[0])+". Others than those named are possible too.")
		w.line("  choices: %s", headingList(r.choices))
		if r.choicesBy != nil {
			w.line("  choices by: %s", textList(r.choicesBy))
		}
		w.line("  unlisted: last")
	}
	if r.refers != nil {
		w.comment("  ", "Columns that name people, and how.")
		w.line("  refers:")
		for _, refers := range r.refers {
			w.line("    - {column: %s, by: %s}", yamlText(refers.column.heading), textList(refers.by))
		}
	}
	answers := slices.Concat(r.answers, c.answers[side])
	if len(answers) > 0 {
		w.line("  answers:")
	}
	for _, rule := range answers {
		w.comment("    ", strings.ToUpper(rule.why[:1])+rule.why[1:]+".")
		w.line("    - column: %s", yamlText(rule.heading))
		if rule.means != nil {
			w.line("      means:")
			for _, pair := range rule.means {
				w.line("        %s: %s", yamlText(pair[0]), yamlText(pair[1]))
			}
		}
		if rule.empty != "" {
			w.line("      empty: %s", yamlText(rule.empty))
		}
	}
}

func joined(words []string) string {
	var all []string
	for _, word := range words {
		all = append(all, yamlText(word))
	}
	return strings.Join(all, ", ")
}

// others writes the tables of pairs and conflicts.
func (p *plan) others(w *rulesText) {
	if pairs := p.pairs; pairs != nil {
		w.line("")
		w.comment("", fmt.Sprintf("Pairs of people who take part: %s%s is %s a list of them, because %d %% of those named there take part.", quoted(pairs.view.table.file), sheetWords(pairs.view.table), Likely, pairs.share))
		w.line("pairs:")
		p.place(w, pairs.view.table)
		w.line("  mentee: %s", yamlText(pairs.people[0].heading))
		w.line("  mentor: %s", yamlText(pairs.people[1].heading))
		if len(pairs.by) > 1 || pairs.by[0] != "id" {
			w.line("  by: %s", textList(pairs.by))
		}
		if !pairs.state {
			w.line("  state: existing       # they were paired before")
		}
	}
	if p.veto != nil {
		w.line("")
		w.comment("", "Who must be kept apart, and why.")
		w.line("conflicts: %s", yamlText(conflictsName(p.veto.table)))
	}
}

// conflictsName is how the rules name a table of conflicts: its file, or its sheet in a workbook.
func conflictsName(t *table) string { return cmpOr(t.sheet, t.file) }

// criteriaText writes what is compared.
func (p *plan) criteriaText(w *rulesText, c *criteria) {
	for _, line := range c.purposes {
		w.line("")
		w.comment("", "A pair is for a purpose that the mentee seeks and the mentor offers. "+line.why+".")
		for _, text := range line.lines {
			w.line("%s", text)
		}
	}
	if len(c.must) > 0 {
		w.section("must", "Pairs that break one of these rules are not possible.", c.must)
	}
	if len(c.points) > 0 {
		w.section("points", "How well two people suit: each criterion fits from 0 to 100, and counts as often as its weight says, 0 to 10.", c.points)
	}
	var lists []string
	for _, list := range c.lists {
		if len(list[0]) <= longestKey {
			lists = append(lists, fmt.Sprintf("  %s: %s", yamlText(list[0]), yamlText(list[1])))
		}
	}
	if lists = distinct(lists); lists != nil {
		w.line("")
		w.comment("", "What stands between the items of a cell.")
		w.line("lists:")
		for _, list := range lists {
			w.line("%s", list)
		}
	}
}

// section writes a list of criteria. If all of them are comments the key is one too.
func (w *rulesText) section(key, about string, lines []ruleLine) {
	w.line("")
	w.comment("", about)
	mark := ""
	if !slices.ContainsFunc(lines, func(line ruleLine) bool { return !line.off }) {
		mark = "# "
	}
	w.line("%s%s:", mark, key)
	for _, line := range lines {
		w.comment("  ", line.why+".")
		for _, text := range line.lines {
			if line.off {
				w.line("  # %s", text)
			} else {
				w.line("  %s", text)
			}
		}
	}
}

// unused writes down which columns decide nothing, personal characteristics apart.
func (p *plan) unused(w *rulesText) {
	var delicate [2][]string
	var rest []string
	for _, v := range p.in.tables {
		for _, c := range v.columns {
			switch {
			case !v.used:
			case c.as == asSensitive:
				for side, s := range p.sides {
					if s.view == v {
						delicate[side] = append(delicate[side], fmt.Sprintf("{column: %s, sensitive: true}", yamlText(c.heading)))
					}
				}
			case c.as == asUnknown || c.as == asProse || c.as == asTechnical || c.sure == Guess:
				rest = append(rest, fmt.Sprintf("%s (%s)", quoted(c.heading), c.as))
			}
		}
	}
	p.audit(w, delicate)
	if rest = distinct(rest); rest != nil {
		w.line("")
		w.comment("", "Columns that decide nothing: "+strings.Join(rest, ", ")+".")
	}
}

// mostGroups bounds the groups of a column that the audit compares: with more, each is too small to say much.
const mostGroups = 12

// audit writes down by what people are told apart to see whether every group was served alike: levels and sites. Of
// personal characteristics it only says how they could be looked at.
func (p *plan) audit(w *rulesText, delicate [2][]string) {
	var ordinary [2][]string
	for side, s := range p.sides {
		seen := map[string]bool{}
		for _, c := range s.columns {
			told := c.as == asLevel || c.as == asSite
			if groups := len(c.contents.cells); !told || seen[c.as] || c.sure == Guess || c.contents.separator != "" || groups < 2 || groups > mostGroups {
				continue
			}
			seen[c.as] = true
			ordinary[side] = append(ordinary[side], yamlText(c.heading))
		}
	}
	write := func(mark string, columns [2][]string) {
		w.line("%saudit:", mark)
		for side, headings := range columns {
			if len(headings) > 0 {
				w.line("%s  %ss: [%s]", mark, match.Side(side), strings.Join(headings, ", "))
			}
		}
	}
	some, all := len(ordinary[0])+len(ordinary[1]) > 0, [2][]string{slices.Concat(ordinary[0], delicate[0]), slices.Concat(ordinary[1], delicate[1])}
	if some {
		w.line("")
		w.comment("", "Was every group served alike? The report compares these groups. They decide nothing, and small ones stay hidden.")
		write("", ordinary)
	}
	if len(delicate[0])+len(delicate[1]) > 0 {
		w.line("")
		lead := "These columns describe people. They decide nothing, and nothing infers anything from them. To see whether every group was " +
			"served alike, take away the #:"
		if some {
			lead = "These columns describe people. They decide nothing, and nothing infers anything from them. To see whether these groups too " +
				"were served alike, write this in place of the audit above:"
		}
		w.comment("", lead)
		write("# ", all)
	}
}

// quoted is a text in quotes as it may stand in a comment: on one line, shortened, and without what an editor does not
// show.
func quoted(text string) string { return yamlQuoted(shortened(text)) }

// yamlText writes a text so that YAML reads it as this text.
func yamlText(text string) string {
	if isPlain(text) {
		return text
	}
	return yamlQuoted(text)
}

// isPlain says whether a text may stand without quotes, in brackets too: letters first, then letters, digits and a few
// marks, and nothing that YAML takes for something else.
func isPlain(text string) bool {
	if text == "" || slices.Contains([]string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}, strings.ToLower(text)) || strings.HasSuffix(text, " ") || strings.Contains(text, "  ") {
		return false
	}
	for k, r := range text {
		switch {
		case unicode.IsLetter(r):
		case k > 0 && (r >= '0' && r <= '9' || strings.ContainsRune(" _-/().+", r)):
		default:
			return false
		}
	}
	return true
}

// yamlQuoted writes a text in double quotes.
func yamlQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
