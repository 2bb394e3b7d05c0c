package gallery

import (
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// side is the list of the pages of a program.
func (s scene) side() ui.Side {
	entry := func(page string, icon ui.Icon, count int, en, fr string) ui.SideEntry {
		return ui.SideEntry{Label: s.t(en, fr), Href: s.at(page), Icon: icon, Count: count, Current: page == s.name}
	}
	return ui.Side{
		Heading: ui.Link{Label: s.t("Paediatric residency, 2026–2027", "Résidence en pédiatrie, 2026-2027"), Href: s.at("overview")},
		Groups: []ui.SideGroup{
			{Entries: []ui.SideEntry{
				entry("overview", ui.IconBars, 0, "Overview", "Vue d'ensemble"), entry("people", ui.IconPeople, 238, "People", "Personnes"),
				entry("form", ui.IconMail, 4, "Requests", "Demandes"), entry("confirm", ui.IconSliders, 0, "Matching", "Appariement"),
				entry("home", ui.IconHeart, 91, "Relationships", "Relations"),
			}},
			{Label: s.t("Set-up", "Configuration"), Entries: []ui.SideEntry{
				entry("comparison", ui.IconUpload, 0, "Upload a list", "Téléverser une liste"), entry("parts", ui.IconGear, 0, "Program settings", "Réglages du programme"),
				entry("palette", ui.IconLog, 0, "Audit log", "Journal d'audit"),
			}},
		},
	}
}

// listing is the list of people that a coordinator looks through.
func (s scene) listing() ui.Listing {
	return ui.Listing{
		Search: &ui.SearchBox{Action: s.at("people"), Name: "q", Value: s.request.URL.Query().Get("q"), Label: s.t("Names to look for", "Noms à chercher"), Target: ui.ListingID},
		Facets: ui.Facets{Action: s.at("people"), Groups: s.facets().Groups}, Filters: s.filters(),
		ViewsName: s.t("Parts of the list", "Parties de la liste"), Views: []ui.View{
			{Link: ui.Link{Label: s.t("Everybody", "Tout le monde"), Href: s.at("people")}, Current: true},
			{Link: ui.Link{Label: s.t("Mentors", "Mentorat offert"), Href: s.at("people") + "?role=mentor"}}, {Link: ui.Link{Label: s.t("Not in a pair", "Sans dyade"), Href: s.at("people") + "?free=1"}},
		},
		Found: s.t("238 people, by name", "238 personnes, par nom"), Further: ui.Link{Label: s.t("Further names", "Noms suivants"), Href: s.at("people") + "?after=7"},
	}
}

func (s scene) people() ui.Table {
	room := &ui.Tag{Label: s.t("Has room", "A de la place"), Tone: ui.ToneGreen}
	waiting := &ui.Tag{Label: s.t("Waiting list", "Liste d'attente"), Tone: ui.ToneLine}
	offers := func(labels ...string) (all []ui.Tag) {
		for _, l := range labels {
			all = append(all, ui.Tag{Label: l})
		}
		return all
	}
	research, career, clinical := s.t("Research", "Recherche"), s.t("Career decisions", "Choix de carrière"), s.t("Clinical skills", "Clinique")
	row := func(name, unit, level string, offers []ui.Tag, room *ui.Tag, pairs int64) ui.Row {
		return ui.Row{{Person: &ui.Person{Name: name, Href: s.at("parts")}}, {Text: unit}, {Text: level}, {Tags: offers}, {Tag: room}, {Text: s.w.Number(pairs)}}
	}
	emergency, neonatology := s.t("Emergency medicine", "Médecine d'urgence"), s.t("Neonatology", "Néonatologie")
	return ui.Table{
		Caption: s.t("People of the program", "Personnes du programme"), Bare: true,
		Columns: []ui.Column{{Label: s.t("Name", "Nom"), Sort: "?sort=name", Sorted: ui.Ascending}, {Label: s.t("Unit", "Unité"), Sort: "?sort=unit"}, {Label: s.t("Level", "Niveau")},
			{Label: s.t("Offers", "Offre")}, {Label: s.t("Room", "Places")}, {Label: s.t("Pairs", "Dyades"), Number: true}},
		Rows: []ui.Row{
			row("Kwame Asante", neonatology, s.t("Clinician scientist", "Clinicien-chercheur"), offers(research, career), waiting, 3),
			row("Miriam Feldstein", emergency, s.t("Associate professor", "Professeure agrégée"), offers(research, career, clinical), room, 1),
			row("Chloé O’Brien-Nguyễn de la Cruz y Ortiz", s.t("Paediatric haematology and oncology", "Hématologie et oncologie pédiatriques"), "PGY-3 / R3", nil, nil, 1),
			row("Jun Park", emergency, "PGY-2 / R2", offers(s.t("Peers", "Pairs")), room, 0),
			row("Zoé", neonatology, "PGY-1 / R1", nil, nil, 0),
		},
	}
}

func (s scene) download() ui.Download {
	return ui.Download{
		Action: s.at("people"), Keep: []ui.Hidden{{Name: "unit", Value: "emergency"}}, Label: s.t("Download 238 people", "Télécharger 238 personnes"),
		Forms: ui.Choices{Field: ui.Field{Name: "form", Label: s.t("Form of the file", "Format du fichier")}, Options: []ui.Option{
			{Value: "xlsx", Label: "Excel", Hint: s.t("To edit and upload again", "À modifier et à téléverser de nouveau"), Chosen: true}, {Value: "csv", Label: "CSV", Hint: s.t("For other programs", "Pour d'autres logiciels")}}},
		Who: ui.WhoSees{Text: s.t("The people in the file see in their own record that it was downloaded.", "Les personnes du fichier verront dans leur dossier qu'il a été téléchargé."), Href: s.at("parts")},
	}
}

// comparison is what an uploaded file would change.
func (s scene) comparison() ui.Comparison {
	unit, level, words := s.t("Unit", "Unité"), s.t("Level", "Niveau"), s.t("What I will not do", "Ce que je ne ferai pas")
	emergency, neonatology := s.t("Emergency medicine", "Médecine d'urgence"), s.t("Neonatology", "Néonatologie")
	c := ui.Comparison{
		Problems: []ui.RowProblem{
			{Row: 27, Column: s.t("Places", "Places"), Value: s.t("two", "deux"), Text: s.t("This is not a number. Write 2.", "Ce n'est pas un nombre. Écrivez 2.")},
			{Row: 112, Column: unit, Text: s.t("Nothing stands here. Write the unit as in the list of units.", "La cellule est vide. Écrivez l'unité comme dans la liste des unités.")},
			{Row: 140, Value: "jun.park@hospital.example", Text: s.t("The same address is in row 12. Keep one of the two rows.", "La même adresse est à la ligne 12. Gardez l'une des deux lignes.")},
		},
		Changed: ui.ComparedRows{Rows: []ui.ComparedRow{
			{Row: 4, Name: "Miriam Feldstein", Href: s.at("parts"), Cells: []ui.ComparedCell{{Column: level, Was: s.t("Assistant professor", "Professeure adjointe"), Becomes: s.t("Associate professor", "Professeure agrégée")}, {Column: s.t("Places", "Places"), Was: "2", Becomes: "3"}}},
			{Row: 9, Name: "Chloé O’Brien-Nguyễn de la Cruz y Ortiz", Href: s.at("parts"), Cells: []ui.ComparedCell{
				{Column: unit, Was: neonatology, Becomes: emergency}, {Column: s.t("Pronouns", "Pronoms"), Becomes: s.t("she", "elle")},
				{Column: words, Was: s.t("Anything about exams. I sit on the committee, and would rather not mix the two; ask me about all the rest.", "Rien qui touche aux examens. Je siège au comité et préfère ne pas mélanger les deux; demandez-moi tout le reste."), Becomes: s.t("Anything about exams.", "Rien qui touche aux examens.")}}},
			{Row: 31, Name: "Jun Park", Cells: []ui.ComparedCell{{Column: s.t("Until", "Jusqu'au"), Was: "2027-06-30"}}},
		}},
		New: ui.ComparedRows{Note: s.t("Each receives an invitation in their language.", "Chaque personne reçoit une invitation dans sa langue."), More: 204},
		Gone: ui.ComparedRows{Note: s.t("Nothing happens to them unless you ask for it.", "Rien ne change pour elles, sauf si vous le demandez."), Rows: []ui.ComparedRow{{Name: "Tom Brandt", Line: emergency}, {Name: "Grace Obi", Line: neonatology}},
			Ask: &ui.Choices{Many: true, Field: ui.Field{Name: "end", Label: s.t("The two people who are not in the list", "Les deux personnes absentes de la liste")}, Options: []ui.Option{{Value: "1", Label: s.t("End their appointments yesterday", "Mettre fin à leurs nominations hier"), Hint: s.t("Their accounts and profiles stay theirs.", "Leurs comptes et leurs profils restent les leurs.")}}}},
		Same: 187,
	}
	for k := range 16 {
		c.New.Rows = append(c.New.Rows, ui.ComparedRow{Row: 200 + k, Name: "resident" + strconv.Itoa(k+1) + "@hospital.example", Cells: []ui.ComparedCell{{Column: unit, Becomes: emergency}, {Column: level, Becomes: "PGY-1 / R1"}}})
	}
	return c
}
