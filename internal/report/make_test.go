package report

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/run"
)

// residency is the small program of match/testdata, as a page is made from it.
func residency(t testing.TB, l locale.Language) Input {
	t.Helper()
	inputs, err := roster.ReadFolder(filepath.Join("..", "..", "match", "testdata", "residency"))
	if err != nil {
		t.Fatal(err)
	}
	return asked(t, inputs, l)
}

// asked makes a run of some spreadsheets and asks what a page is to answer.
func asked(t testing.TB, inputs []roster.Input, l locale.Language) Input {
	t.Helper()
	r, err := run.Match(t.Context(), inputs, run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Run: r, Language: l, Title: "Residency 2026–27", Choices: choices(t, inputs), Supply: supplies(t, inputs)}
	x, err := explain.New(about(r))
	if err != nil {
		t.Fatal(err)
	}
	if in.Answers, err = Ask(t.Context(), in, x); err != nil {
		t.Fatal(err)
	}
	in.Equity = audited(t, inputs, r)
	return in
}

// audited looks who got what, by year and by specialty.
func audited(t testing.TB, inputs []roster.Input, r *run.Run) *equity.Report {
	t.Helper()
	var all []equity.Characteristic
	for _, in := range inputs {
		if in.Name != "mentees.csv" && in.Name != "mentors.csv" {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(in.Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for k, name := range rows[0] {
			if name != "year" && name != "specialty" {
				continue
			}
			c := equity.Characteristic{Name: name, Values: map[string]string{}}
			if in.Name == "mentors.csv" {
				c.Side = match.MentorSide
			}
			for _, cells := range rows[1:] {
				c.Values[cells[0]] = cells[k]
			}
			all = append(all, c)
		}
	}
	report, err := equity.Audit(r.Problem, r.Certificate.Chosen, all, equity.Options{Choices: map[string][]string{}})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func about(r *run.Run) explain.Case {
	return explain.Case{
		Problem: r.Problem, Certificate: r.Certificate, Reasons: r.People.Reasons,
		Names: [2]map[string]string{r.Names.Mentees, r.Names.Mentors},
		Barriers: func(mentee string) []explain.Barrier {
			var all []explain.Barrier
			for _, b := range r.People.Barriers(match.MenteeSide, mentee) {
				all = append(all, explain.Barrier{Rule: b.Rule, Mentors: b.People})
			}
			return all
		},
	}
}

// choices reads whom each mentee named.
func choices(t testing.TB, inputs []roster.Input) map[string][]string {
	t.Helper()
	named := map[string][]string{}
	for _, in := range inputs {
		if in.Name != "mentees.csv" {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(in.Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cells := range rows[1:] {
			for k, heading := range rows[0] {
				if strings.HasPrefix(heading, "choice ") && cells[k] != "" {
					named[cells[0]] = append(named[cells[0]], cells[k])
				}
			}
		}
	}
	return named
}

// supplies counts by what people wrote under seeks and offers, and by specialty.
func supplies(t testing.TB, inputs []roster.Input) []Supply {
	t.Helper()
	purposes, specialties := map[string]*SupplyRow{}, map[string]*SupplyRow{}
	row := func(rows map[string]*SupplyRow, name string) *SupplyRow {
		name = strings.TrimSpace(name)
		if rows[name] == nil {
			rows[name] = &SupplyRow{Name: name}
		}
		return rows[name]
	}
	for _, in := range inputs {
		if in.Name != "mentees.csv" && in.Name != "mentors.csv" {
			continue
		}
		rows, err := csv.NewReader(bytes.NewReader(in.Data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := func(heading string) int { return slices.Index(rows[0], heading) }
		for _, cells := range rows[1:] {
			if in.Name == "mentees.csv" {
				n, _ := strconv.Atoi(cells[at("mentors wanted")])
				row(purposes, strings.Split(cells[at("seeks")], ";")[0]).Asked += n
				row(specialties, cells[at("specialty")]).Asked += n
				continue
			}
			n, _ := strconv.Atoi(cells[at("places")])
			for _, offer := range strings.Split(cells[at("offers")], ";") {
				row(purposes, offer).Offered += n
			}
			for _, welcome := range strings.Split(cells[at("welcomes")], ";") {
				row(specialties, welcome).Offered += n
			}
		}
	}
	list := func(rows map[string]*SupplyRow) (all []SupplyRow) {
		for _, r := range rows {
			all = append(all, *r)
		}
		slices.SortFunc(all, func(a, b SupplyRow) int { return strings.Compare(a.Name, b.Name) })
		return all
	}
	return []Supply{{Column: "seeks", Purpose: true, Rows: list(purposes)}, {Column: "specialty", Rows: list(specialties)}}
}

func page(t testing.TB, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, in); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
