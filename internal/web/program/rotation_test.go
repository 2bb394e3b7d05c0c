//go:build unix

package program_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/program"
)

func TestRotationListIsLookedAtImportedReadByThoseConcernedAndUndone(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		c := opens(h)
		path := "/programs/P1/rotation"
		shows(h, "the page", c.claire.Get(path), "stands in nobody’s way", "can read it", "Download a small example")
		example := c.claire.Get(path + "/example")
		if example.Status != http.StatusOK || !strings.Contains(example.Body, "person,preceptor,period,academic year,kind\r\n") {
			h.Errorf("the example is %d %s", example.Status, example.Body)
		}
		p := handsIn(h, c.claire, path+"/preview", []byte(example.Body))
		shows(h, "the example handed in", p, "3 rows are left out")
		hides(h, "the example handed in", p, "To be put right")
		list := []byte("Resident;Preceptor;Block;Academic year;Lien;Remark\nANA@example.org;cy@example.org;P9;2026-2027;Évalue;x\nana;cy;Block 10;2026-27;;\nana;cy;10;2026;observe;\nana;nobody@example.org;1;2026;;\n")
		p = handsIn(h, c.claire, path+"/preview", list)
		shows(h, "the look", p, "Nothing has changed yet.", "Cy Aho evaluates Ana Silva Period 9, 2026–2027 8 February 2027 to 7 March 2027", "Cy Aho observes Ana Silva Period 10", "Import these 2 entries", "1 row is left out", "nobody@example.org", "Remark left alone")
		hides(h, "the look", p, theirs...)
		says(h, "importing something else", c.claire.Send(path+"/import", "file", carries(p)[1], "seen", "else"), http.StatusConflict, "Something was changed while you were looking")
		leads(h, "importing", c.claire.Send(path+"/import", carries(p)...), "/programs/P1/imports")
		shows(h, "the imports", c.claire.Get("/programs/P1/imports"), "Rotation list 2 entries You")
		a, err := h.Server.People.MyAuthority(h.Context(), c.all["ana"].Visit)
		h.Must(err)
		if len(a.Positions) != 2 || a.Positions[0].Kind != mentoring.Evaluates || a.Positions[1].Kind != mentoring.Observes {
			h.Errorf("Ana reads %+v", a.Positions)
		}
		p = handsIn(h, c.claire, path+"/preview", list)
		shows(h, "the list again", p, "2 entries were imported before and stay as they are.", "says nothing new")
		undo := undoPath(h, c.claire)
		shows(h, "the question", c.claire.Get(undo), "2 entries of the rotation list are deleted.")
		leads(h, "undoing", c.claire.Send(undo), "/programs/P1/imports")
		if a, err = h.Server.People.MyAuthority(h.Context(), c.all["ana"].Visit); err != nil || len(a.Positions) != 0 {
			h.Errorf("after undoing Ana reads %+v, %v", a.Positions, err)
		}
		says(h, "a list with problems", handsIn(h, c.claire, path+"/preview", []byte("person,preceptor,period,year,kind\nana,cy,14,2026-2028,loves\n")), http.StatusUnprocessableEntity,
			"Write the academic year as 2026-2027.", "Write a period from 1 to 13.", "Write observes, supervises, evaluates")
		says(h, "other columns", handsIn(h, c.claire, path+"/preview", []byte("a,b\n1,2\n")), http.StatusUnprocessableEntity, "The file has no column “person”.")
		says(h, "somebody in the program", c.all["ana"].visitor(h).Get(path), http.StatusNotFound)
	})
}

// visitor is somebody who has only lived so far, as a browser.
func (s somebody) visitor(h *servetest.House) *servetest.Visitor {
	h.Helper()
	return h.Somebody(s.id() + "@example.org")
}

// workbook is the smallest workbook; parts are added, or put in the place of its own.
func workbook(h *servetest.House, parts map[string]string) []byte {
	h.Helper()
	all := map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml":       `<sst/>`,
	}
	for name, content := range parts {
		all[name] = content
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range all {
		part, err := w.Create(name)
		h.Must(err)
		_, err = part.Write([]byte(content))
		h.Must(err)
	}
	h.Must(w.Close())
	return out.Bytes()
}

// hostile are workbooks that are made to cost more than they are; each is one of the corpus of match/roster.
func hostile(h *servetest.House) map[string][]byte {
	h.Helper()
	sheet := func(rows string) []byte {
		return workbook(h, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`})
	}
	numbered := func(n int, text string) string {
		var all strings.Builder
		for k := range n {
			fmt.Fprintf(&all, text, k)
		}
		return all.String()
	}
	many := map[string]string{}
	for k := range 2_000 {
		many[fmt.Sprint("x", k)] = ""
	}
	return map[string][]byte{
		"a bomb":                         sheet(strings.Repeat(`<row/>`, 4<<20)),
		"a bomb of texts":                workbook(h, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si/>", 4<<20) + "</sst>"}),
		"many parts":                     workbook(h, many),
		"many columns":                   sheet(`<row>` + numbered(1001, `<c><v>%d</v></c>`) + `</row>`),
		"a wide header over many rows":   sheet(`<row>` + numbered(1000, `<c><v>%d</v></c>`) + `</row>` + numbered(100_000, `<row><c><v>%d</v></c></row>`)),
		"one tag with many attributes":   sheet(`<row ` + numbered(200_000, `a%d="" `) + `/>`),
		"elements inside each other":     sheet(numbered(2_000, `<a%d>`)),
		"a comment without an end":       sheet(`<!--` + numbered(200_000, `%d `)),
		"formulas without results":       sheet(`<row><c><v>id</v></c></row>` + numbered(2_000, `<row><c><f>%d</f></c></row>`)),
		"a link out of the workbook":     workbook(h, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="http://169.254.169.254/" TargetMode="External"/></Relationships>`}),
		"a part outside of the workbook": workbook(h, map[string]string{"../../etc/passwd": "x"}),
		"an entity":                      workbook(h, map[string]string{"xl/sharedStrings.xml": `<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>`}),
		"a table of separators":          []byte("a" + strings.Repeat(strings.Repeat(",", 999)+"\n1", 4_000)),
		"a text of quotes":               []byte(strings.Repeat(`"""",`, 800_000)),
	}
}

func TestHostileFilesAreRefusedInWordsAndChangeNothing(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	c := opens(h)
	first := download(h, c.claire, "csv")
	for what, file := range hostile(h) {
		for _, path := range []string{"/programs/P1/list", "/programs/P1/rotation"} {
			p := handsIn(h, c.claire, path+"/preview", file)
			if p.Status != http.StatusUnprocessableEntity {
				h.Errorf("%s at %s: %d %.300s", what, path, p.Status, p.Text())
			}
			hides(h, what, p, `name="seen"`, "root:", "import.file")
		}
	}
	says(h, "a file that is too long", handsIn(h, c.claire, "/programs/P1/list/preview", make([]byte, program.MostFileBody)), http.StatusUnprocessableEntity, "longer than 4 MB")
	says(h, "no file", c.claire.Send("/programs/P1/list/preview"), http.StatusUnprocessableEntity, "Choose a file that is not empty.")
	says(h, "nothing carried along", c.claire.Send("/programs/P1/list/apply", "seen", "x"), http.StatusUnprocessableEntity, "Choose a file that is not empty.")
	says(h, "no base 64", c.claire.Send("/programs/P1/rotation/import", "file", "§", "seen", "x"), http.StatusUnprocessableEntity, "Choose a file that is not empty.")
	if !bytes.Equal(download(h, c.claire, "csv"), first) {
		h.Error("something was changed")
	}
}
