package gallery

import "github.com/chiron-mentoring/chiron/internal/web/ui"

// A mentor is a card of the list.
type mentor struct {
	name, line, words, ask, room, why, no string
	kind                                  ui.Kind
	yes                                   []string
}

// mentors are those whose names hold the words looked for.
func (s scene) mentors() []mentor {
	all := []mentor{
		{name: "Miriam Feldstein", line: s.t("Associate professor, emergency paediatrics. Montréal", "Professeure agrégée, urgence pédiatrique. Montréal"),
			words: s.t("I had two children during residency and changed fellowship half-way. Happy to talk about both.", "J'ai eu deux enfants pendant ma résidence et changé de surspécialité en chemin. J'en parle volontiers."),
			ask:   s.t("Ask to be mentored", "Demander du mentorat"), kind: ui.Main, room: s.t("Has room", "A de la place"), why: s.t("Why Miriam suits you", "Pourquoi Miriam vous convient"),
			yes: []string{s.t("Research: injury prevention, like your abstract", "Recherche : prévention des traumatismes, comme votre résumé"), s.t("Life outside medicine: your open need", "Vie hors médecine : votre besoin à combler")},
			no:  s.t("Not at your hospital; video only", "Pas à votre hôpital; par vidéo seulement")},
		{name: "Kwame Asante", line: s.t("Clinician scientist, neonatology. Toronto", "Clinicien-chercheur, néonatologie. Toronto"),
			words: s.t("I run a trials methods group for residents. Bring a question, leave with a protocol.", "J'anime un groupe de méthodologie pour les résidents et résidentes. Venez avec une question, repartez avec un protocole."),
			ask:   s.t("Join the waiting list", "S'inscrire à la liste d'attente"), room: s.t("Waiting list", "Liste d'attente"), why: s.t("Why Kwame suits you", "Pourquoi Kwame vous convient"),
			yes: []string{s.t("Research: supervises three resident projects a year", "Recherche : encadre trois projets par année")},
			no:  s.t("Does not list life outside medicine", "Ne mentionne pas la vie hors médecine")},
	}
	q := s.request.URL.Query().Get("q")
	var found []mentor
	for _, m := range all {
		if contains(m.name, q) {
			found = append(found, m)
		}
	}
	return found
}

func (s scene) found() string {
	switch n := len(s.mentors()); n {
	case 0:
		return s.t("Nobody is called that", "Personne ne porte ce nom")
	case 1:
		return s.t("1 mentor", "1 personne")
	default:
		return s.t("2 mentors, best fit first", "2 personnes, de la plus proche de vos besoins à la plus éloignée")
	}
}
