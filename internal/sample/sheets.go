package sample

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// A File is one of the spreadsheets of a school.
type File struct {
	Name string
	Data []byte
}

// Options say how the spreadsheets of a school are written.
type Options struct {
	Language vocabulary.Language // of the form
	CSV      bool                // the answers as people.csv rather than people.xlsx
}

// Files are the spreadsheets that the coordinator of the school would have: what people answered in a form, as the form
// exports it, with its flaws (one in fifty answered twice, one in a hundred mistyped their address, one in eight left
// out what is optional); who may not be paired with whom; and last year's pairs that go on. Very small schools have no
// such pairs, and then no such file.
func (s *School) Files(o Options) ([]File, error) {
	words := english
	if o.Language == vocabulary.French {
		words = french
	}
	var files []File
	if rows := s.conflicts(); len(rows) > 0 {
		files = append(files, File{"conflicts.csv", table([]string{"person", "other", "kind", "from", "to"}, rows)})
	}
	if rows := s.lastYear(); len(rows) > 0 {
		files = append(files, File{"pairs.csv", table([]string{"mentee", "mentor", "state"}, rows)})
	}
	answers := s.answers(words)
	if o.CSV {
		return append(files, File{"people.csv", write(inWords(answers))}), nil
	}
	people, err := workbook(words.sheet, answers)
	if err != nil {
		return nil, fmt.Errorf("write the people of the sample: %w", err)
	}
	return append(files, File{"people.xlsx", people}), nil
}

// A form is the words of the questions and of the fixed answers.
type form struct {
	language                                       vocabulary.Language
	sheet                                          string
	headings                                       []string
	mentor, mentee, both, woman, man, day, evening string
	days                                           []string
}

var english = form{
	language: vocabulary.English, sheet: "Form responses 1",
	headings: []string{
		"Timestamp", "Email address", "First name", "Last name", "I would like to take part as", "Level of training or career", "Rank", "Specialty",
		"Site", "Languages", "What are you looking for? (most wanted first)", "How many mentors would you like?", "Mentors you would like (best first)",
		"What can you offer?", "How many mentees could you take?", "Interests", "Availability", "Intended destination", "Gender (optional)",
	},
	mentor: "Mentor", mentee: "Mentee", both: "Both", woman: "Woman", man: "Man",
	days: []string{"Mon", "Tue", "Wed", "Thu", "Fri"}, day: "12:00-14:00", evening: "17:00-19:00",
}

var french = form{
	language: vocabulary.French, sheet: "Réponses au formulaire 1",
	headings: []string{
		"Horodateur", "Adresse courriel", "Prénom", "Nom", "Je souhaite participer comme", "Niveau de formation ou de carrière", "Rang", "Spécialité",
		"Site", "Langues", "Que cherchez-vous? (le plus important en premier)", "Combien de mentors souhaitez-vous?", "Mentors souhaités (par ordre de préférence)",
		"Que pouvez-vous offrir?", "Combien de personnes pourriez-vous accompagner?", "Intérêts", "Disponibilités", "Destination envisagée", "Genre (facultatif)",
	},
	mentor: "Mentor", mentee: "Personne mentorée", both: "Les deux", woman: "Femme", man: "Homme",
	days: []string{"lundi", "mardi", "mercredi", "jeudi", "vendredi"}, day: "12 h-14 h", evening: "17 h-19 h",
}

// workbook is a workbook of one sheet.
func workbook(name string, rows [][]any) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	sheet, err := book.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for r, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, r+1)
		if err != nil {
			return nil, err
		}
		if err := sheet.SetRow(cell, row); err != nil {
			return nil, err
		}
	}
	if err := sheet.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = book.Write(&out)
	return out.Bytes(), err
}

// answers are the rows of the form in the order in which they came in, the headings first.
func (s *School) answers(words form) [][]any {
	rows := [][]any{cells(words.headings)}
	opened := time.Date(2027, 4, 5, 8, 0, 0, 0, time.UTC)
	nth := 0
	for i := range s.People {
		p := &s.People[i]
		if !p.Mentors && !p.Seeks {
			continue
		}
		nth++
		at := opened.Add(time.Duration(nth*37) * time.Minute)
		if nth%50 == 0 { // answered in haste, and again two days later
			hasty := *p
			hasty.Choices, hasty.Interests = nil, nil
			rows = append(rows, s.answer(words, &hasty, at))
			at = at.Add(48 * time.Hour)
		}
		rows = append(rows, s.answer(words, p, at))
	}
	return rows
}

