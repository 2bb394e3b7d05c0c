package roster

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A fileKind is what a file is by its first bytes, whatever its name says.
type fileKind int

const (
	textKind     fileKind = iota
	workbookKind          // a zip archive that holds a workbook of Office Open XML
	foreignKind           // anything else
)

// textExtensions are the names of files that hold a table as text.
var textExtensions = []string{".csv", ".tsv", ".tab", ".txt"}

// asWorkbook is what to do with a table in a format that is not read.
const asWorkbook = `open it in the spreadsheet program and save it as "Excel workbook (.xlsx)"`

// kindOf tells what a file is. For a foreign kind it also says what that is and what to do.
func kindOf(in Input) (fileKind, csvFault) {
	ext := strings.ToLower(path.Ext(in.Name))
	data := in.Data
	begins := func(signature string) bool { return bytes.HasPrefix(data, []byte(signature)) }
	switch {
	case begins("PK\x03\x04"), begins("PK\x05\x06"):
		return workbookKind, csvFault{}
	case begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
			return foreignKind, csvFault{"the workbook is protected with a password", "save it without one (File, Info, Protect Workbook, Encrypt with Password: leave it empty)"}
		}
		return foreignKind, csvFault{"the file is an old binary workbook (.xls) or another old Office document", asWorkbook}
	case begins("%PDF-"):
		return foreignKind, csvFault{"the file is a PDF, in which nobody can tell rows from columns", "export the table from the program that made it, as .xlsx or CSV"}
	case begins("\x1f\x8b"), begins("7z\xbc\xaf"), begins("Rar!"), begins("BZh"), begins("\xfd7zXZ"):
		return foreignKind, csvFault{"the file is a compressed archive", "unpack it and hand in the table that is inside"}
	}
	if head := strings.ToLower(string(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf"))))); strings.HasPrefix(head, "<") {
		switch {
		case strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet"):
			return foreignKind, csvFault{"the file is an XML Spreadsheet of 2003", asWorkbook}
		case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"), strings.HasPrefix(head, "<table"):
			return foreignKind, csvFault{"the file is a web page, whatever its name says", asWorkbook}
		case strings.HasPrefix(head, "<?xml"):
			return foreignKind, csvFault{"the file is XML and no table", "export the data as CSV"}
		}
	}
	if ext != "" && ext != ".dat" && !slices.Contains(textExtensions, ext) && !slices.Contains(workbookExtensions, ext) {
		return foreignKind, csvFault{fmt.Sprintf("files of the kind %q are not read", ext), asWorkbook + `, or as "CSV UTF-8"`}
	}
	return textKind, csvFault{}
}

// workbookExtensions are the names of workbooks that are read.
var workbookExtensions = []string{".xlsx", ".xlsm", ".xltx", ".xltm"}
