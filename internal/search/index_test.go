package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// names are made of a few syllables, so that many are near each other.
func names(n int) []string {
	random := rand.New(rand.NewPCG(2, 3))
	syllables := strings.Fields("ka lo mi ber tre su no ra dan vi che pol gra mon sen li wo zha kim té ri bo la fu O' Saint- da el ")
	all := make([]string, n)
	for k := range all {
		for word := range 2 + random.IntN(2) {
			if word > 0 {
				all[k] += " "
			}
			for range 1 + random.IntN(4) {
				all[k] += syllables[random.IntN(len(syllables))]
			}
		}
	}
	return all
}

func index(texts []string) (*Index, [][]string) {
	words := make([][]string, len(texts))
	for k, text := range texts {
		words[k] = Words(text)
	}
	return NewIndex(len(texts), func(thing int) []Word { return Everybody.For(words[thing]) }), words
}

// typed is what somebody types who looks for a name: a part of it, some words, in some order, with a mistake or two.
func typed(random *rand.Rand, name string) string {
	words := strings.Fields(Fold(name))
	random.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
	words = words[:1+random.IntN(len(words))]
	for k, w := range words {
		switch random.IntN(4) {
		case 0:
			all := mistakes(w)
			words[k] = all[random.IntN(len(all))]
		case 1:
			words[k] = w[:1+random.IntN(len(w))]
		}
	}
	return strings.Join(words, " ")
}

func TestAnIndexFindsWhatReadingEverythingFinds(t *testing.T) {
	t.Parallel()
	all := names(3000)
	x, words := index(all)
	random := rand.New(rand.NewPCG(4, 5))
	hits := 0
	for range 400 {
		what := typed(random, all[random.IntN(len(all))])
		q := Parse(what)
		var want []Hit
		for k := range all {
			if rank, ok := q.Match(words[k]); ok && !q.Empty() {
				want = append(want, Hit{k, rank})
			}
		}
		got := x.Find(q, 1)
		if !slices.Equal(got, want) {
			t.Fatalf("%q finds %d, reading everything %d: %v, %v", what, len(got), len(want), got[:min(3, len(got))], want[:min(3, len(want))])
		}
		hits += len(got)
	}
	if hits < 1000 {
		t.Errorf("only %d hits in all", hits)
	}
}

func BenchmarkFind(b *testing.B) {
	all := names(30_000)
	x, words := index(all)
	for _, what := range []string{"k", "tre", "trekalo", "mibertre loka", "saint tre"} {
		q := Parse(what)
		b.Run(fmt.Sprintf("index/%s", strings.ReplaceAll(what, " ", "+")), func(b *testing.B) {
			for b.Loop() {
				x.Find(q, 1)
			}
		})
		b.Run(fmt.Sprintf("everything/%s", strings.ReplaceAll(what, " ", "+")), func(b *testing.B) {
			for b.Loop() {
				for k := range words {
					q.Match(words[k])
				}
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	for b.Loop() {
		Words("Marie-Ève Saint-Pierre", "Montréal")
	}
}
