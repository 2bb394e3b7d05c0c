package vocabulary

import "testing"

func TestASetHasEachListUnderItsName(t *testing.T) {
	t.Parallel()
	each := map[string]func(Set) *List{
		"purposes": Set.Purposes, "supports": Set.Supports, "levels": Set.Levels, "ranks": Set.Ranks, "specialties": Set.Specialties,
		"interests": Set.Interests, "subjects": Set.Subjects, "institutions": Set.Institutions, "places": Set.Places, "languages": Set.Languages,
	}
	for _, name := range Names() {
		own, _ := Named(name)
		other := &List{Name: name}
		if of := each[name]; of == nil || of(Own()) != own || of(Own().With(other)) != other {
			t.Errorf("%s is another list", name)
		}
		for beside, of := range each {
			if own, _ := Named(beside); beside != name && of(Own().With(other)) != own {
				t.Errorf("%s takes the place of %s", name, beside)
			}
		}
	}
}
