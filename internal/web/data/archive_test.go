//go:build unix

package data_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/serve/servetest"
	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/browser"
	"github.com/chiron-mentoring/chiron/internal/web/data"
)

var noon = time.Date(2027, 3, 14, 16, 0, 0, 0, time.UTC)

const (
	helene = "K7QW2M4XH3ZT5RBV6NAY7EJCDP"
	other  = "P3RT6WQ2LM7XKZ5HVB4NAYJEC2"
)

// taken is what a mentor takes along who has said something everywhere.
func taken(language string) privacy.Taken {
	at := noon.UnixMicro()
	term := func(field string, place int64, code, label, line string) privacy.Row {
		return privacy.Row{"person": helene, "field": field, "place": place, "code": code, "label": label, "line": line, "audience": int64(0)}
	}
	purpose := mentoring.Inquiry{ID: "I", Characteristic: mentoring.Gender, MadeAt: noon}
	return privacy.Taken{
		Data: privacy.Data{Format: "chiron-person-1", Person: helene, Tables: map[string][]privacy.Row{
			"account": {{"id": helene, "language": language, "discreet": int64(1), "made_at": at}},
			"email":   {{"folded": "helene@example.org", "address": "Helene@example.org", "account": helene, "kind": "personal", "owns": int64(1), "verified_at": at, "left_until": nil}},
			"unit":    {{"id": "U", "parent": nil, "name_en": "Cardiology", "name_fr": "Cardiologie", "opened_day": "", "closed_day": ""}},
			"person": {{
				"id": helene, "given": "Hélène", "family": "Tremblay", "pronoun": "", "sort": "tremblay helene", "guest": int64(0), "home_code": "", "home_label": "",
				"place_code": "", "place_label": "Rimouski", "zone": "America/Toronto", "distance": "either", "capacity": int64(2), "hours": int64(4), "refuses": "=Letters of reference, <script>",
				"destination_code": "", "destination_label": "", "destination_kind": "", "destination_day": "", "listed": int64(1), "made_at": at, "changed_at": at,
			}},
			"person_term": {
				term("offers", 1, "research", "Research", "Small studies, from the question to the poster."), term("languages", 1, "fr", "Français", ""),
				term("when", 1, "evenings", "evenings", ""), term("interests", 1, "", "Simulation in the far north", ""), term("training", 1, "", "Mentoring workshop, 2025", ""),
			},
			"visibility":  {{"person": helene, "field": "offers", "audience": int64(2)}},
			"draft":       {{"person": helene, "stage": "how", "body": "when=evenings&line=half+a+thought", "saved_at": at}},
			"appointment": {{"id": "A", "person": helene, "unit": "U", "unit_label": "Cardiology", "ladder": "rank", "code": "associate", "label": "Associate professor", "track": "", "from_day": "2026-07-01", "to_day": ""}},
			"away":        {{"person": helene, "from_day": "2027-08-01", "to_day": "2027-08-20"}},
			"authority": {
				{"id": "E", "from_person": helene, "to_person": other, "kind": "evaluates", "from_day": "2026-07-01", "to_day": "", "source": "declared", "declared_by": helene, "made_at": at},
				{"id": "F", "from_person": other, "to_person": helene, "kind": "pays", "from_day": "2026-07-01", "to_day": "", "source": "roster", "declared_by": other, "made_at": at},
			},
			"veto":        {{"person": helene, "other": other, "made_at": at}},
			"declaration": {{"person": helene, "made_at": at, "none": int64(0)}},
			"delegate":    {{"id": "D", "mentor": helene, "address": "Office@example.org", "folded": "office@example.org", "account": nil, "made_at": at, "accepted_at": nil}},
			"mark":        {{"person": helene, "other": other, "kind": "kept", "made_at": at}},
		}},
		Record: privacy.Record{
			Sessions: []privacy.Happened{{At: noon, What: "Firefox on Linux"}},
			Programs: []privacy.Part{{ProgramEn: "Residents", ProgramFr: "Médecins résidents", As: "participant", Since: noon}, {ProgramEn: "Faculty", ProgramFr: "Corps professoral", As: "invited", Since: noon}},
			Letters:  []privacy.Happened{{At: noon, What: "welcome", How: "sent"}, {At: noon, What: "erasure-asked", How: "waiting"}},
			Consents: []privacy.Consented{{At: noon, What: "gender", Use: "matching", Wording: 1, Language: language}, {At: noon, What: "gender", Use: "shown", Wording: 1, Language: language, EndedAt: &noon, EndedBy: "page"}},
			Answers:  []person.OwnCharacteristic{{Inquiry: purpose, Said: true, Value: mentoring.Value{Codes: []string{"woman"}}, Uses: []mentoring.Use{mentoring.InMatching}, Until: noon}},
			Events: []account.Event{
				{ID: "1", At: noon, Actor: helene, Action: "account.export", Kind: "account", Object: helene},
				{ID: "2", At: noon, Actor: "console", Action: "account.export", Kind: "account", Object: helene},
				{ID: "3", At: noon, Actor: other, Action: "person.see", Kind: "profile", Object: helene},
				{ID: "4", At: noon, Actor: other, Action: "person.see", Kind: "profile", Object: helene},
			},
			Trail: []privacy.Happened{{At: noon, What: "account.export", By: helene}},
		},
	}
}

