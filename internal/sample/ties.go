package sample

// lead says who has power over whom: each resident is evaluated by somebody of the own field this year, every second one
// beyond the first year by somebody last year, and a professor of each field leads the unit of its younger faculty.
func (m *maker) lead() {
	people := m.school.People
	in := map[string][]int{}
	head := map[string]int{}
	for i := range people {
		if p := &people[i]; p.Part == Faculty {
			in[field(p.Specialty)] = append(in[field(p.Specialty)], i)
			if _, led := head[field(p.Specialty)]; !led && p.Rank == "professor" {
				head[field(p.Specialty)] = i
			}
		}
	}
	for i := range people {
		p := &people[i]
		near := in[field(p.Specialty)]
		if p.Part == Resident && len(near) > 0 {
			m.edge(near[m.random.IntN(len(near))], i, "evaluates", "2027-07-01", "2028-06-30")
			if p.Year > 1 && m.random.IntN(2) == 0 {
				m.edge(near[m.random.IntN(len(near))], i, "evaluates", "2026-07-01", "2027-06-30")
			}
		}
		if first, led := head[field(p.Specialty)]; led && p.Part == Faculty && p.Rank != "professor" && p.Seeks {
			m.edge(first, i, "leads_unit_of", "", "")
		}
	}
}

// connect says who is family, who asked not to be paired with whom, and which pairs of last year go on.
func (m *maker) connect() {
	people := m.school.People
	taken := map[int]int{}
	for i := range people {
		p := &people[i]
		if !p.Seeks || p.Mistyped || len(p.Choices) < 3 {
			continue
		}
		first, last := p.Choices[0], p.Choices[len(p.Choices)-1]
		switch m.random.IntN(40) {
		case 0:
			m.edge(i, last, "family", "", "")
			p.Choices = p.Choices[:len(p.Choices)-1]
		case 1:
			m.edge(i, last, "not_with", "", "")
			p.Choices = p.Choices[:len(p.Choices)-1]
		case 2, 3, 4, 5:
			if taken[first] < people[first].Places && m.mayMeet(i, first) {
				taken[first]++
				m.school.Pairs = append(m.school.Pairs, [2]int{i, first})
			}
		}
	}
}

func (m *maker) edge(person, other int, kind, from, to string) {
	if person != other {
		m.school.Edges = append(m.school.Edges, Edge{person, other, kind, from, to})
		m.apart[pair(person, other)] = true
	}
}
