package roster

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/chiron-mentoring/chiron/match/score"
)

// weekText writes a week as "Mon 9:00-12:00, Thu 13:00-17:00".
func weekText(w score.Week) string {
	names := [...]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	var free [score.QuartersPerWeek + 1]bool
	for q := range w.Quarters() {
		free[q] = true
	}
	var all []string
	for day, name := range names {
		for q := day * score.QuartersPerDay; q < (day+1)*score.QuartersPerDay; q++ {
			if !free[q] || q%score.QuartersPerDay > 0 && free[q-1] {
				continue
			}
			end := q
			for end < (day+1)*score.QuartersPerDay && free[end] {
				end++
			}
			from, to := q%score.QuartersPerDay*15, (end-day*score.QuartersPerDay)*15
			all = append(all, fmt.Sprintf("%s %d:%02d-%d:%02d", name, from/60, from%60, to/60, to%60))
		}
	}
	return strings.Join(all, ", ")
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	const (
		workMornings = "Mon 8:00-12:00, Tue 8:00-12:00, Wed 8:00-12:00, Thu 8:00-12:00, Fri 8:00-12:00"
		workEvenings = "Mon 17:00-21:00, Tue 17:00-21:00, Wed 17:00-21:00, Thu 17:00-21:00, Fri 17:00-21:00"
		weekendDays  = "Sat 8:00-17:00, Sun 8:00-17:00"
	)
	for text, want := range map[string]string{
		"Mon 9-12; Thu pm":                      "Mon 9:00-12:00, Thu 12:00-17:00",
		"Mon 9-12, Thu pm":                      "Mon 9:00-12:00, Thu 12:00-17:00",
		"Monday 9am-12pm and Thursday 1-3pm":    "Mon 9:00-12:00, Thu 13:00-15:00",
		"lundi 13h-16h":                         "Mon 13:00-16:00",
		"mardi matin":                           "Tue 8:00-12:00",
		"lundi 13h-16h et jeudi matin":          "Mon 13:00-16:00, Thu 8:00-12:00",
		"Lun. 9 h 30 à 11 h":                    "Mon 9:30-11:00",
		"du lundi au mercredi, de 8h à 10h":     "Mon 8:00-10:00, Tue 8:00-10:00, Wed 8:00-10:00",
		"lundi après-midi, vendredi avant-midi": "Mon 12:00-17:00, Fri 8:00-12:00",
		"Tue/Thu after 16:00":                   "Tue 16:00-21:00, Thu 16:00-21:00",
		"mercredi à partir de 16 h":             "Wed 16:00-21:00",
		"Wed from 4 pm":                         "Wed 16:00-21:00",
		"Fri before 10":                         "Fri 8:00-10:00",
		"Fri until noon":                        "Fri 8:00-12:00",
		"vendredi jusqu'à midi":                 "Fri 8:00-12:00",
		"Mon 9 to noon":                         "Mon 9:00-12:00",
		"Mon noon to 2pm":                       "Mon 12:00-14:00",
		"mardi midi":                            "Tue 12:00-13:00",
		"Mon 9-5":                               "Mon 9:00-17:00",
		"Mon 11-1":                              "Mon 11:00-13:00",
		"Mon 11am-1":                            "Mon 11:00-13:00",
		"Mon 10-2pm":                            "Mon 10:00-14:00",
		"Mon 9:15-10:50":                        "Mon 9:15-10:45",
		"Mon 9:05–10:00":                        "Mon 9:15-10:00",
		"Mon 0900-1030":                         "Mon 9:00-10:30",
		"Mon between 9 and 11":                  "Mon 9:00-11:00",
		"entre 9h et 11h le mardi":              "Tue 9:00-11:00",
		"Mon 9-10, 14-15":                       "Mon 9:00-10:00, Mon 14:00-15:00",
		"Mon, Wed and Fri mornings":             "Mon 8:00-12:00, Wed 8:00-12:00, Fri 8:00-12:00",
		"mornings on Mon and Wed":               "Mon 8:00-12:00, Wed 8:00-12:00",
		"matin (lundi)":                         "Mon 8:00-12:00",
		"Sat-Mon 9-10":                          "Mon 9:00-10:00, Sat 9:00-10:00, Sun 9:00-10:00",
		"mornings":                              workMornings,
		"weekdays am":                           workMornings,
		"en semaine, le matin":                  workMornings,
		"evenings":                              workEvenings,
		"weekends":                              weekendDays,
		"fins de semaine":                       weekendDays,
		"evenings and weekends":                 workEvenings + ", " + weekendDays,
		"weekends and evenings":                 workEvenings + ", " + weekendDays,
		"soirs et fins de semaine":              workEvenings + ", " + weekendDays,
		"Saturday morning to afternoon":         "Sat 8:00-17:00",
		"evenings, Saturday 9-12":               workEvenings + ", Sat 9:00-12:00",
		"Wednesday":                             "Wed 8:00-17:00",
		"Monday: 9-12\nTuesday: all day":        "Mon 9:00-12:00, Tue 8:00-17:00",
		"toute la journée jeudi":                "Thu 8:00-17:00",
		"daily 12-13":                           "Mon 12:00-13:00, Tue 12:00-13:00, Wed 12:00-13:00, Thu 12:00-13:00, Fri 12:00-13:00, Sat 12:00-13:00, Sun 12:00-13:00",
		"Sunday 22:00-24:00":                    "Sun 22:00-24:00",
		"unavailable":                           "",
		"aucune":                                "",
		"Mon 6h-7h":                             "Mon 6:00-7:00",
	} {
		week, fault := readWeek(text, clause{})
		if fault != nil {
			t.Errorf("%q %s; %s", text, fault.problem, fault.instead)
			continue
		}
		days := map[string]int{"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
		if got := weekText(week); len(got) != len(want) || len(days) != 7 || got != want && !sameParts(got, want) {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	anytime, _ := readWeek("flexible", clause{})
	if got := anytime.Minutes(); got != 7*13*60 {
		t.Errorf("flexible is %d minutes a week, want 13 hours a day", got)
	}
}

// sameParts says whether two lists of times are the same in another order.
func sameParts(a, b string) bool {
	parts := map[string]int{}
	for part := range strings.SplitSeq(a, ", ") {
		parts[part]++
	}
	for part := range strings.SplitSeq(b, ", ") {
		parts[part]--
	}
	for _, n := range parts {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestTimesThatCanBeReadInTwoWaysAreNotRead(t *testing.T) {
	t.Parallel()
	const example = timesExample
	for text, want := range map[string]string{
		"Mon 1-3":                 `does not say whether "1-3" is in the morning; write 01:00-03:00 if it is, and 13:00-15:00 if it is not`,
		"Mon 5:30-6:30":           `does not say whether "5:30-6:30" is in the morning; write 05:30-06:30 if it is, and 17:30-18:30 if it is not`,
		"Mon after 5":             `does not say whether "5" is in the morning; write after 17:00 if it is not`,
		"Mon 9":                   `has "9" without an end; ` + example,
		"Mon after":               `has "after" without an hour; ` + example,
		"Mon 25-26":               `has "25", which is no time of the clock; ` + example,
		"Mon 9:75-10":             `has "9:75", which is no time of the clock; ` + example,
		"Mon 15:00-14:00":         `has "15:00-14:00", which ends before it begins; write hours of 24, and what goes over midnight as two times`,
		"M W F 9-12":              `has "m", which is no day and no time; ` + example,
		"alternate Tuesdays":      `has "alternate", which is no day and no time; ` + example,
		"Mon except mornings":     `has "except", which is no day and no time; ` + example,
		"never on Mondays":        `says "never" besides times; ` + example,
		"mornings on Mon, Wed pm": `can be read in two ways; ` + example,
		"Mon-weekends":            `has a range of days that ends with "weekends"; ` + example,
		"3 hours a week":          `has "hours", which is no day and no time; ` + example,
	} {
		week, fault := readWeek(text, clause{})
		if fault == nil {
			t.Errorf("%q is read as %q", text, weekText(week))
		} else if got := fault.problem + "; " + fault.instead; got != want {
			t.Errorf("%q %s\nwant %s", text, got, want)
		}
	}
}

func TestAGridSaysDaysInItsHeadings(t *testing.T) {
	t.Parallel()
	r := load(t, files(
		"mentees.csv", "id,Availability [Monday],Availability [Tuesday],Availability [Weekend]\na,\"Morning, Afternoon\",,x\nb,,evening,\n",
		"mentors.csv", "id,Free [Mornings],Free [Evenings]\nM,\"Mon, Tue\",no\nN,,Tuesday\nO,Sat,\n",
		"rules.yaml", "version: 1\nmust: [{time: {mentee: Availability, mentor: Free}, at least: 90 min}]\npoints: [{time: {mentee: availability, mentor: free}, most: 8 h, weight: 1}]\n"))
	want := []string{"a M =50", "a O =50", "b N =50"}
	if got := edges(problemOf(t, r)); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the pairs are %q, want %q", got, want)
	}
}

func TestLengthsOfTimeHaveAUnit(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"1 h": 60, "1h": 60, "90 min": 90, "1.5 hours": 90, "1,5 heure": 90, "1 h 30": 90, "1h30": 90, "2 hrs": 120, "1 h 15 min": 75,
		"1": 0, "": 0, "h": 0, "1 day": 0, "1.01 h": 0, "one hour": 0, "-1 h": 0, "1..5 h": 0,
	} {
		if got, ok := parseDuration(text); ok != (want > 0) || ok && got != want {
			t.Errorf("%q is %d minutes, %v; want %d", text, got, ok, want)
		}
	}
}

func TestZonesAreKnownByManyNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"America/Toronto": "America/Toronto", "america/toronto": "America/Toronto", "America/Montreal": "America/Toronto", "US/Eastern": "America/Toronto",
		"Montréal": "America/Toronto", "Montréal, QC": "America/Toronto", "HNE": "America/Toronto", "EDT": "America/Toronto", "Eastern Time": "America/Toronto",
		"(UTC-05:00) Eastern Time (US & Canada)": "America/Toronto", "Halifax": "America/Halifax", "HAA": "America/Halifax",
		"St. John's": "America/St_Johns", "Yellowknife": "America/Edmonton", "America/Yellowknife": "America/Edmonton", "America/Pangnirtung": "America/Iqaluit",
		"Regina": "America/Regina", "Pacific/Apia": "Pacific/Apia", "UTC": "UTC", "gmt": "UTC", "UTC-5": "utc-5", "GMT+5:45": "gmt+5:45", "Asia/Katmandu": "Asia/Kathmandu",
		"London": "", "IST": "", "Local": "", "": "", "../etc/passwd": "", "/etc/localtime": "", "UTC+25": "", "Mars/Olympus": "", "UTC-5:07": "",
	} {
		zone, ok := findZone(text)
		if ok != (want != "") || ok && zone.String() != want {
			t.Errorf("%q is the zone %v, %v; want %q", text, zone, ok, want)
		}
	}
	for name := range zoneWords {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("there is no zone %q", name)
		}
	}
}

