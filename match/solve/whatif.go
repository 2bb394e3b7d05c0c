package solve

import (
	"context"
	"errors"

	"github.com/chiron-mentoring/chiron/match"
)

// Work says what it cost to answer a question about a changed problem. People are counted once, whatever the number of
// their caps.
type Work struct {
	Fresh    string // why the problem was solved anew: a clause; "": it was not, and all that follows is counted
	Searches int    // for the way on which a pair moves, and for the prices that change
	Moving   int    // people who were looked at while pairs moved
	Settled  int    // people at whom a search arrived on a shortest way, for moving a pair or for a price
	People   int    // people who were looked at in all, also to be sure that there is no other answer
	Least    int    // people whose pairs or prices are others: nobody who publishes both can look at fewer
	Of       int    // people there are
	Pairs    int    // looks at pairs
	Prices   int    // caps that have another price, or a price for the first time
}

// A Session keeps a solved problem ready for questions: what if a mentor had one place more, if somebody left, if a pair
// were ruled out? It answers from the matching and the prices that are known, and touches only what may change; the
// answer is the very certificate that [Solve] finds for the changed problem.
//
// A Session keeps about 24 bytes for every pair and 8 more for each word that the goals take. It is not safe for use by
// several goroutines, and the problem must not be changed while it is in use.
type Session struct {
	before *match.Problem
	ready  asked
	why    string // why changed problems have to be solved anew
}

// asked is a residual, whatever the length of its vectors.
type asked interface {
	ask(ctx context.Context, d *difference) (*Answer, error)
}

// headroom is how many bits more than they need the goals of a session have, so that people and weights can be added.
const headroom = 2

// NewSession prepares p, of which certificate c must be what match.Check accepts. It takes O(E log E) time for E pairs.
func NewSession(ctx context.Context, p *match.Problem, c *match.Certificate) (*Session, error) {
	s := &Session{before: p}
	switch {
	case p.Aim != match.Optimal:
		s.why = "a stable matching has no prices"
		return s, nil
	case c.Outcome != match.IsOptimal:
		s.why = "the minimums of the problem before cannot be met, and its prices prove no more than that"
		return s, nil
	}
	f, err := packWider(p, headroom)
	if err != nil {
		s.why = "the goals count with numbers that leave no room for change"
		return s, nil
	}
	return s, f.solver().prepare(ctx, s, f, c)
}

// prepare makes the session ready, or says why it cannot be.
func (solverOf[V]) prepare(ctx context.Context, s *Session, f *packing, c *match.Certificate) error {
	if !f.fits(s.before, c) {
		s.why = "the stored prices are not what the lowest ones could be"
		return nil
	}
	r := newResidual[V](s.before, f, c)
	r.ctx = ctx
	if !r.proves() {
		return errors.New("the certificate does not prove its claim, so that nothing can be concluded from it")
	}
	if err := r.measure(); err != nil {
		return err
	}
	if !r.isUnique() {
		s.why = "several matchings are equally good, and no lottery decides between them"
		return nil
	}
	r.book = r.bookOf(c)
	s.ready = r
	return nil
}

// Resolve answers for a problem that differs a little from the session's: in caps, states, weights, pairs and people. It
// takes time for what it touches, for looking through columns of after that are not the very same slices as the
// session's, and for nothing else. Where it cannot conclude from what is known it solves the changed problem anew, and
// says so. It takes after to be valid, as match.Problem.Validate says.
func (s *Session) Resolve(ctx context.Context, after *match.Problem, o Options) (*Answer, error) {
	why := s.why
	if why == "" {
		d := differences(s.before, after)
		if why = d.why; why == "" {
			a, err := s.ready.ask(ctx, d)
			cannot := (*cannotConclude)(nil)
			if !errors.As(err, &cannot) {
				return a, err
			}
			why = cannot.why
		}
	}
	c, err := Solve(ctx, after, o)
	if err != nil {
		return nil, err
	}
	return &Answer{Work: Work{Fresh: why, Of: len(after.Mentees) + len(after.Mentors)}, fresh: c}, nil
}

// cannotConclude says why an answer does not follow from what is known.
type cannotConclude struct{ why string }

func (c *cannotConclude) Error() string { return c.why }

// Resolve finds the certificate of problem after, the one that [Solve] finds, from the certificate c of problem before,
// from which it differs a little. Whoever has several questions about one problem asks a [Session].
func Resolve(ctx context.Context, before *match.Problem, c *match.Certificate, after *match.Problem, o Options) (*match.Certificate, Work, error) {
	if err := after.Validate(); err != nil {
		return nil, Work{}, err
	}
	s, err := NewSession(ctx, before, c)
	if err != nil {
		return nil, Work{}, err
	}
	a, err := s.Resolve(ctx, after, o)
	if err != nil {
		return nil, Work{}, err
	}
	return a.Certificate(), a.Work, nil
}
