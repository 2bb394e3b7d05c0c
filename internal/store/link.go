package store

import "time"

// A Link is what a person proves themselves with, once: the token in a mail, or the code beside it. Only the token's hash
// is here.
type Link struct {
	ID        string
	Hash      []byte // of the token
	Purpose   Purpose
	Account   string // "": there is none
	Address   string // as it was written; "": none
	Browser   []byte // hash of what the browser that asked for it keeps; nothing: no browser did
	Attempts  int    // at its code
	MadeAt    time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero: it was not
	To        string    // the page to go to afterwards; "": none
}

// Purpose is what a link is for.
type Purpose string

// The purposes of links.
const (
	SignIn             Purpose = "sign-in"
	FirstAdministrator Purpose = "first-administrator"
	ChangeEmail        Purpose = "change"
	RevertEmail        Purpose = "revert"
	MergeAccounts      Purpose = "merge"
)

func scanLink(r row) (Link, error) {
	var l Link
	var account *string
	var madeAt, expiresAt int64
	var usedAt *int64
	err := r.Scan(&l.ID, &l.Hash, &l.Purpose, &account, &l.Address, &l.Browser, &l.Attempts, &madeAt, &expiresAt, &usedAt, &l.To)
	l.MadeAt, l.ExpiresAt, l.UsedAt = instant(madeAt), instant(expiresAt), optionalInstant(usedAt)
	if account != nil {
		l.Account = *account
	}
	return l, err
}

// optionalText stores the empty text as nothing.
func optionalText(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// AddLink adds a link that was neither tried nor used.
func (tx *Tx) AddLink(l Link) error {
	_, err := tx.exec("link.add", l.ID, l.Hash, l.Purpose, optionalText(l.Account), l.Address, bytesOf(l.Browser), micros(l.MadeAt), micros(l.ExpiresAt), l.To)
	return err
}

// LinkByHash is the link of a token, used or expired ones included. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) LinkByHash(hash []byte) (Link, error) { return find(tx, "link.by-hash", scanLink, hash) }

// LinkByBrowser is the latest link that a browser asked for and nobody used.
func (tx *Tx) LinkByBrowser(browser []byte, p Purpose) (Link, error) {
	return find(tx, "link.by-browser", scanLink, browser, p)
}

// UseLink uses a link. It returns false when it was used or has expired.
func (tx *Tx) UseLink(id string, at time.Time) (bool, error) {
	n, err := tx.exec("link.use", id, micros(at))
	return n > 0, err
}

// CountAttempt counts an attempt at the code of a link.
func (tx *Tx) CountAttempt(id string) error { return tx.one("link.attempt", id) }

// CloseLinks makes all links of a purpose useless.
func (tx *Tx) CloseLinks(p Purpose, at time.Time) error {
	_, err := tx.exec("link.close-purpose", p, micros(at))
	return err
}

// CloseLinksOf makes those links of an account useless that were made at an instant or later.
func (tx *Tx) CloseLinksOf(account string, since, at time.Time) error {
	_, err := tx.exec("link.close-account", account, micros(since), micros(at))
	return err
}

// SweepLinks deletes what expired before an instant.
func (tx *Tx) SweepLinks(before time.Time) (int64, error) {
	return tx.exec("link.sweep", micros(before))
}
