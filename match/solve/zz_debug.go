package solve

import "fmt"

var Debug = false

func (r *residual[V]) verify(where string) {
	if !Debug {
		return
	}
	for v := range int32(len(r.caps)) {
		for h := range r.out(v, r.poorest) {
			if less(add(h.length, r.caps[v].potential), r.potential(h.at)) {
				fmt.Println(where, "NEGATIVE", v, h)
			}
			if h.at != ground && r.caps[v].reached && (!r.caps[h.at].reached || less(add(r.caps[v].far, h.length), r.caps[h.at].far)) {
				fmt.Println(where, "NEARER", v, h, r.caps[v].far, r.caps[h.at].far, r.caps[h.at].reached)
			}
		}
		for h := range r.capsIn(v) {
			if h.at == ground && less(h.length, r.caps[v].potential) {
				fmt.Println(where, "NEGATIVE from ground", v, h)
			}
		}
		if r.caps[v].reached && !r.holds(v) {
			fmt.Println(where, "BROKEN", v, r.caps[v].via)
		}
		if !r.caps[v].mentees && r.caps[v].far != r.caps[v].potential {
			fmt.Println(where, "MENTOR", v)
		}
	}
}

func (a *Answer) Moved() int { return len(a.moved) }
func (a *Answer) Flips() int { return len(a.flips) }
