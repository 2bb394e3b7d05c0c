// Package mine is "My account": what people choose for themselves, by what they come in, where they are signed in, and
// what the audit log says about them. Each page shows its reader's own account and nothing else; what may be done there is
// decided in internal/account.
package mine

import (
	"net/http"

	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/account"
	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// The addresses of the pages.
const (
	Path             = "/account"
	SettingsPath     = Path + "/settings"
	AddressesPath    = Path + "/addresses"
	ChangePath       = AddressesPath + "/change"
	MergePath        = AddressesPath + "/merge"
	SessionsPath     = Path + "/sessions"
	OthersPath       = SessionsPath + "/others"
	PasskeysPath     = Path + "/passkeys"
	InstitutionsPath = Path + "/institutions"
	TrailPath        = Path + "/trail"
)

// onlyMe is who reads these pages.
func onlyMe(c *page.Call) ui.WhoSees {
	return ui.WhoSees{Text: c.Say("mine.readers"), Closed: true}
}

// parts are what a page is stacked from.
type parts struct {
	arrived *ui.Notice // what was just done
	head    ui.Head
	content []templ.Component
}

// show answers with a page of the account.
func show(c *page.Call, title string, p parts) error {
	return c.Show(ui.Page{Title: title, Readers: onlyMe(c)}, stacked(p))
}

func back(c *page.Call) ui.Link { return ui.Link{Label: c.Say("mine.title"), Href: Path} }

// An overview is the first page of the account.
type overview struct {
	language ui.Choices
	discreet ui.Choices
	refused  string
	places   []ui.Place
}

// Overview shows what a person chooses, and leads to the rest.
func Overview(c *page.Call) error {
	return overviewWith(c, http.StatusOK, account.Settings{Language: c.Visit.Language, Discreet: c.Visit.Discreet}, "")
}

func overviewWith(c *page.Call, status int, chosen account.Settings, refused string) error {
	places, err := placesOf(c)
	if err != nil {
		return err
	}
	o := overview{places: places, refused: refused}
	o.language = ui.Choices{Field: ui.Field{Name: "language", Label: c.Say("mine.language"), Hint: c.Say("mine.language.hint")}}
	for _, l := range c.House.Languages {
		o.language.Options = append(o.language.Options, ui.Option{Value: string(l), Label: languageNames[l], Chosen: string(l) == chosen.Language})
	}
	o.discreet = ui.Choices{
		Field: ui.Field{Name: "discreet", Label: c.Say("mine.discreet")}, Many: true,
		Options: []ui.Option{{Value: "1", Label: c.Say("mine.discreet.yes"), Hint: c.Say("mine.discreet.hint"), Chosen: chosen.Discreet}},
	}
	return c.ShowAs(status, ui.Page{Title: c.Say("mine.title"), Readers: onlyMe(c)}, overviewPage(c.Words, o))
}

// languageNames are languages by their own names.
var languageNames = map[locale.Language]string{locale.English: "English", locale.French: "Français"}

// ChangeSettings keeps what a person chooses. The pages follow in this browser at once.
func ChangeSettings(c *page.Call) error {
	if _, err := c.Form(); err != nil {
		return err
	}
	chosen := account.Settings{Language: c.Answer("language"), Discreet: c.Answer("discreet") == "1"}
	if err := c.House.Accounts.ChangeSettings(c.Request.Context(), c.Visit, chosen); err != nil {
		text, status, other := c.Refusal(err)
		if other != nil {
			return other
		}
		return overviewWith(c, status, chosen, text)
	}
	c.KeepLanguage(chosen.Language)
	return c.GoSaying(Path, "said.settings")
}

func placesOf(c *page.Call) ([]ui.Place, error) {
	ctx, accounts := c.Request.Context(), c.House.Accounts
	addresses, err := accounts.Addresses(ctx, c.Visit)
	if err != nil {
		return nil, err
	}
	sessions, err := accounts.Sessions(ctx, c.Visit)
	if err != nil {
		return nil, err
	}
	passkeys, err := accounts.Passkeys(ctx, c.Visit)
	if err != nil {
		return nil, err
	}
	institutions, err := accounts.LinkedInstitutions(ctx, c.Visit)
	if err != nil {
		return nil, err
	}
	places := []ui.Place{
		{Label: c.Say("mine.addresses"), Href: AddressesPath, Line: owner(c, addresses), Icon: ui.IconMail},
		{Label: c.Say("mine.passkeys"), Href: PasskeysPath, Line: c.Words.Count("mine.passkeys.count", int64(len(passkeys))), Icon: ui.IconKey},
	}
	if len(institutions)+len(accounts.Institutions.Institutions()) > 0 {
		places = append(places, ui.Place{Label: c.Say("mine.institutions"), Href: InstitutionsPath, Line: c.Words.Count("mine.institutions.count", int64(len(institutions))), Icon: ui.IconCap})
	}
	return append(places,
		ui.Place{Label: c.Say("mine.sessions"), Href: SessionsPath, Line: c.Words.Count("mine.sessions.count", int64(len(sessions))), Icon: ui.IconGlobe},
		ui.Place{Label: c.Say("mine.trail"), Href: TrailPath, Line: c.Say("mine.trail.hint"), Icon: ui.IconLog},
		ui.Place{Label: c.Say("mine.data"), Href: page.DataPath, Line: c.Say("mine.data.hint"), Icon: ui.IconDownload},
	), nil
}

// owner is the address that owns the account.
func owner(c *page.Call, addresses []account.Address) string {
	for _, a := range addresses {
		if a.Owns {
			return a.Address
		}
	}
	return c.Say("mine.addresses.none")
}
