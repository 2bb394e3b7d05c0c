package privacy

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the page anew: go test ./internal/privacy -run Page -update")

const pageFile = "../../docs/reference/personal-data.md"

func TestPageOfPersonalDataIsCurrent(t *testing.T) {
	t.Parallel()
	want := page()
	if *update {
		if err := os.WriteFile(pageFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(pageFile); err != nil || string(got) != want {
		t.Errorf("%s is not what internal/privacy says (%v): go test ./internal/privacy -run Page -update", pageFile, err)
	}
}

// page is the document for who answers for privacy in an institution.
func page() string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("{", "`", "}", "`").Replace(`<!-- Made of internal/privacy/tables.go and retention.go. Change it there: go test ./internal/privacy -run Page -update -->

# Personal data: what is kept, and what becomes of it

This is every table of the database, with every column, and what becomes of it when a person is erased. Export, import and
erasure are made of this list, and a column that is not in it stops the build.

- **Delete**: the rows about the person go.
- **Anonymise**: the row stays and says nothing of the person any more.
- **Keep**: it stays, for the reason given. Ids are random; after erasure they lead to nothing.
- **Not personal**: it holds nothing about people.

A person takes along the columns that stand in italics, as {person.json} for another installation, and in their own language
as a page and as tables for spreadsheets. {record.json} says what was written down about them besides: sessions, letters,
consents and their part of the audit log.

Erasure happens seven days after it was asked for; until then it can be taken back. On SQLite the database is then written
anew and its log emptied, so that none of its files holds what was deleted. On PostgreSQL the tables are written anew; the
server's own log (WAL) and its replicas keep the old bytes until they are recycled, as its administrator has set them up.
Backups keep what they hold until they are deleted. Restoring one that is older than an erasure does not bring the person
back: {chiron restore} erases them again before the database is put in place. Who that is, it reads in the database that is
replaced and in {erased.txt} in the folder of backups, where every erasure is noted: when, and a random number that leads to
nobody. See [why](../decisions/0010-who-was-erased-stays-erased.md) and [how](../how-to/back-up-and-restore.md#restore).

Consents are **not** taken along to another installation, nor answers about sensitive characteristics. A consent is given to
one installation, for the purpose that it wrote down and after reading its text; another one that took it in would use an
answer for something that nobody agreed to. Both are on the page that people download and in {record.json}, for reading; a
{person.json} with consents in it is refused.

Who cannot sign in, or asks in writing, is served by {chiron person export}, {import} and {erase}
([how](../how-to/assess-privacy.md#when-somebody-asks-in-writing)). Each is an entry in the audit log that the person reads.

| table | becomes | why | columns |
|---|---|---|---|
`))
	for _, t := range Tables {
		columns := make([]string, len(t.Columns))
		for k, name := range t.Columns {
			if columns[k] = "`" + name + "`"; contains(t.Export, name) {
				columns[k] = "*" + columns[k] + "*"
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", t.Name, t.Fate, t.Why, strings.Join(columns, ", "))
	}
	b.WriteString(`
## How long things are kept

What a person says of themselves stays until they change it, or go. What has an end of its own goes by the clock, once a
day:

| what | days | why |
|---|---|---|
`)
	for _, term := range Retention {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", term.Class, int(term.Keeps/day), term.Why)
	}
	b.WriteString("\nSessions, links and letters have their own terms, and so have sensitive characteristics, which each program sets.\n")
	return b.String()
}

func contains(all []string, one string) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}
