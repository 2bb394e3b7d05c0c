package account

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"strings"
	"time"
	"unicode"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/notice"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// How long links open something, and how often a code can be tried.
const (
	LinkLasts      = 15 * time.Minute
	FirstLinkLasts = time.Hour
	RevertLasts    = store.LeftFor
	MostAttempts   = 5
)

// An Ask is somebody at the door who says which address is theirs.
type Ask struct {
	Address  string // as typed
	Language string // of the page, for a reader who has no account
	Browser  string // what the browser keeps of an earlier ask; "": nothing
	Remote   string // the address of the Internet that the request came from
	Claim    string // the token of a [Claim], to link its institution; "": none
	To       string // the page to go to once they are in; "": none
}

// Asked is what comes of an ask. It is the same whether or not the address has an account.
type Asked struct {
	Browser string    // for the browser to keep until the code or the link comes back
	Until   time.Time // when they expire
}

// AskLink sends a letter with a link and a code to an address: to sign in, or to join where anybody may; otherwise a
// letter that says that no account has the address.
func (a *Accounts) AskLink(ctx context.Context, ask Ask) (Asked, error) {
	address, folded, err := readAddress(ask.Address)
	if err != nil {
		return Asked{}, err
	}
	asked := Asked{Browser: ask.Browser, Until: a.Now().Add(LinkLasts)}
	if asked.Browser == "" {
		asked.Browser = secret()
	}
	return asked, a.update(ctx, func(w *work) error {
		if err := w.mayAsk(folded, ask.Remote); err != nil {
			return err
		}
		claim, err := claimCeremony{}, error(nil)
		if ask.Claim != "" {
			if claim, err = w.openClaim(ask.Claim, asked.Browser); err != nil {
				return err
			}
		}
		account, template, err := w.answerTo(folded, ask.Claim != "")
		if err != nil {
			return err
		}
		link := store.Link{ID: rand.Text(), Purpose: store.SignIn, Account: account, Address: address, Browser: hashOf(asked.Browser), To: ask.To}
		if err := w.sendLink(link, LinkLasts, notice.Letter{Template: template, Account: account, Address: address, Language: languageOf(ask.Language)}); err != nil {
			return err
		}
		if ask.Claim == "" {
			return nil
		}
		return w.WaitForLink(claim.Hash, link.ID)
	})
}

// answerTo is the letter that answers whoever asks to come in by an address, and the account that it opens.
func (w *work) answerTo(folded string, claim bool) (account string, t notice.Template, err error) {
	invited, err := w.mayJoin(folded) // asked of all alike, known or not
	if err != nil {
		return "", "", err
	}
	e, err := w.Email(folded)
	switch {
	case err != nil && !store.IsKind(err, store.NotFound):
		return "", "", err
	case err == nil && e.LeftUntil.IsZero() && e.Kind == store.Institution:
		return "", notice.ThroughInstitution, nil
	case err == nil && e.LeftUntil.IsZero() && claim:
		return e.Account, notice.ClaimAccount, nil
	case err == nil && e.LeftUntil.IsZero():
		return e.Account, notice.SignIn, nil
	case invited:
		return "", notice.Join, nil
	}
	return "", notice.UnknownAddress, nil
}

// mayJoin says whether whoever reads an address may make an account: anybody, or those who were invited into a program or
// named a delegate.
func (w *work) mayJoin(folded string) (bool, error) {
	if w.a.Open {
		return true, nil
	}
	return w.Invited(folded, w.now.Add(-mentoring.InvitationLasts))
}

