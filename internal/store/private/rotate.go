package private

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/keys"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// sealing is the key that seals in a transaction.
func (v *Vault) sealing(tx *store.Tx) (keys.Key, error) {
	id, err := tx.Setting(current)
	if err != nil {
		return keys.Key{}, err
	}
	key, known := v.ring.Key(id)
	if !known {
		return keys.Key{}, v.missing("", id)
	}
	return key, nil
}

// turn takes the newest key into use that has begun, if the one in use is older, and gives back the one in use.
func (v *Vault) turn(tx *store.Tx) (keys.Key, error) {
	wish := v.ring.Current(v.now())
	id, err := tx.Setting(current)
	if store.IsKind(err, store.NotFound) {
		return wish, tx.PutSetting(current, wish.ID)
	}
	if err != nil {
		return keys.Key{}, err
	}
	now, err := v.sealing(tx)
	if err != nil || id == wish.ID {
		return now, err
	}
	if place := placeIn(v.ring); place(id) > place(wish.ID) {
		return now, nil
	}
	return wish, tx.PutSetting(current, wish.ID)
}

// batch is how many values are sealed again in one transaction, which takes a few milliseconds.
const batch = 100

// Progress is what changing keys has done.
type Progress struct {
	Key      string // in use
	Resealed int
	Damaged  []string // rows that cannot be opened, and keep their key
}

// Rotate takes the newest key into use that has begun, and seals with it whatever an older one sealed, a few values in
// each transaction, while others read and write. Killed, it goes on where it was; with nothing to do it costs two short
// queries. Values that cannot be opened stay as they are, under their old key.
func (v *Vault) Rotate(ctx context.Context) (Progress, error) {
	var done Progress
	if err := v.ring.Refresh(); err != nil {
		return done, err
	}
	var key keys.Key
	var old []store.PrivateKey
	err := v.db.Update(ctx, func(tx *store.Tx) (err error) {
		if key, err = v.turn(tx); err != nil {
			return err
		}
		old, err = tx.PrivateKeys()
		return err
	})
	done.Key = key.ID
	for _, k := range old {
		for after := ""; err == nil && k.ID != key.ID; {
			var step Progress
			last := ""
			err = v.db.Update(ctx, func(tx *store.Tx) (err error) {
				step = Progress{}
				last, err = v.reseal(tx, k.ID, after, &step)
				return err
			})
			if err == nil {
				done.Resealed += step.Resealed
				done.Damaged = append(done.Damaged, step.Damaged...)
			}
			if after = last; last == "" {
				break
			}
		}
	}
	return done, err
}

// reseal seals a batch of the rows of a key again, those behind a row, and says which row was the last; "": none is left.
func (v *Vault) reseal(tx *store.Tx, old, after string, step *Progress) (last string, err error) {
	key, err := v.sealing(tx) // which may have become another one since
	if err != nil {
		return "", err
	}
	rows, err := tx.PrivateByKey(old, after, batch)
	for k := range rows {
		r := &rows[k]
		last = r.ID
		text, wrong := v.open(r)
		if wrong != nil {
			step.Damaged = append(step.Damaged, r.ID)
			continue
		}
		seal(r, key, text)
		if err := tx.ResealPrivate(r.ID, r.Key, r.Sealed); err != nil {
			return "", err
		}
		step.Resealed++
	}
	return last, err
}

// InUse says which key seals, and how many values each key seals; it needs no key. The first is "" where nothing was
// ever sealed.
func InUse(tx *store.Tx) (id string, rows []store.PrivateKey, err error) {
	id, err = tx.Setting(current)
	if store.IsKind(err, store.NotFound) {
		id, err = "", nil
	}
	if err != nil {
		return "", nil, err
	}
	rows, err = tx.PrivateKeys()
	return id, rows, err
}

// ErrNeeded says that a key is still needed.
var ErrNeeded = errors.New("the key is still needed")

// MayDrop says whether a database needs a sealing key of a ring no more: an older one than that in use, with which no
// value is sealed. Once so, it stays so. Otherwise the error is ErrNeeded. Backups may need the key all the same.
func MayDrop(tx *store.Tx, ring *keys.Ring, id string) error {
	used, rows, err := InUse(tx)
	if err != nil {
		return err
	}
	sealed := slices.ContainsFunc(rows, func(k store.PrivateKey) bool { return k.ID == id })
	if place := placeIn(ring); sealed || place(id) < 0 || place(id) >= place(used) {
		return ErrNeeded
	}
	return nil
}

// Forsake gives up the values whose keys a ring does not have, and says how many there were. What remains is sealed with
// a key of the ring from now on. It is for when keys were lost for good; no server must be running.
func Forsake(tx *store.Tx, ring *keys.Ring, now time.Time) (n int64, err error) {
	used, rows, err := InUse(tx)
	if err != nil {
		return 0, err
	}
	for _, k := range rows {
		if _, known := ring.Key(k.ID); known {
			continue
		}
		gone, err := tx.ForsakePrivate(k.ID)
		if err != nil {
			return n, err
		}
		n += gone
	}
	if _, known := ring.Key(used); !known {
		err = tx.PutSetting(current, ring.Current(now).ID)
	}
	return n, err
}

// placeIn tells the place of a key among those of a ring, the earliest first; -1: it is not there.
func placeIn(ring *keys.Ring) func(id string) int {
	all := ring.Sealing()
	return func(id string) int { return slices.IndexFunc(all, func(k keys.Key) bool { return k.ID == id }) }
}
