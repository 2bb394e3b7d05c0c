package roster

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// A node is a part of a JSON Schema.
type node = map[string]any

func readSchema(t *testing.T) node {
	t.Helper()
	var schema node
	readJSON(t, "../../docs/reference/rules.schema.json", &schema)
	return schema
}

// alternatives are what a part of the schema may stand for: itself, what it refers to, and what it chooses from.
func alternatives(schema, part node) []node {
	if to, ok := part["$ref"].(string); ok {
		at := schema
		for _, step := range strings.Split(strings.TrimPrefix(to, "#/"), "/") {
			at = at[step].(node)
		}
		return alternatives(schema, at)
	}
	all := []node{part}
	for _, key := range []string{"anyOf", "oneOf"} {
		choices, _ := part[key].([]any)
		for _, choice := range choices {
			if one := choice.(node); one["required"] == nil || one["properties"] != nil {
				all = append(all, alternatives(schema, one)...)
			}
		}
	}
	return all
}

// at are the parts of the schema for a path as messages have it: keys with spaces between them, and the numbers of items.
func at(schema, part node, path string) []node {
	var found []node
	for _, one := range alternatives(schema, part) {
		if path == "" {
			found = append(found, one)
		}
		if items, ok := one["items"].(node); ok {
			first, rest, _ := strings.Cut(path, " ")
			if _, err := strconv.Atoi(first); err == nil {
				found = append(found, at(schema, items, rest)...)
			}
			found = append(found, at(schema, items, path)...)
		}
		properties, _ := one["properties"].(node)
		for key, value := range properties {
			if path == key {
				found = append(found, at(schema, value.(node), "")...)
			} else if rest, ok := strings.CutPrefix(path, key+" "); ok {
				found = append(found, at(schema, value.(node), rest)...)
			}
		}
	}
	return found
}

// everyKey has every mapping that a rules file can have. What it says makes no sense.
const everyKey = `version: 1
aim: optimal
goals: [placed]
minimums: soft
people:
  role: {column: a}
  filled: {mentee: a}
  answers: {column: a}
  capitals: matter
mentees:
  takes: 1
  unlisted: last
  classes: [{by: purpose, at most: {a: 1}}]
  refers: [{column: a, by: name}]
  answers: [{column: a, empty: b}]
  capitals: ignored
mentors: {takes: 1}
pairs: {state: existing}
purposes: {mentee: a, mentor: b, per pair: one}
level: {mentee: a, mentor: b}
model: cloning
relationship: {from: 2027-01-01}
wishes: {mentee: a, mentor: b}
audit: {mentees: {column: a, sensitive: yes}, mentors: {column: a, sensitive: yes}}
must: [%s]
points: [%s]
`

// allRules is every kind of criterion with every option.
func allRules(kinds []string, options []criterionOption) string {
	var all []string
	for _, kind := range kinds {
		compared := "{mentee: a, mentor: b}"
		if criterionKinds[kind].choice {
			compared = "mentee"
		}
		lines := []string{fmt.Sprintf("%s: %s", kind, compared)}
		for _, option := range options {
			if option.kinds != nil && !slices.Contains(option.kinds, kind) {
				continue
			}
			value := map[string]string{"unless": "{destination: a, shared: {mentee: a, mentor: b}}", "zones": "{mentee: a, mentor: b}", "site": "{mentee: a, mentor: b}", "private": "yes"}[option.name]
			lines = append(lines, option.name+": "+cmpOr(value, "1"))
		}
		all = append(all, "{"+strings.Join(lines, ", ")+"}")
	}
	return strings.Join(all, ", ")
}

