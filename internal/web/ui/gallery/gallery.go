// Package gallery shows every component in every state, in both languages, as pages that a browser can walk. It is the
// place to look at a change of the design, and what the tests in a browser look at. Its people and figures are invented.
package gallery

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/assets"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Pages are the names of all pages, each below the language: "/en/parts".
var Pages = [...]string{"parts", "form", "list", "home", "overview", "people", "comparison", "palette", "confirm"}

// languages are those of the gallery by what their addresses begin with.
var languages = map[string]locale.Language{"en": locale.English, "fr": locale.French}

// Handler serves the gallery, with the files that its pages load.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(assets.Root, assets.Handler())
	mux.Handle("GET /{$}", http.RedirectHandler("/en/parts", http.StatusSeeOther))
	mux.HandleFunc("POST /theme", keepTheme)
	for prefix, language := range languages {
		mux.HandleFunc("GET /"+prefix+"/{page}", show(language))
		// Forms lead here: nothing is kept.
		mux.Handle("POST /"+prefix+"/done", http.RedirectHandler("/"+prefix+"/parts?done=1", http.StatusSeeOther))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", assets.Policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		mux.ServeHTTP(w, r)
	})
}

// show serves the pages in a language.
func show(language locale.Language) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s := scene{w: locale.For(language), name: r.PathValue("page"), request: r}
		content, known := contents[s.name]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = around(s, s.page(), content(s)).Render(r.Context(), w)
	}
}

var contents = map[string]func(scene) templ.Component{
	"parts": parts, "form": form, "list": list, "home": home, "overview": overview, "people": people, "comparison": comparison, "palette": palette, "confirm": confirm,
}

const themeCookie = "theme"

func keepTheme(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
	theme := r.PostFormValue("theme")
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	http.SetCookie(w, &http.Cookie{Name: themeCookie, Value: theme, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	back := "/"
	if from, err := url.Parse(r.Header.Get("Referer")); err == nil && strings.HasPrefix(from.Path, "/") && !strings.HasPrefix(from.Path, "//") {
		back = from.Path
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// A scene is one page of the gallery in one language.
type scene struct {
	w       *locale.Catalogue
	name    string
	request *http.Request
}

// t is a text of the gallery in the language of the scene.
func (s scene) t(english, french string) string {
	if s.w.Language == locale.French {
		return s.w.Typeset(french)
	}
	return s.w.Typeset(english)
}

// at is a page of the gallery in the language of the scene.
func (s scene) at(page string) string { return "/" + s.prefix() + "/" + page }

func (s scene) prefix() string {
	if s.w.Language == locale.French {
		return "fr"
	}
	return "en"
}

func (s scene) page() ui.Page {
	other := map[string]string{"en": "fr", "fr": "en"}[s.prefix()]
	p := ui.Page{
		Title: s.title(), Home: s.at("home"), Other: "/" + other + "/" + s.name,
		Program:     ui.Link{Label: s.t("Paediatric residency, 2026–2027", "Résidence en pédiatrie, 2026-2027"), Href: s.at("home")},
		PaletteHref: s.at("palette"), Palette: s.palette(),
		Theme: ui.Theme{Action: "/theme"}, NoticesHref: s.at("parts"), Notices: 2,
		Account:   ui.Account{Name: "Amara Okafor", Href: s.at("parts")},
		FootLinks: []ui.Link{{Label: s.t("Help and privacy", "Aide et confidentialité"), Href: s.at("parts")}, {Label: s.t("All parts", "Tous les éléments"), Href: s.at("parts")}},
		Readers:   ui.WhoSees{Text: s.t("Only you can see this page.", "Vous seule pouvez voir cette page."), Closed: true, Href: s.at("parts")},
		Drafts:    ui.Drafts{Owner: "gallery"},
	}
	if c, err := s.request.Cookie(themeCookie); err == nil {
		p.Theme.Now = c.Value
	}
	switch s.name {
	case "overview", "people", "comparison":
		p.Side, p.Tabs, p.Program = s.side(), s.tabs(), ui.Link{}
		p.Account.Name = "Claire Bouchard"
		p.Readers = ui.WhoSees{Text: s.t("The coordinators of this program can see this page.", "Les personnes qui coordonnent ce programme peuvent voir cette page."), Href: s.at("parts")}
	case "form":
		p.Problems = len(s.problems())
	default:
		p.Tabs = s.tabs()
	}
	if s.request.URL.Query().Has("done") {
		p.Toast = &ui.Toast{Text: s.t("Goal set aside.", "Objectif mis de côté."), Undo: s.at("done"), Draft: "gallery-hope"}
	}
	return p
}

func (s scene) title() string {
	return map[string]string{
		"parts": s.t("All parts", "Tous les éléments"), "form": s.t("What would help you now?", "Qu'est-ce qui vous aiderait en ce moment?"),
		"list": s.t("Find a mentor", "Trouver un mentor ou une mentore"), "home": s.t("Good evening, Amara", "Bonsoir, Amara"),
		"overview": s.t("Good morning, Claire", "Bonjour, Claire"), "people": s.t("People", "Personnes"), "comparison": s.t("What your file would change", "Ce que votre fichier changerait"),
		"palette": s.t("Go to", "Aller à"),
		"confirm": s.t("Publish 139 pairs?", "Publier 139 jumelages?"),
	}[s.name]
}

func (s scene) tabs() []ui.Tab {
	tab := func(page string, icon ui.Icon, label, short string) ui.Tab {
		return ui.Tab{Label: label, Short: short, Href: s.at(page), Icon: icon, Current: page == s.name}
	}
	return []ui.Tab{
		tab("home", ui.IconHome, s.t("Home", "Accueil"), ""),
		tab("form", ui.IconPeople, s.t("My mentors", "Mes mentors"), s.t("Mentors", "Mentors")),
		tab("list", ui.IconSearch, s.t("Find a mentor", "Trouver"), s.t("Find", "Trouver")),
		tab("parts", ui.IconBook, s.t("Hindsight", "Avec le recul"), s.t("Hindsight", "Recul")),
		tab("overview", ui.IconNetwork, s.t("My network", "Mon réseau"), s.t("Network", "Réseau")),
	}
}

func (s scene) palette() []ui.PaletteGroup {
	return []ui.PaletteGroup{
		{Label: s.t("Pages", "Pages"), Items: []ui.PaletteItem{
			{Label: s.t("Home", "Accueil"), Href: s.at("home"), Icon: ui.IconHome},
			{Label: s.t("Find a mentor", "Trouver un mentor ou une mentore"), Href: s.at("list"), Icon: ui.IconSearch},
			{Label: s.t("All parts", "Tous les éléments"), Href: s.at("parts"), Icon: ui.IconBook},
		}},
		{Label: s.t("What you can do", "Ce que vous pouvez faire"), Items: []ui.PaletteItem{
			{Label: s.t("Say what would help you", "Dire ce qui vous aiderait"), Href: s.at("form"), Icon: ui.IconHeart},
			{Label: s.t("Publish the pairs", "Publier les jumelages"), Href: s.at("confirm"), Icon: ui.IconMail},
		}},
	}
}