// opened are the files of an archive, by name.
func opened(t *testing.T, a data.Archive) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := a.Write(&out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func archiveIn(t *testing.T, language string) map[string]string {
	return opened(t, data.Archive{Taken: taken(language), Site: "Mentorat", At: noon})
}

func TestArchiveSpeaksTheLanguageOfItsPerson(t *testing.T) {
	t.Parallel()
	english, french := archiveIn(t, "en"), archiveIn(t, "fr-CA")
	for name, want := range map[string]string{
		"addresses.csv": "Address,Account,Whose it is", "choices.csv": "Evenings", "profile.csv": "Either way (either)", "appointments.csv": "Associate professor (associate)",
		"authority.csv": "I assess this person (evaluates)", "trail.csv": "You took your data along. (account.export)", "letters.csv": "Sent (sent)", "consents.csv": "Gender (gender),Matching (matching)",
		"person.html": "What you say of yourself",
	} {
		if !strings.Contains(strings.ReplaceAll(english[name], "In the evening", "Evenings"), want) {
			t.Errorf("%s does not say %q: %s", name, want, english[name])
		}
	}
	for name, want := range map[string]string{
		"adresses.csv": "Adresse,Compte,À qui elle est", "profil.csv": "(either)", "nominations.csv": "Cardiologie (U)", "autorite.csv": "(evaluates)",
		"journal.csv": "Vous avez emporté vos données. (account.export)", "lettres.csv": "Envoyée (sent)", "person.html": "Ce que vous dites de vous",
	} {
		if !strings.Contains(french[name], want) {
			t.Errorf("%s does not say %q: %s", name, want, french[name])
		}
	}
	for name := range french {
		if _, is := english[name]; is != slices.Contains([]string{"person.json", "record.json", "person.html", "sessions.csv", "declaration.csv"}, name) {
			t.Errorf("%s is in one language only, or in both: %v", name, is)
		}
	}
	for _, sentence := range locale.For(locale.English).Sentences() {
		if strings.Contains(french["person.html"], ">"+sentence+"<") {
			t.Errorf("the French page says %q", sentence)
		}
	}
}

func TestFilesForProgramsAreTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	english, french := archiveIn(t, "en"), archiveIn(t, "fr-CA")
	neutral := func(text string) string { return strings.ReplaceAll(text, `"language": "fr-CA"`, `"language": "en"`) }
	for _, name := range []string{"person.json", "record.json"} {
		if english[name] == "" || neutral(french[name]) != english[name] {
			t.Errorf("%s differs", name)
		}
	}
	if again := archiveIn(t, "en"); again["person.json"] != english["person.json"] || again["person.html"] != english["person.html"] {
		t.Error("equal data gives other bytes")
	}
}

