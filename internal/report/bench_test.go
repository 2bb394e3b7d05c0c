package report

import (
	"io"
	"testing"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/match/explain"
)

// What a page costs for 300 mentees and 150 mentors: the questions, and the writing.
func BenchmarkAsk(b *testing.B) {
	in := asked(b, cohort(300, 150, 1), locale.English)
	for b.Loop() {
		x, err := explain.New(about(in.Run))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Ask(b.Context(), in, x); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	in := asked(b, cohort(300, 150, 1), locale.English)
	for b.Loop() {
		if err := HTML(io.Discard, in); err != nil {
			b.Fatal(err)
		}
	}
}
