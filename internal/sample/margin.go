package sample

// A share is a part of a whole: in margins its size in any unit, after apportion the number of people.
type share struct {
	name string
	n    int
}

// apportion divides people by shares, so that each part is its exact share rounded down or up (Hamilton's method of
// largest remainders; of equal remainders the earlier share goes first).
func apportion(people int, shares []share) []share {
	whole := 0
	for _, s := range shares {
		whole += s.n
	}
	parts, rest := make([]share, len(shares)), people
	remainder := make([]int, len(shares))
	for k, s := range shares {
		parts[k] = share{s.name, people * s.n / whole}
		remainder[k] = people * s.n % whole
		rest -= parts[k].n
	}
	for ; rest > 0; rest-- {
		most := 0
		for k := range remainder {
			if remainder[k] > remainder[most] {
				most = k
			}
		}
		parts[most].n++
		remainder[most] = -1
	}
	return parts
}

// perMille is a share of n people, rounded to the nearest.
func perMille(n, share int) int { return (n*share + 500) / 1000 }

// deal gives each of n people one of the shares, in random order.
func (m *maker) deal(n int, shares []share, give func(i int, name string)) {
	order := m.random.Perm(n)
	for _, part := range apportion(n, shares) {
		for range part.n {
			give(order[0], part.name)
			order = order[1:]
		}
	}
}

// mark picks some of n people.
func (m *maker) mark(n, some int, mark func(i int)) {
	for _, i := range m.random.Perm(n)[:some] {
		mark(i)
	}
}
