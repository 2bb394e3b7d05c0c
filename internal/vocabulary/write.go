package vocabulary

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
)

// CSV writes the list as [Read] reads it, with everything there is to say: the form in which it is kept, passed on and
// edited. No cell can be taken for a formula by a spreadsheet, since Read refuses labels that could.
func (l *List) CSV() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range [][2]string{{aboutEdition, l.Edition}, {aboutLicence, l.Licence}, {aboutSource, l.Source}} {
		if row[1] != "" {
			w.Write(row[:]) // a buffer takes everything
		}
	}
	w.Write(columns)
	for _, t := range l.Terms {
		retired := ""
		if t.Retired {
			retired = "yes"
		}
		french := t.Fr
		if french == t.En && slices.Contains(proper, l.Name) {
			french = ""
		}
		w.Write([]string{t.Code, t.Parent, t.En, french, strings.Join(t.Synonyms, "; "), t.Zone, retired, t.Successor})
	}
	w.Flush()
	return out.Bytes()
}
