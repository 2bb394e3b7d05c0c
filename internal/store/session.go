package store

import "time"

// A Session is a browser in which somebody has signed in. What the browser keeps is not here, only its hash.
type Session struct {
	ID         string // to name it by; opens nothing
	Hash       []byte
	Account    string
	Label      string // of the browser, for its person to know it again
	Shared     bool   // the computer is also used by others
	MadeAt     time.Time
	ProvedAt   time.Time // when the person last proved who they are
	SeenAt     time.Time
	IdleEndsAt time.Time // it ends then unless it is seen before; never after EndsAt
	EndsAt     time.Time
}

func scanSession(r row) (Session, error) {
	var s Session
	var made, proved, seen, idle, ends int64
	err := r.Scan(&s.ID, &s.Hash, &s.Account, &s.Label, &s.Shared, &made, &proved, &seen, &idle, &ends)
	s.MadeAt, s.ProvedAt, s.SeenAt, s.IdleEndsAt, s.EndsAt = instant(made), instant(proved), instant(seen), instant(idle), instant(ends)
	return s, err
}

// AddSession adds a session.
func (tx *Tx) AddSession(s Session) error {
	_, err := tx.exec("session.add", s.ID, s.Hash, s.Account, s.Label, flag(s.Shared), micros(s.MadeAt), micros(s.ProvedAt), micros(s.SeenAt), micros(s.IdleEndsAt), micros(s.EndsAt))
	return err
}

// SessionByHash is the session of what a browser keeps, one that has ended included as long as it is not swept. Without
// it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) SessionByHash(hash []byte) (Session, error) {
	return find(tx, "session.by-hash", scanSession, hash)
}

// Sessions lists the sessions of an account that have not ended, the latest seen first.
func (tx *Tx) Sessions(account string, now time.Time) ([]Session, error) {
	return list(tx, "session.of", scanSession, account, micros(now))
}

// SeeSession says that a session was used, so that its idle end is put off.
func (tx *Tx) SeeSession(id string, at, idleEnds time.Time) error {
	_, err := tx.exec("session.see", id, micros(at), micros(idleEnds))
	return err
}

// EndSession ends a session of an account. It returns false when the account has no such session.
func (tx *Tx) EndSession(id, account string) (bool, error) {
	n, err := tx.exec("session.end", id, account)
	return n > 0, err
}

// EndOtherSessions ends all sessions of an account but one; of the id "", all. It says how many there were.
func (tx *Tx) EndOtherSessions(account, but string) (int64, error) {
	return tx.exec("session.end-others", account, but)
}

// SweepSessions deletes the sessions that have ended.
func (tx *Tx) SweepSessions(now time.Time) (int64, error) {
	return tx.exec("session.sweep", micros(now))
}
