package serve

import (
	"context"
	"net/http"
	"time"
)

// Where balancers and supervisors ask. The answers are words, and say nothing of people.
const (
	alivePath = "/healthz"
	readyPath = "/readyz"
)

// patience is how long the database may take to answer when it is asked whether it is there.
const patience = 2 * time.Second

// crowd is how many requests are answered at once.
const crowd = 256

// healthy answers for the health of the house.
func (s *Server) healthy(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case alivePath:
			plain(w, http.StatusOK, "alive")
		case readyPath:
			s.ready(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

// ready says whether pages can be answered now: the database must answer.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, done := context.WithTimeout(r.Context(), patience)
	defer done()
	if err := s.DB.Ping(ctx); err != nil {
		plain(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	plain(w, http.StatusOK, "ready")
}

func plain(w http.ResponseWriter, status int, text string) {
	head := w.Header()
	head.Set("Content-Type", "text/plain; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}
