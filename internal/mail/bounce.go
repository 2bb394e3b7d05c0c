package mail

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
)

// A Bounce is what a server of mails says, after it had taken a letter, of one that it could not deliver.
type Bounce struct {
	Message  string // the Message-ID of the letter, without angle brackets
	Status   string // of RFC 3463, such as 5.1.1; "": none was given
	NoReader bool   // nobody reads mail at the address; else it was trouble that may pass, such as a full mailbox
}

// ErrNoBounce says that a mail does not tell of a letter that came back: an absence note, a receipt, a report that a letter
// is late, or anything else.
var ErrNoBounce = errors.New("the mail does not say that a letter came back")

// MostBounce is how much of a mail is read: what stands behind it is the letter itself, which is small.
const MostBounce = 1 << 20

// ReadBounce reads a mail as it came in, and finds the letter that came back: in a delivery status notification (RFC 3464,
// RFC 6533), or in what servers write that have forms of their own. Of anything else, and of reports that say that a letter
// is late, that somebody got it or that somebody has opened it, the error is [ErrNoBounce]; others are those of reading. It
// reads to the end and keeps [MostBounce] at most.
//
// Anybody can write such a mail. What it says can be believed as far as its author must have seen the letter to know the
// Message-ID, and no further.
func ReadBounce(r io.Reader) (Bounce, error) {
	data, err := io.ReadAll(io.LimitReader(r, MostBounce))
	if err == nil {
		_, err = io.Copy(io.Discard, r) // who pipes a mail takes a closed pipe for a failure
	}
	if err != nil {
		return Bounce{}, err
	}
	if after, mailbox := bytes.CutPrefix(data, []byte("From ")); mailbox { // the line that pipes and mailboxes put before
		_, data, _ = bytes.Cut(after, []byte("\n"))
	}
	h, body := readHead(data)
	if h.isAutoReply() {
		return Bounce{}, ErrNoBounce
	}
	leaves := leavesOf(h, body)
	var b Bounce
	if report := find(leaves, "message/delivery-status", "message/global-delivery-status"); report != nil {
		b, err = readStatus(report.body)
	} else {
		b, err = readProse(h, leaves)
	}
	if err != nil {
		return Bounce{}, err
	}
	if b.Message = originalOf(h, leaves); b.Message == "" {
		return Bounce{}, ErrNoBounce
	}
	return b, nil
}

// isAutoReply says whether a person's mailbox wrote this by itself. Servers write "Auto-Submitted: auto-replied" over
// bounces too, so that it decides nothing; and receipts and complaints about spam are reports of other kinds.
func (h head) isAutoReply() bool {
	kind, values := h.kind()
	report := strings.ToLower(values["report-type"])
	switch {
	case kind == "multipart/report" && report != "" && report != "delivery-status":
		return true
	case h["x-autoreply"] != "" || h["x-autorespond"] != "" || strings.EqualFold(h["precedence"], "auto_reply"):
		return true
	}
	return strings.Contains(strings.ToLower(h["auto-submitted"]), "vacation")
}

// readStatus reads the fields of a delivery status notification: a block for the message and one for each reader. A letter
// has one reader, whose server may know several behind the address; if one of them got it, or may still get it, it did not
// come back.
func readStatus(text []byte) (Bounce, error) {
	found, failed := Bounce{}, false
	for block := range blocks(text) {
		h, _ := readHead(block)
		action, status := strings.ToLower(firstWord(h["action"])), statusIn(h["status"])
		if action == "" && status == "" {
			continue
		}
		if action != "failed" && (action != "" || !strings.HasPrefix(status, "5.")) {
			return Bounce{}, ErrNoBounce
		}
		one := judge(status, h["diagnostic-code"])
		if !failed || !one.NoReader {
			found = one
		}
		failed = true
	}
	if !failed {
		return Bounce{}, ErrNoBounce
	}
	return found, nil
}

// judge finds out what a failure means from its status and the server's words.
func judge(status, words string) Bounce {
	if status == "" || strings.HasSuffix(status, ".0.0") {
		if nearer := statusIn(words); nearer != "" {
			status = nearer
		}
	}
	gone := noReader(status)
	if status == "" || strings.HasSuffix(status, ".0.0") {
		gone = !passing.MatchString(words) && (gone || nobody.MatchString(words))
	}
	return Bounce{Status: status, NoReader: gone}
}

// noReader says whether a status of RFC 3463 means that nobody reads mail at the address, and that this will not change by
// itself. It leaves out a full mailbox, what is about the letter or its sender, and roads that were closed.
func noReader(status string) bool {
	switch status {
	case "5.0.0",
		"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.4", "5.1.6", "5.1.10", // no such mailbox, no such host, no mail at that host (RFC 7505)
		"5.2.0", "5.2.1", // the mailbox takes nothing
		"5.4.1", "5.4.4", "5.4.310": // no such address, as Exchange Online says it; no such host
		return true
	}
	return false
}

