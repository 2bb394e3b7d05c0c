package person

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	netmail "net/mail"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// A Diff is what an uploaded list would change, cell by cell.
type Diff struct {
	Added, Changed []RowDiff
	Removed        []RowDiff // people who are not in the list any more; nothing happens to them unless it is asked for
	Same           int
	Problems       []Problem
	Seen           string // what was seen, so that nothing else is applied
}

// A RowDiff is a row with its changes.
type RowDiff struct {
	Row   int // as the spreadsheet shows it; 0: of those removed
	ID    mentoring.PersonID
	Name  string
	Cells []CellDiff
}

// A CellDiff is a cell that changes.
type CellDiff struct{ Column, Was, Becomes string }

// mostUploaded is how many people a list may have.
const mostUploaded = 20_000

// ReadPeople compares an uploaded list with what is here, for a coordinator, and changes nothing. Columns that it does
// not know, or of which no change is taken, are left alone.
func (p *People) ReadPeople(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input) (d Diff, err error) {
	sheet, problems := sheetOf(file)
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ChangePeople, settings(program)).Refused(); err != nil {
			return err
		}
		if problems != nil {
			d.Problems = problems
			return nil
		}
		plan, err := w.plan(sheet, program)
		if err == nil {
			d = plan.Diff
		}
		return err
	})
	return d, err
}

// ApplyPeople applies an uploaded list as it was seen, all of it or nothing, and returns the id by which it can be undone.
// Where something was changed meanwhile it is a Conflict, and the difference is to be looked at again. With end, the
// appointments of those removed end yesterday; their accounts and profiles stay theirs.
func (p *People) ApplyPeople(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input, seen string, end bool) (id string, err error) {
	sheet, problems := sheetOf(file)
	id = rand.Text()
	err = p.act(ctx, v, mentoring.ChangePeople, settings(program), func(w *work) error {
		if problems != nil {
			return invalid("import.problems", "n", len(problems))
		}
		plan, err := w.plan(sheet, program)
		switch {
		case err != nil:
			return err
		case len(plan.Problems) > 0:
			return invalid("import.problems", "n", len(plan.Problems))
		case plan.Seen != seen:
			return conflict("import.changed-meanwhile")
		}
		return w.carryOut(plan, id, program, end)
	})
	return id, err
}

// A plan is a difference with what it takes to carry it out.
type plan struct {
	Diff
	change []planned
	remove []string
}

// A planned is a person as they will be.
type planned struct {
	kept
	address string // of somebody who is added
	cells   sheetRow
}

// plan compares a list with what is here.
func (w *work) plan(sheet *roster.Sheet, program mentoring.ProgramID) (plan, error) {
	at := columnsOf(sheet.Header, columnNames)
	u := &upload{w: w, at: at, sheet: sheet, program: program, seen: map[string]int{}}
	var err error
	if u.tree, err = w.tree(); err != nil {
		return plan{}, err
	}
	if _, has := at["id"]; !has {
		u.Problems = append(u.Problems, Problem{Column: "id", Key: "import.no-column", Args: []any{"column", "id"}})
		return u.plan, nil
	}
	if len(sheet.Rows) > mostUploaded {
		u.Problems = append(u.Problems, Problem{Key: "import.too-long", Args: []any{"most", mostUploaded}})
		return u.plan, nil
	}
	for _, row := range sheet.Rows {
		if err := u.read(row); err != nil {
			return plan{}, err
		}
	}
	if err := u.removed(); err != nil {
		return plan{}, err
	}
	u.Seen = digestOf(u.Diff)
	return u.plan, nil
}

// digestOf is what a difference says, in short.
func digestOf(d Diff) string {
	sum := sha256.Sum256(said(d))
	return hex.EncodeToString(sum[:16])
}

// An upload is a list while it is read.
type upload struct {
	plan
	w       *work
	at      map[string]int
	sheet   *roster.Sheet
	tree    forest
	program mentoring.ProgramID
	seen    map[string]int // the row of each id and address
}

func (u *upload) cell(row roster.SheetRow, column string) string {
	k, has := u.at[column]
	if !has {
		return ""
	}
	return mentoring.Tidy(meant(row.Cells[k]))
}

func (u *upload) problem(row roster.SheetRow, column, key string, args ...any) {
	heading := column
	if k, has := u.at[column]; has {
		heading = u.sheet.Header[k]
	}
	u.Problems = append(u.Problems, Problem{row.Number, heading, u.cell(row, column), key, args})
}

