package roster

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var rewrite = flag.Bool("rewrite-broken", false, "write what is said about the broken files into testdata/broken; read it before you keep it")

// archived are the files of an archive in testdata/broken. A file named people.xlsx/PART is a part of a workbook, which
// has the other parts of the smallest one; one named people.csv.quoted is written as a Go string. The content "(none)"
// takes a part away.
func archived(t testing.TB, a *txtar.Archive) (inputs []Input, want string) {
	t.Helper()
	parts := map[string]map[string]string{}
	for _, file := range a.Files {
		name, content := file.Name, string(file.Data)
		if name == "want" {
			want = strings.TrimSpace(content)
			continue
		}
		if quoted, ok := strings.CutSuffix(name, ".quoted"); ok {
			text, err := strconv.Unquote(strings.TrimSpace(content))
			if err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, Input{quoted, []byte(text)})
			continue
		}
		book, part, isPart := strings.Cut(name, "/")
		if !isPart {
			inputs = append(inputs, Input{name, file.Data})
			continue
		}
		if parts[book] == nil {
			parts[book] = map[string]string{}
		}
		if parts[book][part] = content; strings.TrimSpace(content) == "(none)" {
			parts[book][part] = "-"
		}
	}
	for book, replaced := range parts {
		inputs = append(inputs, Input{book, madeOf(replaced).Data})
	}
	return inputs, want
}

// brokenTables are the archives of testdata/broken, by path.
func brokenTables(t testing.TB) map[string]*txtar.Archive {
	t.Helper()
	paths, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d broken files, %v", len(paths), err)
	}
	archives := map[string]*txtar.Archive{}
	for _, path := range paths {
		if archives[path], err = txtar.ParseFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return archives
}

func TestEveryBrokenTableIsRefusedWithItsPlaceAndItsRemedy(t *testing.T) {
	t.Parallel()
	for path, archive := range brokenTables(t) {
		inputs, want := archived(t, archive)
		rep := &report{}
		for _, in := range inputs {
			for _, table := range readTables(in, rep) {
				table.use(rep)
			}
		}
		err := rep.problems()
		if err == nil {
			t.Errorf("%s: the file is taken as it is", path)
			continue
		}
		got := strings.ReplaceAll(err.Error(), "\u2026", "...")
		if *rewrite {
			for i := range archive.Files {
				if archive.Files[i].Name == "want" {
					archive.Files[i].Data = []byte(got + "\n")
				}
			}
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
		}
	}
}
