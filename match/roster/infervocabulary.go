package roster

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// languageNames are names of languages, English, French and their own, one language a line.
const languageNames = `english, anglais
french, français, francais
arabic, arabe
mandarin, chinese, chinois
cantonese, cantonais
punjabi, pendjabi, panjabi
spanish, espagnol, español
hindi
urdu, ourdou
bengali, bangla
tamil, tamoul
telugu
gujarati
malayalam
marathi
persian, farsi, persan
dari
pashto, pachto
kurdish, kurde
turkish, turc
hebrew, hébreu
portuguese, portugais, português
italian, italien, italiano
german, allemand, deutsch
dutch, néerlandais
russian, russe
ukrainian, ukrainien
polish, polonais
czech, tchèque
romanian, roumain
hungarian, hongrois
greek, grec
serbian, serbe
croatian, croate
bosnian, bosniaque
albanian, albanais
bulgarian, bulgare
armenian, arménien
swedish, suédois
norwegian, norvégien
danish, danois
finnish, finnois
vietnamese, vietnamien
korean, coréen
japanese, japonais
tagalog, filipino
thai, thaï
malay, malais
indonesian, indonésien
nepali, népalais
sinhala, cingalais
swahili
somali
amharic, amharique
tigrinya
yoruba
igbo
hausa, haoussa
kinyarwanda
lingala
wolof
malagasy, malgache
berber, berbère
kabyle
creole, créole
haitian creole, créole haïtien
yiddish
inuktitut
cree, cri
innu
ojibwe, ojibwé
mohawk
mi'kmaq, mi’kmaq
american sign language, asl
langue des signes québécoise, lsq
sign language, langue des signes`

// bilingual are answers that stand for English and French.
var bilingual = []string{"both", "bilingual", "bilingue", "les deux", "english and french", "french and english", "anglais et français", "français et anglais", "english/french", "french/english", "anglais/français", "français/anglais"}

// languageOf is which language a name means, as a number; names of one language have one number.
var languageOf = sync.OnceValue(func() map[string]int {
	numbers := map[string]int{}
	for n, line := range strings.Split(languageNames, "\n") {
		for _, name := range strings.Split(line, ", ") {
			numbers[name] = n + 1
		}
	}
	return numbers
})

func isLanguage(folded string) bool {
	return languageOf()[folded] > 0 || slices.Contains(bilingual, folded)
}

// ladderWords are words for levels of training and ranks, the lowest first; those on one line are on one level.
const ladderWords = `premedical student, premed, undergraduate, undergraduate student, prémédical
medical student, student, étudiant, étudiante, étudiant en médecine, étudiante en médecine, preclinical student, étudiant au préexternat, étudiante au préexternat, préexternat, pre-clerk, preclerkship
clerk, clinical clerk, externe, externat, clerkship
resident, résident, résidente, junior resident, résident junior, résidente junior
senior resident, résident senior, résidente senior
chief resident, résident en chef, résidente en chef, résident coordonnateur, résidente coordonnatrice
fellow, clinical fellow, research fellow, formation complémentaire, monitorat, moniteur clinique, monitrice clinique, postdoctoral fellow, postdoc
new in practice, early career, early-career, junior faculty, nouvelle pratique, début de carrière, début de pratique
practising, practicing, staff, staff physician, attending, attending physician, consultant, faculty, physician, médecin, médecin traitant, en pratique, mid-career, mid career, milieu de carrière
lecturer, instructor, clinical instructor, chargé d'enseignement, chargée d'enseignement, chargé d'enseignement de clinique, chargée d'enseignement de clinique
assistant professor, assistant, professeur adjoint, professeure adjointe
associate professor, associate, professeur agrégé, professeure agrégée
professor, full professor, professeur, professeure, professeur titulaire, professeure titulaire
late career, senior, senior faculty, fin de carrière
emeritus, emerita, professor emeritus, retired, émérite, professeur émérite, professeure émérite, retraité, retraitée`

// levelNumbers are the rungs of the ladder, with room between them for numbered years.
var levelNumbers = sync.OnceValue(func() map[string]int {
	numbers := map[string]int{}
	for n, line := range strings.Split(ladderWords, "\n") {
		for _, word := range strings.Split(line, ", ") {
			numbers[word] = 100 * (n + 1)
		}
	}
	return numbers
})

// levelOf is where a level stands on the ladder of medical training: a word, or PGY3, R2, MS4, M1, year 2 and the like.
func levelOf(folded string) (int, bool) {
	if n, ok := levelNumbers()[folded]; ok {
		return n, true
	}
	letters := strings.TrimRight(folded, "0123456789")
	year, err := strconv.Atoi(folded[len(letters):])
	if err != nil || year < 1 || year > 9 {
		return 0, false
	}
	switch strings.Trim(letters, " -") {
	case "pgy", "r", "pgy year", "resident", "résident", "résidente", "resident year":
		return 400 + 10*year, true
	case "ms", "m", "md", "med", "meds", "medical student", "medical student year", "méd":
		return 200 + 10*year, true
	case "f", "fellow", "fellow year":
		return 700 + 10*year, true
	}
	return 0, false
}

