package web

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/door"
	"github.com/chiron-mentoring/chiron/internal/web/front"
	"github.com/chiron-mentoring/chiron/internal/web/installation"
	"github.com/chiron-mentoring/chiron/internal/web/letters"
	"github.com/chiron-mentoring/chiron/internal/web/mine"
	"github.com/chiron-mentoring/chiron/internal/web/page"
)

// Routes are all addresses of the site, each with its row of the permission table. The table decides who may come; how
// much of a thing they see, and of whose, the activity behind the handler asks it again.
func Routes() []page.Route {
	const (
		read, see    = mentoring.ReadPublicPages, mentoring.See
		installation = mentoring.Installation
	)
	return slices.Concat(
		routes(
			row{"GET /{$}", read, installation, front.First},
			row{"GET /language/{tag}", read, installation, front.Language},
			row{"POST " + page.ThemePath, read, installation, front.Colours},
			row{"GET /who-sees-what", read, installation, front.WhoSeesWhat},
			row{"POST " + page.ReportPath, read, installation, front.PolicyReport},
			row{"GET " + letters.StopPath + "{token}", read, installation, letters.AskStop},
			row{"POST " + letters.StopPath + "{token}", read, installation, letters.Stop},
		),
		doorRoutes(),
		mineRoutes(),
		installationRoutes(),
	)
}

// doorRoutes are the ways in and out.
func doorRoutes() []page.Route {
	const (
		public, signIn, signOut = mentoring.ReadPublicPages, mentoring.SignIn, mentoring.SignOut
		own, installation       = mentoring.Account, mentoring.Installation
	)
	return routes(
		row{"GET " + page.SignInPath, signIn, own, door.SignIn},
		row{"POST " + page.SignInPath, signIn, own, door.AskLetter},
		row{"GET " + door.MailPath, signIn, own, door.Mail},
		row{"POST " + door.CodePath, signIn, own, door.TypeCode},
		row{"POST " + door.OptionsPath, signIn, own, door.Options},
		row{"POST " + door.PasskeyPath, signIn, own, door.Passkey},
		row{"POST " + door.WithPath + "{institution}", signIn, own, door.GoTo},
		row{"GET " + door.WithPath + "{institution}/back", signIn, own, door.Return},
		row{"GET " + door.WhosePath, signIn, own, door.Whose},
		row{"POST " + door.WhosePath, signIn, own, door.AskWhose},
		row{"GET " + door.LinkPath + "{token}", signIn, own, door.Look},
		row{"POST " + door.LinkPath + "{token}", signIn, own, door.Open},

		row{"GET " + page.ProvePath, signIn, own, door.Prove},
		row{"POST " + page.ProvePath, signIn, own, door.ProveByLetter},
		row{"GET " + door.ProveMailPath, signIn, own, door.ProveMail},
		row{"POST " + door.ProveCodePath, signIn, own, door.ProveByCode},
		row{"POST " + page.ProvePath + "/passkey", signIn, own, door.ProveByPasskey},
		row{"POST " + page.ProvePath + "/with/{institution}", signIn, own, door.ProveAt},

		row{"POST " + page.SignOutPath, signOut, own, door.SignOut},
		row{"GET " + door.SignedOutPath, public, installation, door.SignedOut},
		row{"GET " + door.SuspendedPath, signOut, own, door.Suspended},
	)
}

