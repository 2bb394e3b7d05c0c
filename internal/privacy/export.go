package privacy

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// format is the name of the form in which people take their data along.
const format = "chiron-person-1"

// A Taken is all that an installation holds of a person, as it is handed to them.
type Taken struct {
	Data   Data
	Record Record
	// Sealed says that what the person answered about sensitive characteristics is not in it, since they did not open it
	// themselves.
	Sealed bool
}

// A Data is what a person takes along and another installation can take in. Consents, and answers that they allow, are not
// in it: they were given to one installation, for its purposes and after reading its texts.
type Data struct {
	Format string                    `json:"format"`
	Person string                    `json:"person"`
	Tables map[string][]store.Record `json:"tables"`
}

// A Row is a row of a table, by column: text, whole numbers, or nil.
type Row = store.Record

// A Record is what an installation has written down about a person besides: it belongs to that installation.
type Record struct {
	Programs []Part                     `json:"programs"`
	Sessions []Happened                 `json:"sessions"`
	Letters  []Happened                 `json:"letters"`
	Trail    []Happened                 `json:"trail"`
	Consents []Consented                `json:"consents"`
	Answers  []person.OwnCharacteristic `json:"characteristics,omitempty"`

	Events []account.Event `json:"-"` // the trail, to be put into words
}

// A Part is one that a person takes in a program of the installation, or was invited to take.
type Part struct {
	ProgramEn string    `json:"program_en"`
	ProgramFr string    `json:"program_fr"`
	As        string    `json:"as"` // "participant", "coordinator" or "invited"
	Since     time.Time `json:"since"`
}

// A Happened is something that happened, in codes of the program. By is the person's own id, a part of the program, or
// "somebody": who else it was is that person's.
type Happened struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
	By   string    `json:"by,omitempty"`
	How  string    `json:"how,omitempty"`
}

// A Consented is a consent, and how it ended.
type Consented struct {
	At       time.Time  `json:"at"`
	What     string     `json:"what"` // the characteristic
	Use      string     `json:"use"`
	Wording  int        `json:"wording"`  // the version of the text that was read
	Language string     `json:"language"` // in which it was read
	EndedAt  *time.Time `json:"ended_at,omitempty"`
	EndedBy  string     `json:"ended_by,omitempty"`
}

// Export is all that the installation holds of the visitor. Keys, and the hashes by which sessions and links are known, are
// left out.
func (p *Privacy) Export(ctx context.Context, v account.Visit) (t Taken, err error) {
	me := string(v.Actor.Person)
	err = p.People.Do(ctx, v, mentoring.ExportOwnData, ownAccount(v), func(tx *store.Tx, now time.Time) (err error) {
		if t, err = take(tx, me, now); err != nil {
			return err
		}
		return audit.Record(tx, now, audit.Event{Actor: me, Action: "account.export", Kind: "account", Object: me})
	})
	if err == nil && p.Sensitive != nil {
		t.Record.Answers, err = p.Sensitive(ctx, v)
	}
	return t, err
}

// ExportFor is what [Privacy.Export] gives, for the administrator at the console, whom the person has asked for it in
// writing. Answers about sensitive characteristics stay sealed. The person reads in the log that it was done.
func ExportFor(ctx context.Context, db *store.DB, now time.Time, id string) (t Taken, err error) {
	err = db.Update(ctx, func(tx *store.Tx) (err error) {
		if t, err = take(tx, id, now); err != nil {
			return err
		}
		return audit.Record(tx, now, audit.Event{Actor: "console", Action: "account.export", Kind: "account", Object: id, About: []string{id}})
	})
	t.Sealed = true
	return t, err
}

func take(tx *store.Tx, id string, now time.Time) (t Taken, err error) {
	if _, err := tx.Account(id); err != nil {
		return t, err
	}
	if t.Data, err = collect(tx, id); err != nil {
		return t, err
	}
	t.Record, err = recordOf(tx, id, now)
	return t, err
}

// Of is what a person takes along and another installation can take in.
func (p *Privacy) Of(ctx context.Context, id string) (data Data, err error) {
	err = p.People.DB.View(ctx, func(tx *store.Tx) (err error) {
		data, err = collect(tx, id)
		return err
	})
	return data, err
}

// collect reads the tables of a person.
func collect(tx *store.Tx, id string) (Data, error) {
	d := Data{format, id, map[string][]store.Record{}}
	for _, t := range Tables {
		if t.Export == nil || len(t.Owners) == 0 {
			continue
		}
		rows, err := tx.RecordsOf(t.Name, t.Export, t.Owners, id)
		if err != nil {
			return d, fmt.Errorf("export %s: %w", t.Name, err)
		}
		if t.mine != nil {
			rows = slices.DeleteFunc(rows, func(r store.Record) bool { return !t.mine(id, r) })
		}
		if len(rows) > 0 {
			d.Tables[t.Name] = rows
		}
	}
	return d, d.units(tx)
}

