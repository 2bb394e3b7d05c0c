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
	allowed, from, next, err := tx.fills(name, l, now)
	if err != nil || !allowed {
		return false, from, err
	}
	_, err = tx.exec("bucket.put", name, micros(next))
	return err == nil, now, err
}

// Allows says whether [Tx.Take] would allow it, and changes nothing.
func (tx *Tx) Allows(name string, l Limit, now time.Time) (bool, error) {
	allowed, _, _, err := tx.fills(name, l, now)
	return allowed, err
}

// Fill leaves nothing to take: the next time that it is allowed is after a whole Every.
func (tx *Tx) Fill(name string, l Limit, now time.Time) error {
	_, err := tx.exec("bucket.put", name, micros(now.Add(time.Duration(l.Burst)*l.Every)))
	return err
}

// Empty lets it be done again as if it never had been.
func (tx *Tx) Empty(name string, now time.Time) error {
	_, err := tx.exec("bucket.put", name, micros(now))
	return err
}

// fills says whether once more is allowed, from when on it is, and when the bucket would be empty again afterwards.
func (tx *Tx) fills(name string, l Limit, now time.Time) (allowed bool, from, next time.Time, err error) {
	empty, err := find(tx, "bucket.find", func(r row) (at int64, err error) { return at, r.Scan(&at) }, name)
	if err != nil && !IsKind(err, NotFound) {
		return false, time.Time{}, time.Time{}, err
	}
	next = now
	whole := time.Duration(l.Burst) * l.Every
	if at := instant(empty); err == nil && at.After(now) && !at.After(now.Add(whole)) { // later than that: the clock was turned back
		next = at
	}
	next = next.Add(l.Every)
	from = next.Add(-whole)
	return !from.After(now), from, next, nil
}

// SweepBuckets deletes those that are empty, which is how an unknown one begins.
func (tx *Tx) SweepBuckets(now time.Time) (int64, error) { return tx.exec("bucket.sweep", micros(now)) }
