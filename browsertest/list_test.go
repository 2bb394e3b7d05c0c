//go:build unix

package browsertest

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// TestCoordinatorChangesTheListWithASpreadsheet is FV-8: a coordinator downloads the list of a program, changes a name and
// adds somebody, hands it in, sees the difference, applies it and undoes it; in French at a desk, and in English on a phone
// without script.
func TestCoordinatorChangesTheListWithASpreadsheet(t *testing.T) {
	t.Parallel()
	for language, j := range map[locale.Language]*journey{locale.French: {width: 1280, script: true}, locale.English: {width: 390}} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			engine := store.SQLite
			if j.script {
				engine = store.PostgreSQL
			}
			j.House, j.language = servetest.Open(t, engine), language
			j.changesTheList()
		})
	}
}

// clinic is a program with two people in it, and its coordinator, who has come in.
func (j *journey) clinic() {
	j.Helper()
	now := j.Server.Now()
	j.Must(j.Server.DB.Update(j.Context(), func(tx *store.Tx) error {
		claire, err := tx.Email("claire@example.org")
		if err == nil {
			err = tx.SetAccount(claire.Account, string(j.language), false) // the list is in the language of the account
		}
		if err == nil {
			err = tx.AddProgram(store.Program{ID: "P", NameEn: "Pediatrics mentoring", NameFr: "Mentorat en pédiatrie", MadeAt: now, MadeBy: claire.Account})
		}
		if err == nil {
			_, err = tx.AddCoordinator("P", claire.Account, now)
		}
		for k, name := range []string{"Amara", "Benoît"} {
			id := fmt.Sprintf("person%d", k)
			if err == nil {
				err = tx.AddAccount(store.Account{ID: id, Language: "en", MadeAt: now})
			}
			if err == nil {
				err = tx.AddPerson(store.Person{ID: id, Given: name, Family: "Okafor", Sort: "okafor " + name, MadeAt: now, ChangedAt: now})
			}
			if err == nil {
				_, err = tx.Enrol(store.Enrolment{Program: "P", Person: id, Since: now})
			}
		}
		return err
	}))
}

func (j *journey) changesTheList() {
	j.Helper()
	p := j.tab()
	older := j.Letters("claire@example.org")
	p.Visit("/sign-in")
	p.MustElement("input[name=address]").MustInput("claire@example.org")
	p.Press("main form button[type=submit]")
	p.Visit(j.LinkTo("claire@example.org", older))
	p.Press("main form button[type=submit]")
	j.clinic()
	p.Visit("/programs/P/list")
	p.Speaks(j.language, "the page of the list")
	link := *p.MustElement(`a[href$="form=csv"]`).MustAttribute("href")
	list := p.MustEval(`href => fetch(href).then(answer => answer.text())`, link).Str()
	if !strings.Contains(list, "Amara") || !strings.Contains(list, j.say("program.list.column.given")) {
		j.Fatalf("the list is\n%s", list)
	}
	comma := map[locale.Language]string{locale.French: ";", locale.English: ","}[j.language]
	list = strings.Replace(list, "Amara", "Amara Ngozi", 1)
	list = strings.TrimSpace(list) + "\r\n" + strings.Join([]string{"", "", "Zoé", "Zed", "", "", "", "", "zoe@example.org", "", "", "", ""}, comma) + "\r\n"
	name := j.TempDir() + "/list.csv"
	browser.Must(j, os.WriteFile(name, []byte(list), 0o600))
	p.MustElement("#file").MustSetFiles(name)
	p.Press("form[enctype] .btn-main")
	p.Speaks(j.language, "the difference")
	p.Fits("the difference")
	for _, text := range []string{j.say("program.list.nothing-yet"), "Amara Ngozi", "Zoé Zed", "zoe@example.org"} {
		j.reads(p, text)
	}
	p.Press("main form .btn-main")
	j.reads(p, j.say("program.imports.kind.people"))
	j.Letter("zoe@example.org", 0)
	p.Visit("/programs/P/people")
	j.reads(p, "Amara Ngozi")
	p.Visit("/programs/P/imports")
	p.Press("td a.btn")
	j.reads(p, j.say("program.imports.effect.whole"))
	p.Press("main form .btn-main")
	j.reads(p, j.say("program.imports.undone"))
	p.Visit("/programs/P/people")
	if text := p.Text(); strings.Contains(text, "Ngozi") || !strings.Contains(text, "Amara Okafor") {
		j.Errorf("after undoing the people are\n%s", text)
	}
	j.quiet(p)
}
