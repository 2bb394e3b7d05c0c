package vocabulary

import (
	"slices"
	"strings"
	"testing"
)

func all(t testing.TB) []*List {
	var lists []*List
	for _, name := range Names() {
		list, ok := Named(name)
		if !ok {
			t.Fatalf("there is no list %q", name)
		}
		lists = append(lists, list)
	}
	return lists
}

func TestEveryListSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	for _, list := range all(t) {
		if list.Edition == "" || list.Licence == "" || list.Source == "" || list.Live() != len(list.Terms) || list.Live() < 5 {
			t.Errorf("%s: %+v with %d terms", list.Name, *list, list.Live())
		}
	}
	if source := Subjects().Source; !strings.Contains(source, "2017") || !strings.Contains(source, "not the most current") {
		t.Errorf("the National Library of Medicine asks to say that %q is not current", source)
	}
}

func TestCodesStandByThemselves(t *testing.T) {
	t.Parallel()
	for _, list := range all(t) {
		for _, term := range list.Terms {
			if found, ok := list.Find(term.Code); !ok || found.En != term.En {
				t.Errorf("%s: %s is not found", list.Name, term.Code)
			}
			if path := list.Path(term.Code); path[0] != term.Code || term.Parent != "" && path[1] != term.Parent {
				t.Errorf("%s: the path of %s is %v", list.Name, term.Code, path)
			}
		}
	}
}

func TestThereAreTenPurposesNineKindsOfSupportAndEightLevels(t *testing.T) {
	t.Parallel()
	var purposes, supports []string
	for _, term := range Purposes().Terms {
		purposes = append(purposes, term.Code)
	}
	for _, term := range Supports().Terms {
		supports = append(supports, term.Code)
	}
	// domain model, section 9
	if got, want := strings.Join(purposes, " "), "clinical_skill career_choice career_advancement research education_teaching leadership_succession wellbeing_identity family_life belonging_transition practice_management"; got != want {
		t.Errorf("the purposes are %s", got)
	}
	if got, want := strings.Join(supports, " "), "sponsorship exposure coaching protection challenge role_model acceptance counselling friendship"; got != want {
		t.Errorf("the kinds of support are %s", got)
	}
	if n := len(Levels().Terms); n != 8 {
		t.Errorf("%d levels", n)
	}
	if first, last := Levels().Terms[0].Code, Levels().Terms[7].Code; first != "student_pre" || last != "late_career" {
		t.Errorf("the ladder goes from %s to %s", first, last)
	}
}

func TestLabelsAreInTheLanguageThatIsAskedFor(t *testing.T) {
	t.Parallel()
	if en, fr := Specialties().Label("family", English), Specialties().Label("family", French); en != "family medicine" || fr != "médecine familiale" {
		t.Errorf("got %q and %q", en, fr)
	}
	if n := len(Specialties().Children("psychiatry")); n != 4 {
		t.Errorf("%d specialties below psychiatry", n)
	}
}

// TestEveryMedicalSchoolOfCanadaIsThere takes the list of the Association of Faculties of Medicine of Canada.
func TestEveryMedicalSchoolOfCanadaIsThere(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Memorial University of Newfoundland", "Dalhousie University", "Université Laval", "Université de Sherbrooke", "Université de Montréal", "McGill University",
		"University of Ottawa", "Queen's University", "Toronto Metropolitan University", "University of Toronto", "McMaster University", "Western University",
		"Northern Ontario School of Medicine", "University of Manitoba", "University of Saskatchewan", "University of Alberta", "University of Calgary", "University of British Columbia",
	} {
		found := Institutions().Suggest(name, English, 3)
		if !slices.ContainsFunc(found, func(s Suggestion) bool { return s.Code != "" }) {
			t.Errorf("%s is not there", name)
		}
	}
}

func TestPlacesHaveTimeZonesInUse(t *testing.T) {
	t.Parallel()
	for code, zone := range map[string]string{
		"CA-QC-montreal": "America/Toronto", "CA-NT-yellowknife": "America/Edmonton", "CA-NL-st-john-s": "America/St_Johns", "CA-ON-thunder-bay": "America/Toronto",
		"CA-SK-regina": "America/Regina", "FR-paris": "Europe/Paris", "CA": "", "CA-QC": "",
	} {
		if term, ok := Places().Find(code); !ok || term.Zone != zone {
			t.Errorf("%s has the zone %q, want %q", code, term.Zone, zone)
		}
	}
	cities := 0
	for _, term := range Places().Terms {
		if _, old := renamedZones[term.Zone]; old {
			t.Errorf("%s has the zone %s of old", term.Code, term.Zone)
		}
		if strings.HasPrefix(term.Code, "CA-") && strings.Count(term.Code, "-") > 1 {
			cities++
			if term.Zone == "" {
				t.Errorf("%s has no zone", term.Code)
			}
		}
	}
	if cities < 200 {
		t.Errorf("%d cities of Canada", cities)
	}
}
