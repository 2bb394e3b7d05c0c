//go:build look && unix

package program_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
)

// Pictures of the pages about people are written into the folder that CHIRON_SHOTS names:
//
//	CHIRON_SHOTS=/some/folder go test -tags look -run PicturesOfPeople ./internal/web/program
func TestPicturesOfPeopleForLooking(t *testing.T) {
	folder := os.Getenv("CHIRON_SHOTS")
	if folder == "" {
		t.Fatal("CHIRON_SHOTS names no folder for pictures")
	}
	h := servetest.Open(t, store.SQLite)
	claire := comes(h, "claire@example.org")
	name, frenchName := "Mentoring for residents in emergency medicine", "Mentorat pour les résidentes et résidents en médecine d'urgence"
	for k, many := range []int{0, 1, 30, 500} {
		id := fmt.Sprint("P", many)
		makes(h, id, name, frenchName, claire)
		seeds(h, id, fmt.Sprint("s", k, "-"), many)
	}
	tab := browser.Open(t, h.Server.Config.URL.String())
	tab.Prefer("prefers-reduced-motion", "reduce")
	enters(h, tab, "claire@example.org")
	paths := []string{"/programs/P0/people", "/programs/P1/people", "/programs/P30/people", "/programs/P30/people?offers=research&languages=fr&q=tremblay", "/programs/P30/people?q=zzz", "/programs/P500/people",
		"/programs/P30/people/s2-0001?offers=research", "/programs/P30/people/s2-0000", "/programs/P30/people/s2-0001/take-out"}
	for _, shot := range []struct {
		name, language, theme string
		width                 int
	}{{"phone", "fr-CA", "light", 390}, {"desk-dark", "en", "dark", 1280}, {"desk-fr", "fr-CA", "light", 1440}} {
		for _, path := range paths {
			tab.Wide(shot.width)
			tab.Visit("/language/" + shot.language + "?to=" + url.QueryEscape(path))
			tab.MustEval(`theme => { document.documentElement.dataset.theme = theme; document.querySelectorAll('.more').forEach(d => d.open = true); return document.fonts.ready.then(() => 1) }`, shot.theme)
			picture, err := tab.Screenshot(true, &proto.PageCaptureScreenshot{Format: proto.PageCaptureScreenshotFormatPng})
			browser.Must(t, err)
			file := strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-").Replace(strings.TrimPrefix(path, "/programs/"))
			browser.Must(t, os.WriteFile(filepath.Join(folder, file+"-"+shot.name+".png"), picture, 0o600))
		}
	}
	tab.Visit(paths[2])
	pdf, err := tab.PDF(&proto.PagePrintToPDF{})
	browser.Must(t, err)
	file, err := os.Create(filepath.Join(folder, "print.pdf"))
	browser.Must(t, err)
	defer file.Close()
	_, err = file.ReadFrom(pdf)
	browser.Must(t, err)
}

// seeds puts people into a program who say what people say, at different lengths.
func seeds(h *servetest.House, program, prefix string, many int) {
	h.Helper()
	given := []string{"", "Marie-Ève", "Jean-Sébastien", "Li Wen", "Hélène", "Kwame", "Nguyễn Thị Minh", "Étienne"}
	family := []string{"", "Tremblay-Desrochers de la Durantaye", "Bouchard", "Zhao", "Tremblay", "Asante", "Lê", "O'Neil-Castonguay"}
	units := []string{"Pédiatrie", "Département de médecine de famille et de médecine d'urgence", "Cardiologie"}
	offers := [][]mentoring.Term{terms("research", "career_choice"), terms("clinical_skill"), nil, terms("wellbeing_identity", "practice_management", "family_life", "research")}
	c, p := h.Context(), h.Server.People
	for k := range many {
		s := lives(h, fmt.Sprintf("%s%04d", prefix, k))
		if k%8 == 0 {
			changes(h, func(tx *store.Tx) error {
				return tx.AddPerson(store.Person{ID: s.id(), MadeAt: h.Server.Now(), ChangedAt: h.Server.Now()})
			})
		} else {
			h.Must(p.SaveName(c, s.Visit, person.Name{Given: given[k%8], Family: family[k%8]}))
		}
		if k < 40 && k%8 != 0 {
			h.Must(p.SaveOffer(c, s.Visit, person.Offer{Offers: offers[k%4], Capacity: k % 3, Listed: k%3 == 1 && len(offers[k%4]) > 0}))
			h.Must(p.SaveHow(c, s.Visit, person.How{Languages: terms("fr", "en"), Distance: mentoring.EitherWay}))
			h.Must(p.SaveTopics(c, s.Visit, person.Topics{Specialties: terms("family"), Interests: terms("sepsis")}))
			h.Must(p.SaveAppointments(c, s.Visit, person.Appointed{Appointments: []mentoring.Appointment{{Where: units[k%3], Ladder: "level", What: mentoring.Term{Code: "fellow"}, Span: mentoring.Span{From: "2020-07-01"}}}}))
			if k%5 == 1 {
				h.Must(p.SaveAway(c, s.Visit, []mentoring.Span{{From: "2020-01-01", To: "2030-01-01"}}))
			}
		}
		enrols(h, program, s)
	}
}
