// Package notice writes to people: letters that are promised in the transaction of the change they tell of, put into
// words when they are sent, and sent at least once.
//
// What is kept of a letter is a template and ids, never content. The words stand in en.json and fr-CA.json and are chosen
// by the reader's language at the moment of sending. A letter is short, has one link at most, and the page behind the
// link asks for a button: nothing happens because a scanner of mails has followed it. A letter says nothing about
// relationships; to a reader who asked for discretion, its subject says nothing at all.
//
// A letter is sent twice only if the program dies after a server took it and before that was written down. Both then have
// the same Message-ID and the same bytes.
package notice

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	netmail "net/mail"
	"slices"
	"time"

	"github.com/chiron-mentoring/chiron/internal/job"
	"github.com/chiron-mentoring/chiron/internal/mail"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Post writes letters and sends them. [New] makes one.
type Post struct {
	db     *store.DB
	queue  *job.Queue
	sender mail.Sender
	now    func() time.Time
	site   Site
}

// A Site is what letters say of the installation.
type Site struct {
	Name    string  // such as "Mentorat Sainte-Justine"
	Address string  // of its pages, such as "https://mentoring.example.org"; without a slash at the end
	From    string  // the address that letters come from
	Secrets Secrets // what links are made of
}

// kind is the kind of jobs that send letters.
const kind = "letter"

// A sending is the payload of such a job.
type sending struct{ Letter string }

// New makes a post and registers its jobs with a queue.
func New(db *store.DB, queue *job.Queue, sender mail.Sender, now func() time.Time, site Site) *Post {
	p := &Post{db, queue, sender, now, site}
	job.Register(queue, job.Kind[sending]{Name: kind, Do: p.send, GiveUp: p.giveUp})
	return p
}

// A Letter is what somebody is to be told.
type Letter struct {
	Template Template
	Account  string            // of the reader; "": none is known
	Address  string            // where to; "": the address that owns the account when the letter is sent
	Language string            // for a reader without an account; others choose theirs
	Args     map[string]string // ids and codes that the template asks for
}

// Write writes a letter in the transaction of the change that it tells of, and promises to send it. It panics when the
// template is not known or lacks an argument.
func (p *Post) Write(tx *store.Tx, l Letter) error {
	l.Template.mustHave(l.Args)
	if l.Language == "" {
		l.Language = "en"
	}
	if l.Args == nil {
		l.Args = map[string]string{}
	}
	args, err := json.Marshal(l.Args)
	if err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	id := rand.Text()
	err = tx.AddLetter(store.Letter{
		ID: id, MessageID: rand.Text() + "@" + p.site.host(), Account: l.Account, Address: l.Address,
		Template: string(l.Template), Args: string(args), Language: l.Language, MadeAt: p.now(),
	})
	if err != nil {
		return err
	}
	return p.promise(tx, id)
}

func (p *Post) promise(tx *store.Tx, letter string) error {
	return p.queue.Promise(tx, kind, sending{letter}, job.When{})
}

// send sends a letter, unless that was done or is of no use any more.
func (p *Post) send(ctx context.Context, s sending) (func(tx *store.Tx) error, error) {
	var r reader
	err := p.db.View(ctx, func(tx *store.Tx) (err error) {
		r, err = p.readerOf(tx, s.Letter)
		return err
	})
	switch {
	case store.IsKind(err, store.NotFound):
		return nil, nil // the letter was swept; whoever waited for it waits no more
	case err != nil:
		return nil, err
	case r.letter.State != store.LetterWaiting:
		return nil, nil
	case r.withhold != "":
		return p.ended(r.letter, store.LetterWithheld, r.withhold), nil
	}
	message, err := p.compose(r)
	if err != nil {
		return nil, job.Hopeless(err)
	}
	switch err := p.sender.Send(ctx, message); {
	case err == nil:
		return p.sent(r), nil
	case mail.IsPermanent(err):
		return nil, job.Hopeless(err)
	default:
		return nil, errors.Join(err, p.db.Update(ctx, func(tx *store.Tx) error {
			return tx.AddDelivery(r.letter.ID, store.Delivery{At: p.now(), Outcome: store.DeliveryLater, Detail: mail.Code(err)})
		}))
	}
}

// sent writes down that a letter was taken, in the transaction that ends its job.
func (p *Post) sent(r reader) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		if err := tx.LetterSent(r.letter.ID, p.now(), p.nameOf(r.folded)); err != nil {
			return err
		}
		return tx.AddDelivery(r.letter.ID, store.Delivery{At: p.now(), Outcome: string(store.LetterSent)})
	}
}

