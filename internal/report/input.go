package report

import (
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match/equity"
	"github.com/chiron-mentoring/chiron/match/run"
)

// Input is what a page is made from. Only Run and Language are needed; what is nil is left out, and the page says so
// where somebody would look for it.
type Input struct {
	Run      *run.Run
	Language locale.Language
	Title    string // what the program calls itself; "": the page has a general title

	// Choices are whom each mentee named, the best first, by id. Without any, the mentees' ranks in the problem count.
	Choices map[string][]string

	Supply  []Supply         // asked against offered, one for each question such as purpose and specialty
	Equity  *equity.Report   // who got what, by group; nil: no groups were looked at
	Earlier *run.Earlier     // nil: nothing is known of an earlier time
	Edits   *run.PricedEdits // nil: nobody decided anything by hand
	Answers *Answers         // from Ask; nil: no reasons and no remedies are given
}

// Supply sets what mentees ask for against what mentors offer, by what a column says of them. A column that holds
// sensitive characteristics has no place here.
type Supply struct {
	Column  string // as the program calls it, such as "specialty"
	Purpose bool   // it is what pairs are for
	Rows    []SupplyRow
}

// A SupplyRow is one value of the column.
type SupplyRow struct {
	Name    string
	Asked   int // places that mentees want whose first wish it is
	Offered int // places of the mentors who offer it, each counted once for everything its mentor offers
}

// Missing is how many places are lacking; 0 where there are enough.
func (r SupplyRow) Missing() int { return max(r.Asked-r.Offered, 0) }
