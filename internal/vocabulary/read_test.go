package vocabulary

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

const head = "code,parent,en,fr,synonyms,zone,retired,successor\n"

func mustRead(t testing.TB, name, text string) *List {
	t.Helper()
	list, problems := Read(name, []byte(text))
	if len(problems) > 0 {
		t.Fatalf("%q: %+v", text, problems)
	}
	return list
}

func TestAListIsReadAsSpreadsheetsWriteIt(t *testing.T) {
	t.Parallel()
	const text = "#edition,2028.1\n#source,\"Faculty of Medicine, Exampleville\"\ncode,parent,en,fr,synonyms\ntop,,\"care, acute\",soins aigus,\n\nlow,top,pœdiatric  care,soins à l’enfant,a; b;\n"
	want := mustRead(t, "interests", text)
	if want.Edition != "2028.1" || want.Source != "Faculty of Medicine, Exampleville" || len(want.Terms) != 2 {
		t.Fatalf("%+v", want)
	}
	low, _ := want.Find("low")
	if !reflect.DeepEqual(low, Term{Code: "low", Parent: "top", En: "pœdiatric care", Fr: "soins à l’enfant", Synonyms: []string{"a", "b"}}) {
		t.Errorf("%+v", low)
	}
	windows, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16LE := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		utf16LE = append(utf16LE, byte(unit), byte(unit>>8))
	}
	semicolons := strings.NewReplacer(",", ";", "a; b;", `"a; b;"`, `"care, acute"`, `"care, acute"`).Replace(text)
	semicolons = strings.Replace(semicolons, `"care; acute"`, `"care, acute"`, 1)
	semicolons = strings.Replace(semicolons, "Medicine; Exam", "Medicine, Exam", 1)
	for name, data := range map[string][]byte{
		"with a mark": []byte("\ufeff" + text), "Windows-1252": []byte(windows), "UTF-16": utf16LE, "line ends of DOS": []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"semicolons": []byte(semicolons), "other headings": []byte(strings.Replace(text, "code,parent,en,fr,", "Code,Parent,label_en,Français,", 1)),
		"as it is written again": want.CSV(), "empty columns behind": []byte(strings.ReplaceAll(text, "synonyms\n", "synonyms,,\n")),
	} {
		got, problems := Read("interests", data)
		if len(problems) > 0 {
			t.Errorf("%s: %+v", name, problems)
			continue
		}
		if !reflect.DeepEqual(got.Terms, want.Terms) || got.Edition != want.Edition || got.Source != want.Source {
			t.Errorf("%s: %+v, want %+v", name, got.Terms, want.Terms)
		}
	}
}

func TestMistakesAreToldWithRowColumnAndWhatToDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", "0  empty"}, {"#edition,1\n", "0  empty"}, {head, "0  empty"},
		{"code,en,fr\n", "1 parent no-column"}, {"code,parent,en,fr,colour\na,,a,a,\n", "1 colour unknown-column"}, {"code,parent,en,fr,en\na,,a,a,\n", "1 en column-twice"},
		{"name\nx\n", "1 name unknown-column; 1 code no-column; 1 parent no-column; 1 en no-column; 1 fr no-column"},
		{head + ",,a,a", "2 code no-code"}, {head + "a b,,a,a", "2 code code"}, {head + "1e5,,a,a", "2 code code"}, {head + strings.Repeat("a", 65) + ",,a,a", "2 code code"},
		{head + "a,,a,a\nb,,b,b\na,,c,c", "4 code code-twice"}, {head + "a,,,a", "2 en no-label"}, {head + "a,,a,", "2 fr no-label"},
		{head + "a,,=SUM(A1),a", "2 en formula"}, {head + "a,,a,a,＝b", "2 synonyms formula"}, {head + "a,,a\u202eb,a", "2 en control"},
		{head + "a,," + strings.Repeat("x", 201) + ",a", "2 en long-label"},
		{head + "a,z,a,a", "2 parent no-parent"}, {head + "a,b,a,a\nb,,b,b", "2 parent late-parent"}, {head + "a,a,a,a", "2 parent late-parent"},
		{head + "a,,a,a,,,yes\nb,a,b,b", "3 parent retired-parent"}, {head + "a,,a,a,,,perhaps", "2 retired retired"},
		{head + "a,,a,a,,,,b\nb,,b,b", "2 successor successor-of-live"}, {head + "a,,a,a,,,yes,z", "2 successor no-successor"},
		{head + "a,,a,a,,,yes,b\nb,,b,b,,,yes,a", "2 successor circle; 3 successor circle"}, {head + "a,,a,a,,,yes,a", "2 successor circle"},
		{head + "a,,Café,x\nb,,b,cafe", "3 fr same-words"}, {head + "a,,a,x,y; z\nb,,Y,b", "3 en same-words"},
		{head + "a,,a,a,,America/Montreal", "2 zone old-zone"}, {head + "a,,a,a,,Mars/Olympus", "2 zone zone"}, {head + "a,,a,a,,Local", "2 zone zone"},
		{head + "a,,\"a,a\nb,,b,b", "2  quotes"}, {"a\x00b", "0  no-text"}, {strings.Repeat("x", MostBytes+1), "0  too-big"},
	} {
		list, problems := Read("interests", []byte(c.text))
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d %s %s", p.Row, p.Column, strings.TrimPrefix(p.Key, "vocabulary.problem.")))
		}
		if strings.Join(got, "; ") != c.want || list != nil {
			t.Errorf("%.60q: %q, want %q", c.text, strings.Join(got, "; "), c.want)
		}
	}
}

func TestNamesOfThingsNeedNoFrenchAndOtherListsDo(t *testing.T) {
	t.Parallel()
	list := mustRead(t, "institutions", head+"a,,Mount Sinai,")
	if term, _ := list.Find("a"); term.Fr != "Mount Sinai" {
		t.Errorf("%+v", term)
	}
	if _, problems := Read("purposes", []byte(head+"a,,a,")); len(problems) == 0 {
		t.Error("a purpose needs no French")
	}
}

func TestEveryListIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, list := range all(t) {
		again, problems := Read(list.Name, list.CSV())
		if len(problems) > 0 || !reflect.DeepEqual(again.Terms, list.Terms) || again.Licence != list.Licence {
			t.Errorf("%s: %v", list.Name, problems)
		}
		if !Compare(list, list, nil).None() {
			t.Errorf("%s differs from itself", list.Name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "a,,a,a,x;y,America/Toronto,yes,b\nb,a,b,b"))
	f.Add([]byte("#edition;1\ncode;parent;en;fr\n\"a\";;\"b\nc\";d"))
	f.Add([]byte("\xff\xfec\x00"))
	f.Add([]byte("code\tparent\ten\tfr\ra\t\tb\tc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, problems := Read("interests", data)
		if (list == nil) != (len(problems) > 0) {
			t.Fatalf("%v with %v", list, problems)
		}
		if list == nil {
			return
		}
		written := list.CSV()
		again, problems := Read("interests", written)
		if len(problems) > 0 {
			t.Fatalf("%q is written as %q: %+v", data, written, problems)
		}
		if !reflect.DeepEqual(again.Terms, list.Terms) || !bytes.Equal(again.CSV(), written) {
			t.Fatalf("%q: %+v became %+v", data, list.Terms, again.Terms)
		}
		list.Suggest(string(data), French, 5)
	})
}