// AskProof sends a letter with a link and a code to the address that owns the account of whoever has signed in, so that
// they prove once more who they are. To is the page to go to afterwards.
func (a *Accounts) AskProof(ctx context.Context, v Visit, browser, remote, to string) (Asked, error) {
	asked := Asked{Browser: browser, Until: a.Now().Add(LinkLasts)}
	if asked.Browser == "" {
		asked.Browser = secret()
	}
	return asked, a.update(ctx, func(w *work) error {
		now, in, err := w.visit(v.hash)
		if err != nil {
			return err
		}
		if !in {
			return mentoring.NotHere()
		}
		me := string(now.Actor.Person)
		owner, err := w.owner(me)
		if err != nil {
			return err
		}
		if err := w.mayAsk(owner.Folded, remote); err != nil {
			return err
		}
		link := store.Link{ID: rand.Text(), Purpose: store.SignIn, Account: me, Address: owner.Address, Browser: hashOf(asked.Browser), To: to}
		return w.sendLink(link, LinkLasts, notice.Letter{Template: notice.SignIn, Account: me, Address: owner.Address})
	})
}

func (w *work) mayAsk(folded, remote string) error {
	if err := w.take("ask by address", folded, askByAddress); err != nil {
		return err
	}
	if err := w.take("ask by network", networkOf(remote), askByNetwork); err != nil {
		return err
	}
	return w.take("ask by all", shareOf(folded), askByShare)
}

// accountOf is the account that an address in use opens; "": none. Those that institutions gave open nothing.
func (w *work) accountOf(folded string) (string, error) {
	e, err := w.Email(folded)
	switch {
	case store.IsKind(err, store.NotFound):
		return "", nil
	case err != nil || !e.LeftUntil.IsZero() || e.Kind == store.Institution:
		return "", err
	}
	return e.Account, nil
}

// sendLink adds a link that lasts for some time and sends the letter that carries it. Not every letter does: one that
// says that there is nothing to open has a link behind it that nobody gets.
func (w *work) sendLink(l store.Link, lasts time.Duration, letter notice.Letter) error {
	if l.ID == "" {
		l.ID = rand.Text()
	}
	l.MadeAt, l.ExpiresAt = w.now, w.now.Add(lasts)
	l.Hash = hashOf(w.a.Secrets.Token(l.ID))
	if err := w.AddLink(l); err != nil {
		return err
	}
	if letter.Template.HasLink() {
		letter.Args = map[string]string{"link": l.ID, "expires": l.ExpiresAt.Format(time.RFC3339)}
	}
	return w.a.Post.Write(w.Tx, letter)
}

// A Door is what a link would open.
type Door struct {
	Purpose     string // "sign-in", "first-administrator", "change", "revert" or "merge"
	SameBrowser bool   // it was asked for in this browser
}

// Look says what the link of a token would open, and changes nothing: mail scanners look as well. A link that was used,
// has expired or never was is NotFound.
func (a *Accounts) Look(ctx context.Context, token, browser string) (d Door, err error) {
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, a: a, now: a.Now()}
		l, err := w.openLink(token)
		d = Door{string(l.Purpose), sameBrowser(l, browser)}
		return err
	})
	return d, err
}

func sameBrowser(l store.Link, browser string) bool {
	return len(l.Browser) > 0 && hmac.Equal(l.Browser, hashOf(browser))
}

func closed() error { return &mentoring.Fault{Kind: mentoring.NotFound, Key: "account.link-closed"} }

func (w *work) openLink(token string) (store.Link, error) {
	if token == "" {
		return store.Link{}, closed()
	}
	l, err := w.LinkByHash(hashOf(token))
	switch {
	case store.IsKind(err, store.NotFound):
		return store.Link{}, closed()
	case err != nil:
		return store.Link{}, err
	case !l.UsedAt.IsZero() || !w.now.Before(l.ExpiresAt):
		return store.Link{}, closed()
	}
	return l, nil
}

// useLink uses the link of a token for a purpose.
func (w *work) useLink(token string, p store.Purpose) (store.Link, error) {
	l, err := w.openLink(token)
	if err == nil && l.Purpose != p {
		return store.Link{}, closed()
	}
	if err != nil {
		return store.Link{}, err
	}
	return l, w.use(l)
}

func (w *work) use(l store.Link) error {
	used, err := w.UseLink(l.ID, w.now)
	if err == nil && !used {
		return closed()
	}
	return err
}

