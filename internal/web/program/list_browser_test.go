//go:build unix

package program_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// looksAt hands a file in, in a tab.
func looksAt(t *testing.T, tab *browser.Tab, path, content string) {
	t.Helper()
	tab.Visit(path)
	name := t.TempDir() + "/list.csv"
	browser.Must(t, os.WriteFile(name, []byte(content), 0o600))
	tab.MustElement("#file").MustSetFiles(name)
	tab.Press("form[enctype] .btn-main")
}

// handedIn are files of every kind, by the page where they are handed in.
var handedIn = []struct{ name, path, content string }{
	{"changes", "/programs/P1/list", "id,given,family,unit,position,from,to,e-mail,language,Remark\nana,Ana Lúcia,Silva-Vasconcelos de Albuquerque,Unité paediatrics,professeure agrégée,2027-01-01,,,,x\n,Geneviève,Beauchemin-Desrosiers,,,,,genevieve.beauchemin-desrosiers@hopital.example.org,français,\n"},
	{"problems", "/programs/P1/list", "id,given,family,unit,position,from,to,e-mail\nana,,,Paediatrics,Wizard,01/07/2027,,\nnobody,A,B,,,,,\n,C,D,,,,,not an address\n"},
	{"no-list", "/programs/P1/list", "a,b\n1,2\n"},
	{"quote", "/programs/P1/list", "id,given\n1,\"Ana\n2,Ben\n"},
	{"rotation", "/programs/P1/rotation", "person,preceptor,period,academic year,kind,Remark\nana@example.org,cy@example.org,9,2026-2027,évalue,\nana,cy,P10,2026-27,,\nana,somebody@example.org,1,2026,,\n"},
	{"rotation-problems", "/programs/P1/rotation", "person,preceptor,period,year,kind\nana,cy,14,2026-2028,loves\nana,ana,1,2026,\n"},
}

func TestPagesOfListsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	opens(h)
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "claire@example.org")
	paths := []string{"/programs/P1/list", "/programs/P1/rotation", "/programs/P1/imports"}
	for k, path := range paths {
		for _, l := range locale.Languages {
			tab.Visit("/language/" + string(l) + "?to=" + url.QueryEscape(path))
			tab.Speaks(l, path)
			tab.Fits(path)
		}
		tab.Accessible(path)
		if k < 2 {
			tab.Wide(390)
			tab.Walk(path)
		}
	}
	for _, one := range handedIn {
		looksAt(t, tab, one.path, one.content)
		tab.Fits(one.name)
		tab.Accessible(one.name)
	}
	tab.Visit("/language/en?to=/")
	looksAt(t, tab, "/programs/P1/rotation", handedIn[4].content)
	tab.Speaks(locale.English, "a rotation list that was read")
	tab.Press("main form .btn-main")
	if text := tab.Text(); !strings.Contains(text, "Rotation list") || !strings.Contains(text, "2 entries") {
		t.Errorf("%s says\n%s", tab.Path(), text)
	}
	tab.Press("td a.btn")
	tab.Accessible("the question")
	tab.Fits("the question")
	tab.Walk("the question")
	tab.Press("main form .btn-main")
	if text := tab.Text(); !strings.Contains(text, "Undone") {
		t.Errorf("%s says\n%s", tab.Path(), text)
	}
	tab.Quiet("422")
}
