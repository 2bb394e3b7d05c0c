package mail

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"regexp"
	"slices"
	"strings"
)

// Bounds of mails that come in. What lies beyond them is passed over: these are mails of programs, and small.
const (
	mostHead  = 64 << 10
	mostField = 8 << 10
	mostDepth = 5
	mostParts = 40
)

// A head is the header of a mail or of a part: by names in small letters, the first field of each.
type head map[string]string

// readHead reads a header, and gives what comes after it. Lines that are no fields are passed over.
func readHead(data []byte) (h head, rest []byte) {
	h = head{}
	top, rest := cutHead(data)
	name := ""
	for line := range strings.Lines(string(top[:min(len(top), mostHead)])) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && (line[0] == ' ' || line[0] == '\t') {
			if name != "" && len(h[name]) < mostField {
				h[name] += " " + strings.TrimSpace(line)
			}
			continue
		}
		before, value, isField := strings.Cut(line, ":")
		if name = strings.ToLower(strings.TrimSpace(before)); !isField || h[name] != "" {
			name = ""
			continue
		}
		h[name] = strings.TrimSpace(value)
	}
	return h, rest
}

// cutHead cuts at the first empty line, whichever of the two line ends is used.
func cutHead(data []byte) (top, rest []byte) {
	for _, empty := range []string{"\n", "\r\n"} {
		if after, first := bytes.CutPrefix(data, []byte(empty)); first {
			return nil, after
		}
	}
	at, length := -1, 0
	for _, empty := range []string{"\n\n", "\n\r\n"} {
		if k := bytes.Index(data, []byte(empty)); k >= 0 && (at < 0 || k < at) {
			at, length = k, len(empty)
		}
	}
	if at < 0 {
		return data, nil
	}
	return data[:at+1], data[at+length:]
}

// blocks are the blocks of fields of a text, with empty lines between them.
func blocks(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for range mostParts {
			text = bytes.TrimLeft(text, "\r\n")
			if len(text) == 0 {
				return
			}
			top, rest := cutHead(text)
			if !yield(top) {
				return
			}
			text = rest
		}
	}
}

// kind is what a part is, and the values that go with that.
func (h head) kind() (kind string, values map[string]string) {
	kind, values, err := mime.ParseMediaType(h["content-type"])
	if kind == "" || err != nil && values == nil {
		return "text/plain", nil
	}
	return kind, values
}

// A leaf is a part that has no parts, as it was before it was encoded.
type leaf struct {
	kind string
	body []byte
}

// leavesOf are the parts of a mail in their order, those of parts among them. A mail that comes in a mail is one.
func leavesOf(h head, body []byte) (leaves []leaf) {
	left := mostParts
	appendLeaves(&leaves, &left, h, body, 1)
	return leaves
}

func appendLeaves(leaves *[]leaf, left *int, h head, body []byte, depth int) {
	kind, values := h.kind()
	if !strings.HasPrefix(kind, "multipart/") || values["boundary"] == "" || depth > mostDepth {
		*leaves = append(*leaves, leaf{kind, decoded(h, body)})
		return
	}
	parts := multipart.NewReader(bytes.NewReader(body), values["boundary"])
	for ; *left > 0; *left-- {
		part, err := parts.NextRawPart()
		if err != nil {
			return // the end, or one that was cut off
		}
		inner := head{}
		for name, fields := range part.Header {
			inner[strings.ToLower(name)] = fields[0]
		}
		text, _ := io.ReadAll(part) // what was cut off is read as far as it goes
		appendLeaves(leaves, left, inner, text, depth+1)
	}
}

// decoded takes a part's encoding away, as far as it is right.
func decoded(h head, body []byte) []byte {
	var r io.Reader
	switch strings.ToLower(firstWord(h["content-transfer-encoding"])) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, bytes.NewReader(body)) // which passes over line ends
	case "quoted-printable":
		r = quotedprintable.NewReader(bytes.NewReader(body))
	default:
		return body
	}
	text, _ := io.ReadAll(r)
	return text
}

// find is the first leaf of the first of these kinds that there is; nil: none.
func find(leaves []leaf, kinds ...string) *leaf {
	for _, kind := range kinds {
		if k := slices.IndexFunc(leaves, func(l leaf) bool { return l.kind == kind }); k >= 0 {
			return &leaves[k]
		}
	}
	return nil
}

var tag = regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)

// text is a leaf as plain text with apostrophes as on keyboards.
func (l *leaf) text() string {
	text := strings.ToValidUTF8(string(l.body), "?")
	if l.kind == "text/html" {
		text = html.UnescapeString(tag.ReplaceAllString(text, "\n"))
	}
	return strings.NewReplacer("\r\n", "\n", "’", "'", "\u00a0", " ").Replace(text)
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return strings.TrimRight(word, ";,")
}
