package equity

// base is what counts are rounded to before they are published.
const base = 5

// Public is the report for readers outside the program: every count is rounded to a multiple of five, below ten
// downwards; rates and intervals are made of the rounded counts; and averages and comparisons, which would tell the
// counts more closely, are left out. What was hidden stays hidden.
func (r *Report) Public() *Report {
	public := &Report{Omitted: r.Omitted, Rounded: true}
	for _, all := range r.Overall {
		all.Result = all.Result.rounded()
		public.Overall = append(public.Overall, all)
	}
	for _, t := range r.Tables {
		rows := make([]Row, len(t.Rows))
		for i, row := range t.Rows {
			rows[i] = Row{Kind: row.Kind, Group: row.Group, People: row.People.rounded()}
			for _, result := range row.Results {
				rows[i].Results = append(rows[i].Results, result.rounded())
			}
		}
		t.Rows = rows
		public.Tables = append(public.Tables, t)
	}
	return public
}

func (r Result) rounded() Result { return Result{r.Asked.rounded(), r.Got.rounded()} }

func (c Cell) rounded() Cell {
	if !c.Shown {
		return Cell{}
	}
	n := (c.Count + base/2) / base * base
	if c.Count < LeastForRate {
		n = c.Count / base * base // what is too few for a rate stays too few
	}
	return Cell{true, n}
}
