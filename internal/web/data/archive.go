package data

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"time"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/privacy"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
)

// An Archive is what people get as a file when they take their data along: person.json, which another installation can
// take in; record.json, with what was written down about them besides; and the same to be read, in the person's language,
// as a page and as a table for each kind of thing.
type Archive struct {
	Taken privacy.Taken
	Lists vocabulary.Set // in which codes are looked up
	Site  string         // the name of the installation
	At    time.Time
}

// PageFile is the name of the page in the archive, in whichever language it is written.
const PageFile = "person.html"

// Write writes the archive as a zip file. Equal data gives equal bytes.
func (a Archive) Write(out io.Writer) error {
	person, err := a.Taken.Data.JSON()
	if err != nil {
		return err
	}
	record, err := a.Taken.Record.JSON()
	if err != nil {
		return err
	}
	r := a.reader()
	sheets := r.sheets()
	page, err := r.page(sheets)
	if err != nil {
		return err
	}
	files := []file{{PageFile, page}, {"person.json", person}, {"record.json", record}}
	for _, s := range sheets {
		text, err := s.csv()
		if err != nil {
			return err
		}
		files = append(files, file{s.file, text})
	}
	return pack(out, files, a.At)
}

type file struct {
	name string
	data []byte
}

func pack(out io.Writer, files []file, at time.Time) error {
	z := zip.NewWriter(out)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at.UTC()})
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// reader puts data into the words of its person.
func (a Archive) reader() *reader {
	account := privacy.Row{}
	if rows := a.Taken.Data.Tables["account"]; len(rows) > 0 {
		account = rows[0]
	}
	language, err := locale.Parse(textOf(account["language"]))
	if err != nil {
		language = locale.English
	}
	r := &reader{Archive: a, w: locale.For(language), me: a.Taken.Data.Person, zone: time.UTC}
	for _, p := range a.Taken.Data.Tables["person"] {
		if zone, err := time.LoadLocation(textOf(p["zone"])); err == nil && textOf(p["zone"]) != "" {
			r.zone = zone
		}
	}
	return r
}

// csv is a sheet as spreadsheets open it: with a mark at the beginning without which Excel takes UTF-8 for something else,
// and no cell that could be taken for a formula.
func (s sheet) csv() ([]byte, error) {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	row := make([]string, len(s.heads))
	for k, head := range s.heads {
		row[k] = person.Harmless(head)
	}
	if err := w.Write(row); err != nil {
		return nil, err
	}
	for _, cells := range s.rows {
		for k, c := range cells {
			row[k] = person.Harmless(c.sheet)
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
