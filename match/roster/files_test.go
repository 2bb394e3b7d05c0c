package roster

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// folderWith makes a folder with these files, whose names may have folders.
func folderWith(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("id\n1\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderIsReadWithoutWhatDoesNotBelongToIt(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, "mentees.csv", "Mentors.CSV", "rules.yml", "people.xlsx", "~$people.xlsx", ".~lock.people.xlsx#", "letter.docx", ".DS_Store", ".git/config", "README.md", "run-1/manifest.json", "run-1/pairs.csv")
	inputs, err := ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range inputs {
		got = append(got, in.Name)
		if read := in.Data != nil; read != (in.Name != "letter.docx") {
			t.Errorf("%s was read: %v", in.Name, read)
		}
	}
	if want := []string{"Mentors.CSV", "letter.docx", "mentees.csv", "people.xlsx", "rules.yml"}; !slices.Equal(got, want) {
		t.Errorf("read are %q, want %q", got, want)
	}
}

func TestAFolderThatCannotBeMatchedIsRefusedInWords(t *testing.T) {
	t.Parallel()
	nested := folderWith(t, "mentees.csv", "last year/mentees.csv")
	empty := t.TempDir()
	crowded := t.TempDir()
	for i := range mostFiles + 1 {
		if err := os.WriteFile(filepath.Join(crowded, strings.Repeat("a", i+1)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	outside := folderWith(t, "mentees.csv")
	linked := t.TempDir()
	if err := os.Symlink(filepath.Join(outside, "mentees.csv"), filepath.Join(linked, "mentees.csv")); err != nil {
		t.Skip("links cannot be made here")
	}
	huge := folderWith(t, "mentees.csv")
	if err := os.Truncate(filepath.Join(huge, "mentees.csv"), mostFileBytes+1); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		nested: "there is a folder inside it", empty: "there are no files in it", crowded: "there are more than 100 files in it",
		linked: "path escapes from parent", huge: "is larger than 64 MB", filepath.Join(empty, "nowhere"): "no such file",
	} {
		if _, err := ReadFolder(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ReadFolder says %v, want %q", err, want)
		}
	}
}

func TestSingleFilesAreReadByName(t *testing.T) {
	t.Parallel()
	dir := folderWith(t, "b/mentees.csv", "a/rules.yaml", "c/mentees.csv")
	inputs, err := ReadFiles([]string{filepath.Join(dir, "a/rules.yaml"), filepath.Join(dir, "b/mentees.csv")})
	if err != nil || len(inputs) != 2 || inputs[0].Name != "mentees.csv" || inputs[1].Name != "rules.yaml" {
		t.Errorf("ReadFiles = %v, %v", inputs, err)
	}
	if _, err := ReadFiles([]string{filepath.Join(dir, "b/mentees.csv"), filepath.Join(dir, "c/mentees.csv")}); err == nil {
		t.Error("two files of one name are taken")
	}
	if _, err := ReadFiles([]string{dir}); err == nil {
		t.Error("a folder is taken for a file")
	}
}
