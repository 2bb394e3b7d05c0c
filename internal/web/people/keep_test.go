//go:build unix

package people_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/web/people"
)

var unitIn = regexp.MustCompile(`href="(/installation/units/[A-Z0-9]+)">([^<]*)<`)

// unit is where a unit of a name is changed.
func unit(h *servetest.House, v *servetest.Visitor, name string) string {
	h.Helper()
	for _, found := range unitIn.FindAllStringSubmatch(v.Get("/installation/units").Body, -1) {
		if found[2] == name {
			return found[1]
		}
	}
	h.Fatalf("there is no unit %s", name)
	return ""
}

func TestUnitsAreAddedRenamedMovedAndClosed(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss, path := h.First("boss@example.org"), "/installation/units"
		shows(h, "the units", boss.Get(path), "There is no unit yet")
		leads(h, "adding", boss.Send(path+"/add", "en", "Faculty of Medicine", "fr", "Faculté de médecine"), path)
		faculty := unit(h, boss, "Faculty of Medicine")
		id := strings.TrimPrefix(faculty, path+"/")
		leads(h, "adding below", boss.Send(path+"/add", "en", "Paediatrics", "parent", id, "opened", "2020-07-01"), path)
		leads(h, "adding another", boss.Send(path+"/add", "en", "Surgery"), path)
		shows(h, "the tree", boss.Get(path), "Faculty of Medicine Paediatrics since 1 July 2020 Surgery", "The unit is there.")
		says(h, "no name", boss.Send(path+"/add", "fr", " "), http.StatusUnprocessableEntity, "Write at least one part of the name.")
		says(h, "a day that there is not", boss.Send(path+"/add", "en", "X", "closed", "2020-02-31"), http.StatusUnprocessableEntity)
		paediatrics, surgery := unit(h, boss, "Paediatrics"), unit(h, boss, "Surgery")
		says(h, "a circle", boss.Send(faculty, "en", "Faculty of Medicine", "parent", strings.TrimPrefix(paediatrics, path+"/")), http.StatusConflict, "A unit cannot be part of itself")
		leads(h, "moving, renaming and closing", boss.Send(surgery, "en", "Surgery and Anesthesia", "parent", id, "closed", "2030-06-30"), path)
		shows(h, "the tree after", boss.Get(path), "Faculty of Medicine Paediatrics since 1 July 2020 Surgery and Anesthesia until 30 June 2030")
		says(h, "a unit that there is not", boss.Send(path+"/NONE", "en", "X"), http.StatusNotFound)
		zoe := h.Somebody("zoe@example.org")
		for _, one := range []string{path, path + "/add", faculty, "/installation/lists", "/installation/lists/ranks", "/installation/lists/ranks/file"} {
			says(h, "a member at "+one, zoe.Get(one), http.StatusNotFound)
		}
		says(h, "a member adds", zoe.Send(path+"/add", "en", "Mine"), http.StatusNotFound)
	})
}

// uploads sends a file.
func uploads(h *servetest.House, v *servetest.Visitor, path string, file []byte) servetest.Page {
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

// carried are the answers that a page carries along to the next.
func carried(p servetest.Page) (answers []string) {
	for _, found := range carriedIn.FindAllStringSubmatch(p.Body, -1) {
		answers = append(answers, found[1], found[2])
	}
	return answers
}

func TestListIsReplacedAfterALookAndPutBack(t *testing.T) {
	t.Parallel()
	servetest.Both(t, func(h *servetest.House) {
		boss, path := h.First("boss@example.org"), "/installation/lists/ranks"
		shows(h, "the lists", boss.Get("/installation/lists"), "Academic ranks", "Unicode CLDR", "from Chiron")
		own := boss.Get(path + "/file")
		if kind := own.Header.Get("Content-Type"); own.Status != http.StatusOK || !strings.Contains(own.Body, "associate") || !strings.HasPrefix(kind, "text/csv") {
			h.Fatalf("%d %s: %s", own.Status, kind, own.Body)
		}
		says(h, "the same file", uploads(h, boss, path+"/preview", []byte(own.Body)), http.StatusOK, "The file says what the list says already.")
		changed := strings.Replace(own.Body, "associate professor", "associate <b>professor</b>", 1)
		p := uploads(h, boss, path+"/preview", []byte(changed))
		shows(h, "the look", p, "Nothing has changed yet.", "Renamed", "associate professor / professeur agrégé", "Replace the list")
		if strings.Contains(p.Body, "<b>professor") {
			h.Error("what the file says has become markup")
		}
		shows(h, "the list meanwhile", boss.Get(path), "from Chiron")
		leads(h, "replacing", boss.Send(path+"/replace", carried(p)...), path)
		shows(h, "the list", boss.Get(path), "your own, number 1", "Go back to the edition before")
		says(h, "replacing again", boss.Send(path+"/replace", carried(p)...), http.StatusConflict, "Somebody else changed this list meanwhile.")
		leads(h, "going back", boss.Send(path+"/undo", "seen", "1"), path)
		if is := boss.Get(path + "/file"); strings.Contains(is.Body, "<b>") {
			h.Errorf("the list is still\n%s", is.Body)
		}
		broken := strings.Replace(own.Body, "associate,,", ",,", 1)
		p = uploads(h, boss, path+"/preview", []byte(broken))
		says(h, "a file with a mistake", p, http.StatusUnprocessableEntity, "The code is missing")
		hides(h, "a file with a mistake", p, "Replace the list")
		says(h, "no file", boss.Send(path+"/preview"), http.StatusUnprocessableEntity, "Choose a file that is not empty.")
		says(h, "an empty file", uploads(h, boss, path+"/preview", nil), http.StatusUnprocessableEntity, "Choose a file that is not empty.")
		says(h, "a file that is too long", uploads(h, boss, path+"/preview", make([]byte, people.MostListBody)), http.StatusUnprocessableEntity, "longer than 4 MB")
		says(h, "a list that there is not", boss.Get("/installation/lists/none"), http.StatusNotFound)
		zoe := h.Somebody("zoe@example.org")
		says(h, "a member uploads", uploads(h, zoe, path+"/preview", []byte(changed)), http.StatusNotFound)
		says(h, "a member replaces", zoe.Send(path+"/replace", carried(p)...), http.StatusNotFound)
	})
}
