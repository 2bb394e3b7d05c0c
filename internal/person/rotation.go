package person

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/search"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/match/roster"
)

// A Rotation is a rotation list as it was read: who is with whom in which of the 13 periods of an academic year.
type Rotation struct {
	Headings   []Heading // as what each column was read
	Edges      []mentoring.Dated
	Placements []Placement // the same, as people read them
	Same       int         // positions that a list has put in force before
	Problems   []Problem
	Left       []Problem // rows that are left out, since whom they name is not in the program; they stand against nothing
	Rows       int
	Seen       string // what was seen, so that nothing else is imported
}

// A Placement is an edge that a row of a rotation list makes, by names, or as the row names people who have none.
type Placement struct {
	Row      int
	From, To string
	Kind     mentoring.EdgeKind
	Period   int
	Year     int // in which the academic year begins
	Days     mentoring.Span
}

// rotationColumns are the columns of a rotation list, by what people head them with.
var rotationColumns = map[string][]string{
	"person":    {"person", "resident", "trainee", "learner", "email", "e-mail", "personne", "residente", "stagiaire", "courriel"},
	"preceptor": {"preceptor", "supervisor", "attending", "unit", "unit/preceptor", "precepteur", "preceptrice", "superviseur", "superviseure", "unite", "unite/precepteur"},
	"period":    {"period", "block", "rotation", "periode", "stage", "bloc"},
	"year":      {"academic year", "year", "annee universitaire", "annee"},
	"kind":      {"kind", "role", "lien", "position", "type"},
}

// placed are the positions that a list of rotations can put in force, by what people call them. What else stands between
// two people they say themselves.
var placed = map[mentoring.EdgeKind][]string{
	mentoring.Observes:         {"observes", "observe", "observer", "observation"},
	mentoring.Supervises:       {"supervises", "supervise", "supervisor", "superviseur", "superviseure"},
	mentoring.Evaluates:        {"evaluates", "evaluate", "evaluator", "évalue", "évaluateur", "évaluatrice"},
	mentoring.DecidesPromotion: {"decides_promotion", "decides promotion", "décide de la promotion"},
}

// ReadRotation reads a rotation list for a coordinator and changes nothing. The columns are person, preceptor or unit,
// period and academic year; people are named by their address, or by their id. Without a column for the kind the
// preceptor observes, which blocks nothing (MO-13). A unit stands for those who lead it at that time. Rows about people who
// are not in the program, and do not coordinate it, are left out: a list of a hospital names many who are not. So are those
// whom the coordinator does not see there (CF-9). Whoever is named by it can read in their trail that it happened.
func (p *People) ReadRotation(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input) (r Rotation, err error) {
	if err := p.mayIn(ctx, v, mentoring.ImportRotation, program); err != nil {
		return r, err
	}
	s, problems := sheetOf(file, rotationColumns)
	if problems != nil {
		return Rotation{Problems: problems}, nil
	}
	err = p.view(ctx, v, func(w *work) error {
		if err := mentoring.May(w.actor, mentoring.ImportRotation, settings(program)).Refused(); err != nil {
			return err
		}
		r, err = w.rotation(s, program)
		return err
	})
	if err != nil {
		return Rotation{}, err
	}
	shown := map[string]bool{}
	for _, e := range r.Edges {
		for _, side := range sides(e) {
			shown[side] = true
		}
	}
	if err := p.logShown(ctx, v, mentoring.ImportRotation, program, slices.Sorted(maps.Keys(shown))); err != nil {
		return Rotation{}, err
	}
	return r, nil
}

