package roster

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainWords are the words of a heading as they are compared: in small letters, without accents, punctuation and the s
// of the plural, with "e-mail" in one word and all spellings of mentee in one. RecipientEmail and name_first are cut.
func plainWords(heading string) []string {
	var cut strings.Builder
	last := ' '
	for _, r := range norm.NFC.String(heading) {
		if unicode.IsUpper(r) && unicode.IsLower(last) || unicode.IsDigit(r) && unicode.IsLetter(last) || unicode.IsLetter(r) && unicode.IsDigit(last) {
			cut.WriteByte(' ')
		}
		last = r
		cut.WriteRune(r)
	}
	// A mentoré is a mentee, and a mentore is a woman who mentors: the accent tells.
	text := strings.NewReplacer("mentoré", "mentee", "mentorée", "mentee", "protégé", "mentee", "e-mail", "email", "e mail", "email").Replace(strings.ToLower(cut.String()))
	words := strings.FieldsFunc(withoutAccents(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for k, word := range words {
		words[k] = singular(word)
	}
	return words
}

func singular(word string) string {
	switch {
	case strings.HasPrefix(word, "mentee"), strings.HasPrefix(word, "mentoree"), strings.HasPrefix(word, "protege"):
		return "mentee"
	case word == "mentore", word == "mentores":
		return "mentor"
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss"):
		return strings.TrimSuffix(word, "s")
	}
	return word
}

// phraseIn is a heading in its compared form, with spaces around each word.
func phraseIn(heading string) string {
	return " " + strings.Join(plainWords(heading), " ") + " "
}

// A meaning is what a column can be taken for.
type meaning struct {
	as      string
	side    int      // whose column it is: 0 mentees', 1 mentors', either
	phrases []string // in headings
	exactly []string // headings that are nothing else
}

const either = -1

// The meanings.
const (
	asID          = "id"
	asEmail       = "e-mail address"
	asFirstName   = "first name"
	asLastName    = "last name"
	asName        = "name"
	asRole        = "role in the program"
	asTakes       = "how many pairs"
	asOffered     = "purposes offered"
	asSought      = "purposes sought"
	asChoice      = "choice"
	asLanguages   = "languages"
	asInterests   = "interests"
	asSpecialty   = "specialty"
	asWelcomes    = "specialties welcomed"
	asUnit        = "unit or organisation"
	asLevel       = "level of training or rank"
	asSite        = "site or city"
	asTime        = "available times"
	asZone        = "time zone"
	asDestination = "intended destination"
	asValues      = "values"
	asLoad        = "present load"
	asTimestamp   = "time of the answer"
	asConsent     = "agreement to take part"
	asSensitive   = "personal characteristic"
	asEvaluator   = "who evaluates"
	asEvaluated   = "who is evaluated"
	asPeople      = "people of the other side"
	asVeto        = "not with these people"
	asProse       = "free text"
	asTechnical   = "technical or contact information"
	asUnknown     = "unknown"
)

// meanings are what headings say, in English and French. Where several phrases are in one heading the longest decides;
// a personal characteristic always does.
var meanings = []meaning{
	{asSensitive, either, []string{
		"gender", "genre", "sex", "sexe", "pronoun", "pronom", "race", "racial", "racialized", "ethnicity", "ethnic", "ethnie", "origine ethnique", "religion", "religious", "faith",
		"age", "date of birth", "birth date", "birthday", "dob", "date de naissance", "annee de naissance", "marital status", "etat civil", "etat matrimonial", "disability", "handicap",
		"sexual orientation", "orientation sexuelle", "indigenous", "autochtone", "aboriginal", "visible minority", "minorite visible", "nationality", "nationalite", "citizenship",
		"citoyennete", "immigration statu", "lgbt", "lgbtq", "2slgbtq", "lgbtq 2", "gender identity", "identity to match", "similar identity", "equity deserving", "under represented", "underrepresented",
		"urm", "first generation", "pregnan", "enceinte", "salary", "salaire", "health condition", "etat de sante", "political", "politique partisane",
	}, nil},
	{asEmail, either, []string{"email", "email address", "courriel", "adresse courriel", "adresse electronique", "recipient email", "civil service email address"}, []string{"mail", "username", "nom d utilisateur"}},
	{asFirstName, either, []string{"first name", "given name", "prenom", "name first", "recipient first name", "forename"}, nil},
	{asLastName, either, []string{"last name", "family name", "surname", "nom de famille", "name last", "recipient last name"}, nil},
	{asName, either, []string{
		"full name", "your name", "nom complet", "nom et prenom", "prenom et nom", "nom prenom", "votre nom", "name last first", "name first last", "last name first name", "first name last name", "first and last name", "last and first name", "mentor name", "mentee name",
		"resident name", "faculty name", "nom du mentor", "nom de la personne",
	}, []string{
		"name", "nom", "participant", "mentor", "mentee", "resident", "residente", "student", "trainee", "learner", "fellow", "faculty member", "physician", "person", "employee", "etudiant", "etudiante", "stagiaire", "medecin", "personne",
	}},
	{asID, either, []string{
		"student number", "student id", "employee number", "employee id", "staff id", "matricule", "numero d etudiant", "numero d employe", "code permanent", "participant id",
		"person id", "record id", "study id", "license number", "licence number", "numero de permis", "response id", "user id", "unique id", "identifier", "identifiant",
	}, []string{"id", "no", "code", "number", "numero", "num", "key"}},
	{asRole, either, []string{
		"role", "i would like to be", "i want to be", "would you like to be a", "sign up as", "signing up as", "register as", "registering as", "participate as", "participating as", "take part as", "taking part as",
		"mentor or mentee", "mentee or mentor", "mentor ou mentee", "mentee ou mentor", "je souhaite etre", "je voudrai etre", "je desire etre", "je veux etre", "je participe", "je m inscri", "participer comme",
		"participer a titre", "participer en tant", "type of participant", "participant type", "type de participant", "applying as", "apply as", "mentor mentee", "be a mentor", "be a mentee", "being a mentor",
		"being a mentee", "become a mentor", "have a mentor", "etre mentor", "etre mentee", "devenir mentor", "avoir un mentor", "be mentored", "both mentor and mentee",
	}, nil},
	{asTakes, 1, []string{
		"how many mentee", "number of mentee", "mentee wanted", "max mentee", "maximum of mentee", "maximum number of mentee", "combien de mentee", "nombre de mentee", "combien de personne", "nombre de personne",
		"nombre maximal de mentee", "available place", "place available", "place disponible", "mentee capacity", "capacity", "capacite", "how many resident", "how many student", "how many trainee", "how many people could you",
		"how many people can you", "number of resident", "number of student", "nombre de resident", "nombre d etudiant", "combien de resident", "combien d etudiant", "mentee you could take", "mentee can you take",
	}, []string{"place", "spot", "slot", "seat", "quota", "max", "maximum"}},
	{asTakes, 0, []string{"how many mentor", "number of mentor", "mentor wanted", "combien de mentor", "nombre de mentor", "max mentor"}, nil},
	{asTakes, either, []string{"how many pair", "how many match", "nombre de jumelage", "combien de jumelage"}, []string{"take", "takes"}},
	{asLoad, 1, []string{
		"current mentee", "present load", "current load", "mentee now", "mentee do you have", "mentee do you currently", "mentee currently", "already mentoring", "currently mentoring", "current number of mentee", "nombre actuel", "charge actuelle",
		"accompagnez vou deja", "mentee actuel", "number of mentee do you currently", "number of current mentee",
	}, []string{"load", "charge"}},
	{asOffered, 1, []string{
		"offer", "can you offer", "can offer", "i can offer", "what can you offer", "able to offer", "willing to offer", "offering", "expertise", "area of expertise", "can help with", "could help with", "help other with",
		"i can help", "able to mentor in", "can mentor in", "topic you can mentor", "area you can mentor", "pouvez vou offrir", "peux offrir", "j offre", "offre", "offerte", "offert", "domaine d expertise", "champ d expertise",
		"support you can provide", "can you provide", "able to provide", "area in which you can", "purpose offered", "type de soutien offert", "mentoring area offered", "what do you bring", "peux aider", "pouvez vou aider", "pourriez vou offrir",
		"can you give", "happy to talk about", "strength",
	}, nil},
	{asSought, 0, []string{
		"seek", "seeking", "looking for", "are you looking for", "look for", "hope to gain", "hoping to gain", "want help with", "would like help with", "need help with", "help with", "need", "mentoring need", "area of need", "goal",
		"would like support", "support needed", "je cherche", "cherchez vou", "que cherchez vou", "recherchez vou", "besoin", "objectif", "attente", "purpose sought", "what do you need", "would like to work on", "would like mentoring",
		"wish to work on", "want to learn", "would like to learn", "souhaitez vou travailler", "souhaite travailler", "souhaite developper", "souhaitez vou developper", "area of development", "skill you want", "reason for wanting a mentor", "want from a mentor", "want from mentoring",
		"topic you would like", "want to discuss", "what would you like from",
	}, nil},
	{asChoice, 0, []string{
		"preferred mentor", "mentor preference", "choice of mentor", "mentor of choice", "mentor choice", "like as mentor", "mentor you would like", "mentor would you like", "choix de mentor", "mentor souhaite", "mentor prefere",
		"mentor desire", "mentor de votre choix", "requested mentor", "mentor request", "rank mentor", "mentor ranking", "classement des mentor", "classement de mentor",
	}, nil},
	{asChoice, 1, []string{
		"preferred mentee", "mentee preference", "choice of mentee", "mentee of choice", "mentee choice", "mentee you would like", "choix de mentee", "mentee souhaite", "mentee prefere", "rank mentee", "mentee ranking", "requested mentee",
	}, nil},
	{asChoice, either, []string{"choice", "choix", "wish", "voeu", "preference", "top choice", "first choice", "second choice", "third choice", "premier choix", "deuxieme choix", "troisieme choix", "rank 1", "rank 2", "rank 3"}, nil},
	{asLanguages, either, []string{"language", "langue", "language spoken", "langue parlee", "preferred language", "langue de rencontre", "language of meeting", "linguistic"}, nil},
	{asInterests, either, []string{"interest", "research interest", "clinical interest", "interet", "domaine d interet", "centre d interet", "champ d interet", "topic of interest", "area of interest", "hobby", "hobbie", "loisir", "passion", "shared interest"}, nil},
	{asSpecialty, either, []string{
		"specialty", "speciality", "specialitie", "specialtie", "specialite", "subspecialty", "discipline", "medical specialty", "area of practice", "domaine de pratique", "clinical area", "residency program", "programme de residence", "field", "profession", "programme d etude", "field of study",
	}, []string{"program", "programme", "domaine"}},
	{asWelcomes, 1, []string{"welcome", "willing to mentor", "open to mentoring", "prefer to mentor", "accueille", "accueillez vou", "specialty welcomed", "souhaite accompagner", "souhaitez vou accompagner", "accept mentee from", "mentee from"}, nil},
	{asUnit, either, []string{"department", "departement", "division", "unit", "unite", "organisation", "organization", "agency", "department or agency", "employer", "employeur", "school", "ecole", "faculte", "laboratory", "laboratoire", "team", "equipe"}, []string{"faculty", "service"}},
	{asLevel, either, []string{
		"level", "training year", "year of training", "year of residency", "year of study", "training level", "level of training", "level of training or career", "grade", "rank", "academic rank", "niveau", "niveau de formation", "annee de residence", "annee d etude", "annee de formation", "rang", "rang universitaire", "career stage", "stage of career", "stade de carriere",
		"etape de carriere", "pgy", "position", "job title", "titre", "poste", "current position", "classification", "stage of training",
	}, []string{"year", "annee", "title", "stage", "seniority"}},
	{asSite, either, []string{"site", "city", "campus", "hospital", "ville", "hopital", "primary site", "work site", "site principal", "lieu de travail", "where do you work", "institution", "etablissement", "town", "region", "province"}, []string{"location", "lieu"}},
	{asTime, either, []string{"availability", "availabilitie", "available time", "when are you available", "disponibilite", "horaire", "free time slot", "best time", "meeting time", "plage horaire", "time available", "when can you meet", "quand ete vou disponible", "preferred time", "preferred meeting time"}, nil},
	{asZone, either, []string{"time zone", "timezone", "fuseau horaire", "fuseau"}, nil},
	{asDestination, either, []string{
		"intended destination", "destination", "plan to practise", "plan to practice", "intend to practise", "intend to practice", "want to practise", "want to practice", "hope to practise", "hope to practice", "lieu de pratique envisage", "future practice", "future location", "would like to work", "where would you like to live", "souhaitez vou pratiquer", "pratique envisagee",
	}, nil},
	{asValues, either, []string{"core value", "what matters to you", "what matter to you", "personal value", "your value", "vo valeur", "professional value"}, []string{"value", "valeur"}},
	{asTimestamp, either, []string{
		"timestamp", "horodateur", "horodatage", "start time", "completion time", "heure de debut", "heure de fin", "date submitted", "submission date", "submitted at", "submitted on", "recorded date", "start date", "end date", "date de soumission", "last modified time",
		"heure de la derniere modification", "survey timestamp", "date created", "date d inscription", "date de reponse", "created at", "date of submission", "date enrolled",
	}, []string{"date", "submitted", "time", "completed"}},
	{asConsent, either, []string{
		"consent", "consentement", "do you agree", "i agree", "j accepte", "je consen", "agree to", "will you take part", "will you participate", "do you want to participate", "do you wish to participate", "souhaitez vou participer", "acceptez vou", "opt in", "agree to take part", "participate this year", "take part this year",
	}, []string{"participate", "participating", "participation", "take part", "taking part", "active", "participe"}},
	{asEvaluator, 0, []string{
		"evaluated by", "evaluator", "supervisor", "supervised by", "program director", "programme director", "directeur de programme", "directrice de programme", "evalue par", "evaluee par", "evaluateur", "evaluatrice", "superviseur", "superviseure", "supervise par", "report to", "line manager", "manager", "gestionnaire",
		"directeur de recherche", "directrice de recherche", "thesi director", "thesi supervisor", "preceptor", "precepteur", "who evaluate you", "who grade you", "competence committee", "boss",
	}, nil},
	{asEvaluated, 1, []string{"evaluate", "i evaluate", "i supervise", "you supervise", "resident i supervise", "supervise", "qui evaluez vou", "evaluez vou", "supervisez vou", "je supervise", "j evalue", "who do you evaluate", "whom do you evaluate", "do you supervise", "do you evaluate"}, nil},
	{asVeto, either, []string{
		"not with", "rather not", "not be matched", "not be paired", "not want to be matched", "not want to be paired", "not wish to be", "do not match", "do not pair", "avoid", "ne pas me jumeler", "ne pas etre jumele", "pas etre jumele", "eviter", "veto", "conflict of interest with", "conflict with", "conflit d interet", "conflict of interest", "should not be matched",
	}, nil},
	{asProse, either, []string{
		"comment", "commentaire", "biography", "bio", "biographie", "about you", "about yourself", "tell us", "describe", "decrivez", "parlez", "anything else", "autre chose", "why", "pourquoi", "note", "remark", "remarque", "statement", "cv", "motivation", "question", "feedback", "suggestion",
	}, nil},
	{asTechnical, either, []string{
		"ip address", "ipaddress", "progress", "duration", "finished", "location latitude", "location longitude", "latitude", "longitude", "distribution channel", "user language", "external reference", "external data reference", "response set", "response type", "recipient", "redcap", "redcap event name",
		"redcap repeat instrument", "survey identifier", "phone", "telephone", "cell phone", "mobile", "street", "mailing address", "postal code", "code postal", "zip", "signature", "how did you hear", "linkedin", "website", "url", "photo", "score", "total point", "quiz feedback", "location accuracy", "programming language",
		"match with similar",
	}, []string{"statu", "address", "adresse", "q recaptcha score"}},
}

// A phraseOf is a phrase in its compared form and the meaning that it has.
type phraseOf struct {
	text    string // with spaces around it
	meaning *meaning
	exactly bool // it must be the whole heading
	rank    int  // of several phrases in one heading the one with the highest decides
}

// newPhrase makes a phrase ready. Longer ones say more, and those that ask for a number are about that number.
func newPhrase(phrase string, m *meaning, exactly bool) phraseOf {
	p := phraseOf{text: phraseIn(phrase), meaning: m, exactly: exactly}
	p.rank = len(p.text)
	for _, counting := range []string{" how many ", " number of ", " combien ", " nombre "} {
		if strings.HasPrefix(p.text, counting) {
			p.rank += 100
		}
	}
	return p
}

// phrases are those of all meanings, made ready for comparison once.
var phrases = sync.OnceValue(func() []phraseOf {
	var all []phraseOf
	for k := range meanings {
		for _, phrase := range meanings[k].exactly {
			all = append(all, newPhrase(phrase, &meanings[k], true))
		}
		for _, phrase := range meanings[k].phrases {
			all = append(all, newPhrase(phrase, &meanings[k], false))
		}
	}
	return all
})

// headingMeaning is what a heading says, with the phrase that says it; phrase is "" when it says nothing. whole says
// that the phrase is all of the heading.
func headingMeaning(heading string) (m meaning, phrase string, whole bool) {
	if strings.HasSuffix(strings.ToLower(heading), "_complete") {
		return meaning{as: asTechnical, side: either}, "complete", false
	}
	text, best := phraseIn(heading), 0
	for _, p := range phrases() {
		longer := p.rank > best
		switch {
		case p.exactly && p.text != text, !strings.Contains(text, p.text):
			continue
		case p.meaning.as == asSensitive:
			return *p.meaning, strings.TrimSpace(p.text), p.text == text
		case longer || p.exactly && !whole:
			m, phrase, whole, best = *p.meaning, strings.TrimSpace(p.text), p.text == text, p.rank
		}
	}
	return m, phrase, whole
}

// hasWord says whether a heading has one of some words or phrases.
func hasWord(heading string, phrases ...string) bool {
	text := phraseIn(heading)
	return slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(text, phraseIn(phrase)) })
}
