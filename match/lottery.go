package match

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
)

// A Lottery decides between equals. Its seed is fixed before anybody knows what it brings, and everyone can draw the
// same numbers from it again: HMAC-SHA256 (RFC 2104) with the seed as key.
type Lottery struct {
	Seed string // "" draws nothing: equals then fall in the order of their ids

	// Numbers drawn earlier, 0 to 2^48-1 and one per person, when they are to stay with people whose ids have
	// changed; nil: drawn from Seed.
	Mentees, Mentors []int64
}

const lotteryRange = int64(1) << 48

// lotteryBits is the length of a digit of a pair's lottery number.
const lotteryBits = 20

// Draw returns one number per mentee and per mentor, each below 2^48. A mentor who ranks two mentees alike prefers
// the one with the smaller number, the same number with every mentor: one lottery for all leaves fewer people
// without a place than one per mentor (Abdulkadiroglu, Pathak, Roth 2009). A mentee who ranks two mentors alike
// prefers the one for whom the sum of the mentee's and the mentor's numbers, modulo 2^48, is smaller, so that mentees
// without a preference spread over the mentors.
func (p *Problem) Draw() (mentees, mentors []int64) {
	mentees, mentors = p.Lottery.Mentees, p.Lottery.Mentors
	if mentees == nil {
		mentees = drawAll(p.Lottery.Seed, "mentee", p.Mentees)
	}
	if mentors == nil {
		mentors = drawAll(p.Lottery.Seed, "mentor", p.Mentors)
	}
	return mentees, mentors
}

func drawAll(seed, domain string, ids []string) []int64 {
	numbers := make([]int64, len(ids))
	if seed == "" {
		return numbers
	}
	draw := hmac.New(sha256.New, []byte(seed))
	for i, id := range ids {
		sum := lotterySum(draw, domain, id)
		for _, b := range sum[:6] {
			numbers[i] = numbers[i]<<8 | int64(b)
		}
	}
	return numbers
}

// lotterySum is the HMAC of the words, each followed by a zero byte.
func lotterySum(draw hash.Hash, words ...string) []byte {
	draw.Reset()
	for _, w := range words {
		draw.Write([]byte(w))
		draw.Write([]byte{0})
	}
	return draw.Sum(nil)
}

// lotteryDigits draws digit number d (from 1) of every edge: 20 bits of the HMAC of "pair", mentee, mentor, purpose.
func (p *Problem) lotteryDigits(d int) []int32 {
	digits := make([]int32, p.Edges.Len())
	draw := hmac.New(sha256.New, []byte(p.Lottery.Seed))
	for e := range digits {
		sum := lotterySum(draw, "pair", p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]], p.PurposeName(e))
		for bit := lotteryBits * (d - 1); bit < lotteryBits*d; bit++ {
			digits[e] = digits[e]<<1 | int32(sum[bit/8]>>(7-bit%8)&1)
		}
	}
	return digits
}
