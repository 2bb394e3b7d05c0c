//go:build unix

package program_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// handsIn hands a file in.
func handsIn(h *servetest.House, v somebody, path string, file []byte) servetest.Page {
	h.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "list.csv")
	h.Must(err)
	_, err = part.Write(file)
	h.Must(err)
	h.Must(form.Close())
	return v.Do(http.MethodPost, path, &body, http.Header{"Content-Type": {form.FormDataContentType()}})
}

var carriedIn = regexp.MustCompile(`name="(seen|file)" value="([^"]*)"`)

// carries are the answers that a page carries along to the next.
func carries(p servetest.Page, more ...string) (answers []string) {
	for _, found := range carriedIn.FindAllStringSubmatch(p.Body, -1) {
		answers = append(answers, found[1], found[2])
	}
	return append(answers, more...)
}

// download is the list as a file.
func download(h *servetest.House, v somebody, form string) []byte {
	h.Helper()
	p := v.Get("/programs/P1/people/file?form=" + form)
	if p.Status != http.StatusOK {
		h.Fatalf("downloading: %d %s", p.Status, p.Text())
	}
	return []byte(p.Body)
}

// withoutVersion is a list without its column of versions.
func withoutVersion(h *servetest.House, file []byte) string {
	h.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	h.Must(err)
	for k := range rows {
		rows[k][1] = ""
	}
	return fmt.Sprintf("%q", rows)
}

var undoIn = regexp.MustCompile(`href="(/programs/P1/imports/[A-Z0-9]+/undo)"`)

// undoPath is where the latest import is undone.
func undoPath(h *servetest.House, v somebody) string {
	h.Helper()
	found := undoIn.FindStringSubmatch(v.Get("/programs/P1/imports").Body)
	if found == nil {
		h.Fatal("nothing can be undone")
	}
	return found[1]
}

func TestListIsDownloadedChangedHandedInAppliedAndUndone(t *testing.T) { // FV-8
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/list"
		shows(h, "the page", c.claire.Get(path), "Change the list with a spreadsheet", "Excel workbook (.xlsx)", "Where somebody new is invited")
		first := download(h, c.claire, "csv")
		shows(h, "the list as it is", handsIn(h, c.claire, path+"/preview", first), "There is nothing to change", "3 rows stay as they are", "Read as")
		edited := strings.Replace(string(first), "Ana,Silva", "Ana <i>Maria</i>,Silva", 1)
		edited = strings.TrimSuffix(edited, "\r\n") + "\r\n,,Zoe,Zed,,,,,zoe@example.org,French,,,\r\n"
		p := handsIn(h, c.claire, path+"/preview", []byte(edited))
		shows(h, "the look", p, "Nothing has changed yet.", "was Ana becomes Ana <i>Maria</i>", "Zoe Zed", "zoe@example.org", "given name", "left alone", "Apply these changes")
		if strings.Contains(p.Body, "<i>Maria") {
			h.Error("what the file says has become markup")
		}
		hides(h, "the look", p, theirs...)
		if got := download(h, c.claire, "csv"); !bytes.Equal(got, first) {
			h.Error("looking has changed something")
		}
		leads(h, "applying", c.claire.Send(path+"/apply", carries(p)...), "/programs/P1/imports")
		shows(h, "the list after", c.claire.Get("/programs/P1/people"), "Ana <i>Maria</i>")
		shows(h, "the imports", c.claire.Get("/programs/P1/imports"), "List of people", "1 changed, 1 invited", "You", "Undo")
		says(h, "applying again", c.claire.Send(path+"/apply", carries(p)...), http.StatusConflict, "Nothing was applied.")
		if n := h.Letter("zoe@example.org", 0); !strings.Contains(n.Text, "/programs") {
			h.Errorf("Zoe reads %s", n.Text)
		}
		undo := undoPath(h, c.claire)
		shows(h, "the question", c.claire.Get(undo), "Undo this import?", "1 person gets back the name", "1 invitation that nobody has accepted is taken back", "Letters that have gone out do not come back.")
		leads(h, "undoing", c.claire.Send(undo), "/programs/P1/imports")
		if got := download(h, c.claire, "csv"); withoutVersion(h, got) != withoutVersion(h, first) {
			h.Errorf("after undoing it is\n%s\nand was\n%s", got, first)
		}
		shows(h, "the imports after", c.claire.Get("/programs/P1/imports"), "Undone")
		says(h, "undoing again", c.claire.Send(undo), http.StatusConflict, "undone already")
		hides(h, "what was undone", c.claire.Get(undo), "Undo</button>")
	})
}

