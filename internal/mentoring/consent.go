package mentoring

import (
	"slices"
	"strconv"
	"time"
)

// A Use is one of the three things that may be done with what a person has said of a characteristic. Each takes a consent
// of its own, and none implies another (AP-3).
type Use string

// The uses.
const (
	InStatistics Use = "statistics" // in figures over ten people or more
	InMatching   Use = "matching"   // by who asks for somebody who shares it, who may then guess it (AP-4)
	InProfile    Use = "shown"      // to the people in a relationship with the person
)

// Uses are the three, in the order in which they are asked for.
var Uses = [...]Use{InStatistics, InMatching, InProfile}

// ReadUse says whether a code is that of a use.
func ReadUse(code string) (Use, bool) {
	k := slices.Index(Uses[:], Use(code))
	if k < 0 {
		return "", false
	}
	return Uses[k], true
}

// Key is the key of the words for a use.
func (u Use) Key() string { return "consent.use." + string(u) }

// TextKey is the key of the text that somebody reads before they consent to a use, in one of its versions.
func (u Use) TextKey(wording int) string {
	return "consent.text." + strconv.Itoa(wording) + "." + string(u)
}

// Key is the key of the words for a channel.
func (c Channel) Key() string { return "consent.by." + string(c) }

// Wording is the version of the texts that ask for consents. What was agreed to is kept under its version; a test holds
// each version to its words.
const Wording = 1

// A Consent is a person's yes to one use under one inquiry, and perhaps their later no. The log of all of them is kept;
// it never says what the value was.
type Consent struct {
	ID          string
	Person      PersonID
	Inquiry     string // its id
	Use         Use
	Wording     int    // the version that was read
	Language    string // in which it was read: "en" or "fr-CA"
	Channel     Channel
	GivenAt     time.Time
	WithdrawnAt time.Time // zero: it was not
	WithdrawnBy Channel
}

// A Channel is how a consent was given, or ended.
type Channel string

// The channels.
const (
	ByPage         Channel = "page"         // by the person, signed in
	ByInstallation Channel = "installation" // which asks no more, or for another purpose
	ByClock        Channel = "clock"        // when what was said had been kept for as long as was written
	ByMerging      Channel = "merge"        // of two accounts, of which this one is no more
)

// Live says whether the consent allows a use now: it is for that use and no other, was not withdrawn, and the inquiry
// that was consented to goes on.
func (c *Consent) Live(i *Inquiry, use Use) bool {
	return c.Use == use && c.WithdrawnAt.IsZero() && i.GoesOn() && c.Inquiry == i.ID && i.ID != ""
}

// LiveUses are the uses that a person's consents allow under an inquiry.
func LiveUses(consents []Consent, i *Inquiry) (uses []Use) {
	for _, use := range Uses {
		if slices.ContainsFunc(consents, func(c Consent) bool { return c.Live(i, use) }) {
			uses = append(uses, use)
		}
	}
	return uses
}
