package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
)

// A supplyView sets asked against offered for one column.
type supplyView struct {
	Column, Title, More string
	Rows                []supplyRowView
}

type supplyRowView struct {
	Name                     string
	Asked, Offered           int
	AskedWidth, OfferedWidth int
	Short                    int
	Balance                  string
}

// listedSupply are the rows of a column that are shown: those that lack most come first.
const listedSupply = 20

func (w *writer) supplyInto(v *pageView, f *figures) {
	var short []string
	if n := f.places[match.MenteeSide] - f.places[match.MentorSide]; n > 0 {
		short = append(short, w.Count("supply.all", int64(n)))
	}
	for _, s := range w.in.Supply {
		v.Supply = append(v.Supply, w.supply(s))
		if lack := w.lack(s); lack != "" {
			short = append(short, lack)
		}
	}
	switch {
	case len(w.in.Supply) == 0:
		short = append(short, w.Say("supply.unknown"))
	case len(short) == 0:
		short = append(short, w.Say("supply.enough"))
	}
	v.SupplyLead = strings.Join(short, " ")
}

// lack says what is lacking most in a column; "": nothing.
func (w *writer) lack(s Supply) string {
	short := slices.DeleteFunc(sortedSupply(s), func(r SupplyRow) bool { return r.Missing() == 0 })
	switch len(short) {
	case 0:
		return ""
	case 1:
		return w.Count("supply.short.one", int64(short[0].Missing()), "name", w.capitalise(short[0].Name))
	}
	return w.Count("supply.short.several", int64(short[0].Missing()), "name", w.capitalise(short[0].Name), "others", w.Count("supply.others", int64(len(short)-1)))
}

// sortedSupply lists rows by how much they lack, then by how much is asked.
func sortedSupply(s Supply) []SupplyRow {
	rows := slices.Clone(s.Rows)
	slices.SortStableFunc(rows, func(a, b SupplyRow) int {
		return cmp.Or(cmp.Compare(b.Missing(), a.Missing()), cmp.Compare(b.Asked, a.Asked), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

func (w *writer) supply(s Supply) supplyView {
	key := "supply.by"
	if s.Purpose {
		key = "supply.purpose"
	}
	v := supplyView{Column: s.Column, Title: w.Say(key, "column", s.Column)}
	most := 1
	for _, r := range s.Rows {
		most = max(most, r.Asked, r.Offered)
	}
	for k, r := range sortedSupply(s) {
		if k == listedSupply {
			v.More = w.Count("supply.more", int64(len(s.Rows)-listedSupply))
			break
		}
		row := supplyRowView{
			Name: w.capitalise(r.Name), Asked: r.Asked, Offered: r.Offered, Short: r.Missing(),
			AskedWidth: twentieths(int64(r.Asked), int64(most)), OfferedWidth: twentieths(int64(r.Offered), int64(most)),
		}
		switch spare := r.Offered - r.Asked; {
		case row.Short > 0:
			row.Balance = w.Count("supply.missing", int64(row.Short))
		case spare == 0:
			row.Balance = w.Say("supply.even")
		default:
			row.Balance = w.Count("supply.spare", int64(spare))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
