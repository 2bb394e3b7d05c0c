package score

import "strings"

// People are the people of one side, as columns.
type People struct {
	IDs    []string
	Fields map[string]Field
	Weeks  map[string][]Week // fields of Time, one week per person; an empty one is time that is not known
}

// A Field holds the values of one column, one list per person in the order of People.IDs. A cell with a single value
// is a list of one, an empty cell a list of none. Values that differ only in case or spaces are the same value.
type Field [][]string

// Fold brings a value to the form in which values are compared: lower case, and one space for any run of spaces.
func Fold(value string) string {
	return strings.ToLower(strings.Join(strings.Fields(value), " "))
}
