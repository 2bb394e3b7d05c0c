package roster

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/chiron-mentoring/chiron/match/score"
)

// A yamlReader walks the tree of a rules file and reports whatever does not belong there, with its line. It takes all
// scalars as they are written, so that 007 stays 007 and "no" stays a word.
type yamlReader struct {
	file  string
	rep   *report
	heard *grammar // nil: nobody wants to know
}

// A grammar is what the reader would have taken, by the path to where it looked: the keys of mappings, and words. It is
// compared with the schema of the rules file.
type grammar struct{ keys, words map[string][]string }

// A yamlKey is a key that a mapping may have, and who reads its value.
type yamlKey struct {
	name string
	read func(node *yaml.Node, path string)
}

// parseYAML reads the one document of a file, or reports why it cannot and returns nil.
func (in yamlReader) parseYAML(file Input) *yaml.Node {
	text, ok := asText(file, in.rep)
	if !ok {
		return nil
	}
	var document, second yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(text))
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		in.rep.issue(Issue{File: in.file, Problem: "the file is empty", Instead: `write "version: 1" on its first line`})
		return nil
	}
	if err == nil {
		if err = decoder.Decode(&second); err == nil {
			in.rep.issue(Issue{File: in.file, Row: second.Line, Problem: "a second document begins here", Instead: "delete the line ---"})
			return nil
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		in.unreadable(err)
		return nil
	}
	if len(document.Content) != 1 {
		in.rep.issue(Issue{File: in.file, Problem: "the file is empty", Instead: `write "version: 1" on its first line`})
		return nil
	}
	if alias := findAlias(&document); alias != nil {
		in.issue(alias, "", "", "a value is borrowed from another place with & and *", "write it out in both places")
		return nil
	}
	return document.Content[0]
}

// unreadable puts a mistake of YAML into words. The frequent ones are tabs, missing quotes and crooked indentation.
func (in yamlReader) unreadable(err error) {
	issue := Issue{
		File: in.file, Problem: "the file cannot be read as YAML: " + err.Error(),
		Instead: "close every bracket and quote, and let lines of one level begin in one column",
	}
	var fault *yaml.LoadError
	if errors.As(err, &fault) {
		issue.Row = fault.Mark.Line
		issue.Problem = "the line cannot be read as YAML: " + fault.Message
		switch {
		case strings.Contains(fault.Message, "mapping values are not allowed"):
			issue.Problem = "a colon stands where none can be"
			issue.Instead = "put a value that contains a colon into quotes, and let keys of one level begin in one column"
		case strings.Contains(fault.Message, "cannot start any token"):
			issue.Problem = "a word begins with a tab or with a character that has a meaning of its own"
			issue.Instead = "indent with spaces, and put a value that begins with @ or % into quotes"
		}
	}
	in.rep.issue(issue)
}

// findAlias returns the first anchor or alias in the tree. They are refused: a few lines of them can stand for more
// than a machine holds.
func findAlias(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode || node.Anchor != "" {
		return node
	}
	for _, child := range node.Content {
		if found := findAlias(child); found != nil {
			return found
		}
	}
	return nil
}

func (in yamlReader) issue(node *yaml.Node, path, value, problem, instead string) {
	in.rep.issue(Issue{File: in.file, Row: node.Line, Column: path, Value: value, Problem: problem, Instead: instead})
}

// mapping reads the keys of a mapping, each at most once.
func (in yamlReader) mapping(node *yaml.Node, path string, keys []yamlKey) bool {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = key.name
	}
	if in.heard != nil {
		in.heard.keys[path] = names
	}
	if node.Kind != yaml.MappingNode {
		in.issue(node, path, node.Value, "is not in the form \"key: value\"", oneOf("", names))
		return false
	}
	return in.entries(node, path, func(key, value *yaml.Node) {
		i := slices.Index(names, key.Value)
		if i < 0 {
			in.issue(key, path, key.Value, "is unknown here", oneOf(key.Value, names))
			return
		}
		keys[i].read(value, strings.TrimSpace(path+" "+key.Value))
	})
}

// entries calls read for each key of a mapping with its value, and reports keys that stand twice or are not text.
func (in yamlReader) entries(node *yaml.Node, path string, read func(key, value *yaml.Node)) bool {
	if node.Kind != yaml.MappingNode {
		in.issue(node, path, node.Value, "is not in the form \"key: value\"", "write one such line for each, indented")
		return false
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if key.Kind != yaml.ScalarNode || key.Value == "" {
			in.issue(key, path, "", "a key is no word", "write it as a word, followed by a colon")
			continue
		}
		if before, twice := lines[key.Value]; twice {
			in.issue(key, path, key.Value, fmt.Sprintf("stands in line %d already", before), "keep one of the two")
			continue
		}
		lines[key.Value] = key.Line
		read(key, node.Content[i+1])
	}
	return true
}

// items are the parts of a list; anything else counts as a list of one.
func (in yamlReader) items(node *yaml.Node) []*yaml.Node {
	if node.Kind == yaml.SequenceNode {
		return node.Content
	}
	return []*yaml.Node{node}
}

// text reads a word or several on one line, as written.
func (in yamlReader) text(node *yaml.Node, path string) (string, bool) {
	if node.Kind != yaml.ScalarNode {
		in.issue(node, path, "", "here must stand a single value", "write a word or a number")
		return "", false
	}
	value := strings.Join(strings.Fields(node.Value), " ")
	if value == "" {
		in.issue(node, path, "", "the value is empty", "write one, or delete the line")
		return "", false
	}
	return value, true
}

// texts reads a list of words.
func (in yamlReader) texts(node *yaml.Node, path string) []string {
	var all []string
	for _, item := range in.items(node) {
		if value, ok := in.text(item, path); ok {
			all = append(all, value)
		}
	}
	return all
}

// word reads one of some words.
func (in yamlReader) word(node *yaml.Node, path string, words ...string) (string, bool) {
	if in.heard != nil {
		in.heard.words[path] = words
	}
	value, ok := in.text(node, path)
	if !ok {
		return "", false
	}
	for _, word := range words {
		if score.Fold(value) == score.Fold(word) {
			return word, true
		}
	}
	in.issue(node, path, value, "is unknown here", oneOf(value, words))
	return "", false
}

// number reads a whole number between two bounds.
func (in yamlReader) number(node *yaml.Node, path string, from, to int) (int, bool) {
	value, ok := in.text(node, path)
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < from || n > to {
		in.issue(node, path, value, "is not a whole number that fits here", fmt.Sprintf("write a number from %d to %d", from, to))
		return 0, false
	}
	return n, true
}

// isNumber says whether a value is a whole number without quotes.
func isNumber(node *yaml.Node) bool {
	if node.Kind != yaml.ScalarNode || node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		return false
	}
	_, err := strconv.Atoi(node.Value)
	return err == nil
}
