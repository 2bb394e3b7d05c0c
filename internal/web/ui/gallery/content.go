package gallery

import (
	"strconv"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

func (s scene) onlyUs() ui.WhoSees {
	return ui.WhoSees{Text: s.t("Only you and Hélène can read this.", "Seules Hélène et vous pouvez lire ceci."), Closed: true, Href: s.at("parts")}
}

func (s scene) rail(now ui.Phase, into int) ui.Rail {
	r := ui.Rail{Now: now, Into: into, Note: s.t("third month", "troisième mois")}
	r.Past[ui.Initiation] = s.t("July to September", "juillet à septembre")
	r.Past[ui.Cultivation] = s.t("ten months", "dix mois")
	r.Past[ui.Separation] = s.t("two months", "deux mois")
	return r
}

func (s scene) timeline() ui.Timeline {
	return ui.Timeline{Groups: []ui.TimelineGroup{
		{Label: s.t("Growing", "Progression"), Events: []ui.TimelineEvent{
			{Title: s.t("A step of a goal: abstract, first draft", "Une étape d'objectif : le résumé, première version"), When: day(11, 18), Text: s.t("You marked step 3 of 4.", "Vous avez coché l'étape 3 sur 4."), Icon: ui.IconTarget},
			{Title: s.t("Meeting, 45 minutes", "Rencontre, 45 minutes"), When: day(11, 12), Text: s.t("Two follow-ups, one still open.", "Deux suivis, dont un encore ouvert."), Icon: ui.IconVideo, Tone: ui.EventGreen},
			{Title: s.t("You thanked Hélène", "Vous avez remercié Hélène"), When: day(11, 1), Icon: ui.IconHeart, Tone: ui.EventGold},
		}},
		{Label: s.t("Getting started", "Démarrage"), Events: []ui.TimelineEvent{
			{Title: s.t("Agreement signed", "Entente signée"), When: day(9, 14), Text: s.t("Version 2. You changed the rhythm from monthly to every three weeks.", "Version 2. Vous êtes passées d'une rencontre par mois à une toutes les trois semaines."), Icon: ui.IconFile, Tone: ui.EventGreen},
			{Title: s.t("Matched", "Jumelage"), When: day(7, 1), Icon: ui.IconHands, Link: ui.Link{Label: s.t("Why we were matched", "Pourquoi ce jumelage"), Href: s.at("parts")}},
		}},
	}}
}

func (s scene) pairs() ui.Table {
	signed := &ui.Tag{Label: s.t("Signed", "Signée"), Tone: ui.ToneGreen, Icon: ui.IconTick}
	open := &ui.Tag{Label: s.t("Not signed yet", "Pas encore signée"), Tone: ui.ToneAmber, Icon: ui.IconClock}
	with := func(en string) string { return s.t("with "+en, "avec "+en) }
	row := func(mentee, mentor string, agreement *ui.Tag, met int, last string, action string) ui.Row {
		return ui.Row{
			{Person: &ui.Person{Name: mentee, Line: with(mentor), Href: s.at("parts")}}, {Tag: agreement},
			{Text: s.w.Number(int64(met))}, {Text: last},
			{Actions: []ui.Button{{Label: action, Extra: mentee, Small: true, Href: s.at("parts")}}},
		}
	}
	write, offer := s.t("Write to both", "Écrire aux deux"), s.t("Answer", "Répondre")
	return ui.Table{
		Caption: s.t("Pairs to look at", "Dyades à regarder"),
		Columns: []ui.Column{{Label: s.t("Pair", "Dyade"), Sort: "?sort=pair", Sorted: ui.Ascending}, {Label: s.t("Agreement", "Entente")},
			{Label: s.t("Met", "Rencontres"), Number: true, Sort: "?sort=met"}, {Label: s.t("Last met", "Dernière rencontre")}, {Label: s.t("Actions", "Actions"), Hidden: true}},
		Rows: []ui.Row{
			row("Grace Obi", "Anna Lindqvist", signed, 0, s.t("Not met yet", "Pas encore de rencontre"), write),
			row("Jun Park", "Hélène Tremblay", signed, 3, s.w.Date(day(10, 6)), write),
			row("Ibrahim Saleh", "Tom Brandt", signed, 2, s.w.Date(day(11, 3)), offer),
			row("Chloé O’Brien-Nguyễn de la Cruz y Ortiz", "Priit Kask", open, 1, s.w.Date(day(9, 30)), write),
		},
	}
}

func (s scene) facets() ui.Facets {
	return ui.Facets{Action: s.at("list"), Keep: []ui.Hidden{{Name: "q", Value: s.request.URL.Query().Get("q")}}, Groups: []ui.Facet{
		{Name: "purpose", Label: s.t("I look for help with", "Je cherche de l'aide pour"), Open: true, Options: []ui.FacetOption{
			{Value: "research", Label: s.t("Research", "La recherche"), Count: 31, Chosen: true}, {Value: "career", Label: s.t("Career decisions", "Mes choix de carrière"), Count: 44},
			{Value: "clinical", Label: s.t("Clinical skills", "La clinique"), Count: 38}, {Value: "life", Label: s.t("Life outside medicine", "La vie hors médecine"), Count: 19, Chosen: true}}},
		{Name: "kind", Label: s.t("Kind of mentoring", "Modèle de mentorat"), Options: []ui.FacetOption{{Value: "peer", Label: s.t("Peers", "Entre pairs"), Count: 12}}},
		{Name: "language", Label: s.t("Language", "Langue"), Open: true, Options: []ui.FacetOption{
			{Value: "en", Label: s.t("English", "Anglais"), Count: 93}, {Value: "fr", Label: s.t("French", "Français"), Count: 38, Chosen: true}}},
	}}
}

func (s scene) filters() ui.Filters {
	chip := func(en, fr string) ui.Chip { return ui.Chip{Label: s.t(en, fr), Remove: s.at("list")} }
	return ui.Filters{Chips: []ui.Chip{chip("Research", "Recherche"), chip("Life outside medicine", "Vie hors médecine"), chip("French", "Français")}, Clear: s.at("list")}
}

func (s scene) paging(page, pages int) ui.Paging {
	return ui.Paging{Page: page, Pages: pages, From: 20*page - 19, To: min(20*page, 233), Of: 233, Href: func(n int) string { return s.at("list") + "?page=" + strconv.Itoa(n) }}
}

func (s scene) purposes() ui.Choices {
	o := func(value, en, fr, hintEn, hintFr string) ui.Option {
		return ui.Option{Value: value, Label: s.t(en, fr), Hint: s.t(hintEn, hintFr)}
	}
	return ui.Choices{Field: ui.Field{Name: "purposes", Label: s.t("Choose up to three", "Choisissez-en jusqu'à trois"), Hint: s.t("You can change this whenever you like.", "Vous pourrez changer d'idée quand vous voudrez.")},
		Many: true, Tiles: true, Options: []ui.Option{
			o("career", "Career decisions", "Choix de carrière", "Fellowships, first post, change", "Surspécialité, premier poste, changement"),
			o("research", "Research", "Recherche", "A question, a method, a paper", "Une question, une méthode, un article"),
			o("clinical", "Clinical skills", "Clinique", "What books do not teach", "Ce que les livres n'enseignent pas"),
			o("teaching", "Teaching", "Enseignement", "", ""), o("life", "Life outside medicine", "Vie hors médecine", "", ""), o("peers", "Peers", "Pairs", "", "")}}
}

func (s scene) email() ui.Line {
	return ui.Line{Field: ui.Field{Name: "email", Label: s.t("E-mail address", "Adresse courriel"), Hint: s.t("A personal one, which stays yours when you change hospitals.", "Une adresse personnelle, qui vous suivra d'un hôpital à l'autre."),
		Error: s.t("Enter an e-mail address, such as name@hospital.ca", "Entrez une adresse courriel, par exemple nom@hopital.ca")}, Value: "amara@", Kind: ui.Email, Autocomplete: "email"}
}

func (s scene) start() ui.Choices {
	return ui.Choices{Field: ui.Field{Name: "start", Label: s.t("When would you like to begin?", "Quand aimeriez-vous commencer?"), Error: s.t("Choose when you would like to begin", "Choisissez quand vous aimeriez commencer")},
		Options: []ui.Option{{Value: "now", Label: s.t("As soon as somebody has room", "Dès qu'une place se libère")}, {Value: "round", Label: s.t("With the next round, on 24 November", "À la prochaine ronde, le 24 novembre")}}}
}

func (s scene) problems() []ui.Problem { return ui.Problems(s.email().Field, s.start().Field) }

func (s scene) tasks() []ui.Task {
	return []ui.Task{
		{Label: s.t("Basics and languages", "Informations de base et langues"), Href: s.at("form"), State: ui.TaskDone},
		{Label: s.t("How pairs form", "Formation des dyades"), Hint: s.t("Ranked round, by default", "Ronde avec choix ordonnés, par défaut"), Href: s.at("form"), State: ui.TaskBegun},
		{Label: s.t("What is agreed, and how often pairs meet", "Entente et rythme des rencontres"), Href: s.at("form"), State: ui.TaskOpen},
		{Label: s.t("Publish", "Publication"), Hint: s.t("When the others are done", "Quand le reste sera terminé"), State: ui.TaskLocked},
	}
}

func (s scene) figures() []ui.Figure {
	return []ui.Figure{
		{Label: s.t("Pairs", "Dyades"), Value: "91", Href: s.at("parts"), Remark: s.t("7 more than last month", "7 de plus que le mois dernier"), Tone: ui.FigureUp},
		{Label: s.t("Looking for a mentor", "En quête de mentorat"), Value: "13", Href: s.at("people"), Remark: s.t("the longest for 24 days", "depuis 24 jours au plus"), Tone: ui.FigureCare},
		{Label: s.t("Free places", "Places libres"), Value: "27", Href: s.at("people"), Of: s.t("of 131", "sur 131")},
		{Label: s.t("Met in six weeks", "Rencontrées en six semaines"), Value: s.w.Percent(76, 91), Remark: s.t("76 of 91 pairs", "76 dyades sur 91")},
	}
}

func (s scene) confirmation() ui.Confirmation {
	return ui.Confirmation{
		ID: "publish", Title: s.t("Publish 139 pairs?", "Publier 139 jumelages?"), Action: s.at("done"), Cancel: s.at("parts"), Final: true,
		Confirm: s.t("Publish the pairs", "Publier les jumelages"),
		Effects: []string{s.t("278 people receive a mail in their language, ten minutes from now. Until then you can stop it.", "278 personnes recevront un courriel dans leur langue, dans dix minutes. D'ici là, vous pouvez l'arrêter."),
			s.t("What people ranked is sealed, for you as well.", "Les choix de chaque personne sont scellés, pour vous aussi.")},
		Type: &ui.Line{Field: ui.Field{Name: "count", Label: s.t("Type the number of pairs", "Écrivez le nombre de jumelages")}, Kind: ui.Whole},
	}
}

// contains says whether a name holds words, whatever their case.
func contains(name, words string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(strings.TrimSpace(words)))
}