// once says that an id or address stands in one row only.
func (u *upload) once(row roster.SheetRow, column, text string) bool {
	if first, twice := u.seen[text]; twice {
		u.problem(row, column, "import.twice", "row", first)
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
	k, was, err := u.w.rowOfPerson(id, u.program)
	if mentoring.IsFault(err, mentoring.NotFound) || err == nil && u.w.judged(&k) {
		u.problem(row, "id", "import.no-person")
		return nil
	}
	if err != nil {
		return err
	}
	diff := RowDiff{Row: row.Number, ID: mentoring.PersonID(id), Name: strings.TrimSpace(k.Given + " " + k.Family)}
	becomes := sheetRow{}
	for _, column := range changeable {
		becomes[column] = was[column]
		if _, has := u.at[column]; !has {
			continue
		}
		if becomes[column] = u.cell(row, column); becomes[column] != was[column] {
			diff.Cells = append(diff.Cells, CellDiff{column, was[column], becomes[column]})
		}
	}
	if len(diff.Cells) == 0 {
		u.Same++
		return nil
	}
	if version := u.cell(row, "version"); version != "" && version != was["version"] {
		u.problem(row, "version", "import.changed-since")
		return nil
	}
	u.Changed = append(u.Changed, diff)
	u.become(row, planned{kept: k, cells: becomes}, was)
	return nil
}

// judged says whether the firewall stands between the actor and a person.
func (w *work) judged(k *kept) bool {
	return slices.ContainsFunc(w.actor.Edges, func(e mentoring.Edge) bool {
		return e.From == w.actor.Person && string(e.To) == k.id && e.Kind.Evaluative()
	})
}

// add reads a row about somebody who is not here yet.
func (u *upload) add(row roster.SheetRow) error {
	parsed, err := netmail.ParseAddress(u.cell(row, "address"))
	if err != nil {
		u.problem(row, "address", "import.no-address")
		return nil
	}
	folded := notice.Fold(parsed.Address)
	if !u.once(row, "address", folded) {
		return nil
	}
	if _, err := u.w.Email(folded); err == nil {
		u.problem(row, "address", "import.is-here")
		return nil
	} else if !store.IsKind(err, store.NotFound) {
		return err
	}
	n := planned{kept: kept{id: rand.Text(), madeAt: u.w.now}, address: parsed.Address, cells: sheetRow{}}
	diff := RowDiff{Row: row.Number, Cells: []CellDiff{{"address", "", parsed.Address}}}
	for _, column := range changeable {
		if n.cells[column] = u.cell(row, column); n.cells[column] != "" {
			diff.Cells = append(diff.Cells, CellDiff{column, "", n.cells[column]})
		}
	}
	diff.Name = strings.TrimSpace(n.cells["given"] + " " + n.cells["family"])
	u.Added = append(u.Added, diff)
	u.become(row, n, sheetRow{})
	return nil
}

// become checks the cells of a row and makes of them the person as they will be.
func (u *upload) become(row roster.SheetRow, n planned, was sheetRow) {
	before := len(u.Problems)
	n.Given, n.Family = n.cells["given"], n.cells["family"]
	var m mentoring.Mistakes
	m.CheckName(n.Given, n.Family, "")
	for _, one := range m {
		u.problem(row, one.Field, one.Key, one.Args...)
	}
	appointed := false
	for _, column := range []string{"unit", "position", "from", "to"} {
		appointed = appointed || n.cells[column] != was[column]
	}
	if appointed {
		u.appoint(row, &n)
	}
	if len(u.Problems) == before {
		u.change = append(u.change, n)
	}
}

// appoint puts what a row says in place of the appointment that the row had. The others stay.
func (u *upload) appoint(row roster.SheetRow, n *planned) {
	a := mentoring.Appointment{ID: rand.Text(), Where: n.cells["unit"]}
	rest := slices.Clone(n.Appointments)
	if current := n.appointedOn(u.w.today); len(current) > 0 {
		a.ID, a.Track = current[0].ID, current[0].Track
		rest = slices.DeleteFunc(rest, func(b mentoring.Appointment) bool { return b.ID == a.ID })
	}
	n.Appointments = rest
	if n.cells["unit"]+n.cells["position"]+n.cells["from"]+n.cells["to"] == "" {
		return
	}
	if a.Unit = u.unitOf(a.Where); a.Where != "" && a.Unit == "" {
		u.problem(row, "unit", "import.no-unit")
	}
	if a.Ladder, a.What = u.positionOf(n.cells["position"]); a.Ladder == "" {
		u.problem(row, "position", "import.no-position")
	}
	for column, into := range map[string]*mentoring.Day{"from": &a.From, "to": &a.To} {
		day, right := mentoring.ReadDay(n.cells[column])
		if *into = day; !right {
			u.problem(row, column, "person.day")
		}
	}
	if !a.Right() {
		u.problem(row, "to", "person.span")
	}
	n.Appointments = append([]mentoring.Appointment{a}, rest...)
}

// unitOf is the unit of a name in one of the languages; "": none, or several.
func (u *upload) unitOf(name string) (id mentoring.UnitID) {
	folded, n := search.Fold(name), 0
	for one := range u.tree.units {
		if folded != "" && (folded == search.Fold(u.tree.en[one]) || folded == search.Fold(u.tree.fr[one])) {
			id = one
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return id
}

// positionOf is the level or rank that a text names: by its code, by its label in one of the languages, or by a synonym.
func (u *upload) positionOf(text string) (ladder string, what mentoring.Term) {
	folded := search.Fold(text)
	for ladder, list := range map[string]*vocabulary.List{"level": u.tree.lists.Levels(), "rank": u.tree.lists.Ranks()} {
		for _, t := range list.Terms {
			for _, name := range append([]string{t.Code, t.En, t.Fr}, t.Synonyms...) {
				if folded != "" && folded == search.Fold(name) {
					return ladder, mentoring.Term{Code: t.Code, Label: text}
				}
			}
		}
	}
	return "", mentoring.Term{}
}

// removed finds those whom a coordinator sees and who are not in the list.
func (u *upload) removed() error {
	return u.w.eachListed(Filter{}, u.program, func(row sheetRow) error {
		if _, in := u.seen[row["id"]]; in || row["unit"]+row["position"] == "" {
			return nil
		}
		u.Removed = append(u.Removed, RowDiff{ID: mentoring.PersonID(row["id"]), Name: strings.TrimSpace(row["given"] + " " + row["family"])})
		u.remove = append(u.remove, row["id"])
		return nil
	})
}

// A before is what undoing a batch of people takes, of one person.
type before struct {
	ID            string
	Added         bool `json:",omitempty"`
	Given, Family string
	Appointments  []mentoring.Appointment `json:",omitempty"`
	Version       int64                   // after the change
}

// carryOut changes people, adds those who are new, and keeps what undoing takes.
func (w *work) carryOut(p plan, id string, program mentoring.ProgramID, end bool) error {
	var undo []before
	people := map[string]bool{}
	for _, n := range p.change {
		was := before{ID: n.id, Added: n.address != ""}
		if was.Added {
			if err := w.invite(n); err != nil {
				return err
			}
		} else {
			old, err := w.load(n.id)
			if err != nil {
				return err
			}
			was.Given, was.Family, was.Appointments = old.Given, old.Family, old.Appointments
		}
		if err := w.put(&n.kept); err != nil {
			return err
		}
		was.Version = w.now.UnixMicro()
		undo, people[n.id] = append(undo, was), true
	}
	if end {
		for _, one := range p.remove {
			was, err := w.endAppointments(one)
			if err != nil {
				return err
			}
			undo, people[one] = append(undo, was), true
		}
	}
	return w.keepBatch(id, "people", program, undo, people)
}

// invite makes an account for somebody who is added, and writes to them.
func (w *work) invite(n planned) error {
	if err := w.AddAccount(store.Account{ID: n.id, Language: w.language, MadeAt: w.now}); err != nil {
		return err
	}
	if err := w.AddEmail(store.Email{Folded: notice.Fold(n.address), Address: n.address, Account: n.id, Kind: store.Personal, Owns: true}); err != nil {
		return err
	}
	if err := w.log("person.invite", "account", n.id, nil, nil, n.id); err != nil {
		return err
	}
	return w.p.Post.Write(w.Tx, notice.Letter{Template: notice.Invited, Address: n.address, Language: w.language})
}

// endAppointments ends what is in force of somebody's appointments with the day before today.
func (w *work) endAppointments(id string) (was before, err error) {
	k, err := w.load(id)
	if err != nil {
		return was, err
	}
	was = before{ID: id, Given: k.Given, Family: k.Family, Appointments: slices.Clone(k.Appointments), Version: w.now.UnixMicro()}
	yesterday := w.today.Add(-1)
	k.Appointments = slices.DeleteFunc(slices.Clone(k.Appointments), func(a mentoring.Appointment) bool { return a.From > yesterday && a.Covers(w.today) })
	for i := range k.Appointments {
		if k.Appointments[i].Covers(w.today) {
			k.Appointments[i].To = yesterday
		}
	}
	return was, w.put(&k)
}

// undoPeople gives people back what a batch changed. Where one of them was changed since, it is a Conflict.
func (w *work) undoPeople(b store.Batch) error {
	var all []before
	if err := json.Unmarshal([]byte(b.Before), &all); err != nil {
		return err
	}
	for _, was := range all {
		now, err := w.Person(was.ID)
		if store.IsKind(err, store.NotFound) {
			return conflict("import.changed-since")
		}
		if err != nil {
			return err
		}
		if now.ChangedAt.UnixMicro() != was.Version {
			return conflict("import.changed-since")
		}
		if err := w.giveBack(was); err != nil {
			return err
		}
	}
	return nil
}

func (w *work) giveBack(was before) error {
	if was.Added {
		return w.uninvite(was.ID)
	}
	k, err := w.load(was.ID)
	if err != nil {
		return err
	}
	k.Given, k.Family, k.Appointments = was.Given, was.Family, was.Appointments
	return w.put(&k)
}

// uninvite takes an account away that nobody has ever used.
func (w *work) uninvite(id string) error {
	emails, err := w.Emails(id)
	if err != nil {
		return err
	}
	for _, e := range emails {
		if !e.VerifiedAt.IsZero() {
			return conflict("import.changed-since")
		}
		if err := w.DeleteEmail(e.Folded); err != nil {
			return err
		}
	}
	if err := w.ForgetWords(id); err != nil {
		return err
	}
	if err := w.DeletePerson(id); err != nil {
		return err
	}
	return w.DeleteAccount(id)
}
