package store

import "time"

// A Limit is how often something may be done: as often as Burst at once, and then once every Every.
type Limit struct {
	Burst int
	Every time.Duration
}

// Take does something that is limited, under a name, if that is allowed at an instant. Otherwise nothing changes, and it
// says from when on it is. (Generic cell rate algorithm: all that is kept is when the bucket will be empty again.)
func (tx *Tx) Take(name string, l Limit, now time.Time) (allowed bool, from time.Time, err error) {
	empty, err := find(tx, "bucket.find", func(r row) (at int64, err error) { return at, r.Scan(&at) }, name)
	if err != nil && !IsKind(err, NotFound) {
		return false, time.Time{}, err
	}
	next, whole := now, time.Duration(l.Burst)*l.Every
	if at := instant(empty); err == nil && at.After(now) && !at.After(now.Add(whole)) { // later than that: the clock was turned back
		next = at
	}
	next = next.Add(l.Every)
	if from = next.Add(-whole); from.After(now) {
		return false, from, nil
	}
	_, err = tx.exec("bucket.put", name, micros(next))
	return err == nil, now, err
}

// SweepBuckets deletes those that are empty, which is how an unknown one begins.
func (tx *Tx) SweepBuckets(now time.Time) (int64, error) { return tx.exec("bucket.sweep", micros(now)) }
