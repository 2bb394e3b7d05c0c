package data

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// A saying puts a value into words that are not plain from the value.
type saying func(r *reader, row privacy.Row, value any) cell

// sayings are those of columns of one table, or of all tables with a column of that name.
var sayings = map[string]saying{
	"language": words("data.language."), "discreet": yesOrNo, "guest": yesOrNo, "listed": yesOrNo, "owns": yesOrNo, "none": yesOrNo, "above": yesOrNo,
	"email.kind": words("data.email."), "distance": words("profile.distance."), "destination_kind": words("profile.destination.kind."),
	"field": words("profile.field."), "stage": words("profile.stage."), "body": typed, "ladder": words("data.ladder."),
	"authority.kind": edge, "authority_address.kind": edgeTo, "source": words("profile.source."), "mark.kind": words("data.mark."), "audience": audience,
	"parent": unit, "unit": unit,
	"id": whoever, "person": whoever, "account": whoever, "from_person": whoever, "to_person": whoever, "other": whoever, "declared_by": whoever, "mentor": whoever,
	"place_code": term, "home_code": term, "destination_code": term,
	"person_term.code": term, "appointment.code": term,
	"place_label": label("place_code"), "home_label": label("home_code"), "destination_label": label("destination_code"),
	"person_term.label": label("code"), "appointment.label": label("code"), "unit_label": where,
	"capacity": some, "hours": some,
}

// cell is a value of a table.
func (r *reader) cell(table, column string, row privacy.Row) cell {
	value := row[column]
	for _, name := range []string{table + "." + column, column} {
		if say := sayings[name]; say != nil && value != nil {
			return say(r, row, value)
		}
	}
	switch v := value.(type) {
	case nil:
		return cell{}
	case int64:
		if strings.HasSuffix(column, "_at") || strings.HasSuffix(column, "_until") {
			return r.instant(time.UnixMicro(v))
		}
	case string:
		if day, err := time.Parse(time.DateOnly, v); err == nil && strings.HasSuffix(column, "_day") {
			return cell{r.w.Date(day), v}
		}
	}
	return plain(textOf(value))
}

func textOf(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}

// words are those of a code that the program has.
func words(key string) saying {
	return func(r *reader, _ privacy.Row, value any) cell {
		code := textOf(value)
		if code == "" {
			return cell{}
		}
		return coded(r.known(key, code), code)
	}
}

func yesOrNo(r *reader, _ privacy.Row, value any) cell {
	if value == int64(0) {
		return plain(r.w.Say("data.no"))
	}
	return plain(r.w.Say("data.yes"))
}

// some is a number on the page, unless nothing was said.
func some(r *reader, _ privacy.Row, value any) cell {
	if value == int64(0) {
		return cell{"", "0"}
	}
	return plain(textOf(value))
}

var audiences = []string{"members", "partners", "coordinators", "only-me"}

func audience(r *reader, _ privacy.Row, value any) cell {
	n, _ := value.(int64)
	if n < 0 || n >= int64(len(audiences)) {
		return plain(textOf(value))
	}
	return coded(r.w.Say("profile.audience."+audiences[n]), textOf(value))
}

// edge is a position of authority, as the person would say it.
func edge(r *reader, row privacy.Row, value any) cell {
	from := "under"
	if row["from_person"] == r.me {
		from = "over"
	}
	return coded(r.known("profile.edge."+from+".", textOf(value)), textOf(value))
}

// edgeTo is one towards an address.
func edgeTo(r *reader, row privacy.Row, value any) cell {
	from := "under"
	if row["above"] == int64(1) {
		from = "over"
	}
	return coded(r.known("profile.edge."+from+".", textOf(value)), textOf(value))
}

// whoever is somebody by their id: the person, or somebody whose name is not for the person to take along.
func whoever(r *reader, _ privacy.Row, value any) cell {
	id := textOf(value)
	switch id {
	case "":
		return cell{}
	case r.me:
		return cell{r.w.Say("data.me"), r.w.Say("data.me") + " (" + id + ")"}
	}
	return cell{r.w.Say("data.somebody", "number", id[:min(len(id), numberShown)]), id}
}

// numberShown is how much of a number the page shows: enough to tell people apart.
const numberShown = 6

// unit is a unit by its name.
func unit(r *reader, _ privacy.Row, value any) cell {
	for _, u := range r.Taken.Data.Tables["unit"] {
		if u["id"] != value {
			continue
		}
		if r.w.Language == locale.French {
			return coded(textOf(u["name_fr"]), textOf(value))
		}
		return coded(textOf(u["name_en"]), textOf(value))
	}
	return plain(textOf(value))
}

// where is the place of an appointment: its unit, or what was written instead.
func where(r *reader, row privacy.Row, value any) cell {
	if textOf(row["unit"]) == "" {
		return plain(textOf(value))
	}
	return cell{unit(r, row, row["unit"]).page, textOf(value)}
}

// term is a code of a list, with the words that the list has for it.
func term(r *reader, row privacy.Row, value any) cell {
	code := textOf(value)
	if found, known := r.find(row, code); known {
		return coded(found, code)
	}
	return plain(code)
}

// label is what was chosen or written: on the page in the words that the list has for it in the person's language.
func label(of string) saying {
	return func(r *reader, row privacy.Row, value any) cell {
		if found, known := r.find(row, textOf(row[of])); known {
			return cell{found, textOf(value)}
		}
		return plain(textOf(value))
	}
}

// find looks for a code in the lists of what the row is about.
func (r *reader) find(row privacy.Row, code string) (string, bool) {
	if code == "" {
		return "", false
	}
	language := vocabulary.English
	if r.w.Language == locale.French {
		language = vocabulary.French
	}
	for _, list := range r.lists(row) {
		if found, known := list.Find(code); known {
			return upper(found.Label(language)), true
		}
	}
	if key := "profile.when." + code; row["field"] == "when" && r.w.Has(key) {
		return r.w.Say(key), true
	}
	return "", false
}

func (r *reader) lists(row privacy.Row) []*vocabulary.List {
	switch textOf(row["field"]) + textOf(row["ladder"]) {
	case "seeks", "offers":
		return []*vocabulary.List{r.Lists.Purposes()}
	case "support":
		return []*vocabulary.List{r.Lists.Supports()}
	case "specialties":
		return []*vocabulary.List{r.Lists.Specialties()}
	case "interests":
		return []*vocabulary.List{r.Lists.Interests(), r.Lists.Subjects()}
	case "languages":
		return []*vocabulary.List{r.Lists.Languages()}
	case "level":
		return []*vocabulary.List{r.Lists.Levels()}
	case "rank":
		return []*vocabulary.List{r.Lists.Ranks()}
	case "":
		return []*vocabulary.List{r.Lists.Places(), r.Lists.Institutions()}
	}
	return nil
}

func upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// typed is what was typed into a form that was not sent: its answers, without their names.
func typed(r *reader, _ privacy.Row, value any) cell {
	answers, err := url.ParseQuery(textOf(value))
	if err != nil {
		return plain(textOf(value))
	}
	var all []string
	for _, given := range answers {
		for _, one := range given {
			if one != "" {
				all = append(all, one)
			}
		}
	}
	slices.Sort(all)
	return cell{strings.Join(all, " · "), textOf(value)}
}
