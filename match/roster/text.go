package roster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// asText decodes a file: UTF-8 with or without a byte order mark, UTF-16 likewise, and Windows-1252 when it is neither.
func asText(in Input, rep *report) (string, bool) {
	data := in.Data
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		data = data[3:]
		if !utf8.Valid(data) {
			rep.issue(Issue{File: in.Name, Problem: "the file says that it is UTF-8 and is not", Instead: `save it again as "CSV UTF-8"`})
			return "", false
		}
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return fromUTF16(in.Name, data[2:], binary.LittleEndian, rep)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return fromUTF16(in.Name, data[2:], binary.BigEndian, rep)
	default:
		if order := unmarkedUTF16(data); order != nil {
			rep.note(Issue{File: in.Name, Problem: "looks like UTF-16 and does not say so", Instead: "read as UTF-16"})
			return fromUTF16(in.Name, data, order, rep)
		}
	}
	return fromBytes(in.Name, data, rep)
}

// unmarkedUTF16 is the order of bytes of a text in UTF-16 without a mark, or nil. In such a text the letters of the
// header have a NUL beside them, always on one side.
func unmarkedUTF16(data []byte) binary.ByteOrder {
	const most = 200
	var nul [2]int
	n := min(len(data), most) &^ 1
	for i, c := range data[:n] {
		if c == 0 {
			nul[i%2]++
		}
	}
	switch {
	case n == 0 || len(data)%2 == 1:
		return nil
	case nul[0] == 0 && 4*nul[1] > n:
		return binary.LittleEndian
	case nul[1] == 0 && 4*nul[0] > n:
		return binary.BigEndian
	}
	return nil
}

// fromBytes decodes what is no UTF-16.
func fromBytes(file string, data []byte, rep *report) (string, bool) {
	if at := bytes.IndexByte(data, 0); at >= 0 {
		rep.issue(Issue{
			File:    file,
			Problem: fmt.Sprintf("byte %d of the file is NUL, so it is damaged or not a text", at+1),
			Instead: `open it in the spreadsheet program and save it as "CSV UTF-8"`,
		})
		return "", false
	}
	if utf8.Valid(data) {
		noteGarbled(file, data, rep)
		return string(data), true
	}
	if at, mixed := strayByte(data); mixed {
		rep.issue(Issue{
			File: file, Row: 1 + bytes.Count(data[:at], []byte("\n")),
			Problem: fmt.Sprintf("most of the file is UTF-8, and byte %d of it is not, so it was put together from two encodings", at+1),
			Instead: `look at the accents near this row, and save the file again as "CSV UTF-8"`,
		})
		return "", false
	}
	return fromWindows1252(file, data, rep)
}

// strayByte is the first byte that is not UTF-8, of a text in which most characters beyond ASCII are.
func strayByte(data []byte) (at int, mixed bool) {
	at, good, bad := -1, 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if bad++; at < 0 {
				at = i
			}
		case size > 1:
			good++
		}
		i += size
	}
	return at, good > bad
}

// noteGarbled notes text that was UTF-8, taken for Windows-1252, and saved as UTF-8 again.
func noteGarbled(file string, data []byte, rep *report) {
	for _, garbled := range []string{"Ã©", "Ã¨", "Ã´", "Ã«", "Ã¼", "Ã¶", "Ã§", "â€™", "â€“"} {
		if bytes.Contains(data, []byte(garbled)) {
			rep.note(Issue{File: file, Value: garbled, Problem: "looks like an accent that was garbled before", Instead: "taken as it is; look at the names"})
			return
		}
	}
}

func fromUTF16(file string, data []byte, order binary.ByteOrder, rep *report) (string, bool) {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	text := string(utf16.Decode(units))
	if len(data) != 0 || strings.ContainsRune(text, utf8.RuneError) {
		rep.issue(Issue{File: file, Problem: "the file says that it is UTF-16 and is damaged", Instead: `save it again as "CSV UTF-8"`})
		return "", false
	}
	return fromBytes(file, []byte(text), rep)
}

// windows1252 are the characters of the bytes 0x80 to 0x9f; 0 stands for bytes without a meaning. All other bytes are
// the characters of the same number.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func fromWindows1252(file string, data []byte, rep *report) (string, bool) {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for at, c := range data {
		r := rune(c)
		if 0x80 <= c && c <= 0x9f {
			if r = windows1252[c-0x80]; r == 0 {
				rep.issue(Issue{
					File:    file,
					Problem: fmt.Sprintf("the characters cannot be read: byte %d is neither UTF-8 nor Windows-1252", at+1),
					Instead: `save it again as "CSV UTF-8"`,
				})
				return "", false
			}
		}
		b.WriteRune(r)
	}
	rep.note(Issue{File: file, Problem: "is not UTF-8", Instead: "read as Windows-1252; look whether the accents in names are right"})
	return b.String(), true
}
