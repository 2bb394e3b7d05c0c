package roster

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that a machine without time-zone data has some

	"github.com/chiron-mentoring/chiron/match/score"
)

// zoneWords are what people write for a time zone, without accents, and the names in the IANA data. Cities with a
// namesake elsewhere, such as London, are left out: they are asked for.
var zoneWords = map[string]string{
	"America/St_Johns":       "newfoundland|newfoundland time|nst|ndt|heure de terre-neuve|hnt|hat|st. john's|st john's|saint-jean de terre-neuve|canada/newfoundland",
	"America/Halifax":        "atlantic|atlantic time|ast|adt|heure de l'atlantique|hna|haa|halifax|moncton|fredericton|saint john|charlottetown|dalhousie|canada/atlantic",
	"America/Toronto":        "eastern|eastern time|eastern standard time|eastern daylight time|et|est|edt|heure de l'est|hne|hae|toronto|ottawa|montreal|quebec|quebec city|ville de quebec|sherbrooke|trois-rivieres|laval|gatineau|saguenay|chicoutimi|levis|longueuil|rimouski|hamilton|sudbury|thunder bay|windsor|mississauga|barrie|new york|boston|canada/eastern|us/eastern|est5edt|america/montreal|america/nipigon|america/thunder_bay",
	"America/Winnipeg":       "central|central time|ct|cst|cdt|heure du centre|hnc|hac|winnipeg|chicago|canada/central|us/central|cst6cdt|america/rainy_river",
	"America/Regina":         "regina|saskatoon|saskatchewan|canada/saskatchewan",
	"America/Edmonton":       "mountain|mountain time|mt|mst|mdt|heure des rocheuses|hnr|har|calgary|edmonton|red deer|yellowknife|denver|canada/mountain|us/mountain|mst7mdt|america/yellowknife",
	"America/Vancouver":      "pacific|pacific time|pt|pst|pdt|heure du pacifique|hnp|hap|vancouver|kelowna|prince george|los angeles|san francisco|canada/pacific|us/pacific|pst8pdt",
	"America/Whitehorse":     "yukon|yukon time|whitehorse|canada/yukon",
	"America/Iqaluit":        "iqaluit|america/pangnirtung",
	"Europe/London":          "bst|uk|edinburgh|glasgow|dublin|europe/belfast|gb",
	"Europe/Paris":           "cet|cest|paris|lyon|brussels|bruxelles|geneva|geneve|berlin",
	"America/Port-au-Prince": "haiti|port-au-prince",
	"Africa/Tunis":           "tunis",
	"Africa/Casablanca":      "casablanca|rabat",
	"Asia/Beirut":            "beirut|beyrouth",
	"Asia/Kolkata":           "mumbai|delhi|new delhi|kolkata|asia/calcutta|india",
	"Asia/Kathmandu":         "kathmandu|katmandou|nepal|asia/katmandu",
	"Asia/Dubai":             "dubai",
	"Asia/Singapore":         "singapore|singapour",
	"Asia/Hong_Kong":         "hong kong",
	"Asia/Tokyo":             "tokyo",
	"Australia/Sydney":       "aest|aedt|melbourne|canberra",
	"Pacific/Auckland":       "nzst|nzdt|auckland",
	"UTC":                    "utc|gmt|z|etc/utc|etc/gmt",
}

var zoneNames = newZoneNames()

func newZoneNames() map[string]string {
	names := map[string]string{}
	for name, words := range zoneWords {
		names[strings.ToLower(name)] = name
		for word := range strings.SplitSeq(words, "|") {
			names[word] = name
		}
	}
	return names
}

// findZone reads what somebody wrote for a time zone: a name of the IANA data, also a retired one; a common
// abbreviation or city; "UTC-5"; or such a name after an offset in parentheses, as mail programs write it. Standard and
// daylight abbreviations both mean the zone with its changes.
func findZone(text string) (*time.Location, bool) {
	plain := plainLetters(text)
	if rest, found := strings.CutPrefix(plain, "("); found { // (UTC-05:00) Eastern Time (US & Canada)
		if _, name, closed := strings.Cut(rest, ")"); closed {
			plain = strings.TrimSpace(name)
		}
	}
	name, _, _ := strings.Cut(plain, "(")
	name, _, _ = strings.Cut(name, ",") // Montréal, QC
	name = strings.TrimSpace(name)
	if known, ok := zoneNames[name]; ok {
		return zoneOf(known)
	}
	if known, ok := zoneNames[strings.ReplaceAll(name, " ", "_")]; ok {
		return zoneOf(known)
	}
	if zone, ok := fixedZone(name); ok {
		return zone, true
	}
	if written := strings.TrimSpace(text); strings.Contains(written, "/") {
		return zoneOf(written)
	}
	return nil, false
}

func zoneOf(name string) (*time.Location, bool) {
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// fixedZone reads an offset such as UTC-5, GMT+05:30.
func fixedZone(text string) (*time.Location, bool) {
	rest, utc := strings.CutPrefix(text, "utc")
	if !utc {
		var gmt bool
		if rest, gmt = strings.CutPrefix(text, "gmt"); !gmt {
			return nil, false
		}
	}
	rest = strings.ReplaceAll(strings.TrimSpace(rest), "−", "-")
	if len(rest) < 2 || rest[0] != '+' && rest[0] != '-' {
		return nil, false
	}
	hours, minutes, _ := strings.Cut(rest[1:], ":")
	h, err := strconv.Atoi(hours)
	m := 0
	if err == nil && minutes != "" {
		m, err = strconv.Atoi(minutes)
	}
	if err != nil || h > 14 || m > 59 || m%15 != 0 {
		return nil, false
	}
	offset := (h*60 + m) * 60
	if rest[0] == '-' {
		offset = -offset
	}
	return time.FixedZone(text, offset), true
}

// A zoneShift moves weeks from the clock of a zone to that of UTC, in one certain week.
type zoneShift struct {
	at [score.QuartersPerWeek]int32 // for each quarter of the local week, where it is in the week of UTC
}

// newZoneShift looks at the week in which a day lies, so that daylight-saving time is as it is then. A week in which
// the clocks change is taken as it is.
func newZoneShift(zone *time.Location, day date) *zoneShift {
	monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	s := &zoneShift{}
	for q := range s.at {
		minutes := q % score.QuartersPerDay * 15
		local := time.Date(monday.Year(), monday.Month(), monday.Day()+q/score.QuartersPerDay, minutes/60, minutes%60, 0, 0, zone)
		quarters := int(local.Sub(monday)/time.Minute) / 15
		s.at[q] = int32((quarters%score.QuartersPerWeek + score.QuartersPerWeek) % score.QuartersPerWeek)
	}
	return s
}

func (s *zoneShift) move(week *score.Week) score.Week {
	var moved score.Week
	for q := range week.Quarters() {
		moved.Add(int(s.at[q]), int(s.at[q])+1)
	}
	return moved
}
