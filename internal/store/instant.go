package store

import "time"

// micros is an instant as it is stored.
func micros(t time.Time) int64 { return t.UnixMicro() }

// instant is what micros made the number from, to the microsecond.
func instant(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// optionalMicros stores the zero time as nothing.
func optionalMicros(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return micros(t)
}

// optionalInstant reads nothing as the zero time.
func optionalInstant(micros *int64) time.Time {
	if micros == nil {
		return time.Time{}
	}
	return instant(*micros)
}