// TestTimeInCommonIsThatOfTheClock counts the time in common once more, minute by minute on the clocks of both zones.
func TestTimeInCommonIsThatOfTheClock(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 4))
	zones := []string{"America/Toronto", "America/St_Johns", "America/Vancouver", "Europe/Paris", "Asia/Kathmandu", "Pacific/Auckland", "UTC"}
	days := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	for range 60 {
		// A week in which no clock changes, of any season.
		monday := time.Date(2027, time.Month(1+random.IntN(12)), 1, 0, 0, 0, 0, time.UTC)
		monday = monday.AddDate(0, 0, (8-int(monday.Weekday()))%7)
		if m := monday.Month(); m == time.March || m == time.October || m == time.November || m == time.April || m == time.September {
			continue
		}
		zone := [2]string{zones[random.IntN(len(zones))], zones[random.IntN(len(zones))]}
		var cell [2]string
		free := [2]map[string]bool{{}, {}} // "Mon 09:15" of the own clock
		for side := range cell {
			for range 1 + random.IntN(4) {
				day, from := random.IntN(7), random.IntN(22)
				to := from + 1 + random.IntN(min(6, 24-from))
				cell[side] += fmt.Sprintf("%s %02d:00-%02d:00; ", days[day], from, to)
				for q := from * 4; q < to*4; q++ {
					free[side][fmt.Sprintf("%s %02d:%02d", days[day], q/4, q%4*15)] = true
				}
			}
		}
		first := monday.AddDate(0, 0, random.IntN(7))
		r := load(t, files("mentees.csv", "id,free,zone\na,"+cell[0]+","+zone[0]+"\n", "mentors.csv", "id,free,zone\nM,"+cell[1]+","+zone[1]+"\n",
			"rules.yaml", "version: 1\nrelationship: {from: "+first.Format(time.DateOnly)+"}\npoints: [{time: free, zones: zone, weight: 1, most: 1 h}]\n"))
		want := 0
		locations := [2]*time.Location{}
		for side, name := range zone {
			locations[side], _ = time.LoadLocation(name)
		}
		for q := range 7 * 96 {
			at := monday.Add(time.Duration(q) * 15 * time.Minute)
			if free[0][at.In(locations[0]).Format("Mon 15:04")] && free[1][at.In(locations[1]).Format("Mon 15:04")] {
				want += 15
			}
		}
		p := problemOf(t, r)
		if got := p.Column("suitability")[0]; int(got) != min(100, 100*want/60) {
			t.Fatalf("%s, %q in %s and %q in %s: the fit is %d, and they have %d minutes in common", first.Format(time.DateOnly), cell[0], zone[0], cell[1], zone[1], got, want)
		}
	}
}

