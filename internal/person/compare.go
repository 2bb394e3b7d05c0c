package person

import (
	"crypto/rand"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// appointed are the columns that say where somebody is appointed.
var appointed = []string{"unit", "position", "from", "to"}

// plan compares a list with what is here.
func (w *work) plan(s sheet, program mentoring.ProgramID) (plan, error) {
	u := &upload{sheet: s, w: w, program: program, seen: map[string]int{}}
	u.Headings = s.headings(shownOnly...)
	if err := u.compare(); err != nil {
		return plan{}, err
	}
	u.Seen = digestOf(u.Diff)
	return u.plan, nil
}

// An upload is a list while it is read.
type upload struct {
	plan
	sheet
	w         *work
	tree      forest
	units     map[string][]mentoring.UnitID // by folded name
	positions map[string]position           // by folded name
	program   mentoring.ProgramID
	seen      map[string]int // the row of each id and address
}

// A position is a level or rank.
type position struct{ ladder, code string }

func (u *upload) compare() (err error) {
	switch {
	case !u.has("id") && !u.has("address"):
		u.Problems = append(u.Problems, u.missing("address")...)
		return nil
	case len(u.Rows) > mostUploaded:
		u.Problems = append(u.Problems, Problem{Key: "import.too-long", Args: []any{"most", mostUploaded}})
		return nil
	}
	if u.tree, err = u.w.tree(); err != nil {
		return err
	}
	u.units, u.positions = u.tree.named(), positionsOf(u.tree.lists)
	for _, row := range u.Rows {
		if err := u.read(row); err != nil {
			return err
		}
	}
	return u.removed()
}

// named are the units of each folded name, in either language.
func (f forest) named() map[string][]mentoring.UnitID {
	units := map[string][]mentoring.UnitID{}
	for id := range f.units {
		for _, name := range []string{f.en[id], f.fr[id]} {
			if folded := search.Fold(name); folded != "" && !slices.Contains(units[folded], id) {
				units[folded] = append(units[folded], id)
			}
		}
	}
	return units
}

// positionsOf are levels and ranks by all that they are called: their codes, their labels in both languages, synonyms.
// What both lists have is a level.
func positionsOf(lists vocabulary.Set) map[string]position {
	positions := map[string]position{}
	for _, ladder := range []struct {
		name string
		list *vocabulary.List
	}{{"level", lists.Levels()}, {"rank", lists.Ranks()}} {
		for _, t := range ladder.list.Terms {
			for _, name := range append([]string{t.Code, t.En, t.Fr}, t.Synonyms...) {
				folded := search.Fold(name)
				if _, has := positions[folded]; !has && folded != "" {
					positions[folded] = position{ladder.name, t.Code}
				}
			}
		}
	}
	return positions
}

func (u *upload) wrong(row roster.SheetRow, column, key string, args ...any) {
	u.Problems = append(u.Problems, u.problem(row, column, key, args...))
}

// cell is what a row says in a column. Days are written one way.
func (u *upload) cell(row roster.SheetRow, column string) string {
	text := u.sheet.cell(row, column)
	if column == "from" || column == "to" {
		if day, right := mentoring.ReadDay(text); right {
			return string(day)
		}
	}
	return text
}

// once says that an id or address stands in one row only.
func (u *upload) once(row roster.SheetRow, column, text string) bool {
	if first, twice := u.seen[text]; twice {
		u.wrong(row, column, "import.twice", "row", first)
		return false
	}
	u.seen[text] = row.Number
	return true
}

// read compares a row with the person that it is about.
func (u *upload) read(row roster.SheetRow) error {
	id := u.cell(row, "id")
	if id == "" {
		return u.add(row)
	}
	if !u.once(row, "id", id) {
		return nil
	}
	k, was, err := u.w.rowInProgram(id, u.program)
	if mentoring.IsFault(err, mentoring.NotFound) {
		u.wrong(row, "id", "import.no-person")
		return nil
	}
	if err != nil {
		return err
	}
	for _, theirs := range []string{"address", "language"} {
		if u.cell(row, theirs) != "" {
			u.Left = append(u.Left, u.problem(row, theirs, "import.theirs"))
		}
	}
	u.changeTo(row, k, was, u.becomes(row, k, was))
	return nil
}

// rowInProgram is the row of somebody in a program whom the actor sees there. For everybody else it is NotHere.
func (w *work) rowInProgram(id string, program mentoring.ProgramID) (kept, sheetRow, error) {
	in, err := w.programOf(mentoring.PersonID(id), program)
	if err == nil && in == "" {
		err = mentoring.NotHere()
	}
	if err != nil {
		return kept{}, nil, err
	}
	k, row, err := w.rowOfPerson(id, program)
	if err != nil {
		return k, nil, err
	}
	seen, err := w.seenIn(&k, program)
	if err == nil && !seen {
		err = mentoring.NotHere()
	}
	return k, row, err
}

// seenIn says whether the actor sees somebody in a program that they are in, as its list does: neither those over whom the
// actor has authority, nor those whose account is suspended.
func (w *work) seenIn(k *kept, program mentoring.ProgramID) (bool, error) {
	a, err := w.Account(k.id)
	return err == nil && a.SuspendedAt.IsZero() && a.MergedInto == "" && !w.judged(k, program), err
}

// becomes is what a row says of somebody, in the columns of which a change is taken. An appointment that they have already,
// though it is not the one in force, is no change: so a list can be handed in twice.
func (u *upload) becomes(row roster.SheetRow, k kept, was sheetRow) sheetRow {
	becomes := sheetRow{}
	for _, column := range changeable {
		becomes[column] = was[column]
		if u.has(column) {
			becomes[column] = u.cell(row, column)
		}
	}
	if slices.ContainsFunc(k.Appointments, func(a mentoring.Appointment) bool { return u.isOf(a, becomes) }) {
		for _, column := range appointed {
			becomes[column] = was[column]
		}
	}
	return becomes
}

// isOf says whether cells are those of an appointment: of one that is still to come, in the columns that the list has.
func (u *upload) isOf(a mentoring.Appointment, cells sheetRow) bool {
	says := sheetRow{"unit": a.Where, "position": a.What.Label, "from": string(a.From), "to": string(a.To)}
	for _, column := range appointed {
		if cells[column] != says[column] && (u.has(column) || a.From <= u.w.today) {
			return false
		}
	}
	return true
}

// changeTo plans the change of somebody.
func (u *upload) changeTo(row roster.SheetRow, k kept, was, becomes sheetRow) {
	diff := RowDiff{Row: row.Number, ID: mentoring.PersonID(k.id), Name: nameOf(&k.Profile)}
	moved := false
	for _, column := range changeable {
		if becomes[column] != was[column] {
			diff.Cells = append(diff.Cells, CellDiff{column, was[column], becomes[column]})
			moved = moved || slices.Contains(appointed, column)
		}
	}
	if len(diff.Cells) == 0 {
		u.Same++
		return
	}
	if version := u.cell(row, "version"); version != "" && version != was["version"] {
		u.wrong(row, "version", "import.changed-since")
		return
	}
	u.Changed = append(u.Changed, diff)
	before := len(u.Problems)
	k.Given, k.Family = becomes["given"], becomes["family"]
	u.checkName(row, k.Given, k.Family)
	if moved {
		u.appoint(row, &k, was, becomes)
	}
	if len(u.Problems) == before {
		u.change = append(u.change, k)
	}
}

func nameOf(p *Profile) string { return strings.TrimSpace(p.Given + " " + p.Family) }

func (u *upload) checkName(row roster.SheetRow, given, family string) {
	var m mentoring.Mistakes
	m.CheckName(given, family, "")
	for _, one := range m {
		u.wrong(row, one.Field, one.Key, one.Args...)
	}
}

// appoint puts what a row says in place of the appointment that the row had, the latest in force. Cells that do not change
// leave of it what they show. What begins on a day to come replaces nothing: what is in force ends the day before. The
// others stay.
func (u *upload) appoint(row roster.SheetRow, k *kept, was, becomes sheetRow) {
	a, rest := mentoring.Appointment{ID: rand.Text()}, slices.Clone(k.Appointments)
	if current := k.appointedOn(u.w.today); len(current) > 0 {
		a = current[0]
		rest = slices.DeleteFunc(rest, func(b mentoring.Appointment) bool { return b.ID == a.ID })
	}
	k.Appointments = rest
	if becomes["unit"]+becomes["position"]+becomes["from"]+becomes["to"] == "" {
		return
	}
	had := a
	from, right := mentoring.ReadDay(becomes["from"])
	later := right && had.Ladder != "" && from > u.w.today && from != had.From
	if later && !u.has("to") {
		becomes["to"] = "" // the end of what is in force is not that of what comes after it
	}
	u.say(row, &a, was, becomes)
	if later {
		a.ID = rand.Text()
		if last := a.From.Add(-1); had.To == "" || had.To > last {
			had.To = last
		}
		rest = append([]mentoring.Appointment{had}, rest...)
	}
	k.Appointments = append([]mentoring.Appointment{a}, rest...)
}

// say lets an appointment say what a row says.
func (u *upload) say(row roster.SheetRow, a *mentoring.Appointment, was, becomes sheetRow) {
	if becomes["unit"] != was["unit"] {
		var known bool
		if a.Where = becomes["unit"]; a.Where != "" {
			if a.Unit, known = u.unitOf(a.Where); !known {
				u.wrong(row, "unit", "import.no-unit")
			}
		} else {
			a.Unit = ""
		}
	}
	if becomes["position"] != was["position"] || a.Ladder == "" {
		found, known := u.positions[search.Fold(becomes["position"])]
		switch {
		case !known && becomes["position"] == "":
			u.wrong(row, "position", "import.position-too")
		case !known:
			u.wrong(row, "position", "import.no-position")
		}
		a.Ladder, a.What = found.ladder, mentoring.Term{Code: found.code, Label: becomes["position"]}
	}
	u.days(row, a, becomes)
}

// days reads the days of an appointment.
func (u *upload) days(row roster.SheetRow, a *mentoring.Appointment, becomes sheetRow) {
	both := true
	for _, one := range []struct {
		column string
		into   *mentoring.Day
	}{{"from", &a.From}, {"to", &a.To}} {
		day, right := mentoring.ReadDay(becomes[one.column])
		if *one.into = day; !right {
			u.wrong(row, one.column, "person.day")
			both = false
		}
	}
	if both && !a.Right() {
		u.wrong(row, "to", "person.span")
	}
}

// unitOf is the one unit of a name in one of the languages.
func (u *upload) unitOf(name string) (mentoring.UnitID, bool) {
	if all := u.units[search.Fold(name)]; len(all) == 1 {
		return all[0], true
	}
	return "", false
}

// add reads a row about somebody who is to be invited.
func (u *upload) add(row roster.SheetRow) error {
	address, folded, right := notice.ReadAddress(u.cell(row, "address"))
	if !right {
		u.wrong(row, "address", "import.no-address")
		return nil
	}
	if !u.once(row, "address", folded) {
		return nil
	}
	known, err := u.w.knows(string(u.program), store.Participant, folded)
	if err != nil {
		return err
	}
	if known {
		u.Known++
		return nil
	}
	says := sheetRow{}
	diff := RowDiff{Row: row.Number, Cells: []CellDiff{{"address", "", u.cell(row, "address")}}}
	for _, column := range changeable {
		if says[column] = u.cell(row, column); says[column] != "" {
			diff.Cells = append(diff.Cells, CellDiff{column, "", says[column]})
		}
	}
	before := len(u.Problems)
	language, right := languageIn(u.cell(row, "language"))
	if !right {
		u.wrong(row, "language", "import.no-language")
	} else if language != "" {
		diff.Cells = append(diff.Cells, CellDiff{"language", "", language})
	}
	n := kept{Profile: Profile{Given: says["given"], Family: says["family"]}}
	if diff.Name = nameOf(&n.Profile); diff.Name != "" {
		u.checkName(row, n.Given, n.Family)
	}
	u.appoint(row, &n, sheetRow{}, says)
	u.Added = append(u.Added, diff)
	if len(u.Problems) == before {
		u.invite = append(u.invite, invitationOf(n, address, folded, language))
	}
	return nil
}

// languageIn is the language that a cell names; "" where it is empty.
func languageIn(cell string) (language string, right bool) {
	switch folded := search.Fold(cell); {
	case folded == "":
		return "", true
	case strings.HasPrefix(folded, "fr"):
		return "fr-CA", true
	case strings.HasPrefix(folded, "en"), strings.HasPrefix(folded, "ang"):
		return "en", true
	}
	return "", false
}

// invitationOf is what a row says of somebody who is to be invited.
func invitationOf(n kept, address, folded, language string) store.Invitation {
	i := store.Invitation{Part: store.Participant, Address: address, Folded: folded, Language: language, Given: n.Given, Family: n.Family}
	if len(n.Appointments) > 0 {
		a := n.Appointments[0]
		i.Unit, i.UnitLabel, i.Ladder, i.Code, i.Label = string(a.Unit), a.Where, a.Ladder, a.What.Code, a.What.Label
		i.Span = store.Span{From: string(a.From), To: string(a.To)}
	}
	return i
}

// removed finds those whom a coordinator sees and who are not in the list. A list without ids is of people to be invited,
// and says nothing of those who are here.
func (u *upload) removed() error {
	if !u.has("id") {
		return nil
	}
	return u.w.eachFound(Filter{}, u.program, func(id string) error {
		if _, in := u.seen[id]; in {
			return nil
		}
		k, err := u.w.load(id)
		if err != nil {
			return err
		}
		u.Removed = append(u.Removed, RowDiff{ID: mentoring.PersonID(id), Name: nameOf(&k.Profile)})
		u.remove = append(u.remove, id)
		return nil
	})
}
