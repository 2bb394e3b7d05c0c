package roster

import (
	"fmt"
	"testing"
	"time"
)

func TestDaysAreReadIfThereIsOneWayToReadThem(t *testing.T) {
	t.Parallel()
	const iso = "write year, month and day, such as 2027-09-01"
	for text, want := range map[string]string{
		"2027-09-01": "2027-09-01", "2027/9/1": "2027-09-01", "2027-09-01 00:00:00": "2027-09-01", "2027-09-01T09:30:00Z": "2027-09-01",
		"1 September 2027": "2027-09-01", "Sept. 1, 2027": "2027-09-01", "September 1st, 2027": "2027-09-01", "1er septembre 2027": "2027-09-01",
		"le 3 août 2027": "2027-08-03", "3-FEB-2027": "2027-02-03", "13/09/2027": "2027-09-13", "09/13/2027": "2027-09-13", "2/2/2027": "2027-02-02",
		"29 févr. 2028": "2028-02-29",
		"03/04/2027":    "write 2027-04-03 or 2027-03-04, whichever is meant",
		"3.4.2027":      "write 2027-04-03 or 2027-03-04, whichever is meant",
		"03/04/27":      iso, "2027": iso, "2027-13-01": iso, "2027-02-29": iso, "31 June 2027": iso, "soon": iso, "": iso, "44811": iso, "1 2 3 2027": iso, "2027-09-01-02x": iso,
	} {
		d, ok, instead := parseDate(text)
		got := instead
		if ok {
			got = d.String()
		}
		if got != want || ok != (instead == "") {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzDates(f *testing.F) {
	for _, text := range []string{"2027-09-01", "1er septembre 2027", "03/04/2027", "2027-09-01T09:30", "1 2 3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok, instead := parseDate(text)
		if ok == (instead != "") {
			t.Fatalf("%q is read %v and answered %q", text, ok, instead)
		}
		if !ok {
			return
		}
		if again, ok, _ := parseDate(d.String()); !ok || again != d || d.Year() < firstYear || d.Year() > lastYear {
			t.Errorf("%q is %s, which is read as %s", text, d, again)
		}
	})
}

// TestEveryDayIsReadInEverySpelling writes days in the spellings that name the month, and in digits.
func TestEveryDayIsReadInEverySpelling(t *testing.T) {
	t.Parallel()
	french := [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	for day := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2029; day = day.AddDate(0, 0, 1) {
		for _, text := range []string{
			day.Format("2006-01-02"), day.Format("2006/1/2"), day.Format("2 January 2006"), day.Format("Jan 2, 2006"), day.Format("January 2 2006"),
			fmt.Sprintf("%d %s %d", day.Day(), french[day.Month()-1], day.Year()),
		} {
			if d, ok, _ := parseDate(text); !ok || !d.Equal(day) {
				t.Fatalf("%q is %v, %v", text, d, ok)
			}
		}
		text := day.Format("02/01/2006")
		d, ok, _ := parseDate(text)
		if one := day.Day() > 12 || day.Day() == int(day.Month()); ok != one || ok && !d.Equal(day) {
			t.Fatalf("%q is %v, %v", text, d, ok)
		}
	}
}
