package data

import (
	"slices"
	"strings"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/web/mine"
)

// A reader puts what was taken into the words of its person.
type reader struct {
	Archive
	w    *locale.Catalogue
	me   string
	zone *time.Location // in which the page says times
}

// A sheet is a table of the archive.
type sheet struct {
	name  string // of the table, or of what was written down
	file  string
	title string
	heads []string
	rows  [][]cell
}

// A cell says a value on the page, where words are enough, and in a spreadsheet, where the code or the exact instant
// stands, too.
type cell struct{ page, sheet string }

func plain(text string) cell { return cell{text, text} }

// coded is a value that is a code, with its words.
func coded(words, code string) cell {
	if words == code || code == "" {
		return plain(words)
	}
	return cell{words, words + " (" + code + ")"}
}

// sheets are all that the archive holds and that is not empty: tables in their order, and then what was written down.
func (r *reader) sheets() (all []sheet) {
	for _, t := range privacy.Tables {
		rows := r.Taken.Data.Tables[t.Name]
		if len(rows) == 0 {
			continue
		}
		s := r.sheet(t.Name, r.heads(t.Name, t.Export))
		for _, row := range rows {
			cells := make([]cell, len(t.Export))
			for k, column := range t.Export {
				cells[k] = r.cell(t.Name, column, row)
			}
			s.rows = append(s.rows, cells)
		}
		all = append(all, s)
	}
	written := []sheet{r.programs(), r.answers(), r.consents(), r.sessions(), r.letters(), r.trail()}
	return append(all, slices.DeleteFunc(written, func(s sheet) bool { return len(s.rows) == 0 })...)
}

// sheet is one without rows.
func (r *reader) sheet(name string, heads []string) sheet {
	return sheet{name: name, file: r.known("data.file.", name) + ".csv", title: r.known("data.table.", name), heads: heads}
}

// known says a key that ends with a name of the program, or the name where the words lack it.
func (r *reader) known(key, name string) string {
	if r.w.Has(key + name) {
		return r.w.Say(key + name)
	}
	return name
}

// heads are headings: those of columns of this name in every table, unless this one has its own.
func (r *reader) heads(table string, columns []string) []string {
	heads := make([]string, len(columns))
	for k, column := range columns {
		if key := "data.column." + table + "." + column; r.w.Has(key) {
			heads[k] = r.w.Say(key)
			continue
		}
		heads[k] = r.known("data.column.", column)
	}
	return heads
}

func (r *reader) written(name string, columns ...string) sheet {
	return r.sheet(name, r.heads(name, columns))
}

// programs are the parts that the person takes in programs of the installation.
func (r *reader) programs() sheet {
	s := r.written("programs", "program", "as", "made_at")
	for _, p := range r.Taken.Record.Programs {
		name := p.ProgramFr
		if r.w.Language == locale.English {
			name = p.ProgramEn
		}
		s.rows = append(s.rows, []cell{plain(name), coded(r.known("data.part.", p.As), p.As), r.instant(p.Since)})
	}
	return s
}

func (r *reader) answers() sheet {
	s := r.written("answers", "characteristic", "answer", "uses", "until")
	for _, a := range r.Taken.Record.Answers {
		if !a.Said {
			continue
		}
		of := a.Inquiry.Characteristic
		said := []string{}
		for _, code := range a.Value.Codes {
			said = append(said, r.w.Say(of.ChoiceKey(code)))
		}
		if a.Value.Words != "" {
			said = append(said, a.Value.Words)
		}
		s.rows = append(s.rows, []cell{coded(r.w.Say(of.Key()), string(of)), plain(r.w.List(said)), plain(r.uses(a.Uses)), r.instant(a.Until)})
	}
	return s
}

func (r *reader) uses(uses []mentoring.Use) string {
	var all []string
	for _, use := range uses {
		all = append(all, r.w.Say(use.Key()))
	}
	return r.w.List(all)
}

func (r *reader) consents() sheet {
	s := r.written("consents", "characteristic", "use", "text", "given_at", "ended_at", "ended_by")
	for _, c := range r.Taken.Record.Consents {
		of, use := mentoring.Characteristic(c.What), mentoring.Use(c.Use)
		ended := cell{}
		if c.EndedAt != nil {
			ended = r.instant(*c.EndedAt)
		}
		text := ""
		if key := use.TextKey(c.Wording); r.w.Has(key) {
			text = r.w.Say(key)
		}
		s.rows = append(s.rows, []cell{
			coded(r.known("characteristic.name.", c.What), string(of)), coded(r.known("consent.use.", c.Use), string(use)), plain(text),
			r.instant(c.At), ended, coded(r.known("consent.by.", c.EndedBy), c.EndedBy),
		})
	}
	return s
}

func (r *reader) sessions() sheet {
	s := r.written("sessions", "made_at", "browser")
	for _, one := range r.Taken.Record.Sessions {
		label := one.What
		if label == "" {
			label = r.w.Say("mine.session.unnamed")
		}
		s.rows = append(s.rows, []cell{r.instant(one.At), plain(label)})
	}
	return s
}

func (r *reader) letters() sheet {
	s := r.written("letters", "made_at", "subject", "state")
	for _, l := range slices.Backward(r.Taken.Record.Letters) {
		subject := notice.Template(l.What).Subject(string(r.w.Language), r.Site)
		s.rows = append(s.rows, []cell{r.instant(l.At), coded(subject, l.What), coded(r.known("data.letter.", l.How), l.How)})
	}
	return s
}

// trail is the audit log in words, the latest first.
func (r *reader) trail() sheet {
	s := r.written("trail", "at", "done", "by")
	for _, e := range r.Taken.Record.Events {
		text, who := mine.Sentence(r.w, mentoring.PersonID(r.me), e)
		s.rows = append(s.rows, []cell{r.instant(e.At), coded(text, e.Action), plain(who)})
	}
	return s
}

// instant is a moment: on the page by the clock where the person is.
func (r *reader) instant(at time.Time) cell {
	if at.IsZero() {
		return cell{}
	}
	here := at.In(r.zone)
	return cell{strings.Join([]string{r.w.Date(here), r.w.Clock(here)}, ", "), at.UTC().Format(time.RFC3339)}
}
