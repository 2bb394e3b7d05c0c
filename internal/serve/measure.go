package serve

import (
	"context"
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/chiron-mentoring/chiron/internal/store"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// measures are what Prometheus can collect. Routes are named by their patterns, never by addresses: those hold ids.
type measures struct {
	all     *prometheus.Registry
	answers *prometheus.HistogramVec
}

func newMeasures() *measures {
	m := &measures{
		all: prometheus.NewRegistry(),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "chiron_answer_seconds", Help: "Time to answer, by route and status.",
			Buckets: []float64{.001, .002, .004, .008, .016, .032, .064, .128, .256, .512, 1, 2, 4, 8},
		}, []string{"route", "status"}),
	}
	m.all.MustRegister(m.answers, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *measures) answered(a page.Answered) {
	m.answers.WithLabelValues(a.Pattern, strconv.Itoa(a.Status)).Observe(a.Took.Seconds())
}

// waiting are jobs and letters by state, counted when they are asked for.
type waiting struct {
	db            *store.DB
	jobs, letters *prometheus.Desc
}

func (w waiting) Describe(all chan<- *prometheus.Desc) { all <- w.jobs; all <- w.letters }

func (w waiting) Collect(all chan<- prometheus.Metric) {
	ctx, done := context.WithTimeout(context.Background(), patience)
	defer done()
	err := w.db.View(ctx, func(tx *store.Tx) error {
		jobs, err := tx.CountJobs()
		if err != nil {
			return err
		}
		letters, err := tx.CountLetters()
		for state, n := range jobs {
			all <- prometheus.MustNewConstMetric(w.jobs, prometheus.GaugeValue, float64(n), string(state))
		}
		for state, n := range letters {
			all <- prometheus.MustNewConstMetric(w.letters, prometheus.GaugeValue, float64(n), string(state))
		}
		return err
	})
	if err != nil {
		all <- prometheus.NewInvalidMetric(w.jobs, err)
	}
}

// measurements answers for the measurements, at a door of their own.
func (s *Server) measurements() http.Handler {
	s.measure.all.MustRegister(waiting{
		db:      s.DB,
		jobs:    prometheus.NewDesc("chiron_jobs", "Promised work, by state.", []string{"state"}, nil),
		letters: prometheus.NewDesc("chiron_letters", "Letters, by state.", []string{"state"}, nil),
	})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.measure.all, promhttp.HandlerOpts{}))
	return mux
}
