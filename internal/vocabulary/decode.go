package vocabulary

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// decode makes text of a file: UTF-8, or UTF-16 with a byte order mark, or else what Windows writes in the West. False:
// it is no text.
func decode(data []byte) (string, bool) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(data):
		from = charmap.Windows1252
	}
	if from != nil {
		decoded, err := from.NewDecoder().Bytes(data)
		if err != nil {
			return "", false
		}
		data = decoded
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.ContainsRune(text, 0) {
		return "", false
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n") // as old Macs did
	}
	return text, true
}

// separator is what parts the columns: the sign that stands most often in the row of headings, or the first row.
func separator(text string) rune {
	line := text
	for part := range strings.Lines(text) {
		if line = part; !strings.HasPrefix(part, "#") && !strings.HasPrefix(part, `"#`) && strings.TrimSpace(part) != "" {
			break
		}
	}
	best := ','
	for _, r := range ";\t" {
		if strings.Count(line, string(r)) > strings.Count(line, string(best)) {
			best = r
		}
	}
	return best
}

// clean is the content of a cell as it counts: composed characters, and single spaces, none around it. The space that
// does not break is one of them.
func clean(cell string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(cell, "\u00a0", " "))), " ")
}