func TestPeopleAreTakenOutOnlyIfTheCoordinatorTicksIt(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/list"
		var kept []string
		for _, line := range strings.Split(string(download(h, c.claire, "csv")), "\r\n") {
			if !strings.Contains(line, "Silva") {
				kept = append(kept, line)
			}
		}
		without := []byte(strings.Join(kept, "\r\n"))
		p := handsIn(h, c.claire, path+"/preview", without)
		shows(h, "the look", p, "Not in the list any more", "Ana Silva", "They stay in the program, unless you say otherwise here.", "Take this person out of the program")
		hides(h, "the look", p, theirs...)
		says(h, "applying without the tick", c.claire.Send(path+"/apply", carries(p)...), http.StatusUnprocessableEntity, "There is nothing to apply.")
		shows(h, "the people", c.claire.Get("/programs/P1/people"), "Ana Silva")
		leads(h, "applying", c.claire.Send(path+"/apply", carries(p, "end", "yes")...), "/programs/P1/imports")
		hides(h, "the people after", c.claire.Get("/programs/P1/people"), "Ana Silva")
		shows(h, "the imports", c.claire.Get("/programs/P1/imports"), "1 taken out")
		undo := undoPath(h, c.claire)
		shows(h, "the question", c.claire.Get(undo), "1 person who was taken out is in the program again.")
		hides(h, "the question", c.claire.Get(undo), "Silva")
		leads(h, "undoing", c.claire.Send(undo), "/programs/P1/imports")
		shows(h, "the people again", c.claire.Get("/programs/P1/people"), "Ana Silva")
	})
}

// CF-9, and what is of another program: those whom the coordinator does not see are as if they were made up.
func TestPeopleWhomTheCoordinatorDoesNotSeeAreLikeThoseThereAreNot(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/list/preview"
		shows(h, "the page", c.claire.Get("/programs/P1/list"))
		look := func(id string) string {
			p := handsIn(h, c.claire, path, []byte("id,given,family\n"+id+",X,Y\n"))
			says(h, id, p, http.StatusUnprocessableEntity, "Nobody in the program has this id.")
			return strings.ReplaceAll(p.Body, id, "ID")
		}
		none := look("zzz")
		for _, id := range []string{"ben", "dee", "sus", "jo", "uma"} {
			if got := look(id); got != none {
				h.Errorf("%s is not like somebody whom there is not", id)
			}
		}
		rotation := func(who string) string {
			p := handsIn(h, c.claire, "/programs/P1/rotation/preview", []byte("person,preceptor,period,year\nana,"+who+",1,2026-2027\n"))
			shows(h, who, p, "1 row is left out")
			return strings.ReplaceAll(p.Body, who, "WHO")
		}
		nobody := rotation("zzz")
		for _, id := range []string{"ben", "dee", "sus", "jo", "uma"} {
			if got := rotation(id); seenless(got) != seenless(nobody) {
				h.Errorf("%s in a rotation list is not like somebody whom there is not", id)
			}
		}
		says(h, "the other coordinator", c.dora.Get("/programs/P1/list"), http.StatusNotFound)
		says(h, "the other coordinator hands in", handsIn(h, c.dora, path, []byte("id\nana\n")), http.StatusNotFound)
	})
}

// seenless is a page without what it carries along.
func seenless(body string) string {
	return regexp.MustCompile(`<input type="hidden"[^>]*>`).ReplaceAllString(body, "")
}

func TestListToInviteIsReadAsPeopleKeepIt(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	c := opens(h)
	path := "/programs/P1/list"
	utf16 := []byte{0xff, 0xfe}
	for _, r := range "Courriel;Prénom;Nom;Remarque\r\nZoe@Hôpital.example;Zoé;Zed;x\r\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for what, file := range map[string][]byte{
		"UTF-8":           []byte("Courriel;Prénom;Nom;Remarque\nZoe@Hôpital.example;Zoé;Zed;x\n"),
		"with a mark":     []byte("\ufeffCourriel;Prénom;Nom;Remarque\r\nZoe@Hôpital.example;Zoé;Zed;x\r\n"),
		"Windows-1252":    []byte("Courriel;Pr\xe9nom;Nom;Remarque\r\nZoe@H\xf4pital.example;Zo\xe9;Zed;x\r\n"),
		"UTF-16":          utf16,
		"tabs":            []byte("Courriel\tPrénom\tNom\tRemarque\nZoe@Hôpital.example\tZoé\tZed\tx\n"),
		"English":         []byte("E-mail,First name,Last name,Remarque\nZoe@Hôpital.example,Zoé,Zed,x\n"),
		"address twice":   []byte("E-mail,First name,Last name,Remarque\nZoe@Hôpital.example,Zoé,Zed,x\nana@EXAMPLE.org,,,\n"),
		"only an address": []byte("Adresse courriel\nZoe@Hôpital.example\n"),
	} {
		p := handsIn(h, c.claire, path+"/preview", file)
		shows(h, what, p, "Zoe@Hôpital.example", "They get a letter that invites them.")
		if what != "only an address" {
			shows(h, what, p, "Zoé Zed", "Remarque left alone")
		}
		if what == "address twice" {
			shows(h, what, p, "1 address in the file was invited before or belongs to somebody in the program.")
		}
	}
	p := handsIn(h, c.claire, path+"/preview", []byte("e-mail\nzoe@HOPITAL.example\nZOE@hopital.example\nnobody\n"))
	says(h, "the same address in another case", p, http.StatusUnprocessableEntity, "This stands in row 2 already.", "This is no address.", "Row 4")
	hides(h, "with problems", p, "Apply these changes")
}