// sensitiveValues are answers that describe the person, whatever the question was called.
var sensitiveValues = []string{
	"male", "female", "man", "woman", "non-binary", "nonbinary", "non binary", "genderqueer", "agender", "transgender", "trans", "cisgender", "homme", "femme", "masculin", "féminin", "non binaire",
	"she/her", "he/him", "they/them", "she/they", "he/they", "elle", "iel", "heterosexual", "straight", "gay", "lesbian", "bisexual", "queer", "bisexual or pansexual", "pansexual", "asexual", "asexual or aromantic", "homosexual", "hétérosexuel", "lesbienne",
	"white", "black", "asian", "south asian", "east asian", "caucasian", "hispanic", "latino", "latina", "latinx", "hispanic or latino", "black or african american", "native american", "american indian or alaska native", "first nations", "métis", "inuit", "middle eastern", "arab",
	"blanc", "blanche", "noir", "noire", "asiatique", "autochtone", "premières nations", "married", "single", "divorced", "widowed", "common law", "marié", "mariée", "célibataire", "divorcé", "divorcée", "conjoint de fait", "christian", "muslim", "jewish", "hindu", "buddhist", "sikh", "atheist",
	"catholic", "protestant", "chrétien", "chrétienne", "musulman", "musulmane", "juif", "juive", "bouddhiste", "athée", "from a lower socio-economic background", "disabled", "ethnic minority",
	"from an ethnic minority", "disability or long-term health condition",
}

func isSensitiveValue(folded string) bool { return slices.Contains(sensitiveValues, folded) }

// roleWord says what an answer makes somebody, when it speaks of mentors and mentees.
func roleWord(answer string) (set roleSet, known bool) {
	text := phraseIn(answer)
	has := func(phrases ...string) bool { return hasWord(answer, phrases...) }
	mentee := has("mentee") || has("find a mentor", "have a mentor", "get a mentor", "looking for a mentor", "seeking a mentor", "need a mentor", "want a mentor", "would like a mentor", "be mentored", "receive mentoring", "being mentored",
		"avoir un mentor", "trouver un mentor", "cherche un mentor", "besoin d un mentor", "recevoir du mentorat", "accompagne par un mentor", "etre accompagne", "matched with a mentor", "jumele a un mentor", "jumelee a un mentor")
	rest := strings.NewReplacer(" a mentor ", " ", " un mentor ", " ").Replace(text)
	mentor := has("be a mentor", "become a mentor", "as a mentor", "i am a mentor", "etre mentor", "devenir mentor", "comme mentor", "offer mentoring", "offer mentorship", "provide mentoring", "mentor others", "mentoring others", "mentor someone") ||
		strings.Contains(rest, " mentor ") || !mentee && strings.Contains(text, " mentor ")
	switch {
	case has("neither", "ni l un ni l autre", "aucun de", "not participating", "ne participe pas"):
		return roleSet{}, true
	case slices.Contains([]string{" both ", " les deux ", " either ", " l un ou l autre ", " both role ", " les deux role "}, text), has("both", "les deux") && (mentee || mentor):
		return roleSet{true, true}, true
	case mentee || mentor:
		return roleSet{mentee, mentor}, true
	}
	return roleSet{}, false
}

// careerRole guesses from what somebody is: those in training are mentees, those who teach mentors.
func careerRole(answer string) (set roleSet, known bool) {
	switch text := strings.TrimSpace(phraseIn(answer)); text {
	case "resident", "residente", "student", "medical student", "trainee", "learner", "etudiant", "etudiante", "apprenant", "apprenante", "clerk", "externe", "junior", "new hire", "stagiaire":
		return roleSet{true, false}, true
	case "faculty", "staff", "attending", "consultant", "professor", "professeur", "professeure", "physician", "medecin", "enseignant", "enseignante", "senior", "alumni", "alumnu", "alumna", "patron", "patronne", "faculty member":
		return roleSet{false, true}, true
	}
	return roleSet{}, false
}

// sideNamed tells from the name of a file or a sheet whose table it is.
func sideNamed(name string) (side int, known bool) {
	mentee := hasWord(name, "mentee", "resident", "residente", "student", "trainee", "learner", "etudiant", "etudiante", "apprenant", "stagiaire", "applicant", "externe", "clerk", "junior", "new hire")
	mentor := hasWord(name, "mentor", "faculty", "professor", "professeur", "professeure", "staff", "consultant", "attending", "supervisor", "superviseur", "enseignant", "physician", "medecin", "alumni", "senior", "corp professoral", "patron", "coach")
	switch {
	case hasWord(name, "mentee") && !hasWord(name, "mentor"):
		return 0, true
	case hasWord(name, "mentor") && !hasWord(name, "mentee"):
		return 1, true
	case mentee != mentor && mentee:
		return 0, true
	case mentee != mentor:
		return 1, true
	}
	return 0, false
}
