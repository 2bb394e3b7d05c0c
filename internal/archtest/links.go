package archtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	link      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	codeBlock = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan  = regexp.MustCompile("`[^`\n]*`")
	heading   = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	notInSlug = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// DeadLinks returns every link of the Markdown documents under root that leads
// to a file or a heading which is not there. Addresses on the web are not visited.
func DeadLinks(root fs.FS) ([]string, error) {
	var dead []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isIgnored(name):
			return fs.SkipDir
		case path.Ext(name) != ".md":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, target := range links(string(text)) {
			if !leadsSomewhere(root, name, target) {
				dead = append(dead, fmt.Sprintf("%s links to %s, which is not there", name, target))
			}
		}
		return nil
	})
	return dead, err
}

// links returns the targets of a document's links, except those on the web and
// those which only look like links inside code.
func links(markdown string) []string {
	prose := codeSpan.ReplaceAllString(codeBlock.ReplaceAllString(markdown, ""), "")
	var targets []string
	for _, found := range link.FindAllStringSubmatch(prose, -1) {
		if !strings.Contains(found[1], ":") {
			targets = append(targets, found[1])
		}
	}
	return targets
}

func leadsSomewhere(root fs.FS, document, target string) bool {
	name, anchor, hasAnchor := strings.Cut(target, "#")
	file := document
	if name != "" {
		file = path.Join(path.Dir(document), name)
	}
	if !hasAnchor {
		_, err := fs.Stat(root, file)
		return err == nil
	}
	text, err := fs.ReadFile(root, file)
	return err == nil && hasHeading(string(text), anchor)
}

// hasHeading reports whether a heading of the document has this anchor, by the
// rule of the usual forges: lower case, hyphens for blanks, no punctuation.
func hasHeading(markdown, anchor string) bool {
	for _, found := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(markdown, ""), -1) {
		slug := notInSlug.ReplaceAllString(strings.ToLower(strings.TrimSpace(found[1])), "")
		if strings.ReplaceAll(slug, " ", "-") == anchor {
			return true
		}
	}
	return false
}
