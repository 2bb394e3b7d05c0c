package match

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"unicode/utf8"
)

// ReadProblem reads a problem as [Problem.Write] writes it, in one pass and without a copy of the text in memory. It
// refuses what is not JSON, unknown and repeated keys, and numbers that are not whole; the error tells the byte.
// It does not validate the problem: [Check] does.
func ReadProblem(r io.Reader) (*Problem, error) {
	p := &Problem{}
	in := &reader{in: bufio.NewReaderSize(r, 1<<16)}
	format, lows := "", [3][]int32{}
	var caps [3][]int32
	var parents []int32
	var names []string
	in.object("", func(key string) bool {
		switch key {
		case "chiron":
			in.text(&format)
			in.must(format == ProblemFormat, "the file is not a %s but %q", ProblemFormat, format)
		case "kind":
			in.text((*string)(&p.Kind))
		case "aim":
			in.text((*string)(&p.Aim))
		case "hardMinimums":
			in.bool(&p.HardMinimums)
		case "mentees":
			in.object(key, in.people(&p.Mentees, &caps[0], &lows[0]))
		case "mentors":
			in.object(key, in.people(&p.Mentors, &caps[1], &lows[1]))
		case "classes":
			people := in.capColumns(&caps[2], &lows[2])
			in.object(key, func(key string) bool {
				switch key {
				case "name":
					in.texts(&names)
				case "parent":
					readNumbers(in, &parents)
				default:
					return people(key)
				}
				return true
			})
		case "purposes":
			in.texts(&p.Purposes)
		case "edges":
			in.object(key, in.edges(&p.Edges))
		case "columns":
			in.object(key, func(name string) bool {
				c := Column{Name: name}
				readNumbers(in, &c.Values)
				p.Columns = append(p.Columns, c)
				return true
			})
		case "goals":
			in.list(func() { p.Goals = append(p.Goals, in.goal()) })
		case "lottery":
			in.object(key, func(key string) bool {
				switch key {
				case "seed":
					in.text(&p.Lottery.Seed)
				case "mentees":
					readNumbers(in, &p.Lottery.Mentees)
				case "mentors":
					readNumbers(in, &p.Lottery.Mentors)
				default:
					return false
				}
				return true
			})
		default:
			return false
		}
		return true
	})
	in.end()
	in.must(format != "", "the file does not say that it is a %s", ProblemFormat)
	in.must(len(names) == len(parents), "there are %d names and %d parents of classes", len(names), len(parents))
	if in.err != nil {
		return nil, fmt.Errorf("problem: %w", in.err)
	}
	for i := range names {
		p.Classes = append(p.Classes, Class{Name: names[i], Parent: parents[i]})
	}
	p.Max = slices.Concat(caps[:]...)
	if lows[0] != nil || lows[1] != nil || lows[2] != nil {
		p.Min = slices.Concat(lows[:]...)
	}
	for i, want := range [...]int{len(p.Mentees), len(p.Mentors), len(p.Classes)} {
		if len(caps[i]) != want || p.Min != nil && len(lows[i]) != want {
			return nil, fmt.Errorf("problem: the caps of %s are not as many as there are", [...]string{"mentees", "mentors", "classes"}[i])
		}
	}
	return p, nil
}