// Name is a name for counting something by an address or the like, from which that cannot be read.
func (p *Post) Name(of, value string) string { return p.site.Secrets.Name(of, value) }

// nameOf is the name under which it is kept where a letter went.
func (p *Post) nameOf(folded string) string { return p.site.Secrets.Name("reader", folded) }

// ended writes down what else became of a letter.
func (p *Post) ended(l store.Letter, s store.LetterState, detail string) func(tx *store.Tx) error {
	return func(tx *store.Tx) error {
		if err := tx.EndLetter(l.ID, s, p.now()); err != nil {
			return err
		}
		return tx.AddDelivery(l.ID, store.Delivery{At: p.now(), Outcome: string(s), Detail: detail})
	}
}

// giveUp writes down that no server will take a letter, or that none did for days. Where there is no such reader, nothing
// more is sent there that nobody waits for.
func (p *Post) giveUp(tx *store.Tx, s sending, cause error) error {
	r, err := p.readerOf(tx, s.Letter)
	if store.IsKind(err, store.NotFound) || err == nil && r.letter.State != store.LetterWaiting {
		return nil
	}
	if err != nil {
		return err
	}
	if err := p.ended(r.letter, store.LetterRefused, mail.Code(cause))(tx); err != nil || !mail.IsUnknownReader(cause) || r.folded == "" {
		return err
	}
	return tx.Suppress(store.Suppression{Folded: r.folded, Reason: store.SuppressedBounced, At: p.now()})
}

// Why a letter was withheld, besides the reasons of [store.Suppression].
const (
	expired   = "expired"    // its link is
	noAddress = "no-address" // the reader has none
	givenUp   = "given-up"   // by whoever looks after the installation
)

// Details are the words that the log of deliveries has besides codes of servers: of errors of [mail.Code], and why a letter
// was withheld.
func Details() []string {
	return append(slices.Clone(mail.Codes), expired, noAddress, givenUp, string(store.SuppressedBounced), string(store.SuppressedAsked))
}

// A reader is whom a letter goes to, as things are now.
type reader struct {
	letter   store.Letter
	args     map[string]string
	to       netmail.Address
	folded   string // the address in the form that is compared
	language string
	discreet bool
	withhold string // why the letter is of no use, one of Withheld; "": it is of use
}

func (p *Post) readerOf(tx *store.Tx, letter string) (reader, error) {
	l, err := tx.Letter(letter)
	if err != nil {
		return reader{}, err
	}
	r := reader{letter: l, language: l.Language, to: netmail.Address{Address: l.Address}}
	if err := json.Unmarshal([]byte(l.Args), &r.args); err != nil {
		return reader{}, fmt.Errorf("read what fills the letter: %w", err)
	}
	if err := r.meet(tx); err != nil {
		return reader{}, err
	}
	if r.to.Address == "" {
		r.withhold = noAddress
		return r, nil
	}
	r.folded = Fold(r.to.Address)
	return r, r.wanted(tx, p.now())
}

// meet finds the reader's account, where they may have gone on with another one.
func (r *reader) meet(tx *store.Tx) error {
	for id := r.letter.Account; id != ""; {
		a, err := tx.Account(id)
		if err != nil {
			return err
		}
		if a.MergedInto != "" {
			id = a.MergedInto
			continue
		}
		r.language, r.discreet = a.Language, a.Discreet
		if r.letter.Address != "" {
			return nil
		}
		emails, err := tx.Emails(id)
		if len(emails) > 0 && emails[0].Owns {
			r.to.Address = emails[0].Address
		}
		return err
	}
	return nil
}

// wanted finds out whether the letter is of use: its link still opens something, and the reader takes letters like it.
func (r *reader) wanted(tx *store.Tx, now time.Time) error {
	if link := r.args["expires"]; link != "" {
		ends, err := time.Parse(time.RFC3339, link)
		if err != nil {
			return fmt.Errorf("read when the link of a letter expires: %w", err)
		}
		if !now.Before(ends) {
			r.withhold = expired
		}
	}
	if !Template(r.letter.Template).optional() {
		return nil
	}
	s, err := tx.Suppression(r.folded)
	switch {
	case store.IsKind(err, store.NotFound):
		return nil
	case err == nil:
		r.withhold = string(s.Reason)
	}
	return err
}