func TestArchiveSaysWhatIsLeftOutAndNamesNobodyElse(t *testing.T) {
	t.Parallel()
	a := data.Archive{Taken: taken("en"), Site: "Mentorat", At: noon}
	page := opened(t, a)[data.PageFile]
	for _, want := range []string{"Another one has to ask you itself.", "must not be able to sign in as you", "Somebody else (number " + other[:6] + "…)", "person.json", "half a thought"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, not := range []string{"<script>", "http://", "https://", "src=", "It is sealed", "2027-03-14T"} {
		if strings.Contains(page, not) {
			t.Errorf("the page says %q", not)
		}
	}
	if n := strings.Count(page, "Somebody who looks after a program or a unit looked at your page."); n != 1 {
		t.Errorf("what happened again within the minute stands there %d times", n)
	}
	a.Taken.Sealed, a.Taken.Record.Answers = true, nil
	if page := opened(t, a)[data.PageFile]; !strings.Contains(page, "It is sealed") || strings.Contains(page, ">Woman<") {
		t.Error("what is sealed is not said")
	}
}

func TestTablesOfTheArchiveAreHarmlessSpreadsheets(t *testing.T) {
	t.Parallel()
	for name, text := range archiveIn(t, "en") {
		if filepath.Ext(name) != ".csv" {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 2 || !strings.HasPrefix(text, "\ufeff") {
			t.Errorf("%s has %d rows, %v", name, len(rows), err)
		}
		for _, cell := range slices.Concat(rows...) {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("%s has the formula %s", name, cell)
			}
		}
	}
}

// Whoever adds a table that people take along adds its words, and where it stands on the page.
func TestEveryTableThatIsTakenAlongHasItsWords(t *testing.T) {
	t.Parallel()
	for _, l := range locale.Languages {
		w := locale.For(l)
		for _, table := range privacy.Tables {
			if table.Export == nil {
				continue
			}
			for _, key := range []string{"data.table.", "data.file."} {
				if !w.Has(key + table.Name) {
					t.Errorf("%s has no words for %s", l, key+table.Name)
				}
			}
			for _, column := range table.Export {
				if !w.Has("data.column."+column) && !w.Has("data.column."+table.Name+"."+column) {
					t.Errorf("%s has no heading data.column.%s, nor data.column.%s.%s", l, column, table.Name, column)
				}
			}
		}
	}
}

// TestPageOfTheArchiveIsReadable looks at the page as somebody does who opens it on a phone, at a desk, or on paper.
// CHIRON_SHOTS names a folder for pictures of it.
func TestPageOfTheArchiveIsReadable(t *testing.T) {
	t.Parallel()
	pages := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:") // it needs nothing else
		_, _ = io.WriteString(w, pages[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	for _, l := range locale.Languages {
		pages["/"+string(l)] = archiveIn(t, string(l))[data.PageFile]
	}
	tab := browser.Open(t, server.URL)
	for _, l := range locale.Languages {
		path := "/" + string(l)
		for _, width := range []int{320, 390, 1280} {
			tab.Wide(width)
			tab.Visit(path)
			if folder := os.Getenv("CHIRON_SHOTS"); folder != "" {
				picture, err := tab.Screenshot(true, nil)
				browser.Must(t, err)
				browser.Must(t, os.WriteFile(filepath.Join(folder, "archive-"+string(l)+"-"+map[int]string{320: "small", 390: "phone", 1280: "desk"}[width]+".png"), picture, 0o600))
			}
		}
		tab.Fits(path)
		tab.Speaks(l, path)
		tab.Accessible(path)
	}
	if folder := os.Getenv("CHIRON_SHOTS"); folder != "" {
		tab.Visit("/fr-CA")
		printed, err := tab.PDF(&proto.PagePrintToPDF{})
		browser.Must(t, err)
		paper, err := io.ReadAll(printed)
		browser.Must(t, err)
		browser.Must(t, os.WriteFile(filepath.Join(folder, "archive-print.pdf"), paper, 0o600))
	}
}

func TestDownloadIsInTheLanguageOfTheAccount(t *testing.T) {
	t.Parallel()
	h := servetest.Open(t, store.SQLite)
	zoe := h.Somebody("zoe@example.org")
	if names := takes(h, zoe); !strings.Contains(names, "addresses.csv") || !strings.Contains(names, "person.html") {
		t.Errorf("in English it holds %s", names)
	}
	zoe.Send("/account/settings", "language", "fr-CA")
	if names := takes(h, zoe); !strings.Contains(names, "adresses.csv") || strings.Contains(names, "addresses.csv") {
		t.Errorf("in French it holds %s", names)
	}
}