// units adds the units of the appointments, and those above them, each after the one that it is part of.
func (d *Data) units(tx *store.Tx) error {
	all, err := tx.Units()
	at := map[string]store.Unit{}
	for _, u := range all {
		at[u.ID] = u
	}
	var rows []store.Record
	in := map[string]bool{"": true}
	var add func(id string)
	add = func(id string) {
		if in[id] {
			return
		}
		in[id] = true
		u := at[id]
		add(u.Parent)
		r := store.Record{"id": u.ID, "parent": nil, "name_en": u.NameEn, "name_fr": u.NameFr, "opened_day": u.OpenedDay, "closed_day": u.ClosedDay}
		if u.Parent != "" {
			r["parent"] = u.Parent
		}
		rows = append(rows, r)
	}
	for _, r := range d.Tables["appointment"] {
		add(textIn(r, "unit"))
	}
	if len(rows) > 0 {
		d.Tables["unit"] = rows
	}
	return err
}

func recordOf(tx *store.Tx, id string, now time.Time) (r Record, err error) {
	if r.Programs, err = partsOf(tx, id); err != nil {
		return r, err
	}
	sessions, err := tx.Sessions(id, now)
	if err != nil {
		return r, err
	}
	for _, s := range sessions {
		r.Sessions = append(r.Sessions, Happened{At: s.MadeAt, What: s.Label})
	}
	letters, err := tx.RecordsOf("letter", []string{"made_at", "template", "state"}, []string{"account"}, id)
	if err != nil {
		return r, err
	}
	for _, l := range letters {
		at, _ := l["made_at"].(int64)
		r.Letters = append(r.Letters, Happened{At: time.UnixMicro(at).UTC(), What: textIn(l, "template"), How: textIn(l, "state")})
	}
	if r.Consents, err = consentsOf(tx, id); err != nil {
		return r, err
	}
	return r, r.trail(tx, id)
}

// partsOf are the parts of a person in programs, and the invitations that wait for an answer.
func partsOf(tx *store.Tx, id string) (all []Part, err error) {
	add := func(program, as string, since time.Time) {
		p, missing := tx.Program(program)
		err = cmp.Or(err, missing)
		all = append(all, Part{p.NameEn, p.NameFr, as, since})
	}
	in, err := tx.EnrolmentsOf(id)
	for _, e := range in {
		add(e.Program, store.Participant, e.Since)
	}
	runs, failed := tx.Coordinations()
	err = cmp.Or(err, failed)
	for _, c := range runs {
		if c.Account == id {
			add(c.Program, store.Coordinator, c.Since)
		}
	}
	waiting, failed := tx.InvitationsTo(id, time.Time{})
	err = cmp.Or(err, failed)
	for _, i := range waiting {
		add(i.Program, "invited", i.MadeAt)
	}
	return all, err
}

func consentsOf(tx *store.Tx, id string) (all []Consented, err error) {
	consents, err := tx.Consents(id)
	for _, c := range consents {
		i, err := tx.Inquiry(c.Inquiry)
		if err != nil {
			return nil, err
		}
		one := Consented{At: c.GivenAt, What: i.Characteristic, Use: c.Use, Wording: c.Wording, Language: c.Language, EndedBy: c.WithdrawnBy}
		if !c.WithdrawnAt.IsZero() {
			one.EndedAt = &c.WithdrawnAt
		}
		all = append(all, one)
	}
	return all, err
}

// trailPage is how many events are read at a time.
const trailPage = 500

// trail reads all that the audit log says about a person, the latest first.
func (r *Record) trail(tx *store.Tx, id string) error {
	for before := (store.Event{}); ; {
		events, err := tx.EventsAbout(id, before, trailPage)
		if err != nil {
			return err
		}
		for _, e := range events {
			r.Events = append(r.Events, account.Event{ID: e.ID, At: e.At, Actor: e.Actor, ForWhom: e.ForWhom, Action: e.Action, Kind: e.ObjectKind, Object: e.ObjectID})
			r.Trail = append(r.Trail, Happened{e.At, e.Action, by(e.Actor, id), e.ObjectKind})
		}
		if len(events) < trailPage {
			return nil
		}
		before = events[len(events)-1]
	}
}

// by is who did something, without the ids of others. Names of parts of the program are words in small letters, and ids
// are not.
func by(actor, id string) string {
	if actor == id || actor != strings.ToUpper(actor) {
		return actor
	}
	return "somebody"
}

// JSON is the data as it is kept in person.json: the same data gives the same bytes.
func (d Data) JSON() ([]byte, error) { return text(d) }

// JSON is the record as it is kept in record.json.
func (r Record) JSON() ([]byte, error) { return text(r) }

func text(of any) ([]byte, error) {
	data, err := json.MarshalIndent(of, "", "  ")
	return append(data, '\n'), err
}