func TestOneZoneNeedsNoDate(t *testing.T) {
	t.Parallel()
	rules := "version: 1\nmust: [{time: free, zones: zone}]\n"
	mentors := "id,free,zone\nM,Mon 9-12,HNE\n"
	load(t, files("mentees.csv", "id,free,zone\na,Mon 9-12,Montréal\n", "mentors.csv", mentors, "rules.yaml", rules))
	_, err := Load(files("mentees.csv", "id,free,zone\na,Mon 9-12,Halifax\n", "mentors.csv", mentors, "rules.yaml", rules))
	const want = `rules.yaml, line 2, must 1: compares times in several zones, and these depend on the season; write when relationships begin, such as "relationship: {from: 2027-09-07}", on the top level`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func FuzzTimes(f *testing.F) {
	for _, text := range []string{"Mon 9-12; Thu pm", "lundi 13h-16h et jeudi matin", "evenings, weekends", "(UTC-05:00)", "Mon 9:", "9.h", "24:00-24:00", "12am-12pm", "à", "\u0301"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		week, fault := readWeek(text, clause{})
		again, faultAgain := readWeek(text, clause{})
		if week != again || (fault == nil) != (faultAgain == nil) {
			t.Errorf("%q is read in two ways", text)
		}
		if fault != nil && (week != score.Week{} || fault.problem == "" || fault.instead == "") {
			t.Errorf("%q is refused with %+v and read all the same", text, fault)
		}
		if fault == nil { // what is understood can be written out plainly and is understood alike
			if plain, fault := readWeek(weekText(week), clause{}); weekText(week) != "" && (fault != nil || plain != week) {
				t.Errorf("%q is %q, which is read as %q, %+v", text, weekText(week), weekText(plain), fault)
			}
		}
		headingClause(text)
		parseDuration(text)
		findZone(text)
	})
}
