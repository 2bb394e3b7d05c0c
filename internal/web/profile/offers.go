package profile

import (
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func offersForm() form {
	return form{
		stage: mentoring.StageOffers, path: OffersPath, words: "offers",
		shown: []mentoring.Field{mentoring.FieldOffers, mentoring.FieldRoom, mentoring.FieldCapacity},
		fill: func(m *person.Mine) answers {
			a := answers{"offers": valuesOf(m.Offers), "capacity": {number(m.Capacity)}, "hours": {number(m.Hours)}}
			if m.Listed {
				a["listed"] = []string{"1"}
			}
			return a
		},
		ask: askOffers, save: saveOffers, next: CheckPath,
	}
}

// number is a whole number as an answer; 0 is none.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func askOffers(q *asking) []question {
	return append(
		q.purposes("offers", ui.Choices{
			Field: q.field("offers", "profile.offers.which"), Many: true, Tiles: true,
			Options: tiles(q.Call, q.Lists().Purposes(), "", q.a, "offers", q.mine.Offers),
		}),
		q.line(ui.Line{Field: q.field("capacity", "profile.capacity"), Kind: ui.Whole}),
		q.line(ui.Line{Field: q.field("hours", "profile.hours"), Kind: ui.Whole}),
		q.choices(ui.Choices{
			Field: q.field("listed", "profile.listed"), Many: true,
			Options: []ui.Option{{Value: "1", Label: q.Say("profile.listed.yes"), Hint: q.Say("profile.listed.what")}},
		}))
}

// offered is what is kept of an offer, as it is saved again.
func offered(m *person.Mine) person.Offer {
	return person.Offer{Offers: m.Offers, Support: m.Support, Capacity: m.Capacity, Hours: m.Hours, Refuses: m.Refuses, Listed: m.Listed}
}

func saveOffers(c *page.Call, m *person.Mine, a answers) error {
	var mistakes mentoring.Mistakes
	o := offered(m)
	o.Offers, o.Listed = a.purposesIn(&mistakes, "offers", m.Offers), a.one("listed") == "1"
	o.Capacity, o.Hours = a.whole(&mistakes, "capacity", mentoring.MostCapacity), a.whole(&mistakes, "hours", mentoring.MostHours)
	if len(o.Offers) == 0 && !m.Done[mentoring.StageOffers] {
		mistakes.Mistaken("offers", 0, "profile.offers.choose")
	}
	if err := mistakes.Err(); err != nil {
		return err
	}
	return c.House.People.SaveOffer(c.Request.Context(), c.Visit, o)
}

func supportForm() form {
	return form{
		stage: mentoring.StageOffers, path: SupportPath, words: "support",
		shown: []mentoring.Field{mentoring.FieldOffers, mentoring.FieldSupport, mentoring.FieldRefuses},
		fill: func(m *person.Mine) answers {
			a := answers{"support": codesOf(m.Support), "refuses": {m.Refuses}}
			for _, t := range m.Offers {
				a["offer-"+keyOf(t)] = []string{t.Line}
			}
			return a
		},
		ask: askSupport, save: saveSupport,
	}
}

func askSupport(q *asking) (asked []question) {
	for k, t := range q.mine.Offers {
		f := ui.Field{Name: "offer-" + keyOf(t), Label: upper(label(q.Call, q.Lists().Purposes(), t)), Error: q.wrong[row("offers", k+1)], Optional: true}
		if k == 0 {
			f.Hint = q.Say("profile.support.line")
		}
		asked = append(asked, q.area(ui.Area{Field: f, Rows: 2, Draft: draftOf("offer", keyOf(t))}))
	}
	refuses := q.field("refuses", "profile.field.refuses")
	refuses.Optional = true
	return append(asked,
		q.choices(ui.Choices{
			Field: q.field("support", "profile.field.support"), Many: true, Tiles: true,
			Options: tiles(q.Call, q.Lists().Supports(), "", q.a, "support", q.mine.Support),
		}),
		q.area(ui.Area{Field: refuses, Draft: "profile refuses"}))
}

func saveSupport(c *page.Call, m *person.Mine, a answers) error {
	o := offered(m)
	for k, t := range o.Offers {
		o.Offers[k].Line = a.or("offer-"+keyOf(t), t.Line)
	}
	o.Support, o.Refuses = termsOf(a["support"]), a.one("refuses")
	return c.House.People.SaveOffer(c.Request.Context(), c.Visit, o)
}

// AskOffers asks what somebody offers as a mentor, and how much; SaveOffers saves it.
func AskOffers(c *page.Call) error  { return offersForm().put(c) }
func SaveOffers(c *page.Call) error { return offersForm().take(c) }

// AskSupport asks what else a mentor says: lines, kinds of support, what they will not do; SaveSupport saves it.
func AskSupport(c *page.Call) error {
	return supportForm().putIf(c, OffersPath, func(m *person.Mine) bool { return len(m.Offers) > 0 })
}
func SaveSupport(c *page.Call) error { return supportForm().take(c) }
