package vocabulary

import (
	"embed"
	"slices"
	"sync"
)

//go:embed lists
var files embed.FS

// The lists that the program brings along. Purposes are why somebody looks for a mentor, ten of them, and Supports the
// finer layer of what a mentor does (K. Kram). Levels are a ladder, the lowest first, and so are Ranks, which run beside
// it. Interests are our own short list and Subjects the long one, of the National Library of Medicine. Places are a tree
// of countries, provinces and cities.
var (
	Purposes     = load("purposes")
	Supports     = load("supports")
	Levels       = load("levels")
	Ranks        = load("ranks")
	Specialties  = load("specialties")
	Interests    = load("interests")
	Subjects     = load("subjects")
	Institutions = load("institutions")
	Places       = load("places")
	Languages    = load("languages")
)

// names are those of all lists, in the order in which somebody wants to see them.
var names = map[string]func() *List{
	"purposes": Purposes, "supports": Supports, "levels": Levels, "ranks": Ranks, "specialties": Specialties, "interests": Interests,
	"subjects": Subjects, "institutions": Institutions, "places": Places, "languages": Languages,
}

// Names are the names of all lists.
func Names() []string {
	return []string{"purposes", "supports", "levels", "ranks", "specialties", "interests", "subjects", "institutions", "places", "languages"}
}

// Named is the list with a name that the program brings along.
func Named(name string) (*List, bool) {
	if !slices.Contains(Names(), name) {
		return nil, false
	}
	return names[name](), true
}

// load reads a list when it is first asked for.
func load(name string) func() *List {
	return sync.OnceValue(func() *List {
		data, err := files.ReadFile("lists/" + name + ".csv")
		if err != nil {
			panic(err) // the file is part of the program
		}
		list, problems := Read(name, data)
		if len(problems) > 0 {
			panic(problems[0]) // and a test reads every list
		}
		return list
	})
}
