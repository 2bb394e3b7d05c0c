//go:build unix

package private

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

var noon = time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC)

// canary stands nowhere else.
const canary = "canary-7fZ2-her-religion"

func ring(t testing.TB) *keys.Ring {
	t.Helper()
	r, err := keys.Open(filepath.Join(t.TempDir(), "keys"), "example.org/audit", noon)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func vault(t testing.TB, db *store.DB, r *keys.Ring) *Vault {
	t.Helper()
	v, err := Open(t.Context(), db, r, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func update(t testing.TB, db *store.DB, f func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func accounts(t testing.TB, db *store.DB, ids ...string) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: noon}); err != nil {
				return err
			}
		}
		return nil
	})
}

func of(person string) Place { return Place{Person: person, Kind: Characteristics} }

func (v *Vault) get(t testing.TB, at Place) (text string, err error) {
	t.Helper()
	err = v.db.View(t.Context(), func(tx *store.Tx) error {
		got, err := v.Get(tx, at)
		text = string(got)
		return err
	})
	return text, err
}

func (v *Vault) put(t testing.TB, at Place, text string) {
	t.Helper()
	update(t, v.db, func(tx *store.Tx) error { return v.Put(tx, at, []byte(text)) })
}

func TestValueIsReadWhereItWasPutAndNowhereElse(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		accounts(t, db, "a", "b")
		v := vault(t, db, ring(t))
		long := strings.Repeat("long ", 2000)
		for _, text := range []string{"first", "", "second", long} {
			v.put(t, of("a"), text)
			if got, err := v.get(t, of("a")); got != text || err != nil {
				t.Errorf("got %d bytes, %v, want %d", len(got), err, len(text))
			}
		}
		v.put(t, Place{"a", Characteristics, "x"}, "about x")
		for _, elsewhere := range []Place{of("b"), {"a", "veto", ""}, {"a", Characteristics, "y"}} {
			if got, err := v.get(t, elsewhere); !store.IsKind(err, store.NotFound) {
				t.Errorf("%v holds %q, %v", elsewhere, got, err)
			}
		}
		update(t, db, func(tx *store.Tx) error {
			if was, err := v.Delete(tx, of("a")); !was || err != nil {
				t.Errorf("deleted: %t, %v", was, err)
			}
			was, err := v.Delete(tx, of("a"))
			if was {
				t.Error("deleted twice")
			}
			return err
		})
		if got, err := v.get(t, Place{"a", Characteristics, "x"}); got != "about x" || err != nil {
			t.Errorf("beside it: %q, %v", got, err)
		}
		err := db.Update(t.Context(), func(tx *store.Tx) error { return v.Put(tx, of("nobody"), []byte("x")) })
		if !store.IsKind(err, store.Conflict) {
			t.Errorf("of a person who is not there: %v", err)
		}
	})
}

func TestWhatIsSealedHasOneLength(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.Source(t, store.SQLite))
	accounts(t, db, "a", "b", "c", "d")
	v := vault(t, db, ring(t))
	lengths := map[int]int{}
	for person, text := range map[string]string{"a": "", "b": "no", "c": strings.Repeat("x", step-4), "d": "no"} {
		v.put(t, of(person), text)
		update(t, db, func(tx *store.Tx) error {
			row, err := tx.Private(person, string(Characteristics), "")
			lengths[len(row.Sealed)]++
			return err
		})
	}
	if len(lengths) != 1 {
		t.Errorf("lengths and how many have them: %v", lengths)
	}
}

