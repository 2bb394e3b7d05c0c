//go:build unix

package operate_test

import (
	"errors"
	"strings"
	"testing"

	. "github.com/chiron-mentoring/chiron/internal/operate"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/store/storetest"
)

func TestLogIsHeldToEveryCheckpointThatWasKept(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		of := house(t, engine)
		db := storetest.Open(t, of.Source) // the server
		first, err := VerifyLog(t.Context(), of, nil)
		if err != nil || first.Events == 0 || first.Unsealed != 1 || len(first.Newest) == 0 {
			t.Fatalf("%s: %+v, %v", engine, first, err)
		}
		seal(t, db, of.Keys)
		second, err := VerifyLog(t.Context(), of, first.Newest)
		if err != nil || second.Events != first.Events+1 || second.Kept != 1 {
			t.Errorf("%s: %+v, %v", engine, second, err)
		}
		// As they come out of mails and notes: indented, with lines between, and twice.
		kept := strings.ReplaceAll("\n"+string(first.Newest), "\n", "\n\t  ") + "\r\n\r\n" + strings.ReplaceAll(string(second.Newest), "\n", "\r\n") + "\n\n" + string(first.Newest)
		if third, err := VerifyLog(t.Context(), of, []byte(kept)); err != nil || third.Kept != 3 {
			t.Errorf("%s: %+v, %v", engine, third, err)
		}
		// Who has database and key writes the log anew; it verifies by itself, and not with what others have kept.
		tamper(t, of.Source, "UPDATE event SET seal = NULL, place = NULL", "DELETE FROM seal", "DELETE FROM setting WHERE name = 'audit.tree'", "UPDATE event SET action = 'x' WHERE object_id = 'a03'")
		seal(t, db, of.Keys)
		if _, err := VerifyLog(t.Context(), of, nil); err != nil {
			t.Errorf("%s: by itself: %v", engine, err)
		}
		_, err = VerifyLog(t.Context(), of, []byte(kept))
		if no := (*Refusal)(nil); !errors.As(err, &no) || !strings.Contains(err.Error(), "are not those of a checkpoint that was kept") {
			t.Errorf("%s: with checkpoints: %v", engine, err)
		}
	}
}

func TestCheckpointsThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	of, other := house(t, store.SQLite), house(t, store.SQLite)
	good, err := VerifyLog(t.Context(), of, nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := VerifyLog(t.Context(), other, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"another log's": string(foreign.Newest), "a second that is another log's": string(good.Newest) + "\n" + string(foreign.Newest),
		"no checkpoint": "dear auditor", "without a signature": strings.Split(string(good.Newest), "\n\n")[0],
		"with another number": strings.Replace(string(good.Newest), "\n3", "\n4", 1), "binary": "\x00\xff\xfe",
	} {
		_, err := VerifyLog(t.Context(), of, []byte(text))
		if no := (*Refusal)(nil); !errors.As(err, &no) || !strings.Contains(err.Error(), "of the checkpoints that were kept, number ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if v, err := VerifyLog(t.Context(), of, []byte(" \n\n")); err != nil || v.Kept != 0 {
		t.Errorf("an empty file: %+v, %v", v, err)
	}
}