// A Key is what somebody opens a door with, and the browser that they come in by.
type Key struct {
	Token    string // of a link; "": there is a code
	Code     string // as typed
	Browser  string // what the browser keeps of the ask
	Button   bool   // a button was pressed, which is needed in any other browser
	Shared   bool   // the computer is also used by others
	Label    string // of the browser, for the person to know it again
	Remote   string
	Instead  string // the cookie of a session that this one replaces; "": none
	Language string // of the page that they come in by; a new account has it, unless it was invited in another one
	Again    bool   // whoever has the session of Instead proves once more who they are: nobody else comes in

	provedAt time.Time // when the person proved who they are; zero: now
}

// Entered is a session that has begun.
type Entered struct {
	Cookie string // for the browser to keep
	Visit  Visit
	Joined bool   // the account is new
	Linked bool   // an institution was linked to it
	To     string // the page that the link was asked for from; "": none
}

// ConfirmLink signs in by the link in a letter. In another browser than the one that asked for it, a button must be
// pressed: what only follows links does not come in.
func (a *Accounts) ConfirmLink(ctx context.Context, k Key) (e Entered, err error) {
	if err := a.knock(ctx, k); err != nil {
		return Entered{}, err
	}
	err = a.update(ctx, func(w *work) error {
		l, err := w.openLink(k.Token)
		switch {
		case err != nil:
			return err
		case l.Purpose != store.SignIn:
			return closed()
		case !k.Button && !sameBrowser(l, k.Browser):
			return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.press-button"}
		}
		e, err = w.enterBy(l, k)
		return err
	})
	return e, err
}

// ConfirmCode signs in by the code in a letter, in the browser that asked for it. After [MostAttempts] wrong codes a new
// letter is needed.
func (a *Accounts) ConfirmCode(ctx context.Context, k Key) (e Entered, err error) {
	if err := a.knock(ctx, k); err != nil {
		return Entered{}, err
	}
	var wrong error // is kept: the attempt counts
	err = a.update(ctx, func(w *work) error {
		wrong = nil
		l, err := w.LinkByBrowser(hashOf(k.Browser), store.SignIn)
		if store.IsKind(err, store.NotFound) || err == nil && (!w.now.Before(l.ExpiresAt) || l.Attempts >= MostAttempts) || k.Browser == "" {
			return closed()
		}
		if err != nil {
			return err
		}
		if hmac.Equal([]byte(digits(k.Code)), []byte(a.Secrets.Code(l.ID))) {
			e, err = w.enterBy(l, k)
			return err
		}
		wrong = &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.code-wrong", Args: []any{"left", MostAttempts - l.Attempts - 1}}
		return w.CountAttempt(l.ID)
	})
	if err == nil {
		err = wrong
	}
	return e, err
}

// digits is a code without what people put between its digits.
func digits(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
}

// enterBy uses a link to come in: to the account that has its address now, or to a new one.
func (w *work) enterBy(l store.Link, k Key) (Entered, error) {
	claim, err := w.claimOf(l, k)
	if err != nil {
		return Entered{}, err
	}
	if err := w.use(l); err != nil {
		return Entered{}, err
	}
	folded := notice.Fold(l.Address)
	account, err := w.accountOf(folded)
	if err != nil {
		return Entered{}, err
	}
	joined := false
	if account == "" {
		if account, err = w.join(l, k.Language); err != nil {
			return Entered{}, err
		}
		joined = true
	}
	if err := w.reads(folded); err != nil {
		return Entered{}, err
	}
	e, err := w.enter(account, k)
	if err != nil {
		return Entered{}, err
	}
	e.Joined, e.To = joined, l.To
	e.Linked, err = w.endClaim(claim)
	return e, err
}

// reads says that mail to an address is read: so it is not one at which nothing arrives.
func (w *work) reads(folded string) error {
	if err := w.VerifyEmail(folded, w.now); err != nil {
		return err
	}
	s, err := w.Suppression(folded)
	switch {
	case store.IsKind(err, store.NotFound):
		return nil
	case err != nil || s.Reason != store.SuppressedBounced:
		return err
	}
	return w.LiftSuppression(folded)
}

