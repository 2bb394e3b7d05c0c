package roster

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A hostileFile is made to cost whoever reads it more than it cost to send. None is larger than 10 MB.
type hostileFile struct {
	name string
	make func() Input
	want string // a part of what is said about it
}

// lines repeats a text with another number for each # in it, so that it packs no better than real tables do.
func lines(n int, text string) string {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split(text, "#")
	var b []byte
	for range n {
		for i, piece := range pieces {
			if i > 0 {
				b = strconv.AppendInt(b, random.Int64N(1e9), 10)
			}
			b = append(b, piece...)
		}
	}
	return string(b)
}

func sheetOf(rows string) Input {
	return madeOf(map[string]string{"xl/worksheets/sheet1.xml": sheetXML(rows)})
}

var hostileFiles = []hostileFile{
	{"a zip bomb", func() Input { return sheetOf(strings.Repeat(`<row/>`, 20<<20/6)) }, `the part "xl/worksheets/sheet1.xml" unpacks to more than 100 times its size`},
	{"a bomb of empty texts", func() Input {
		return madeOf(map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si/>", 20<<20/5) + "</sst>"})
	}, `the part "xl/sharedStrings.xml" unpacks to more than 100 times its size`},
	{"many texts", func() Input {
		return madeOf(map[string]string{"xl/sharedStrings.xml": "<sst>" + lines(mostTexts+1, "<si><t>#</t></si>") + "</sst>"})
	}, "the workbook has more than 1000000 different texts"},
	{"many parts", func() Input {
		return Input{"people.xlsx", packed(func(add func(name, content string)) {
			for i := range 90_000 {
				add(fmt.Sprint(i), "")
			}
		})}
	}, "the workbook has 90000 parts, and more than 1000 are not read"},
	{"many columns", func() Input { return sheetOf(`<row>` + lines(1001, `<c><v>#</v></c>`) + `</row>`) }, "cell ALM1 has content, and no more than 1000 columns are read"},
	{"a cell far away", func() Input {
		return sheetOf(`<row r="1">` + inline("A1", "id") + inline("B1", "name") + `</row><row r="1048576">` + inline("A1048576", "1") + inline("ALL1048576", "Ana") + `</row>`)
	}, `row 1048576, column "ALL": "Ana" stands under no heading`},
	{"as many cells as fit", func() Input {
		return sheetOf(lines(470_000, `<row><c><v>#</v></c><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c></row>`))
	}, ""},
	{"a wide header over many short rows", func() Input {
		return sheetOf(`<row>` + lines(1000, `<c><v>#</v></c>`) + `</row>` + lines(100_000, `<row><c><v>#</v></c></row>`))
	}, "are more than 5000000 cells"},
	{"one long text in many cells", func() Input {
		return madeOf(map[string]string{
			"xl/sharedStrings.xml":     "<sst><si><t>" + strings.Repeat("x", 32_000) + "</t></si></sst>",
			"xl/worksheets/sheet1.xml": sheetXML(lines(10_000, `<row><c t="s"><v>0</v></c><c><v>#</v></c></row>`)),
		})
	}, "or 100 MB of text"},
	{"one tag with many attributes", func() Input { return sheetOf(`<row ` + lines(200_000, `a#="" `) + `/>`) }, "has a piece of more than 1024 kB without a structure"},
	{"elements inside each other", func() Input { return sheetOf(lines(200_000, `<a#>`)) }, "nests more than 64 elements"},
	{"a comment without an end", func() Input { return sheetOf(`<!--` + lines(200_000, `# `)) }, "has a piece of more than 1024 kB without a structure"},
	{"many merged areas over each other", func() Input {
		merged := `<mergeCell ref="A1:XFD1048576"/>`
		for i := range mostMerged - 1 {
			merged += fmt.Sprintf(`<mergeCell ref="%s%d:%[1]s1048576"/>`, letters(i%1000), i/1000+2)
		}
		row := `<row>` + strings.Repeat(`<c><v>1</v></c>`, 1000) + `</row>`
		return madeOf(map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + strings.Repeat(row, 20) +
			lines(4000, `<row><c><v>#</v></c></row>`) + `</sheetData><mergeCells>` + merged + `</mergeCells></worksheet>`})
	}, ""},
	{"many formulas without results", func() Input {
		return sheetOf(`<row>` + lines(1000, `<c><v>#</v></c>`) + `</row>` + strings.Repeat(`<row>`+lines(1000, `<c><f>#</f></c>`)+`</row>`, 40) + `<row><c><v>1</v></c></row>`)
	}, "without a saved result, like 39 cells more"},
	{"many sheets", func() Input {
		sheets, rels := "", ""
		for i := range mostSheets + 1 {
			sheets += fmt.Sprintf(`<sheet name="s%d" r:id="s%[1]d"/>`, i)
			rels += fmt.Sprintf(`<Relationship Id="s%d" Type="x/worksheet" Target="worksheets/s%[1]d.xml"/>`, i)
		}
		return madeOf(map[string]string{
			"xl/workbook.xml": `<workbook xmlns:r="x"><sheets>` + sheets + `</sheets></workbook>`, "xl/_rels/workbook.xml.rels": workbookRels(rels)})
	}, "the workbook has 101 sheets, and more than 100 are not read"},
	{"a table of separators", func() Input {
		return Input{"people.csv", []byte("a" + strings.Repeat(strings.Repeat(",", 999)+"\n1", 5_100))}
	}, "the file has more than 5000000 cells"},
	{"a text of quotes", func() Input { return Input{"people.csv", []byte(strings.Repeat(`"""",`, 2_000_000))} }, "the row has more than 1000 cells"},
}

