package vocabulary

import "maps"

// A Set is all lists as they are in use together at one moment: those of the program, and in place of some those of an
// installation. The zero value is [Own]. It does not change.
type Set struct{ replaced map[string]*List }

// Own are the lists that the program brings along.
func Own() Set { return Set{} }

// With is the set with a list in the place of the one of its name.
func (s Set) With(list *List) Set {
	next := Set{map[string]*List{}}
	maps.Copy(next.replaced, s.replaced)
	next.replaced[list.Name] = list
	return next
}

func (s Set) or(name string, own func() *List) *List {
	if list := s.replaced[name]; list != nil {
		return list
	}
	return own()
}

// The lists, as [Purposes] and the others are those of the program.
func (s Set) Purposes() *List     { return s.or("purposes", Purposes) }
func (s Set) Supports() *List     { return s.or("supports", Supports) }
func (s Set) Levels() *List       { return s.or("levels", Levels) }
func (s Set) Ranks() *List        { return s.or("ranks", Ranks) }
func (s Set) Specialties() *List  { return s.or("specialties", Specialties) }
func (s Set) Interests() *List    { return s.or("interests", Interests) }
func (s Set) Subjects() *List     { return s.or("subjects", Subjects) }
func (s Set) Institutions() *List { return s.or("institutions", Institutions) }
func (s Set) Places() *List       { return s.or("places", Places) }
func (s Set) Languages() *List    { return s.or("languages", Languages) }

// AllInterests are what somebody may say that they are interested in: the short list, and behind it the subjects. What
// both have is one thing and has one code, that of the short list; the subject stands there retired, with the other as
// its successor.
func (s Set) AllInterests() *List { return s.Interests().before(s.Subjects()) }