func TestOfTwoCoordinatorsAtOnceExactlyOneWins(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		second := comes(h, "clara@example.org")
		changes(h, func(tx *store.Tx) error {
			_, err := tx.AddCoordinator("P1", second.id(), h.Server.Now())
			return err
		})
		path := "/programs/P1/list"
		file := func(name string) []byte {
			return []byte("id,given,family\nana," + name + ",Silva\n")
		}
		one, two := handsIn(h, c.claire, path+"/preview", file("One")), handsIn(h, second, path+"/preview", file("Two"))
		var answers [2]servetest.Page
		var both sync.WaitGroup
		for k, v := range []somebody{c.claire, second} {
			both.Go(func() { answers[k] = v.Send(path+"/apply", carries([]servetest.Page{one, two}[k])...) })
		}
		both.Wait()
		won := 0
		for _, p := range answers {
			if p.Status == http.StatusSeeOther {
				won++
				continue
			}
			says(h, "who came later", p, http.StatusConflict, "Something was changed while you were looking", "Nothing was applied.")
		}
		if won != 1 {
			h.Errorf("%d of the two win: %d %d", won, answers[0].Status, answers[1].Status)
		}
	})
}

func TestUndoingSaysWhatStandsAgainstItAndNamesNobodyWhoIsNotSeen(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/list"
		p := handsIn(h, c.claire, path+"/preview", []byte("id,given,family\nana,Anna,Silva\ncy,Cyan,Aho\n"))
		leads(h, "applying", c.claire.Send(path+"/apply", carries(p)...), "/programs/P1/imports")
		undo := undoPath(h, c.claire)
		changes(h, func(tx *store.Tx) error {
			_, err := tx.EndEnrolment("P1", "cy")
			return err
		})
		p = c.claire.Send(undo)
		says(h, "undoing", p, http.StatusConflict, "people who have left the program, or whom you do not see in it", "Everything stays as it is.")
		hides(h, "undoing", p, "Aho", "Cy", "Undo</button>")
		shows(h, "the people", c.claire.Get("/programs/P1/people"), "Anna Silva")
		says(h, "the coordinator of another program", c.dora.Get(strings.Replace(undo, "P1", "P2", 1)), http.StatusNotFound)
		says(h, "the coordinator of another program undoes", c.dora.Send(strings.Replace(undo, "P1", "P2", 1)), http.StatusNotFound)
		h.Pass(8 * 24 * time.Hour)
		c.claire.Visitor = h.Somebody("claire@example.org")
		if p := c.claire.Get(undo); p.Status == http.StatusOK {
			shows(h, "after a week", p, "An import can be undone for seven days only.")
		}
		if strings.Contains(c.claire.Get("/programs/P1/imports").Body, undo) {
			h.Error("what cannot be undone any more is offered")
		}
	})
}

func TestChangedWorkbookComesBack(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	c := opens(h)
	path := "/programs/P1/list"
	book, err := excelize.OpenReader(bytes.NewReader(download(h, c.claire, "xlsx")))
	h.Must(err)
	rows, err := book.GetRows("Sheet1")
	h.Must(err)
	for k, row := range rows {
		if len(row) > 2 && row[2] == "Ana" {
			h.Must(book.SetCellStr("Sheet1", fmt.Sprintf("C%d", k+1), "Ana Lúcia"))
			h.Must(book.SetCellValue("Sheet1", fmt.Sprintf("G%d", k+1), time.Date(2021, 7, 1, 0, 0, 0, 0, time.UTC)))
		}
	}
	h.Must(book.SetCellStr("Sheet1", fmt.Sprintf("I%d", len(rows)+1), "zoe@example.org"))
	var out bytes.Buffer
	h.Must(book.Write(&out))
	p := handsIn(h, c.claire, path+"/preview", out.Bytes())
	shows(h, "the look", p, "was Ana becomes Ana Lúcia", "was 2020-07-01 becomes 2021-07-01", "zoe@example.org")
	leads(h, "applying", c.claire.Send(path+"/apply", carries(p)...), "/programs/P1/imports")
	shows(h, "the same once more", handsIn(h, c.claire, path+"/preview", out.Bytes()), "There is nothing to change")
}