func TestTheSchemaKnowsTheKeysAndWordsOfTheReaderAndNoOthers(t *testing.T) {
	t.Parallel()
	schema := readSchema(t)
	heard := &grammar{keys: map[string][]string{}, words: map[string][]string{}}
	text := fmt.Sprintf(everyKey, allRules(mustKinds, mustOptions), allRules(pointsKinds, pointsOptions))
	yamlReader{file: "rules.yaml", rep: &report{}, heard: heard}.rules(Input{"rules.yaml", []byte(text)})
	if len(heard.keys) < 20 || len(heard.words) < 10 {
		t.Fatalf("the reader was asked for %d mappings and %d words only", len(heard.keys), len(heard.words))
	}
	seen := map[uintptr]bool{}
	for _, path := range slices.Sorted(maps.Keys(heard.keys)) {
		var known []string
		for _, part := range at(schema, schema, path) {
			if properties, ok := part["properties"].(node); ok {
				known = append(known, slices.Collect(maps.Keys(properties))...)
				seen[reflect.ValueOf(properties).Pointer()] = true
			}
		}
		want := slices.Sorted(slices.Values(heard.keys[path]))
		slices.Sort(known)
		if known = slices.Compact(known); !slices.Equal(known, want) {
			t.Errorf("under %q the reader takes %q, and the schema knows %q", path, want, known)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(heard.words)) {
		var known []string
		for _, part := range at(schema, schema, path) {
			enum, _ := part["enum"].([]any)
			for _, word := range enum {
				if text, ok := word.(string); ok {
					known = append(known, text)
				}
			}
		}
		want := slices.Sorted(slices.Values(heard.words[path]))
		slices.Sort(known)
		if known = slices.Compact(known); !slices.Equal(known, want) {
			t.Errorf("at %q the reader takes the words %q, and the schema knows %q", path, want, known)
		}
	}
	unheard(t, schema, "", seen)
}

// unheard reports the mappings of the schema that the reader never asked for.
func unheard(t *testing.T, part any, where string, seen map[uintptr]bool) {
	switch part := part.(type) {
	case node:
		if properties, ok := part["properties"].(node); ok && !seen[reflect.ValueOf(properties).Pointer()] {
			t.Errorf("the reader never asks for the keys at %s", where)
		}
		for key, value := range part {
			unheard(t, value, where+"/"+key, seen)
		}
	case []any:
		for k, value := range part {
			unheard(t, value, fmt.Sprintf("%s/%d", where, k), seen)
		}
	}
}

// faults are where a value does not follow a schema. It knows the keywords that the schema of the rules file has.
func faults(schema, part node, value any, where string) []string {
	for key := range part {
		if !slices.Contains([]string{"$ref", "$schema", "$id", "$defs", "title", "description", "type", "enum", "const", "properties", "required", "additionalProperties", "items", "anyOf", "oneOf", "minimum", "maximum", "minItems", "uniqueItems", "minLength", "maxLength"}, key) {
			return []string{where + ": the test does not know the keyword " + key}
		}
	}
	if to, ok := part["$ref"].(string); ok {
		return faults(schema, schema["$defs"].(node)[strings.TrimPrefix(to, "#/$defs/")].(node), value, where)
	}
	var all []string
	fault := func(format string, args ...any) { all = append(all, where+": "+fmt.Sprintf(format, args...)) }
	if types := part["type"]; types != nil && !hasType(types, value) {
		fault("%v is no %v", value, types)
	}
	if enum, ok := part["enum"].([]any); ok && !slices.Contains(enum, value) {
		fault("%v is none of %v", value, enum)
	}
	if want, ok := part["const"]; ok && value != want {
		fault("%v is not %v", value, want)
	}
	if n, ok := value.(float64); ok {
		if least, ok := part["minimum"].(float64); ok && n < least {
			fault("%v is too small", n)
		}
		if most, ok := part["maximum"].(float64); ok && n > most {
			fault("%v is too great", n)
		}
	}
	for key, exactly := range map[string]bool{"anyOf": false, "oneOf": true} {
		choices, ok := part[key].([]any)
		fits := 0
		for _, choice := range choices {
			if len(faults(schema, choice.(node), value, where)) == 0 {
				fits++
			}
		}
		if ok && (fits == 0 || exactly && fits > 1) {
			fault("%v fits %d of the choices", value, fits)
		}
	}
	if list, ok := value.([]any); ok {
		if items, ok := part["items"].(node); ok {
			for k, item := range list {
				all = append(all, faults(schema, items, item, fmt.Sprintf("%s/%d", where, k))...)
			}
		}
	}
	if mapping, ok := value.(node); ok {
		properties, _ := part["properties"].(node)
		for _, key := range asStrings(part["required"]) {
			if _, there := mapping[key]; !there {
				fault("the key %s is missing", key)
			}
		}
		for key, inner := range mapping {
			if property, known := properties[key].(node); known {
				all = append(all, faults(schema, property, inner, where+"/"+key)...)
			} else if others, ok := part["additionalProperties"].(node); ok {
				all = append(all, faults(schema, others, inner, where+"/"+key)...)
			} else if part["additionalProperties"] == false {
				fault("the key %s is unknown", key)
			}
		}
	}
	return all
}

func asStrings(list any) []string {
	var all []string
	items, _ := list.([]any)
	for _, item := range items {
		all = append(all, item.(string))
	}
	return all
}

func hasType(types, value any) bool {
	if list, ok := types.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return hasType(one, value) })
	}
	switch types {
	case "object":
		_, ok := value.(node)
		return ok
	case "array":
		_, ok := value.([]any)
		return ok
	case "string":
		_, ok := value.(string)
		return ok
	case "boolean":
		_, ok := value.(bool)
		return ok
	case "number":
		_, ok := value.(float64)
		return ok
	case "integer":
		n, ok := value.(float64)
		return ok && n == float64(int(n))
	}
	return false
}

