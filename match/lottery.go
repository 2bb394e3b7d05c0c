package match

import (
	"crypto/sha256"
	"encoding/binary"
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
	urn := newUrn(seed)
	for i, id := range ids {
		sum := urn.draw(domain, id)
		for _, b := range sum[:6] {
			numbers[i] = numbers[i]<<8 | int64(b)
		}
	}
	return numbers
}

// An urn draws HMAC-SHA256 (RFC 2104) with one key. It is crypto/hmac without its buffers: a lottery may draw millions
// of short messages, and then they would be most of the cost. A test holds the two to the same numbers.
type urn struct {
	inner, outer [sha256.BlockSize]byte // the key, for the message and for the hash of that
}

func newUrn(seed string) *urn {
	key := []byte(seed)
	if len(key) > sha256.BlockSize {
		hashed := sha256.Sum256(key)
		key = hashed[:]
	}
	u := &urn{}
	copy(u.inner[:], key)
	copy(u.outer[:], key)
	for i := range sha256.BlockSize {
		u.inner[i] ^= 0x36
		u.outer[i] ^= 0x5c
	}
	return u
}

// draw is the HMAC of the words, each followed by a zero byte.
func (u *urn) draw(words ...string) [sha256.Size]byte {
	var room [4 * sha256.BlockSize]byte // as much as most messages need
	message := append(room[:0], u.inner[:]...)
	for _, w := range words {
		message = append(append(message, w...), 0)
	}
	sum := sha256.Sum256(message)
	message = append(append(room[:0], u.outer[:]...), sum[:]...)
	return sha256.Sum256(message)
}

// lots draws one digit of the pairs' lottery numbers.
type lots struct {
	p     *Problem
	urn   *urn
	first int // bit of the number
}

func (p *Problem) lots(digit int) *lots {
	return &lots{p, newUrn(p.Lottery.Seed), lotteryBits * (digit - 1)}
}

// digit is the digit of edge e: 20 bits of the HMAC of "pair", mentee, mentor, purpose. It begins with a byte or in the
// middle of one, so that it lies within four.
func (l *lots) digit(e int) int32 {
	p := l.p
	sum := l.urn.draw("pair", p.Mentees[p.Edges.Mentee[e]], p.Mentors[p.Edges.Mentor[e]], p.PurposeName(e))
	return int32(binary.BigEndian.Uint32(sum[l.first/8:]) << (l.first % 8) >> (32 - lotteryBits))
}
