package notice

import (
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/chiron-mentoring/chiron/internal/audit"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// Bounced writes down that a letter came back. Where nobody reads mail at its address, nothing more is sent there that
// nobody waits for, until somebody shows that mail there is read.
//
// Who says so need not be who they seem. A Message-ID of 130 random bits cannot be guessed, so they have seen the letter;
// with that they can stop, at the one address that it went to, letters that its reader could stop as well. Letters that let
// somebody in go there all the same. A Message-ID that is not known is nobody's letter, and nothing happens; nor does it for
// a letter that was not sent or has come back before.
func (p *Post) Bounced(ctx context.Context, b mail.Bounce) error {
	known := func(tx *store.Tx) error { _, err := tx.LetterByMessageID(b.Message); return err }
	if err := p.db.View(ctx, known); store.IsKind(err, store.NotFound) {
		return nil // without getting in the way of those who write: anybody can send such mails, and many
	}
	return p.db.Update(ctx, func(tx *store.Tx) error {
		l, err := tx.LetterByMessageID(b.Message)
		switch {
		case store.IsKind(err, store.NotFound):
			return nil
		case err != nil || l.State != store.LetterSent:
			return err
		}
		if err := p.ended(l, store.LetterBounced, b.Status)(tx); err != nil || !b.NoReader {
			return err
		}
		return p.suppressWhereItWent(tx, l, store.SuppressedBounced)
	})
}

// Collect reads the mails that came in through a folder, which it makes if need be, and writes down which letters came back. What is no bounce is
// thrown away unread: nobody reads answers to letters, as they say.
func (p *Post) Collect(ctx context.Context, from mail.Maildir) error {
	if err := from.Make(); err != nil {
		return err
	}
	return from.Take(ctx, func(r io.Reader) error {
		b, err := mail.ReadBounce(r)
		if errors.Is(err, mail.ErrNoBounce) {
			return nil
		}
		if err != nil {
			return err
		}
		return p.Bounced(ctx, b)
	})
}

// CanStop says whether a token is one of ours. It asks nobody.
func (p *Post) CanStop(token string) bool {
	_, right := p.site.Secrets.letterOf(token)
	return right
}

// Stop stops the letters that nobody waits for to the address that one of them went to, by the token in it, which its reader
// need not sign in for (RFC 8058). It says whether there is such a letter. Once is as good as often.
func (p *Post) Stop(ctx context.Context, token string) (stopped bool, err error) {
	letter, right := p.site.Secrets.letterOf(token)
	if !right {
		return false, nil
	}
	err = p.db.Update(ctx, func(tx *store.Tx) error {
		l, err := tx.Letter(letter)
		if store.IsKind(err, store.NotFound) {
			return nil
		}
		if err == nil {
			err = p.suppressWhereItWent(tx, l, store.SuppressedAsked)
		}
		if err == nil {
			err = p.logStop(tx, l)
		}
		stopped = err == nil
		return err
	})
	return stopped, err
}

// logStop logs that a reader stopped letters: the person of the account or, where none is known, the reader of an address.
func (p *Post) logStop(tx *store.Tx, l store.Letter) error {
	return audit.Record(tx, p.now(), audit.Event{
		Actor: cmp.Or(l.Account, "reader"), Action: "letters.stop", Kind: "letter", Object: l.ID,
	})
}

// suppressWhereItWent puts the address that a letter went to on the list, if it is still known: an account may have gone on
// to another address since, at which nothing has come back.
func (p *Post) suppressWhereItWent(tx *store.Tx, l store.Letter, why store.SuppressionReason) error {
	candidates, err := addressesOf(tx, l)
	if err != nil {
		return err
	}
	for _, folded := range candidates {
		if l.SentTo != "" && p.nameOf(folded) == l.SentTo {
			return tx.Suppress(store.Suppression{Folded: folded, Reason: why, At: p.now()})
		}
	}
	return nil
}

// addressesOf are the addresses that a letter may have gone to.
func addressesOf(tx *store.Tx, l store.Letter) (folded []string, err error) {
	if l.Address != "" {
		return []string{Fold(l.Address)}, nil
	}
	for id := l.Account; id != ""; {
		a, err := tx.Account(id)
		if err != nil {
			return nil, err
		}
		emails, err := tx.Emails(id)
		if err != nil {
			return nil, err
		}
		for _, e := range emails {
			folded = append(folded, e.Folded)
		}
		id = a.MergedInto
	}
	return folded, nil
}

// Again lets a letter be sent again that was refused or came back: the same, to whoever its reader is now. It returns false
// when there is none in such a state.
func (p *Post) Again(tx *store.Tx, letter string) (bool, error) {
	waits, err := tx.LetterAgain(letter)
	if err != nil || !waits {
		return false, err
	}
	return true, p.promise(tx, letter)
}

// GiveUp lays a letter aside that was refused or came back, for good. It returns false when there is none in such a state.
func (p *Post) GiveUp(tx *store.Tx, letter string) (bool, error) {
	l, err := tx.Letter(letter)
	switch {
	case store.IsKind(err, store.NotFound):
		return false, nil
	case err != nil || l.State != store.LetterRefused && l.State != store.LetterBounced:
		return false, err
	}
	return true, p.ended(l, store.LetterWithheld, givenUp)(tx)
}
