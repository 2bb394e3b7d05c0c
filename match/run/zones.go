package run

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
	_ "time/tzdata" // so that a machine without time-zone data has some
)

// TimeZones identifies the time-zone data in use.
type TimeZones struct {
	SHA256 string `json:"sha256"`
}

// probedZones are the zones that the probe looks at: those of Canada, and of places from which people come to it or
// with which they meet at a distance.
var probedZones = [...]string{
	"Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
	"America/Bogota", "America/Chicago", "America/Denver", "America/Edmonton", "America/Halifax",
	"America/Inuvik", "America/Iqaluit", "America/Los_Angeles", "America/Mexico_City", "America/Moncton",
	"America/New_York", "America/Phoenix", "America/Port-au-Prince", "America/Rankin_Inlet", "America/Regina",
	"America/Sao_Paulo", "America/St_Johns", "America/Toronto", "America/Vancouver", "America/Whitehorse",
	"America/Winnipeg", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Hong_Kong",
	"Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata", "Asia/Manila", "Asia/Shanghai",
	"Asia/Singapore", "Asia/Tehran", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney",
	"Europe/Berlin", "Europe/Brussels", "Europe/Dublin", "Europe/Istanbul", "Europe/Kyiv",
	"Europe/London", "Europe/Moscow", "Europe/Paris", "Europe/Zurich", "Pacific/Auckland",
}

// theTimeZones hashes what the data in use says of the probed zones from 2000 to 2037: every change of offset, as
// "zone, Unix time, offset in seconds, abbreviation". Go offers neither the version of its data nor the list of all
// zones; and the data in use may be the machine's or the built-in one. The probe tells two of them apart whichever
// they are.
func theTimeZones() TimeZones {
	from, to := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	sum := sha256.New()
	for _, name := range probedZones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			fmt.Fprintf(sum, "%s unknown\n", name)
			continue
		}
		for at := from.In(zone); at.Before(to); {
			abbreviation, offset := at.Zone()
			fmt.Fprintf(sum, "%s %d %d %s\n", name, at.Unix(), offset, abbreviation)
			_, end := at.ZoneBounds()
			if end.IsZero() {
				break
			}
			at = end
		}
	}
	return TimeZones{SHA256: hex.EncodeToString(sum.Sum(nil))}
}