// asJSON is the value of a YAML text as JSON has it.
func asJSON(t *testing.T, text []byte) any {
	t.Helper()
	var value any
	if err := yaml.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	return plainValue(value)
}

func plainValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = plainValue(inner)
		}
		return v
	case map[any]any:
		plain := node{}
		for key, inner := range v {
			plain[fmt.Sprint(key)] = plainValue(inner)
		}
		return plain
	case []any:
		for k, inner := range v {
			v[k] = plainValue(inner)
		}
		return v
	case int:
		return float64(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return value
}

func TestRulesFilesFollowTheSchema(t *testing.T) {
	t.Parallel()
	schema := readSchema(t)
	texts := map[string][]byte{}
	for _, name := range []string{residency + "/rules.yaml", "testdata/mentor-match-small/rules.yaml"} {
		data, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = data
	}
	page, err := os.ReadFile("../../docs/reference/rules-file.md")
	if err != nil {
		t.Fatal(err)
	}
	for k, block := range yamlBlocks(string(page)) {
		if !strings.Contains(block, "version:") {
			block = "version: 1\n" + block
		}
		texts[fmt.Sprintf("example %d of the reference", k+1)] = []byte(block)
	}
	for _, c := range cohorts {
		text, _, err := Infer(c.files)
		if err != nil {
			t.Fatal(err)
		}
		texts["inferred: "+c.name] = text
	}
	for name, text := range texts {
		for _, fault := range faults(schema, schema, asJSON(t, text), "") {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func TestTheSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	t.Parallel()
	schema := readSchema(t)
	for _, text := range []string{
		"goals: [placed]", "version: 2", "version: 1\ngoal: [placed]", "version: 1\ngoals: [placd]", "version: 1\nmust: [{same: a, from: x}]",
		"version: 1\npoints: [{same: a, different: b, points: 1}]", "version: 1\nmentees: {takes: -1}", "version: 1\npeople: {role: {mentee: [a]}}",
		"version: 1\npoints: [{same: a, weight: 11}]", "version: 1\nmentees: everybody",
	} {
		rep := &report{}
		readRules(Input{"rules.yaml", []byte(text)}, rep)
		if !rep.failed() {
			t.Errorf("the reader takes %q", text)
		}
		if len(faults(schema, schema, asJSON(t, []byte(text)), "")) == 0 {
			t.Errorf("the schema takes %q", text)
		}
	}
	if data, err := os.ReadFile("../../docs/reference/rules.schema.json"); err != nil || !json.Valid(data) || !strings.Contains(string(data), `"$id": "`+SchemaAddress+`"`) {
		t.Errorf("the schema is not found under its address: %v", err)
	}
}
