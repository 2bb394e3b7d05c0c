package run

import (
	"context"
	"slices"
	"testing"
)

// attachTwo attaches what could be any page and any table.
func attachTwo(_ context.Context, r *Run) error {
	r.Attach(PageFile, []byte("<!doctype html>"))
	r.Attach(EquityFile, []byte("group,people\r\n"))
	return nil
}

func withAttachments(t *testing.T) (r *Run, dir string) {
	t.Helper()
	r, err := Match(t.Context(), residency(t), Options{Language: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	if err := attachTwo(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r, written(t, r)
}

func TestAttachmentsAreListedAndMadeAgainFromTheInputs(t *testing.T) {
	t.Parallel()
	_, dir := withAttachments(t)
	for name, want := range map[string]string{PageFile: "<!doctype html>", EquityFile: "group,people\r\n"} {
		if got := read(t, dir, name); got != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
	report, err := CheckInputs(t.Context(), dir, residency(t), attachTwo)
	if err != nil || report.Refused() > 0 {
		t.Fatalf("got %v and\n%v", err, report)
	}
	if err := MayWrite(dir, true); err != nil {
		t.Errorf("a run with attachments cannot be replaced: %v", err)
	}
}

func TestChangedAttachmentIsRefused(t *testing.T) {
	t.Parallel()
	_, dir := withAttachments(t)
	overwrite(t, dir, PageFile, "<!doctype html><p>another result")
	refused(t, dir, "report.html was changed")
	rehash(t, dir, PageFile)
	report, err := CheckInputs(t.Context(), dir, residency(t), attachTwo)
	if err != nil || report.Refused() != 1 {
		t.Errorf("got %v and\n%v", err, report)
	}
}

func TestOnlyKnownFilesAreAttachedAndEachOnce(t *testing.T) {
	t.Parallel()
	for name, attach := range map[string]func(r *Run){
		"unknown": func(r *Run) { r.Attach("notes.txt", nil) },
		"twice":   func(r *Run) { r.Attach(PageFile, nil); r.Attach(PageFile, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the file is attached", name)
				}
			}()
			attach(&Run{})
		}()
	}
}

func TestManifestListsResultsAndThenAttachmentsInOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		further []string
		may     bool
	}{
		{nil, true},
		{[]string{EquityFile, PageFile}, true},
		{[]string{PageFile, EquityFile}, false},
		{[]string{PageFile, PageFile}, false},
		{[]string{"notes.txt"}, false},
	} {
		if names := append(slices.Clone(results[:]), test.further...); mayList(names) != test.may {
			t.Errorf("a list that ends with %q: %v, want %v", test.further, !test.may, test.may)
		}
	}
	if mayList(results[1:]) {
		t.Error("a list without the problem is taken")
	}
}