// ReadCertificate reads a certificate as [Certificate.Write] writes it, as strictly as [ReadProblem] reads problems.
func ReadCertificate(r io.Reader) (*Certificate, error) {
	c := &Certificate{}
	in := &reader{in: bufio.NewReaderSize(r, 1<<16)}
	format := ""
	in.object("", func(key string) bool {
		switch key {
		case "chiron":
			in.text(&format)
			in.must(format == CertificateFormat, "the file is not a %s but %q", CertificateFormat, format)
		case "problem":
			in.text(&c.Problem)
		case "engine":
			in.text(&c.Engine)
		case "outcome":
			in.text((*string)(&c.Outcome))
		case "chosen":
			readNumbers(in, &c.Chosen)
		case "values":
			readNumbers(in, &c.Values)
		case "prices":
			c.Prices = [][]int64{}
			in.list(func() {
				var row []int64
				readNumbers(in, &row)
				c.Prices = append(c.Prices, row)
			})
		case "rejected":
			readNumbers(in, &c.Rejected)
		case "cover":
			readNumbers(in, &c.Cover)
		case "other":
			c.Other = &Replay{}
			in.object(key, func(key string) bool {
				switch key {
				case "chosen":
					readNumbers(in, &c.Other.Chosen)
				case "rejected":
					readNumbers(in, &c.Other.Rejected)
				default:
					return false
				}
				return true
			})
		default:
			return false
		}
		return true
	})
	in.end()
	in.must(format != "", "the file does not say that it is a %s", CertificateFormat)
	if in.err != nil {
		return nil, fmt.Errorf("certificate: %w", in.err)
	}
	return c, nil
}

// A reader pulls JSON out of a stream. The first error stays and makes everything after it do nothing.
type reader struct {
	in  *bufio.Reader
	at  int64 // bytes read so far
	err error
}

func (r *reader) must(ok bool, format string, args ...any) {
	if !ok && r.err == nil {
		r.err = fmt.Errorf("byte %d: %s", r.at, fmt.Sprintf(format, args...))
	}
}

// byte is the next byte, or 0 at the end and after an error.
func (r *reader) byte() byte {
	if r.err != nil {
		return 0
	}
	b, err := r.in.ReadByte()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		r.err = fmt.Errorf("byte %d: %w", r.at, err)
		return 0
	}
	r.at++
	return b
}

func (r *reader) back() {
	if r.err == nil {
		r.in.UnreadByte() // cannot fail right after ReadByte
		r.at--
	}
}

// next is the next byte that is not white space.
func (r *reader) next() byte {
	for {
		if b := r.byte(); b != ' ' && b != '\n' && b != '\t' && b != '\r' {
			return b
		}
	}
}

func (r *reader) expect(want byte) {
	if got := r.next(); got != want {
		r.must(false, "%q where %q is due", got, want)
	}
}

// end says that nothing but white space may follow.
func (r *reader) end() {
	if r.err != nil {
		return
	}
	for {
		b, err := r.in.ReadByte()
		if err == io.EOF {
			return
		}
		if err != nil || b != ' ' && b != '\n' && b != '\t' && b != '\r' {
			r.must(false, "something follows the end")
			return
		}
	}
}

// object reads an object; member is called with each key and reads its value, or returns false for a key it does not
// know.
func (r *reader) object(where string, member func(key string) bool) {
	r.expect('{')
	if r.next() == '}' {
		return
	}
	r.back()
	seen := map[string]bool{}
	for r.err == nil {
		key := ""
		r.text(&key)
		r.must(!seen[key], "the key %q is there twice", key)
		seen[key] = true
		r.expect(':')
		if r.err == nil && !member(key) {
			r.must(false, "the key %q is unknown here, in %q", key, where)
		}
		if b := r.next(); b == '}' {
			return
		} else if b != ',' {
			r.must(false, "%q where a comma or } is due", b)
		}
	}
}

func (r *reader) list(item func()) {
	r.expect('[')
	if r.next() == ']' {
		return
	}
	r.back()
	for r.err == nil {
		item()
		if b := r.next(); b == ']' {
			return
		} else if b != ',' {
			r.must(false, "%q where a comma or ] is due", b)
		}
	}
}

// text reads a string into s.
func (r *reader) text(s *string) {
	r.expect('"')
	raw := []byte{'"'}
	for r.err == nil {
		b := r.byte()
		raw = append(raw, b)
		if b == '\\' {
			raw = append(raw, r.byte())
		} else if b == '"' {
			break
		}
	}
	if r.err == nil {
		err := json.Unmarshal(raw, s)
		r.must(err == nil, "not a string: %v", err)
		r.must(isText(*s) && utf8.Valid(raw), "a string is not UTF-8")
	}
}