func (s *School) answer(words form, p *Person, at time.Time) []any {
	part := words.mentee
	if p.Mentors && p.Seeks {
		part = words.both
	} else if p.Mentors {
		part = words.mentor
	}
	gender := words.man
	if p.Woman {
		gender = words.woman
	}
	var named []string
	for _, j := range p.Choices {
		named = append(named, s.People[j].Name())
	}
	row := []any{
		at.Format("2006-01-02 15:04:05"), p.address(), p.First, p.Last, part, words.label(vocabulary.Levels(), p.Level), words.label(vocabulary.Ranks(), p.Rank),
		words.label(vocabulary.Specialties(), p.Specialty), p.Site, words.labels(vocabulary.Languages(), p.Languages),
		words.labels(vocabulary.Purposes(), p.Wishes), number(p.Wanted), strings.Join(named, "; "),
		words.labels(vocabulary.Purposes(), p.Offers), number(p.Places), words.labels(vocabulary.Interests(), p.Interests), words.free(p), p.Destination, gender,
	}
	if !p.Optional {
		for _, optional := range words.optional() {
			row[optional] = ""
		}
	}
	return row
}

// optional are the columns that may be left empty: interests, availability, destination and gender.
func (f form) optional() []int {
	last := len(f.headings)
	return []int{last - 4, last - 3, last - 2, last - 1}
}

// address is what the person wrote as address.
func (p *Person) address() string {
	if p.Mistyped {
		return strings.Replace(p.Email, "une.example", "une.exmaple", 1)
	}
	return p.Email
}

func (f form) label(list *vocabulary.List, code string) string {
	if code == "" {
		return ""
	}
	return list.Label(code, f.language)
}

func (f form) labels(list *vocabulary.List, codes []string) string {
	var labels []string
	for _, code := range codes {
		labels = append(labels, f.label(list, code))
	}
	return strings.Join(labels, "; ")
}

// free says when a person has time.
func (f form) free(p *Person) string {
	hours := f.day
	if p.Evening {
		hours = f.evening
	}
	var days []string
	for _, day := range p.Days {
		days = append(days, f.days[day]+" "+hours)
	}
	return strings.Join(days, "; ")
}

// number is a number that stands in a cell only where it was asked for.
func number(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

func cells(words []string) []any {
	row := make([]any, len(words))
	for k, word := range words {
		row[k] = word
	}
	return row
}

// conflicts lists the edges between people who take part, by their addresses.
func (s *School) conflicts() [][]string {
	var rows [][]string
	for _, e := range s.Edges {
		if a, b := &s.People[e.Person], &s.People[e.Other]; a.takesPart() && b.takesPart() && !a.Mistyped && !b.Mistyped {
			rows = append(rows, []string{a.address(), b.address(), e.Kind, e.From, e.To})
		}
	}
	return rows
}

func (p *Person) takesPart() bool { return p.Mentors || p.Seeks }

func (s *School) lastYear() [][]string {
	var rows [][]string
	for _, pair := range s.Pairs {
		rows = append(rows, []string{s.People[pair[0]].address(), s.People[pair[1]].address(), "existing"})
	}
	return rows
}

// table is a CSV file with each row once, in the order of their cells.
func table(header []string, rows [][]string) []byte {
	slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(strings.Join(a, "\x00"), strings.Join(b, "\x00")) })
	return write(slices.Concat([][]string{header}, slices.CompactFunc(rows, slices.Equal)))
}

// inWords is a sheet as a text file holds it.
func inWords(sheet [][]any) [][]string {
	rows := make([][]string, len(sheet))
	for r, row := range sheet {
		for _, cell := range row {
			rows[r] = append(rows[r], fmt.Sprint(cell))
		}
	}
	return rows
}

func write(rows [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.WriteAll(rows) // a buffer takes everything
	return out.Bytes()
}
