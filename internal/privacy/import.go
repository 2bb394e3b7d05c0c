package privacy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// mostImported is how long an exported person may be, in bytes.
const mostImported = 16 << 20

// errImport is an import that was refused. Nothing was changed, and the text says why.
type errImport struct{ reason string }

func (e *errImport) Error() string { return e.reason }

// IsRefused says whether an error of Import is about the file, and not about the machine.
func IsRefused(err error) bool { return errors.As(err, new(*errImport)) }

func refused(format string, args ...any) error { return &errImport{fmt.Sprintf(format, args...)} }

// Import takes in a person from another installation, who has no account here. Ids of others whom the data speaks of
// stay as ids that lead to nothing, unless they are here too. It is for the administrator, who knows from whom the file
// came: the addresses in it count as proved. Consents are not taken in, and nothing that depends on them.
func (p *Privacy) Import(ctx context.Context, text []byte) (id string, err error) {
	d, err := readData(text)
	if err != nil {
		return "", err
	}
	err = p.People.DB.Update(ctx, func(tx *store.Tx) error {
		if err := isNew(tx, d); err != nil {
			return err
		}
		for _, t := range Tables {
			for _, r := range d.Tables[t.Name] {
				err := t.take(tx, d.Person, r)
				if store.IsKind(err, store.Conflict) || store.IsKind(err, store.Internal) { // such as text for a number
					return refused("the table %s: a row breaks a rule of the database; nothing was changed", t.Name)
				}
				if err != nil {
					return fmt.Errorf("import %s: %w", t.Name, err)
				}
			}
		}
		now := p.People.Now()
		return audit.Record(tx, now, audit.Event{Actor: "console", Action: "account.import", Kind: "account", Object: d.Person, About: []string{d.Person}})
	})
	if err != nil {
		return "", err
	}
	return d.Person, p.People.Reindex(ctx, d.Person)
}

// isNew refuses somebody who is here already, by their id or one of their addresses.
func isNew(tx *store.Tx, d Data) error {
	if here, err := isHere(tx, d.Person); err != nil {
		return err
	} else if here {
		return refused("a person with this id is here already, or was erased here; nothing was changed")
	}
	for k, r := range d.Tables["email"] {
		if _, err := tx.Email(textIn(r, "folded")); err == nil {
			return refused("address %d of the person belongs to somebody who is here already; nothing was changed", k+1)
		} else if !store.IsKind(err, store.NotFound) {
			return err
		}
	}
	return nil
}

// isHere says whether somebody is here, or was. An account that is only there because others who were taken in name it is
// nobody yet.
func isHere(tx *store.Tx, id string) (bool, error) {
	a, err := tx.Account(id)
	if store.IsKind(err, store.NotFound) {
		return false, nil
	}
	if err != nil || !a.MadeAt.Equal(onlyNamed) || a.MergedInto != "" {
		return true, err
	}
	if _, err := tx.Person(id); !store.IsKind(err, store.NotFound) {
		return true, err
	}
	if _, err := tx.Erasure(id); !store.IsKind(err, store.NotFound) {
		return true, err
	}
	emails, err := tx.Emails(id)
	return len(emails) > 0, err
}

// onlyNamed is since when somebody has an account whom others name who were taken in, and who is not here.
var onlyNamed = time.UnixMicro(0)

// take adds a row, and accounts for those whom it names and who are not here.
func (t *Table) take(tx *store.Tx, id string, r store.Record) error {
	for _, column := range t.Others {
		other := textIn(r, column)
		if other == "" || other == id {
			continue
		}
		_, err := tx.Account(other)
		if store.IsKind(err, store.NotFound) {
			err = tx.AddAccount(store.Account{ID: other, Language: "en", MadeAt: onlyNamed})
		}
		if err != nil {
			return err
		}
	}
	columns := slices.Clone(t.Export)
	for column, value := range t.Fill {
		columns, r[column] = append(columns, column), value
	}
	if err := tx.AddRecord(t.Name, columns, r); err != nil || t.Name != "account" {
		return err
	}
	own := map[string]any{} // where others have named them before, there is a row already
	for _, column := range columns {
		if column != "id" {
			own[column] = r[column]
		}
	}
	return tx.BlankRecords(t.Name, t.Owners, id, own)
}

// personID is what ids of people look like: random letters and digits, so that a list of them has one a line.
var personID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// readData reads what somebody took along, and takes nothing that it does not know or that is somebody else's.
func readData(text []byte) (d Data, err error) {
	if len(text) > mostImported {
		return d, refused("the file is longer than %d bytes", mostImported)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, refused("it is no person.json, or was cut off; take the file from the archive as it is")
	}
	if d.Format != format {
		return d, refused("the format is %.40q and not %q", d.Format, format)
	}
	if !personID.MatchString(d.Person) {
		return d, refused("the id of the person is none")
	}
	for name, rows := range d.Tables {
		k := slices.IndexFunc(Tables, func(t Table) bool { return t.Name == name && t.Export != nil })
		if k < 0 {
			return d, refused("there is no table %.40q to be taken in", name)
		}
		for _, r := range rows {
			if err := Tables[k].check(d.Person, r); err != nil {
				return d, refused("the table %s: %v", name, err)
			}
		}
	}
	if len(d.Tables["account"]) != 1 {
		return d, refused("it must be of one account")
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
		case nil:
		case string:
			if !isText(v) {
				return fmt.Errorf("%s is no text that a database keeps", column)
			}
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
	for _, column := range t.Others {
		if other := textIn(r, column); other != "" && !personID.MatchString(other) {
			return fmt.Errorf("%s is no id", column)
		}
	}
	if address, has := r["address"]; has && r["folded"] != notice.Fold(fmt.Sprint(address)) {
		return errors.New("the two forms of an address do not belong together")
	}
	return nil
}

// isText says whether both databases keep a text as it is.
func isText(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }
