package locale

import (
	"fmt"
	"time"
)

// Clock writes a time of day: 9:05 or 9 h 05; in French, a full hour is 9 h.
func (l Language) Clock(t time.Time) string {
	hour, minute, _ := t.Clock()
	if l != French {
		return fmt.Sprintf("%d:%02d", hour, minute)
	}
	if minute == 0 {
		return fmt.Sprintf("%d%sh", hour, noBreak)
	}
	return fmt.Sprintf("%d%sh%s%02d", hour, noBreak, noBreak, minute)
}

// Zone names the time zone of an instant by how far it is from universal time: UTC−05:00. At universal time itself it
// is UTC.
func (l Language) Zone(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = minus, -seconds
	}
	return fmt.Sprintf("UTC%s%02d:%02d", sign, seconds/3600, seconds/60%60)
}

// Bytes writes an amount of memory by its most fitting decimal unit: 4.2 MB or 4,2 Mo.
func (l Language) Bytes(n int64) string {
	units := [...]string{"B", "kB", "MB", "GB", "TB"}
	if l == French {
		units = [...]string{"o", "ko", "Mo", "Go", "To"}
	}
	unit, scale := 0, int64(1)
	for (10*n+scale/2)/scale >= 10_000 && unit < len(units)-1 {
		unit, scale = unit+1, 1000*scale
	}
	if unit == 0 {
		return l.Number(n) + noBreak + units[0]
	}
	return l.Tenths((10*n+scale/2)/scale) + noBreak + units[unit]
}
