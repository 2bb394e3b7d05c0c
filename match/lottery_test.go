package match

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"testing"
)

func TestUrnDrawsTheHMACOfTheStandard(t *testing.T) {
	t.Parallel()
	for _, seed := range []string{"", "dice 4 6 1", strings.Repeat("x", 63), strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("ü", 500)} {
		u := newUrn(seed)
		for _, words := range [][]string{{}, {"mentee", "R1"}, {"pair", "R1", "F1", "research"}, {"pair", "", "", ""}, {strings.Repeat("a long id ", 100)}} {
			standard := hmac.New(sha256.New, []byte(seed))
			for _, w := range words {
				standard.Write([]byte(w))
				standard.Write([]byte{0})
			}
			if got := u.draw(words...); !bytes.Equal(got[:], standard.Sum(nil)) {
				t.Errorf("seed of %d bytes, %d words: another number than the standard's", len(seed), len(words))
			}
		}
	}
}

// TestDigitsAreTwentyBitsEach reads the number of a pair bit by bit, as the format of problems says it.
func TestDigitsAreTwentyBitsEach(t *testing.T) {
	t.Parallel()
	p := &Problem{
		Mentees: []string{"R1"}, Mentors: []string{"F1"}, Lottery: Lottery{Seed: "dice"},
		Edges: Edges{Mentee: []int32{0}, Mentor: []int32{0}},
	}
	sum := newUrn("dice").draw("pair", "R1", "F1", "")
	for d := 1; d <= MaxLotteryDigit; d++ {
		want := int32(0)
		for bit := lotteryBits * (d - 1); bit < lotteryBits*d; bit++ {
			want = want<<1 | int32(sum[bit/8]>>(7-bit%8)&1)
		}
		if got := p.lots(d).digit(0); got != want {
			t.Errorf("digit %d is %d, want %d", d, got, want)
		}
	}
}
