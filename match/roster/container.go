package roster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// A workbook is foreign bytes that unpack to far more than they are, so that everything about it has a bound. Parts are
// never unpacked as a whole: what is read of them is streamed, and counted while it is. Nothing is written to disk, and
// nothing that a workbook links to is looked at.
const (
	mostParts      = 1000
	mostUnpacked   = 100 << 20 // bytes of all parts that are read
	mostRatio      = 100       // of a part's size to its size when packed
	leastSuspected = 1 << 20   // a part that is smaller than this may have any ratio
	mostMarkup     = 1 << 20   // bytes of one piece of XML: a tag with its attributes, or the text between two tags
	mostNesting    = 64        // elements inside each other
)

// A workbookFault says why a workbook cannot be read, and what to do about it.
type workbookFault struct{ problem, instead string }

func (f *workbookFault) Error() string { return f.problem }

const saveAgain = "open it in the spreadsheet program and save it again as .xlsx"

func damaged(format string, args ...any) *workbookFault {
	return &workbookFault{"the workbook is damaged: " + fmt.Sprintf(format, args...), saveAgain}
}

// A container is the zip archive of a workbook.
type container struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// openContainer looks at the list of parts, and unpacks none.
func openContainer(data []byte) (*container, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged("its archive cannot be opened")
	}
	if len(archive.File) > mostParts {
		return nil, &workbookFault{
			fmt.Sprintf("the workbook has %d parts, and more than %d are not read", len(archive.File), mostParts),
			"copy the sheets with the people into a new workbook",
		}
	}
	c := &container{parts: map[string]*zip.File{}, left: mostUnpacked}
	for _, part := range archive.File {
		name := partName(part.Name)
		if name == "" {
			return nil, damaged("it holds a file with the name %q, which leads out of it", shortened(part.Name))
		}
		if _, twice := c.parts[name]; twice {
			return nil, damaged("it holds two parts with the name %q", shortened(part.Name))
		}
		if part.Flags&1 != 0 {
			return nil, &workbookFault{"the workbook is protected with a password", "save it without one"}
		}
		c.parts[name] = part
	}
	return c, nil
}

// partName is the name of a part in the form in which parts are looked up, which takes no notice of case (ISO 29500-2,
// 6.2.2.2); "" for one that leads elsewhere.
func partName(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	for _, segment := range strings.Split(name, "/") {
		if segment == ".." || strings.ContainsRune(segment, ':') {
			return ""
		}
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// A markup is the XML of a part, piece by piece.
type markup struct {
	name    string
	decoder *xml.Decoder
	meter   *meter
	open    []string // the elements around the present place
	close   io.Closer
}

// open begins to read a part.
func (c *container) open(name string) (*markup, error) {
	part := c.parts[partName(name)]
	if part == nil {
		return nil, damaged("the part %q is missing", shortened(name))
	}
	if size := part.UncompressedSize64; size > leastSuspected && size/mostRatio > part.CompressedSize64 {
		return nil, tooSwollen(name)
	}
	unpacked, err := part.Open()
	if err != nil {
		return nil, damaged("the part %q cannot be unpacked", shortened(name))
	}
	m := &meter{from: unpacked, total: &c.left, packed: int64(part.CompressedSize64), name: name}
	return &markup{name: name, decoder: xml.NewDecoder(m), meter: m, close: unpacked}, nil
}

func tooSwollen(name string) *workbookFault {
	return &workbookFault{
		fmt.Sprintf("the part %q unpacks to more than %d times its size, as archives do that are meant to harm", shortened(name), mostRatio),
		"copy the people into a new workbook",
	}
}

// next returns the next piece, and io.EOF after the last one.
func (x *markup) next() (xml.Token, error) {
	x.meter.piece = 0
	token, err := x.decoder.RawToken()
	if err != nil {
		var fault *workbookFault
		switch {
		case errors.As(err, &fault):
			return nil, fault
		case err == io.EOF && len(x.open) == 0:
			return nil, io.EOF
		}
		return nil, damaged("the part %q ends too early or is no XML", shortened(x.name))
	}
	switch element := token.(type) {
	case xml.StartElement:
		if len(x.open) == mostNesting {
			return nil, damaged("the part %q nests more than %d elements", shortened(x.name), mostNesting)
		}
		x.open = append(x.open, element.Name.Local)
	case xml.EndElement:
		if last := len(x.open) - 1; last < 0 || x.open[last] != element.Name.Local {
			return nil, damaged("in the part %q an element ends that was not begun", shortened(x.name))
		}
		x.open = x.open[:len(x.open)-1]
	}
	return token, nil
}

// each calls visit with every element of a part as it begins, and with the names of those around it.
func (c *container) each(name string, visit func(element xml.StartElement, around []string) error) error {
	x, err := c.open(name)
	if err != nil {
		return err
	}
	defer x.close.Close()
	for {
		token, err := x.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if element, begins := token.(xml.StartElement); begins {
			if err := visit(element, x.open[:len(x.open)-1]); err != nil {
				return err
			}
		}
	}
}

// A meter counts what is unpacked, and ends it when it is too much.
type meter struct {
	from   io.Reader
	total  *int64 // what may still be unpacked of all parts
	packed int64
	sum    int64
	piece  int // bytes since the last piece of XML ended; the decoder reads some kilobytes ahead
	name   string
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.sum += int64(n)
	m.piece += n
	*m.total -= int64(n)
	switch {
	case *m.total < 0:
		return 0, &workbookFault{
			fmt.Sprintf("the workbook unpacks to more than %d MB", mostUnpacked>>20),
			"copy the people into a new workbook, without pictures and without empty rows that have a format",
		}
	case m.sum > leastSuspected && m.sum/mostRatio > m.packed:
		return 0, tooSwollen(m.name)
	case m.piece > mostMarkup:
		return 0, damaged("the part %q has a piece of more than %d kB without a structure", shortened(m.name), mostMarkup>>10)
	case err != nil && err != io.EOF:
		return n, damaged("the part %q cannot be unpacked", shortened(m.name))
	}
	return n, err
}

// attribute is the value of an attribute, whatever its prefix; "" when there is none.
func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isTrue reads a truth value of XML Schema.
func isTrue(value string) bool { return value == "1" || value == "true" }