// filesOf are the folders in which a database keeps what it has, after everything was written to them.
func filesOf(t *testing.T, source string) string {
	t.Helper()
	if !strings.HasPrefix(source, "postgres") {
		return source
	}
	raw, folder := storetest.Raw(t, source), ""
	if _, err := raw.Exec("CHECKPOINT"); err != nil {
		t.Fatal(err)
	}
	if err := raw.QueryRow("SHOW data_directory").Scan(&folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

// holds says whether any file in a folder holds some bytes.
func holds(t *testing.T, folder, what string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // another test's database may just go
		}
		data, err := os.ReadFile(path)
		found = found || err == nil && bytes.Contains(data, []byte(what))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Not run beside other tests, which put the same words in the same server.
func TestFilesOfTheDatabaseSayNothing(t *testing.T) {
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			source := storetest.Source(t, engine)
			db := storetest.Open(t, source)
			accounts(t, db, "a")
			v := vault(t, db, ring(t))
			update(t, db, func(tx *store.Tx) error { return tx.PutSetting("control", "open-"+canary[:9]) })
			v.put(t, of("a"), canary)
			v.put(t, of("a"), "again "+canary)
			if _, err := v.ring.Renew(noon); err != nil {
				t.Fatal(err)
			}
			if done, err := v.Rotate(t.Context()); err != nil || done.Resealed != 1 {
				t.Fatalf("%+v, %v", done, err)
			}
			folder := filesOf(t, source)
			if holds(t, folder, canary) {
				t.Error("the value stands in a file")
			}
			if !holds(t, folder, "open-"+canary[:9]) {
				t.Error("the search finds not even what is written in the open")
			}
		})
	}
}

func TestTamperedRowsAreClearFaults(t *testing.T) {
	t.Parallel()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			source := storetest.Source(t, engine)
			db, raw := storetest.Open(t, source), storetest.Raw(t, source)
			accounts(t, db, "a", "b", "c")
			r := ring(t)
			v := vault(t, db, r)
			other, err := r.Renew(noon.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			rows := func() (a, b store.PrivateRow) {
				v.put(t, of("a"), canary)
				v.put(t, of("b"), "b's")
				update(t, db, func(tx *store.Tx) (err error) {
					if a, err = tx.Private("a", string(Characteristics), ""); err == nil {
						b, err = tx.Private("b", string(Characteristics), "")
					}
					return err
				})
				return a, b
			}
			for name, c := range map[string]struct {
				tamper string
				args   func(a, b store.PrivateRow) []any
				read   Place
				want   FaultKind
			}{
				"moved to another person": {"UPDATE private_value SET person = 'c' WHERE id = $1", func(a, _ store.PrivateRow) []any { return []any{a.ID} }, of("c"), Damaged},
				"copied over another's": {"UPDATE private_value SET sealed = $2 WHERE id = $1",
					func(a, b store.PrivateRow) []any { return []any{b.ID, a.Sealed} }, of("b"), Damaged},
				"under another's id": {"UPDATE private_value SET id = $2 WHERE id = $1", func(a, _ store.PrivateRow) []any { return []any{a.ID, "other"} }, of("a"), Damaged},
				"as another kind": {"UPDATE private_value SET kind = 'veto' WHERE id = $1",
					func(a, _ store.PrivateRow) []any { return []any{a.ID} }, Place{"a", "veto", ""}, Damaged},
				"about something else": {"UPDATE private_value SET about = 'x' WHERE id = $1",
					func(a, _ store.PrivateRow) []any { return []any{a.ID} }, Place{"a", Characteristics, "x"}, Damaged},
				"under another key": {"UPDATE private_value SET key = $2 WHERE id = $1", func(a, _ store.PrivateRow) []any { return []any{a.ID, other.ID} }, of("a"), Damaged},
				"under no key":      {"UPDATE private_value SET key = $2 WHERE id = $1", func(a, _ store.PrivateRow) []any { return []any{a.ID, "feedfeedfeedfeed"} }, of("a"), KeyMissing},
			} {
				a, b := rows()
				if _, err := raw.Exec(c.tamper, c.args(a, b)...); err != nil {
					t.Fatal(name, err)
				}
				got, err := v.get(t, c.read)
				if !errors.Is(err, &Fault{Kind: c.want}) || got != "" || strings.Contains(err.Error(), canary) {
					t.Errorf("%s: %q, %v", name, got, err)
				}
				if _, err := raw.Exec("DELETE FROM private_value"); err != nil {
					t.Fatal(err)
				}
			}
			a, _ := rows()
			for length := 29; length < len(a.Sealed); length += 61 {
				truncated, flipped := a.Sealed[:length], bytes.Clone(a.Sealed)
				flipped[length] ^= 1
				for _, wrong := range [][]byte{truncated, flipped} {
					if _, err := raw.Exec("UPDATE private_value SET sealed = $2 WHERE id = $1", a.ID, wrong); err != nil {
						t.Fatal(err)
					}
					if got, err := v.get(t, of("a")); !errors.Is(err, &Fault{Kind: Damaged, Row: a.ID}) {
						t.Fatalf("wrong at %d: %q, %v", length, got, err)
					}
				}
			}
			if _, err := raw.Exec("UPDATE private_value SET sealed = $1", []byte("short")); err == nil {
				t.Error("the database takes what cannot have been sealed")
			}
		})
	}
}