// join makes the account of a person who came by a link that asked for it.
func (w *work) join(l store.Link, asked string) (string, error) {
	folded := notice.Fold(l.Address)
	may, err := w.mayJoin(folded)
	if err != nil {
		return "", err
	}
	if !may || l.Account != "" {
		return "", closed()
	}
	language, err := w.LanguageInvited(folded)
	if err != nil {
		return "", err
	}
	account, err := w.make(l.Address, languageOf(cmp.Or(language, asked)))
	if err != nil {
		return "", err
	}
	return account, w.a.Post.Write(w.Tx, notice.Letter{Template: notice.Welcome, Account: account})
}

// make makes an account that an address owns.
func (w *work) make(address, language string) (string, error) {
	account, folded := rand.Text(), notice.Fold(address)
	free, err := w.isFree(folded, account)
	if err != nil {
		return "", err
	}
	if !free {
		return "", conflict("account.address-taken")
	}
	if err := w.AddAccount(store.Account{ID: account, Language: language, MadeAt: w.now}); err != nil {
		return "", err
	}
	if err := w.AddEmail(store.Email{Folded: folded, Address: address, Account: account, Kind: store.Personal, Owns: true}); err != nil {
		return "", err
	}
	return account, w.log("account.make", account, nil, nil) // no hash of an address, which can be guessed
}

// enter begins a session.
func (w *work) enter(account string, k Key) (Entered, error) {
	if err := w.replace(account, k); err != nil {
		return Entered{}, err
	}
	provedAt := k.provedAt
	if provedAt.IsZero() {
		provedAt = w.now
	}
	office, err := w.hasOffice(account)
	if err != nil {
		return Entered{}, err
	}
	cookie, t := secret(), termOf(k.Shared, office)
	s := store.Session{
		ID: rand.Text(), Hash: hashOf(cookie), Account: account, Label: labelOf(k.Label), Shared: k.Shared,
		MadeAt: w.now, ProvedAt: provedAt, SeenAt: w.now, IdleEndsAt: w.now.Add(t.idle), EndsAt: w.now.Add(t.longest),
	}
	if err := w.AddSession(s); err != nil {
		return Entered{}, err
	}
	if w.by, _, err = w.visitOf(s); err != nil {
		return Entered{}, err
	}
	return Entered{Cookie: cookie, Visit: w.by}, w.log("account.sign-in", account, nil, []byte(s.ID))
}

// hasOffice says whether an account can do more than what concerns its person.
func (w *work) hasOffice(account string) (bool, error) {
	roles, err := w.Roles(account)
	if err != nil || len(roles) > 0 {
		return true, err
	}
	programs, err := w.CoordinatedBy(account)
	return len(programs) > 0, err
}

// replace ends the session that another one replaces.
func (w *work) replace(account string, k Key) error {
	before, in, err := w.visit(hashOf(k.Instead))
	if err != nil {
		return err
	}
	if k.Again && (!in || string(before.Actor.Person) != account) {
		return &mentoring.Fault{Kind: mentoring.Forbidden, Key: "account.another-person"}
	}
	if !in {
		return nil
	}
	_, err = w.EndSession(before.SessionID, string(before.Actor.Person))
	return err
}

// MostLabel is how many characters of the label of a browser are kept.
const MostLabel = 80

func labelOf(label string) string {
	return cut(plain(label), MostLabel)
}

// plain is what somebody wrote, on one line and without what cannot be seen.
func plain(text string) string {
	seen := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(seen), " ")
}

// cut is the beginning of a text, of so many characters at most.
func cut(text string, most int) string {
	kept := []rune(text)
	return string(kept[:min(len(kept), most)])
}

// languageOf is a language that there are words for.
func languageOf(language string) string {
	if strings.HasPrefix(strings.ToLower(language), "fr") {
		return "fr-CA"
	}
	return "en"
}

func readAddress(typed string) (address, folded string, err error) {
	address, folded, right := notice.ReadAddress(typed)
	if !right {
		return "", "", &mentoring.Fault{Kind: mentoring.Invalid, Key: "account.address-not-right"}
	}
	return address, folded, nil
}