func (r *reader) texts(list *[]string) {
	*list = []string{}
	r.list(func() {
		s := ""
		r.text(&s)
		*list = append(*list, s)
	})
}

func (r *reader) bool(b *bool) {
	word := "true"
	if r.next() == 'f' {
		word = "false"
	}
	r.back()
	for i := range len(word) {
		if got := r.byte(); got != word[i] {
			r.must(false, "%q where true or false is due", got)
			return
		}
	}
	*b = word == "true"
}

// number reads a whole number.
func (r *reader) number() int64 {
	b := r.next()
	negative := b == '-'
	if negative {
		b = r.byte()
	}
	value, digits := int64(0), 0
	for first := b; b >= '0' && b <= '9'; b = r.byte() {
		if digits++; digits > 18 || first == '0' && digits > 1 {
			r.must(false, "a number has too many digits")
			return 0
		}
		value = value*10 + int64(b-'0')
	}
	r.must(digits > 0, "%q where a number is due", b)
	r.must(b != '.' && b != 'e' && b != 'E', "a number is not whole")
	r.back()
	if negative {
		return -value
	}
	return value
}

// readNumbers reads a list of numbers, which must fit their type.
func readNumbers[N ~int32 | ~int64 | ~uint8](r *reader, list *[]N) {
	*list = []N{}
	r.list(func() {
		v := r.number()
		if int64(N(v)) != v {
			r.must(false, "the number %d does not fit", v)
		}
		*list = append(*list, N(v))
	})
	*list = slices.Clip(*list)
}

func (r *reader) capColumns(most, least *[]int32) func(key string) bool {
	return func(key string) bool {
		switch key {
		case "max":
			readNumbers(r, most)
		case "min":
			readNumbers(r, least)
		default:
			return false
		}
		return true
	}
}

func (r *reader) people(ids *[]string, most, least *[]int32) func(key string) bool {
	caps := r.capColumns(most, least)
	return func(key string) bool {
		if key == "id" {
			r.texts(ids)
			return true
		}
		return caps(key)
	}
}

func (r *reader) edges(e *Edges) func(key string) bool {
	columns := map[string]*[]int32{
		"mentee": &e.Mentee, "mentor": &e.Mentor, "purpose": &e.Purpose, "menteeCap": &e.MenteeCap,
		"mentorCap": &e.MentorCap, "menteeRank": &e.MenteeRank, "mentorRank": &e.MentorRank,
	}
	return func(key string) bool {
		if key == "state" {
			readNumbers(r, &e.State)
			return true
		}
		column, ok := columns[key]
		if ok {
			readNumbers(r, column)
		}
		return ok
	}
}

func (r *reader) goal() Goal {
	var g Goal
	r.object("goals", func(key string) bool {
		switch key {
		case "name":
			r.text(&g.Name)
		case "pairs":
			r.bool(&g.Pairs)
		case "column":
			r.text(&g.Column)
		case "band":
			var ends []int32
			readNumbers(r, &ends)
			if len(ends) != 2 {
				r.must(false, "a band has two ends, not %d", len(ends))
				return true
			}
			g.Band = &Band{From: ends[0], To: ends[1]}
		case "units":
			r.list(func() {
				var reward Reward
				r.object("units", func(key string) bool {
					switch key {
					case "of":
						r.text(&reward.Of)
					case "caps":
						readNumbers(r, &reward.Caps)
					case "units":
						readNumbers(r, &reward.Units)
					default:
						return false
					}
					return true
				})
				g.Units = append(g.Units, reward)
			})
		case "minimums":
			r.bool(&g.Minimums)
		case "lottery":
			digit := r.number()
			r.must(digit >= 0 && digit <= math.MaxInt32, "the number %d does not fit", digit)
			g.Lottery = int(digit)
		case "minimise":
			r.bool(&g.Minimise)
		default:
			return false
		}
		return true
	})
	return g
}
