package run

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
)

// The files that a run folder may hold besides its results. They retell the run for people and decide nothing; the
// manifest lists those that are there after the results, in this order.
const (
	RulesFile  = "rules.yaml"  // the rules that were inferred, where the inputs had none
	EquityFile = "equity.csv"  // who got what, by group
	SheetFile  = "pairs.xlsx"  // the pairs as a workbook, with a column for corrections by hand
	PageFile   = "report.html" // the report
)

var attachable = [...]string{RulesFile, EquityFile, SheetFile, PageFile}

// An Attachment is one of these files.
type Attachment struct {
	Name string
	Data []byte
}

// Attach adds a file to the run before its folder is written. It panics when the name is none of the above or was
// attached before, which is a mistake in the program and never one of its user.
func (r *Run) Attach(name string, data []byte) {
	place := slices.Index(attachable[:], name)
	at, there := slices.BinarySearchFunc(r.attached, place, func(a Attachment, place int) int {
		return slices.Index(attachable[:], a.Name) - place
	})
	if place < 0 || there {
		panic(fmt.Sprintf("run: %s cannot be attached", name))
	}
	r.attached = slices.Insert(r.attached, at, Attachment{name, data})
}

// mayList says whether the names are those of all results and of some attachments, in their order.
func mayList(names []string) bool {
	if len(names) < len(results) || !slices.Equal(names[:len(results)], results[:]) {
		return false
	}
	place := -1
	for _, name := range names[len(results):] {
		next := slices.Index(attachable[:], name)
		if next <= place {
			return false
		}
		place = next
	}
	return true
}

// isOurs says whether a run folder may hold a file of this name.
func isOurs(name string) bool {
	return name == manifestFile || slices.Contains(results[:], name) || slices.Contains(attachable[:], name)
}

// compareAttachments compares the attachments in the folder with those that were made again from the inputs.
func (r *Report) compareAttachments(folder *os.Root, listed []File, again []Attachment) {
	made := map[string][]byte{}
	for _, a := range again {
		made[a.Name] = a.Data
	}
	var same []string
	for _, file := range listed[min(len(results), len(listed)):] {
		data, remade := made[file.Name]
		if !remade {
			continue
		}
		if got, err := readFile(folder, file.Name); err != nil || !bytes.Equal(got, data) {
			r.refuse("%s is not what the inputs and the result lead to", file.Name)
			continue
		}
		same = append(same, file.Name)
	}
	if len(same) > 0 {
		r.ok("made again from the inputs, byte for byte: %s", strings.Join(same, ", "))
	}
}