// What servers say in words, in the languages of this house.
var (
	statusCode = regexp.MustCompile(`(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.?$|\.\s)`)

	// daemon is how the senders of bounces are called.
	daemon = regexp.MustCompile(`(?i)mailer-?daemon|postmaster|mail delivery (sub)?system|syst[eè]me de distribution`)

	// late is what is said of a letter that is still under way.
	late = regexp.MustCompile(`(?i)this is a warning|warning message only|will (keep|continue) (on )?trying|still (being tried|trying)|will be retried|` +
		`(been|is) delayed|not yet been delivered|do(n't| not) need to re-?send|sera retent|continuer?a.{0,20} d'essayer|(est|été) (retardée?|différée?)`)

	// failed is what is said of one that came back.
	failed = regexp.MustCompile(`(?i)failed permanently|permanent(ly)? (error|fail|fatal)|(could not|couldn't|cannot|can't) be delivered|` +
		`(wasn't|was not|were not|weren't) able to deliver|unable to deliver|undeliver(able|ed)|delivery (to \S+ |to the following recipients? )?failed|` +
		`returned to sender|did(n't| not) reach|gave up|not going to try again|n'a (pas )?(pu|été) .{0,20}(remis|livré|distribué|acheminé)|non (remis|distribué|livré)|échec (de la )?(remise|distribution)`)

	// nobody is what is said where nobody reads mail at the address.
	nobody = regexp.MustCompile(`(?i)no such (user|mailbox|recipient|address|person|account)|(user|mailbox|recipient|address|account) (is )?unknown|unknown (user|recipient|mailbox|local)|` +
		`(user|mailbox|recipient|address|account)[^.\n]{0,60}(does not|doesn't|did not) exist|(address|mailbox|user) (could(n't| not) be|was(n't| not)|not) found|no mailbox here|` +
		`(mailbox|account|address) (is )?(disabled|inactive|closed|no longer)|invalid (recipient|mailbox|address)|(host|domain)[^.\n]{0,60}not (found|exist)|` +
		`(utilisateur|destinataire|adresse|bo[iî]te)[^.\n]{0,60}(inconnue?|inexistante?|introuvable|n'existe)`)

	// passing is what is said where the trouble may pass, or is about the letter.
	passing = regexp.MustCompile(`(?i)quota|over ?size|too (large|big|long)|\bfull\b|pleine|storage|insufficient|spam|junk|polic|block(ed|list)|blacklist|reputation|rate limit|greylist|temporar|timed? ?out`)
)

// statusIn is the first status of RFC 3463 in a text that means failure for good, or else for now; "": there is none.
func statusIn(text string) (status string) {
	for _, found := range statusCode.FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(found[1], "5") {
			return found[1]
		}
		if status == "" {
			status = found[1]
		}
	}
	return status
}

// mostProse is how much of a text is searched for what it means.
const mostProse = 32 << 10

// readProse reads what a server wrote in words: before the letter that it returns, which may say anything.
func readProse(h head, leaves []leaf) (Bounce, error) {
	if h["x-failed-recipients"] == "" && !daemon.MatchString(h["from"]) && strings.TrimSpace(h["return-path"]) != "<>" {
		return Bounce{}, ErrNoBounce
	}
	said := find(leaves, "text/plain", "text/html")
	if said == nil {
		return Bounce{}, ErrNoBounce
	}
	words, _ := cutCopy(said.text())
	words = strings.Join(strings.Fields(words[:min(len(words), mostProse)]), " ")
	status := statusIn(words)
	switch {
	case late.MatchString(words):
		return Bounce{}, ErrNoBounce
	case status == "" && !failed.MatchString(words) && !nobody.MatchString(words):
		return Bounce{}, ErrNoBounce
	}
	return judge(status, words), nil
}

// copyBegins is where servers without a form of their own begin to quote the letter.
var copyBegins = regexp.MustCompile(`(?im)^[ \t>]*-{3,}[^\n]*\b(original|copy|unsent|returned|copie|origine)\b[^\n]*$|^[ \t>]*(return-path|received|message-id|mime-version):`)

// cutCopy parts what a server says from the letter that it quotes.
func cutCopy(text string) (words, quoted string) {
	if at := copyBegins.FindStringIndex(text); at != nil {
		return text[:at[0]], text[at[0]:]
	}
	return text, ""
}

// originalOf is the Message-ID of the letter: from the copy that came back with the report, from what the report quotes of
// it, and else from what the report answers to. "": there is none.
func originalOf(h head, leaves []leaf) string {
	if returned := find(leaves, "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"); returned != nil {
		original, _ := readHead(returned.body)
		if id := lastID(original["message-id"]); id != "" {
			return id
		}
	}
	for _, l := range leaves {
		if !strings.HasPrefix(l.kind, "text/") {
			continue
		}
		_, quoted := cutCopy(l.text())
		if id := lastID(quotedID.FindString(quoted)); id != "" {
			return id
		}
	}
	for _, name := range []string{"x-original-message-id", "in-reply-to", "references"} {
		if id := lastID(h[name]); id != "" {
			return id
		}
	}
	return ""
}

var (
	quotedID = regexp.MustCompile(`(?im)^[ \t>]*message-id:\s*<[^<>\s]{1,250}>`)
	idIn     = regexp.MustCompile(`<([!-~]{1,250})>`)
)

// lastID is the last Message-ID in a field.
func lastID(field string) string {
	found := idIn.FindAllStringSubmatch(field, -1)
	if found == nil {
		return ""
	}
	id := found[len(found)-1][1]
	local, host, _ := strings.Cut(id, "@")
	if local == "" || host == "" || strings.ContainsAny(id, "<>") || strings.Contains(host, "@") {
		return ""
	}
	return id
}
