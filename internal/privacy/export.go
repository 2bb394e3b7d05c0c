package privacy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// format is the name of the form in which people take their data along.
const format = "chiron-person-1"

// A Data is what a person takes along and another installation can take in.
type Data struct {
	Format string                    `json:"format"`
	Person string                    `json:"person"`
	Tables map[string][]store.Record `json:"tables"`
}

// A Record is what an installation has written down about a person besides: it belongs to that installation.
type Record struct {
	Sessions  []Happened `json:"sessions"`
	Letters   []Happened `json:"letters"`
	Trail     []Happened `json:"trail"`
	Consents  []Happened `json:"consents"`
	Sensitive any        `json:"characteristics,omitempty"`
}

// A Happened is something that happened: codes and ids, in the words of the program.
type Happened struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`
	By   string    `json:"by,omitempty"`
	How  string    `json:"how,omitempty"`
}

// Export writes all that the installation holds of the visitor: person.json, which another installation can take in;
// record.json, which says what was written down besides; a page to read, and a table for each kind of thing. Passwords
// there are none; keys and the hashes of sessions are left out.
func (p *Privacy) Export(ctx context.Context, v account.Visit, out io.Writer) error {
	var data Data
	var record Record
	err := p.People.Do(ctx, v, mentoring.ExportOwnData, ownAccount(v), func(tx *store.Tx, now time.Time) (err error) {
		me := string(v.Actor.Person)
		if data, err = collect(tx, me); err != nil {
			return err
		}
		if record, err = recordOf(tx, me, now); err != nil {
			return err
		}
		return audit.Record(tx, now, audit.Event{Actor: me, Action: "account.export", Kind: "account", Object: me})
	})
	if err != nil {
		return err
	}
	if p.Sensitive != nil {
		if record.Sensitive, err = p.Sensitive(ctx, v); err != nil {
			return err
		}
	}
	return archive(data, record, out)
}

// Of is what a person takes along, for the command of the administrator, who has been asked for it.
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
	consents, err := tx.RecordsOf("consent", []string{"given_at", "inquiry", "use", "channel", "withdrawn_by"}, []string{"person"}, id)
	if err != nil {
		return r, err
	}
	for _, c := range consents {
		at, _ := c["given_at"].(int64)
		r.Consents = append(r.Consents, Happened{At: time.UnixMicro(at).UTC(), What: textIn(c, "inquiry"), By: textIn(c, "channel"), How: textIn(c, "use") + " " + textIn(c, "withdrawn_by")})
	}
	return r, trail(tx, id, &r)
}

// trailPage is how many events are read at a time.
const trailPage = 500

func trail(tx *store.Tx, id string, r *Record) error {
	for before := (store.Event{}); ; {
		events, err := tx.EventsAbout(id, before, trailPage)
		if err != nil {
			return err
		}
		for _, e := range events {
			r.Trail = append(r.Trail, Happened{e.At, e.Action, e.Actor, e.ObjectKind})
		}
		if len(events) < trailPage {
			return nil
		}
		before = events[len(events)-1]
	}
}

// JSON is the data as it is kept in person.json: the same data gives the same bytes.
func (d Data) JSON() ([]byte, error) { return json.MarshalIndent(d, "", "  ") }

func archive(d Data, r Record, out io.Writer) error {
	z := zip.NewWriter(out)
	data, err := d.JSON()
	if err != nil {
		return err
	}
	record, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	files := []struct {
		name string
		data []byte
	}{{"person.json", data}, {"record.json", record}}
	var page bytes.Buffer
	if err := pageHTML.Execute(&page, readable(d)); err != nil {
		return err
	}
	files = append(files, struct {
		name string
		data []byte
	}{"person.html", page.Bytes()})
	for _, t := range readable(d).Tables {
		sheet, err := sheetOf(t)
		if err != nil {
			return err
		}
		files = append(files, struct {
			name string
			data []byte
		}{t.Name + ".csv", sheet})
	}
	for _, file := range files {
		w, err := z.Create(file.name)
		if err != nil {
			return err
		}
		if _, err := w.Write(file.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// A readableData is data as people read it.
type readableData struct {
	Person string
	Tables []readableTable
}

type readableTable struct {
	Name    string
	Columns []string
	Rows    [][]string
}

func readable(d Data) readableData {
	page := readableData{Person: d.Person}
	for _, t := range Tables {
		rows := d.Tables[t.Name]
		if len(rows) == 0 {
			continue
		}
		one := readableTable{Name: t.Name, Columns: t.Export}
		for _, r := range rows {
			cells := make([]string, len(t.Export))
			for k, column := range t.Export {
				cells[k] = cellOf(column, r[column])
			}
			one.Rows = append(one.Rows, cells)
		}
		page.Tables = append(page.Tables, one)
	}
	return page
}

// cellOf is a value as people read it: instants with their date.
func cellOf(column string, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int64:
		if len(column) > 3 && column[len(column)-3:] == "_at" {
			return time.UnixMicro(v).UTC().Format(time.RFC3339)
		}
	}
	return fmt.Sprint(value)
}

func sheetOf(t readableTable) ([]byte, error) {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		safe := make([]string, len(row))
		for k, cell := range row {
			safe[k] = person.Harmless(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

var pageHTML = template.Must(template.New("person").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Person}}</title>
<h1>{{.Person}}</h1>
{{range .Tables}}<h2>{{.Name}}</h2>
<table><thead><tr>{{range .Columns}}<th scope="col">{{.}}</th>{{end}}</tr></thead>
<tbody>{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</tbody></table>
{{end}}</html>
`))

