package roster

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// asText decodes a file: UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252 when it is neither.
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
	}
	return refuseNUL(in.Name, data, rep)
}

func refuseNUL(file string, data []byte, rep *report) (string, bool) {
	if at := bytes.IndexByte(data, 0); at >= 0 {
		rep.issue(Issue{
			File:    file,
			Problem: fmt.Sprintf("byte %d of the file is NUL, so it is damaged or not a text", at+1),
			Instead: `open it in the spreadsheet program and save it as "CSV UTF-8"`,
		})
		return "", false
	}
	if utf8.Valid(data) {
		return string(data), true
	}
	return fromWindows1252(file, data, rep)
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
	return refuseNUL(file, []byte(text), rep)
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
