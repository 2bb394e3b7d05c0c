package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A columnView is a column, what its cells show, and what it is taken for.
type columnView struct {
	index   int
	heading string
	*contents
	as      string
	side    int // whose it is, or either
	sure    Sure
	because string
}

// enough and most are shares of answers, in per cent, from which content supports or makes a meaning.
const (
	enough = 60
	mostly = 85
)

// take decides what a column is from its heading and its content.
func (c *columnView) take() {
	m, phrase, whole := headingMeaning(c.heading)
	const heading = "the heading says so"
	if c.filled == 0 {
		c.set(asUnknown, either, Guess, "it is empty")
		return
	}
	if share := c.itemShare(isSensitiveValue); share >= enough {
		c.set(asSensitive, either, Certain, c.told(isSensitiveValue, "describe the person"))
		return
	}
	if phrase != "" && c.agrees(m, heading, whole) {
		return
	}
	c.takeByContent()
}

func (c *columnView) set(as string, side int, sure Sure, because string) {
	c.as, c.side, c.sure, c.because = as, side, sure, because
}

// told says of how many of the answers something holds.
func (c *columnView) told(holds func(string) bool, what string) string {
	n := 0
	for item, times := range c.items {
		if holds(item) {
			n += times
		}
	}
	if n == c.entries {
		return "all answers " + what
	}
	return fmt.Sprintf("%d of %d answers %s", n, c.entries, what)
}

// agrees takes the column for what its heading says, unless the content contradicts.
func (c *columnView) agrees(m meaning, heading string, whole bool) bool {
	isYesNo := func(cell string) bool { _, known := yesNo(cell); return known }
	isCount := func(cell string) bool { _, ok := countIn(cell); return ok }
	asked := c.share(isYesNo) >= mostly
	tell := func(sure Sure, holds func(string) bool, what string) bool {
		c.set(m.as, m.side, sure, heading+", and "+c.told(holds, what))
		return true
	}
	switch m.as {
	case asSensitive, asTechnical:
		c.set(m.as, m.side, Certain, heading)
		return true
	case asEmail:
		if c.share(isEmail) >= enough {
			return tell(Certain, isEmail, "are e-mail addresses")
		}
	case asTimestamp:
		if c.share(isMoment) >= enough {
			return tell(Certain, isMoment, "are dates")
		}
	case asTakes, asLoad:
		isNumber := func(cell string) bool { _, err := strconv.Atoi(cell); return err == nil }
		switch {
		case c.share(isNumber) == 100:
			return tell(Certain, isNumber, "are numbers")
		case c.share(isCount) >= enough:
			return tell(Likely, isCount, "speak of a number")
		}
	case asRole:
		isRole := func(cell string) bool { _, known := roleWord(cell); return known }
		switch {
		case c.itemShare(isRole) >= mostly:
			return tell(Certain, isRole, "speak of mentors or mentees")
		case asked:
			return tell(Likely, isYesNo, "are yes or no")
		}
	case asConsent:
		if asked {
			return tell(Certain, isYesNo, "are yes or no")
		}
	case asLanguages:
		switch {
		case c.itemShare(isLanguage) >= enough:
			return tell(Certain, isLanguage, "are languages")
		case c.isChosen() && !asked:
			c.set(m.as, m.side, Likely, heading)
			return true
		}
	case asLevel:
		switch {
		case c.share(isLevel) >= enough:
			return tell(Certain, isLevel, "are levels of medical training or ranks")
		case c.isChosen() && !asked:
			c.set(m.as, m.side, Likely, heading+", and the same answers come back")
			return true
		}
	case asID:
		if c.distinct() {
			c.set(m.as, m.side, Certain, heading+", and no two answers are alike")
			return true
		}
		if whole && c.filled == c.rows {
			c.set(m.as, m.side, Likely, heading+", though some stand twice")
			return true
		}
	case asFirstName, asLastName, asName:
		if !asked && !c.isProse() && c.share(isEmail) < enough && (whole || !isCounting(c)) {
			c.set(m.as, m.side, Certain, heading)
			return true
		}
	case asChoice, asEvaluator, asEvaluated, asVeto: // whether people are named there is seen when people are known
		if !asked || m.as != asChoice {
			c.set(m.as, m.side, Guess, heading)
			return true
		}
	case asTime, asZone:
		if !asked {
			c.set(m.as, m.side, Likely, heading)
			return true
		}
	case asProse:
		if c.isProse() || !c.isChosen() {
			c.set(m.as, m.side, Certain, heading)
			return true
		}
	default:
		return c.agreesOnTopics(m, heading, asked)
	}
	return false
}

// agreesOnTopics takes a column for lists or values that are compared with those of others: purposes, interests,
// specialties, places.
func (c *columnView) agreesOnTopics(m meaning, heading string, asked bool) bool {
	switch {
	case asked:
		return false
	case c.isProse():
		c.set(asProse, m.side, Likely, heading+", but the answers are sentences")
	case c.isChosen():
		c.set(m.as, m.side, Certain, heading+", and the same answers come back")
	default:
		c.set(m.as, m.side, Likely, heading)
	}
	return true
}

// takeByContent takes a column for what its cells alone show.
func (c *columnView) takeByContent() {
	isRole := func(cell string) bool { _, known := roleWord(cell); return known }
	switch {
	case c.share(isEmail) >= mostly:
		c.set(asEmail, either, Likely, c.told(isEmail, "are e-mail addresses"))
	case c.itemShare(isLanguage) >= mostly && c.entries > 1:
		c.set(asLanguages, either, Likely, c.told(isLanguage, "are languages"))
	case c.itemShare(isRole) == 100 && len(c.cells) > 1 && len(c.cells) <= 8:
		c.set(asRole, either, Likely, c.told(isRole, "speak of mentors or mentees"))
	case c.share(isLevel) >= mostly && !isCounting(c):
		c.set(asLevel, either, Likely, c.told(isLevel, "are levels of medical training or ranks"))
	case c.isProse():
		c.set(asProse, either, Likely, "the answers are sentences")
	case c.share(isMoment) >= mostly && !isCounting(c):
		c.set(asTimestamp, either, Guess, c.told(isMoment, "are dates"))
	default:
		c.set(asUnknown, either, Guess, "neither heading nor content is known")
	}
}

func isLevel(folded string) bool { _, ok := levelOf(folded); return ok }

// isCounting says whether all cells are numbers.
func isCounting(c *columnView) bool {
	return c.share(func(cell string) bool { _, err := strconv.ParseFloat(cell, 64); return err == nil }) == 100
}

// resolveNames settles what depends on the other columns of the table: "Nom" is the last name beside "Prénom".
func (v *tableView) resolveNames() {
	first := slices.ContainsFunc(v.columns, func(c *columnView) bool { return c.as == asFirstName })
	last := slices.ContainsFunc(v.columns, func(c *columnView) bool { return c.as == asLastName })
	for _, c := range v.columns {
		if heading := strings.TrimSpace(phraseIn(c.heading)); first && !last && c.as == asName && (heading == "nom" || heading == "name" || heading == "votre nom") {
			c.set(asLastName, either, Certain, "the heading says so, beside that of the first name")
		}
	}
}

// only are the columns that are taken for something.
func (v *tableView) only(as string) []*columnView {
	var all []*columnView
	for _, c := range v.columns {
		if c.as == as {
			all = append(all, c)
		}
	}
	return all
}