// mostImported is how long an exported person may be, in bytes.
const mostImported = 16 << 20

// Import takes in a person from another installation, who has no account here. Ids of others whom the data speaks of
// stay as ids that lead to nothing, unless they are here too. It is for the administrator.
func (p *Privacy) Import(ctx context.Context, text []byte) (id string, err error) {
	d, err := readData(text)
	if err != nil {
		return "", err
	}
	err = p.People.DB.Update(ctx, func(tx *store.Tx) error {
		if _, err := tx.Account(d.Person); err == nil {
			return errors.New("a person with this id is here already; nothing was changed")
		} else if !store.IsKind(err, store.NotFound) {
			return err
		}
		for _, t := range Tables {
			for _, r := range d.Tables[t.Name] {
				if err := t.take(tx, d.Person, r); err != nil {
					return fmt.Errorf("import %s: %w", t.Name, err)
				}
			}
		}
		now := p.People.Now()
		return audit.Record(tx, now, audit.Event{Actor: "privacy", Action: "account.import", Kind: "account", Object: d.Person, About: []string{d.Person}})
	})
	if err != nil {
		return "", err
	}
	return d.Person, p.People.Reindex(ctx, d.Person)
}

// take adds a row, and accounts for those whom it names and who are not here.
func (t *Table) take(tx *store.Tx, id string, r store.Record) error {
	for _, column := range t.Others {
		other := textIn(r, column)
		if other == "" || other == id {
			continue
		}
		_, err := tx.Account(other)
		if store.IsKind(err, store.NotFound) {
			err = tx.AddAccount(store.Account{ID: other, Language: "en", MadeAt: time.UnixMicro(0)})
		}
		if err != nil {
			return err
		}
	}
	columns := slices.Clone(t.Export)
	for column, value := range t.Fill {
		columns, r[column] = append(columns, column), value
	}
	return tx.AddRecord(t.Name, columns, r)
}

// readData reads what somebody took along, and takes nothing that it does not know or that is somebody else's.
func readData(text []byte) (d Data, err error) {
	if len(text) > mostImported {
		return d, fmt.Errorf("it is longer than %d bytes", mostImported)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, errors.New("it is no person.json, or was cut off; take the file from the archive as it is")
	}
	if d.Format != format || d.Person == "" {
		return d, fmt.Errorf("the format is %q and not %q", d.Format, format)
	}
	for name, rows := range d.Tables {
		k := slices.IndexFunc(Tables, func(t Table) bool { return t.Name == name && t.Export != nil })
		if k < 0 {
			return d, fmt.Errorf("there is no table %q to be taken in", name)
		}
		for _, r := range rows {
			if err := Tables[k].check(d.Person, r); err != nil {
				return d, fmt.Errorf("the table %s: %w", name, err)
			}
		}
	}
	return d, nil
}

// check says whether a row has the columns of the table and is the person's, and makes its numbers whole.
func (t *Table) check(id string, r store.Record) error {
	if len(r) != len(t.Export) {
		return errors.New("a row has other columns")
	}
	theirs := len(t.Owners) == 0
	for _, column := range t.Export {
		value, has := r[column]
		if !has {
			return fmt.Errorf("a row has no %s", column)
		}
		switch v := value.(type) {
		case nil, string:
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return fmt.Errorf("%s is no whole number", column)
			}
			r[column] = n
		default:
			return fmt.Errorf("%s is neither text nor number", column)
		}
		theirs = theirs || slices.Contains(t.Owners, column) && value == id
	}
	if !theirs || t.mine != nil && !t.mine(id, r) {
		return errors.New("a row is somebody else's")
	}
	return nil
}
