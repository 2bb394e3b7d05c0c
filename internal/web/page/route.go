package page

import (
	"net/http"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
)

// A Route says who may come to an address, in the words of the permission table, and what happens there.
type Route struct {
	Pattern string           // as net/http has it, such as "GET /sessions"
	Action  mentoring.Action // with Kind, a row of internal/mentoring/permissions.md
	Kind    mentoring.Kind
	Do      func(c *Call) error

	MostBody int64 // bytes of a request, 0: [MostForm]
}

// MostForm is how many bytes a form can have, unless its route says otherwise.
const MostForm = 64 << 10

// Open says whether those come in who have not signed in.
func (r *Route) Open() bool {
	return mentoring.May(mentoring.Actor{}, r.Action, r.object("")).Allowed()
}

// closedTo says whether the account of an actor is suspended and that alone stands in the way.
func (r *Route) closedTo(a mentoring.Actor) bool {
	awake := a
	awake.Suspended = false
	o := r.object(a.Person)
	return a.Suspended && mentoring.May(awake, r.Action, o).Allowed() && !mentoring.May(a, r.Action, o).Allowed()
}

// object is the thing that a route is about, as far as its address alone tells: one's own.
func (r *Route) object(owner mentoring.PersonID) mentoring.Object {
	return mentoring.Object{Kind: r.Kind, Owner: owner}
}

// Mount adds routes to a mux. It panics for one that the permission table does not know: no page is outside it.
func (h *House) Mount(mux *http.ServeMux, routes []Route) {
	for _, route := range routes {
		if !mentoring.Known(route.Action, route.Kind) {
			panic("page: the permission table has no row for " + route.Pattern)
		}
		mux.Handle(route.Pattern, h.serve(&route))
	}
}
