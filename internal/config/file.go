package config

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// mostFile is how long a file of settings may be, in bytes.
const mostFile = 1 << 20

// A raw is a value as it is written somewhere.
type raw struct {
	text   string
	isList bool
	where  Where
}

// A fileReader walks the tree of a file. It takes all values as they are written, so that "no" stays a word.
type fileReader struct {
	name     string
	found    map[string]raw
	problems Problems
}

// readFile reads the values of a file by their keys.
func readFile(name string, data []byte) (map[string]raw, Problems) {
	in := &fileReader{name: name, found: map[string]raw{}}
	if root := in.parse(data); root != nil {
		in.mapping(root, "")
	}
	return in.found, in.problems
}

func (in *fileReader) at(line int) Where {
	if line == 0 {
		return Where(in.name)
	}
	return Where(fmt.Sprintf("%s:%d", in.name, line))
}

func (in *fileReader) problem(node *yaml.Node, key, problem, instead string) {
	in.problems = append(in.problems, Problem{in.at(node.Line), key, problem, instead})
}

// parse gives the root of the one document of a file; nil when there is none, or none that can be read.
func (in *fileReader) parse(data []byte) *yaml.Node {
	whole := &yaml.Node{}
	switch {
	case len(data) > mostFile:
		in.problem(whole, "", fmt.Sprintf("the file is longer than %d bytes", mostFile), "name the file with the settings")
		return nil
	case !utf8.Valid(data):
		in.problem(whole, "", "the file is not text in UTF-8", "save it as UTF-8, or name the file with the settings")
		return nil
	}
	var second yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	err := decoder.Decode(whole)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		if err = decoder.Decode(&second); err == nil {
			in.problem(&second, "", "a second document begins here", "delete the line ---")
			return nil
		}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		in.unreadable(err)
		return nil
	}
	if len(whole.Content) != 1 || whole.Content[0].Tag == "!!null" {
		return nil
	}
	return whole.Content[0]
}

// unreadable puts a mistake of YAML into words.
func (in *fileReader) unreadable(err error) {
	p := Problem{in.at(0), "", "the file cannot be read as YAML", "close every quote and bracket, indent with spaces, and put a value with a colon or a # into quotes"}
	if fault := (*yaml.LoadError)(nil); errors.As(err, &fault) {
		p.Where, p.Problem = in.at(fault.Mark.Line), "the line cannot be read as YAML ("+fault.Message+")"
	}
	in.problems = append(in.problems, p)
}

// mapping reads the keys below a key; "" is the top of the file.
func (in *fileReader) mapping(node *yaml.Node, below string) {
	if node.Kind != yaml.MappingNode {
		in.problem(node, below, "there are no settings here", `write each on a line of its own as "key: value"`)
		return
	}
	lines := map[string]int{}
	for k := 0; k+1 < len(node.Content); k += 2 {
		key, value := node.Content[k], node.Content[k+1]
		name := strings.TrimPrefix(below+"."+key.Value, ".")
		before, twice := lines[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || key.Value == "":
			in.problem(key, below, "a key is no word", "write it as a word, followed by a colon")
		case twice:
			in.problem(key, name, fmt.Sprintf("stands in line %d already", before), "keep one of the two")
		case strings.Contains(key.Value, "."):
			in.problem(key, name, "there is a dot in the key", "write what stands before the dot on a line of its own, and the rest indented below it")
		case below+"." == providerPrefix && !isID(key.Value):
			in.problem(key, name, quote(key.Value)+" cannot be the name of a provider", "write small letters and digits, such as university")
		case isGroup(name):
			in.mapping(value, name)
		default:
			in.setting(key, value, name)
		}
		lines[key.Value] = key.Line
	}
}

// isGroup says whether a key holds other keys.
func isGroup(key string) bool {
	for k := range settings {
		if strings.HasPrefix(settings[k].Key, key+".") {
			return true
		}
	}
	return strings.HasPrefix(key, providerPrefix) && strings.Count(key, ".") == 1
}

func (in *fileReader) setting(key, value *yaml.Node, name string) {
	s, _, known := find(name)
	if !known {
		in.problems = append(in.problems, unknown(in.at(key.Line), name, keysLike(name), "see the list of settings, or delete the line"))
		return
	}
	switch {
	case value.Kind == yaml.AliasNode || value.Anchor != "":
		in.problem(value, name, "the value is borrowed from another place with & and *", "write it out")
	case value.Tag == "!!null" && value.Kind == yaml.ScalarNode && value.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0:
		in.problem(key, name, "there is no value", "write one behind the colon, or delete the line")
	case value.Kind == yaml.ScalarNode:
		in.found[name] = raw{value.Value, false, in.at(value.Line)}
	case value.Kind == yaml.SequenceNode && s.list:
		in.list(value, name)
	default:
		in.problem(value, name, "there are several values", "write one: "+s.May)
	}
}

// list reads a list in either style of YAML. Its parts are joined, as they are written elsewhere.
func (in *fileReader) list(node *yaml.Node, name string) {
	var all []string
	for _, part := range node.Content {
		if part.Kind != yaml.ScalarNode || part.Anchor != "" || part.Value == "" {
			in.problem(part, name, "a part of the list is no plain value", "write each part on a line of its own behind a hyphen")
			return
		}
		all = append(all, part.Value)
	}
	in.found[name] = raw{strings.Join(all, ", "), true, in.at(node.Line)}
}

// keysLike are the keys of all settings, those of providers for the provider that a key speaks of.
func keysLike(key string) (keys []string) {
	id, _, _ := strings.Cut(strings.TrimPrefix(key, providerPrefix), ".")
	for k := range settings {
		keys = append(keys, settings[k].keyFor(id))
	}
	return keys
}