// mineRoutes are the pages of "My account".
func mineRoutes() []page.Route {
	const (
		see, settings, sessions  = mentoring.See, mentoring.ChangeOwnSettings, mentoring.EndOwnSessions
		emails, passkeys, merge  = mentoring.ChangeOwnEmails, mentoring.ChangeOwnPasskeys, mentoring.MergeOwnAccounts
		institutions, own, trail = mentoring.LinkInstitution, mentoring.Account, mentoring.AuditTrail
	)
	return routes(
		row{"GET " + mine.Path, see, own, mine.Overview},
		row{"POST " + mine.SettingsPath, settings, own, mine.ChangeSettings},

		row{"GET " + mine.AddressesPath, see, own, mine.Addresses},
		row{"GET " + mine.ChangePath, emails, own, mine.AskChange},
		row{"POST " + mine.ChangePath, emails, own, mine.Change},
		row{"GET " + mine.MergePath, merge, own, mine.AskMerge},
		row{"POST " + mine.MergePath, merge, own, mine.Merge},

		row{"GET " + mine.SessionsPath, see, own, mine.Sessions},
		row{"POST " + mine.SessionsPath + "/{session}/end", sessions, own, mine.EndSession},
		row{"GET " + mine.OthersPath, sessions, own, mine.AskOthers},
		row{"POST " + mine.OthersPath, sessions, own, mine.EndOthers},

		row{"GET " + mine.PasskeysPath, see, own, mine.Passkeys},
		row{"GET " + mine.AddPath, passkeys, own, mine.AddPasskey},
		row{"POST " + mine.OptionsPath, passkeys, own, mine.PasskeyOptions},
		row{"POST " + mine.AddPath, passkeys, own, mine.KeepPasskey},
		row{"GET " + mine.PasskeysPath + "/{passkey}", settings, own, mine.AskPasskeyName},
		row{"POST " + mine.PasskeysPath + "/{passkey}", settings, own, mine.RenamePasskey},
		row{"GET " + mine.PasskeysPath + "/{passkey}/remove", passkeys, own, mine.AskPasskeyRemoval},
		row{"POST " + mine.PasskeysPath + "/{passkey}/remove", passkeys, own, mine.RemovePasskey},

		row{"GET " + mine.InstitutionsPath, see, own, mine.Institutions},
		row{"POST " + mine.InstitutionsPath + "/{institution}/link", institutions, own, mine.LinkInstitution},
		row{"GET " + mine.InstitutionsPath + "/{linked}/unlink", institutions, own, mine.AskUnlinking},
		row{"POST " + mine.InstitutionsPath + "/{linked}/unlink", institutions, own, mine.UnlinkInstitution},

		row{"GET " + mine.TrailPath, see, trail, mine.Trail},

		row{"GET " + mine.DataPath, mentoring.ExportOwnData, own, mine.Data},
		row{"POST " + mine.DataPath, mentoring.ExportOwnData, own, mine.TakeData},
		row{"GET " + mine.ErasePath, mentoring.EraseOwnAccount, own, mine.AskErasing},
		row{"POST " + mine.ErasePath, mentoring.EraseOwnAccount, own, mine.Erase},
		row{"POST " + mine.StayPath, settings, own, mine.Stay},
	)
}

// installationRoutes are the pages of those who look after the installation.
func installationRoutes() []page.Route {
	const (
		see, administer      = mentoring.See, mentoring.Administer
		grant, suspend       = mentoring.GrantRoles, mentoring.SuspendAccount
		whole, account, path = mentoring.Installation, mentoring.Account, installation.Path
		take, letters, works = installation.AdministratorsPath + "/{person}/take", installation.LettersPath, installation.WorkPath
	)
	return routes(
		row{"GET " + path, see, whole, installation.Overview},

		row{"GET " + installation.AdministratorsPath, see, whole, installation.Administrators},
		row{"GET " + installation.AddPath, grant, account, installation.AskAdministrator},
		row{"POST " + installation.AddPath, grant, account, installation.AddAdministrator},
		row{"GET " + take, grant, account, installation.AskTaking},
		row{"POST " + take, grant, account, installation.TakeAdministrator},

		row{"GET " + installation.AccountsPath, administer, whole, installation.Accounts},
		row{"POST " + installation.AccountsPath, administer, whole, installation.FindAccount},
		row{"POST " + installation.SuspendPath, suspend, account, installation.SuspendAccount},
		row{"POST " + installation.OpenPath, suspend, account, installation.OpenAccount},

		row{"GET " + installation.FailuresPath, see, whole, installation.Failures},
		row{"POST " + letters + "/{id}/again", administer, whole, installation.SendAgain},
		row{"GET " + letters + "/{id}/give-up", administer, whole, installation.AskGiveUpLetter},
		row{"POST " + letters + "/{id}/give-up", administer, whole, installation.GiveUpLetter},
		row{"POST " + works + "/{id}/again", administer, whole, installation.TryAgain},
		row{"GET " + works + "/{id}/give-up", administer, whole, installation.AskGiveUpWork},
		row{"POST " + works + "/{id}/give-up", administer, whole, installation.GiveUpWork},

		row{"GET " + installation.SettingsPath, see, whole, installation.Settings},
		row{"GET " + installation.LogPath, see, whole, installation.Log},
		row{"GET " + installation.CheckpointPath, see, whole, installation.Checkpoint},
	)
}

// A row is a route on one line.
type row struct {
	pattern string
	action  mentoring.Action
	kind    mentoring.Kind
	do      func(*page.Call) error
}

func routes(rows ...row) []page.Route {
	all := make([]page.Route, len(rows))
	for k, r := range rows {
		all[k] = page.Route{Pattern: r.pattern, Action: r.action, Kind: r.kind, Do: r.do}
	}
	return all
}