// ImportRotation puts the edges of a rotation list in force as they were seen, all or none, and returns the id by which the
// import can be undone. A list with problems is refused, and so is one that says something else by now.
func (p *People) ImportRotation(ctx context.Context, v account.Visit, program mentoring.ProgramID, file roster.Input, seen string) (id string, err error) {
	if err := p.mayIn(ctx, v, mentoring.ImportRotation, program); err != nil {
		return "", err
	}
	s, problems := sheetOf(file, rotationColumns)
	if problems != nil {
		return "", invalid("import.problems", "n", len(problems))
	}
	id = rand.Text()
	err = p.act(ctx, v, mentoring.ImportRotation, settings(program), func(w *work) error {
		r, err := w.rotation(s, program)
		switch {
		case err != nil:
			return err
		case r.Seen != seen:
			return conflict("import.changed-meanwhile")
		case len(r.Problems) > 0:
			return invalid("import.problems", "n", len(r.Problems))
		case len(r.Edges) == 0:
			return invalid("import.nothing")
		}
		return w.place(id, r.Edges, program)
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// place puts edges in force.
func (w *work) place(id string, edges []mentoring.Dated, program mentoring.ProgramID) error {
	var added []string
	people := map[string]bool{}
	for _, e := range edges {
		one := store.Authority{
			ID: rand.Text(), From: string(e.From()), To: string(e.To()), Kind: string(e.Kind),
			Span: store.Span{From: string(e.Span.From), To: string(e.Span.To)}, Source: "roster", By: "roster", MadeAt: w.now,
		}
		if err := w.AddAuthority(one); err != nil {
			return err
		}
		added = append(added, one.ID)
		for _, side := range sides(e) {
			people[side] = true
		}
	}
	return w.keepBatch(id, "rotation", program, added, people)
}

// keepBatch keeps what undoing a batch takes, and logs it for all whom it is about.
func (w *work) keepBatch(id, kind string, program mentoring.ProgramID, before any, people map[string]bool) error {
	text, err := json.Marshal(before)
	if err != nil {
		return err
	}
	batch := store.Batch{ID: id, Program: string(program), By: string(w.actor.Person), MadeAt: w.now, Kind: kind, Before: string(text)}
	var about []string
	for person := range people {
		about = append(about, person)
	}
	if err := w.AddBatch(batch, about); err != nil {
		return err
	}
	return w.log("import."+kind, "program settings", id, nil, text, about...)
}

func settings(program mentoring.ProgramID) mentoring.Object {
	return mentoring.Object{Kind: mentoring.ProgramSettings, Program: program}
}

// mayIn says whether the visitor may do something in a program.
func (p *People) mayIn(ctx context.Context, v account.Visit, action mentoring.Action, program mentoring.ProgramID) error {
	return p.view(ctx, v, func(w *work) error { return mentoring.May(w.actor, action, settings(program)).Refused() })
}

var yearIn = regexp.MustCompile(`^(20\d\d)(?:\s*[-–/]\s*(?:20)?(\d\d))?$`)

// readYear reads an academic year, such as 2026-2027, 2026-27 or 2026.
func readYear(text string) (mentoring.AcademicYear, bool) {
	found := yearIn.FindStringSubmatch(text)
	if found == nil {
		return mentoring.AcademicYear{}, false
	}
	from, err := strconv.Atoi(found[1])
	if found[2] != "" && found[2] != strconv.Itoa(from + 1)[2:] {
		return mentoring.AcademicYear{}, false
	}
	return mentoring.AcademicYear{From: from}, err == nil
}

var periodIn = regexp.MustCompile(`^(?:p|b|period|block|periode|bloc|stage|rotation)? ?0*(\d{1,2})$`)

// readPeriod reads the number of a period, such as 9, P9 or Period 9.
func readPeriod(text string) (int, bool) {
	found := periodIn.FindStringSubmatch(search.Fold(text))
	if found == nil {
		return 0, false
	}
	n, err := strconv.Atoi(found[1])
	return n, err == nil
}

// readKind reads a position; an empty cell says that the preceptor observes.
func readKind(text string) (mentoring.EdgeKind, bool) {
	if text == "" {
		return mentoring.Observes, true
	}
	for kind, words := range placed {
		for _, word := range words {
			if search.Fold(word) == search.Fold(text) {
				return kind, true
			}
		}
	}
	return "", false
}

// mostPlaced is how many rows a list may have: 1,500 people in each of the 13 periods.
const mostPlaced = 20_000

// A placing is a rotation list while it is read.
type placing struct {
	Rotation
	sheet
	w       *work
	program mentoring.ProgramID
	units   map[string][]mentoring.UnitID
	heads   []store.UnitHead
	known   map[string]named // by what a cell says
	in      map[string]named // by id
	made    map[mentoring.Dated]bool
	before  map[string]map[mentoring.Dated]bool // what lists have put in force, by who is taught
}

// A named is somebody in the program, or who coordinates it; the id is "" where nobody is.
type named struct{ id, name string }

// rotation reads the rows of a list.
func (w *work) rotation(s sheet, program mentoring.ProgramID) (Rotation, error) {
	r := &placing{
		sheet: s, w: w, program: program, known: map[string]named{}, in: map[string]named{}, made: map[mentoring.Dated]bool{}, before: map[string]map[mentoring.Dated]bool{},
	}
	r.Headings, r.Rotation.Rows = s.headings(), len(s.Rows)
	if err := r.read(); err != nil {
		return Rotation{}, err
	}
	byRow(r.Problems)
	r.Seen = digestOf(r.Rotation)
	return r.Rotation, nil
}

func (r *placing) read() (err error) {
	r.Problems = r.missing("person", "preceptor", "period", "year")
	switch {
	case len(r.Problems) > 0:
		return nil
	case len(r.sheet.Rows) > mostPlaced:
		r.Problems = []Problem{{Key: "import.too-long", Args: []any{"most", mostPlaced}}}
		return nil
	}
	if r.heads, err = r.w.UnitHeads(); err != nil {
		return err
	}
	tree, err := r.w.tree()
	if err != nil {
		return err
	}
	r.units = tree.named()
	for _, row := range r.sheet.Rows {
		if err := r.place(row); err != nil {
			return err
		}
	}
	return nil
}

func (r *placing) wrong(row roster.SheetRow, column, key string, args ...any) {
	r.Problems = append(r.Problems, r.problem(row, column, key, args...))
}

// leave leaves a row out, and says why.
func (r *placing) leave(row roster.SheetRow, column, key string) {
	r.Left = append(r.Left, r.problem(row, column, key))
}

// place reads a row. What is wrong in a row that is left out does not matter.
func (r *placing) place(row roster.SheetRow) error {
	trainee, err := r.find(r.cell(row, "person"))
	if err != nil {
		return err
	}
	if trainee.id == "" {
		r.leave(row, "person", "import.not-in-program")
		return nil
	}
	said := r.cell(row, "preceptor")
	units := r.units[search.Fold(said)]
	var preceptors []named
	if len(units) == 0 {
		one, err := r.find(said)
		if err != nil {
			return err
		}
		if one.id == "" {
			r.leave(row, "preceptor", "import.not-in-program")
			return nil
		}
		preceptors = []named{one}
	}
	p, right := r.placement(row)
	switch {
	case !right:
		return nil
	case len(units) > 1:
		r.wrong(row, "preceptor", "import.no-unit")
		return nil
	case len(units) == 1:
		if preceptors, err = r.leaders(units[0], p.Days); err != nil {
			return err
		}
		if len(preceptors) == 0 {
			r.leave(row, "preceptor", "import.unit-without-head")
		}
	}
	for _, one := range preceptors {
		if err := r.add(row, p, one, trainee); err != nil {
			return err
		}
	}
	return nil
}

// placement is what a row says besides the people.
func (r *placing) placement(row roster.SheetRow) (p Placement, right bool) {
	before := len(r.Problems)
	year, isYear := readYear(r.cell(row, "year"))
	if !isYear {
		r.wrong(row, "year", "import.year")
	}
	n, isPeriod := readPeriod(r.cell(row, "period"))
	span, known := year.Period(n)
	if !isPeriod || !known {
		r.wrong(row, "period", "import.period", "most", mentoring.Periods)
	}
	kind, isKind := readKind(r.cell(row, "kind"))
	if !isKind {
		r.wrong(row, "kind", "import.kind")
	}
	return Placement{Row: row.Number, Kind: kind, Period: n, Year: year.From, Days: span}, len(r.Problems) == before
}

// add adds an edge, unless there is one like it.
func (r *placing) add(row roster.SheetRow, p Placement, preceptor, trainee named) error {
	e := mentoring.Dated{Edge: mentoring.Edge{Kind: p.Kind, From: mentoring.PersonID(preceptor.id), To: mentoring.PersonID(trainee.id)}, Span: p.Days}
	if err := mentoring.CheckEdge(e); err != nil {
		r.wrong(row, "preceptor", faultOf(err).Key, faultOf(err).Args...)
		return nil
	}
	if r.made[e] {
		return nil
	}
	r.made[e] = true
	there, err := r.there(trainee.id)
	switch {
	case err != nil:
		return err
	case there[e]:
		r.Same++
		return nil
	}
	p.From, p.To = preceptor.name, trainee.name
	r.Edges, r.Placements = append(r.Edges, e), append(r.Placements, p)
	return nil
}

// there are the positions over somebody that lists have put in force before.
func (r *placing) there(trainee string) (map[mentoring.Dated]bool, error) {
	if all, read := r.before[trainee]; read {
		return all, nil
	}
	rows, err := r.w.AuthoritiesOf(trainee)
	all := map[mentoring.Dated]bool{}
	for _, e := range rows {
		if e.Source == "roster" && e.To == trainee {
			all[mentoring.Dated{
				Edge: mentoring.Edge{Kind: mentoring.EdgeKind(e.Kind), From: mentoring.PersonID(e.From), To: mentoring.PersonID(e.To)},
				Span: mentoring.Span{From: mentoring.Day(e.Span.From), To: mentoring.Day(e.Span.To)},
			}] = true
		}
	}
	r.before[trainee] = all
	return all, err
}

// leaders are those in the program who lead a unit within a span.
func (r *placing) leaders(unit mentoring.UnitID, span mentoring.Span) (all []named, err error) {
	for _, head := range r.heads {
		if head.Unit != string(unit) || !span.Meets(mentoring.Span{From: mentoring.Day(head.From), To: mentoring.Day(head.To)}) {
			continue
		}
		one, err := r.person(head.Person, head.Person)
		if err != nil {
			return nil, err
		}
		if one.id != "" && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all, nil
}

// find is who a cell names, by address or id.
func (r *placing) find(cell string) (named, error) {
	if one, known := r.known[cell]; known {
		return one, nil
	}
	id, err := r.w.accountNamed(cell)
	if err != nil {
		return named{}, err
	}
	one, err := r.person(id, cell)
	r.known[cell] = one
	return one, err
}

// person is somebody in the program whom the coordinator sees there, or who coordinates it. Who has no name is called as
// the list calls them.
func (r *placing) person(id, called string) (one named, err error) {
	if id == "" {
		return one, nil
	}
	if one, known := r.in[id]; known {
		return one, nil
	}
	defer func() { r.in[id] = one }()
	in, err := r.w.programOf(mentoring.PersonID(id), r.program)
	if err != nil {
		return one, err
	}
	k, err := r.w.load(id)
	if err != nil {
		return one, err
	}
	if in == "" {
		runs, err := r.w.CoordinatorsOf(string(r.program))
		if err != nil || !slices.Contains(runs, id) {
			return one, err
		}
		if gone, err := r.w.isGone(mentoring.PersonID(id)); err != nil || gone {
			return one, err
		}
	} else if seen, err := r.w.seenIn(&k, r.program); err != nil || !seen {
		return one, err
	}
	one = named{id, nameOf(&k.Profile)}
	if one.name == "" {
		one.name = called
	}
	return one, nil
}

// accountNamed is the id of the account that an address or an id names; "": none.
func (w *work) accountNamed(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if strings.Contains(text, "@") {
		_, folded, right := notice.ReadAddress(text)
		if !right {
			return "", nil
		}
		e, err := w.Email(folded)
		if store.IsKind(err, store.NotFound) || err == nil && (!e.LeftUntil.IsZero() || e.VerifiedAt.IsZero()) {
			return "", nil
		}
		return e.Account, err
	}
	a, err := w.Account(text)
	if store.IsKind(err, store.NotFound) {
		return "", nil
	}
	return a.ID, err
}