// Where a row is too short even for nonce and tag, it is said without a panic.
func TestShortestRowsAreDamaged(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.Source(t, store.SQLite))
	v := vault(t, db, ring(t))
	key := v.ring.Current(noon)
	for length := range 40 {
		row := store.PrivateRow{ID: "r", Key: key.ID, Sealed: make([]byte, length)}
		if _, err := v.open(&row); !errors.Is(err, &Fault{Kind: Damaged}) {
			t.Errorf("%d bytes: %v", length, err)
		}
	}
	for text, right := range map[string]bool{"": false, "\x00\x00\x00": false, "\x00\x00\x00\x02a": false, "\xff\xff\xff\xffabc": false, "\x00\x00\x00\x01ab": true} {
		if _, ok := unpadded([]byte(text)); ok != right {
			t.Errorf("%q: %t", text, ok)
		}
	}
}

func TestBackupWithoutKeysReadsNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	db, err := store.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	accounts(t, db, "a")
	vault(t, db, ring(t)).put(t, of("a"), canary)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	backup := t.TempDir()
	if err := os.CopyFS(backup, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	stolen := storetest.Open(t, backup)
	_, err = Open(t.Context(), stolen, ring(t), func() time.Time { return noon })
	if !errors.Is(err, &Fault{Kind: KeyMissing}) || !strings.HasPrefix(err.Error(), "private values cannot be read (1): the key ") || !strings.Contains(err.Error(), "put the file") {
		t.Errorf("opened with other keys: %v", err)
	}
	past := &Vault{stolen, ring(t), func() time.Time { return noon }}
	if got, err := past.get(t, of("a")); got != "" || !errors.Is(err, &Fault{Kind: KeyMissing}) {
		t.Errorf("read all the same: %q, %v", got, err)
	}
	if err := stolen.Update(t.Context(), func(tx *store.Tx) error { return past.Put(tx, of("a"), []byte("x")) }); !errors.Is(err, &Fault{Kind: KeyMissing}) {
		t.Errorf("written over: %v", err)
	}
	page := []Entry{}
	update(t, stolen, func(tx *store.Tx) (err error) { page, err = past.Page(tx, Characteristics, "", 10); return err })
	if len(page) != 1 || page[0].Text != nil || !errors.Is(page[0].Err, &Fault{Kind: KeyMissing}) {
		t.Errorf("a page says %+v", page)
	}
}

func TestPagesGoThroughAllValuesOnce(t *testing.T) {
	t.Parallel()
	storetest.Both(t, func(t *testing.T, db *store.DB) {
		v, want := vault(t, db, ring(t)), map[string]bool{}
		for k := range 7 {
			person := fmt.Sprint("p", k)
			accounts(t, db, person)
			v.put(t, of(person), "says "+person)
			v.put(t, Place{person, "veto", ""}, "another kind")
			want[person] = true
		}
		after := ""
		for range 4 {
			update(t, db, func(tx *store.Tx) error {
				page, err := v.Page(tx, Characteristics, after, 2)
				for _, e := range page {
					if string(e.Text) != "says "+e.Person || !want[e.Person] {
						t.Errorf("%s: %q", e.Person, e.Text)
					}
					delete(want, e.Person)
					after = e.Row
				}
				return err
			})
		}
		if len(want) != 0 {
			t.Errorf("left out: %v", want)
		}
	})
}
