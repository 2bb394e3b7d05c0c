package roster

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// yamlBlocks are the examples of a page.
func yamlBlocks(page string) []string {
	var blocks []string
	for _, part := range strings.Split(page, "```yaml\n")[1:] {
		block, _, _ := strings.Cut(part, "```")
		blocks = append(blocks, block)
	}
	return blocks
}

func TestTheReferenceOfTheRulesFileIsTrue(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../docs/reference/rules-file.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	blocks := yamlBlocks(page)
	if len(blocks) < 8 {
		t.Errorf("the page has %d examples", len(blocks))
	}
	for _, block := range blocks {
		if !strings.Contains(block, "version:") {
			block = "version: 1\n" + block
		}
		rep := &report{}
		readRules(Input{"rules.yaml", []byte(block)}, rep)
		if rep.failed() {
			t.Errorf("the example\n%s\nis refused: %v", block, rep.problems())
		}
	}
	// Whatever a rules file may say is on the page, as code.
	words := slices.Concat(goalNames, mustKinds, pointsKinds, conflictWords, slices.Collect(maps.Keys(builtInScales)), []string{
		"people", "pairs", "poor", "role", "filled", "file", "sheet", "capitals", "latest", "answers", "choices by", "refers", "neither", "state",
		"version", "aim", "goals", "seed", "mentees", "mentors", "purposes", "must", "points", "scales", "lists", "minimums",
		"id", "name", "takes", "at least", "choices", "unlisted", "classes", "by", "same", "at most", "per pair", "from", "to", "most",
		"model", "level", "relationship", "conflicts", "wishes", "sensitive", "trees", "eligible",
		"weight", "ideal", "tree", "zones", "unless", "destination", "site", "private",
	})
	for _, word := range words {
		if !strings.Contains(page, "`"+word+"`") {
			t.Errorf("the page does not explain `%s`", word)
		}
	}
}