// TestAHostileFileCostsLittle reads each file in a process of its own, so that its memory can be told from others'.
func TestAHostileFileCostsLittle(t *testing.T) {
	if name := os.Getenv("CHIRON_HOSTILE"); name != "" {
		readHostile(t, name)
		return
	}
	t.Parallel()
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	const mostMemory, mostTime = 300 << 20, 10 * time.Second
	for _, h := range hostileFiles {
		path := t.TempDir() + "/hostile"
		in := h.make()
		if len(in.Data) > 10<<20 {
			t.Errorf("%s: the file has %d bytes, and 10 MB are the measure", h.name, len(in.Data))
		}
		if err := os.WriteFile(path, in.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0], "-test.run=^TestAHostileFileCostsLittle$")
		child.Env = append(os.Environ(), "CHIRON_HOSTILE="+path, "CHIRON_HOSTILE_NAME="+in.Name)
		out, err := child.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", h.name, err, out)
			continue
		}
		used := child.ProcessState
		said, memory := peakIn(string(out))
		spent := used.UserTime() + used.SystemTime()
		if !strings.Contains(said, h.want) {
			t.Errorf("%s: it is said\n%s\nwant a part of it to be\n%s", h.name, said, h.want)
		}
		t.Logf("%-36s %6d kB file %5d MB %8s  %s", h.name, len(in.Data)>>10, memory>>20, spent.Round(time.Millisecond), shortened(said))
		if memory > mostMemory || spent > mostTime {
			t.Errorf("%s: reading it took %d MB and %s", h.name, memory>>20, spent)
		}
	}
}

// readHostile reads the file and prints what is said about it.
func readHostile(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rep := &report{}
	for _, table := range readTables(Input{os.Getenv("CHIRON_HOSTILE_NAME"), data}, rep) {
		table.use(rep)
	}
	if err := rep.problems(); err != nil {
		fmt.Println(err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the peak of memory is not known here")
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Println(strings.Fields(peak)[0], "kB at the peak")
}

// peakIn takes what readHostile printed apart. The peak is 0 where it is not known.
func peakIn(out string) (said string, bytes int) {
	var kilobytes int
	for line := range strings.Lines(out) {
		if n, _ := fmt.Sscanf(line, "%d kB at the peak", &kilobytes); n == 1 {
			return said, kilobytes << 10
		}
		said += line
	}
	return said, 0
}
