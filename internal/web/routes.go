package web

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/web/data"
	"github.com/chiron-mentoring/chiron/internal/web/door"
	"github.com/chiron-mentoring/chiron/internal/web/front"
	"github.com/chiron-mentoring/chiron/internal/web/installation"
	"github.com/chiron-mentoring/chiron/internal/web/letters"
	"github.com/chiron-mentoring/chiron/internal/web/mine"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/people"
	"github.com/chiron-mentoring/chiron/internal/web/profile"
	"github.com/chiron-mentoring/chiron/internal/web/program"
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
		peopleRoutes(),
		mineRoutes(),
		profileRoutes(),
		programRoutes(),
		listRoutes(),
		installationRoutes(),
		dataRoutes(),
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

		row{"GET " + installation.ProgramsPath, see, whole, installation.Programs},
		row{"GET " + installation.MakeProgramPath, mentoring.MakeProgram, whole, installation.AskProgram},
		row{"POST " + installation.MakeProgramPath, mentoring.MakeProgram, whole, installation.MakeProgram},
		row{"GET " + installation.ProgramPath, see, whole, installation.Program},
		row{"GET " + installation.InvitePath, grant, account, installation.AskCoordinator},
		row{"POST " + installation.InvitePath, grant, account, installation.InviteCoordinator},
		row{"GET " + installation.TakePath, grant, account, installation.AskTakingCoordinator},
		row{"POST " + installation.TakePath, grant, account, installation.TakeCoordinator},
		row{"POST " + installation.RemindPath, grant, account, installation.RemindCoordinator},
		row{"GET " + installation.WithdrawPath, grant, account, installation.AskWithdrawing},
		row{"POST " + installation.WithdrawPath, grant, account, installation.WithdrawCoordinator},

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

// dataRoutes are what people can do with what is held of them.
func dataRoutes() []page.Route {
	const (
		take, erase, settings = mentoring.ExportOwnData, mentoring.EraseOwnAccount, mentoring.ChangeOwnSettings
		change, profile, own  = mentoring.ChangeOwnProfile, mentoring.Profile, mentoring.Account
	)
	return routes(
		row{"GET " + data.Path, take, own, data.Overview},
		row{"POST " + data.Path, take, own, data.Take},
		row{"GET " + data.KeptPath, take, own, data.Kept},
		row{"GET " + data.LeavePath, change, profile, data.Leaving},
		row{"POST " + data.LeavePath, change, profile, data.LeaveDirectory},
		row{"GET " + data.LeaveAllPath, mentoring.LeaveProgram, own, data.AskLeavingAll},
		row{"POST " + data.LeaveAllPath, mentoring.LeaveProgram, own, data.LeaveAll},
		row{"GET " + data.ErasePath, erase, own, data.AskErasing},
		row{"POST " + data.ErasePath, erase, own, data.Erase},
		row{"POST " + data.StayPath, settings, own, data.Stay},
	)
}

// peopleRoutes are the directory, the pages of people, and what an administrator keeps for all of them.
func peopleRoutes() []page.Route {
	const (
		look, mark, see     = mentoring.LookPeopleUp, mentoring.MarkPeople, mentoring.See
		units, administer   = mentoring.ChangeUnits, mentoring.Administer
		profile, own, whole = mentoring.Profile, mentoring.Account, mentoring.Installation
		unit, list, lists   = people.UnitsPath + "/{unit}", people.ListsPath + "/{list}", people.ListsPath
	)
	all := routes(
		row{"GET " + people.Path, look, profile, people.Directory},
		row{"GET " + people.Path + "/{person}", see, profile, people.Person},
		row{"POST " + people.Path + "/{person}/mark", mark, own, people.Mark},

		row{"GET " + people.UnitsPath, units, whole, people.Units},
		row{"GET " + people.AddPath, units, whole, people.AskUnit},
		row{"POST " + people.AddPath, units, whole, people.AddUnit},
		row{"GET " + unit, units, whole, people.Unit},
		row{"POST " + unit, units, whole, people.ChangeUnit},

		row{"GET " + lists, administer, whole, people.Lists},
		row{"GET " + list, administer, whole, people.List},
		row{"GET " + list + "/file", administer, whole, people.ListFile},
		row{"POST " + list + "/undo", administer, whole, people.UndoList},
	)
	return append(all,
		page.Route{Pattern: "POST " + list + "/preview", Action: administer, Kind: whole, Do: people.PreviewList, MostBody: people.MostListBody},
		page.Route{Pattern: "POST " + list + "/replace", Action: administer, Kind: whole, Do: people.ReplaceList, MostBody: people.MostListBody},
	)
}

// profileRoutes are the pages of "My profile", and that of what people are asked with their consent.
func profileRoutes() []page.Route {
	const (
		see, change, withdraw    = mentoring.See, mentoring.ChangeOwnProfile, mentoring.WithdrawConsents
		tell, declare, apart     = mentoring.TellSensitive, mentoring.DeclareAuthority, mentoring.KeepApart
		own, account, sensitive  = mentoring.Profile, mentoring.Account, mentoring.SensitiveCharacteristics
		interests, vetoes, whole = mentoring.InterestsAndAuthority, mentoring.Vetoes, mentoring.Installation
		delegate, one            = profile.DelegatesPath + "/{delegate}", profile.CharacteristicsPath + "/{characteristic}"
		asking                   = profile.InquiriesPath + "/{characteristic}"
	)
	return routes(
		row{"GET " + profile.Path, see, own, profile.Overview},
		row{"GET " + profile.NamePath, see, own, profile.AskName},
		row{"POST " + profile.NamePath, change, own, profile.SaveName},
		row{"GET " + profile.SeeksPath, see, own, profile.AskSeeks},
		row{"POST " + profile.SeeksPath, change, own, profile.SaveSeeks},
		row{"GET " + profile.LinesPath, see, own, profile.AskLines},
		row{"POST " + profile.LinesPath, change, own, profile.SaveLines},
		row{"GET " + profile.HowPath, see, own, profile.AskHow},
		row{"POST " + profile.HowPath, change, own, profile.SaveHow},
		row{"GET " + profile.OffersPath, see, own, profile.AskOffers},
		row{"POST " + profile.OffersPath, change, own, profile.SaveOffers},
		row{"GET " + profile.SupportPath, see, own, profile.AskSupport},
		row{"POST " + profile.SupportPath, change, own, profile.SaveSupport},
		row{"GET " + profile.AppointmentsPath, see, own, profile.AskAppointments},
		row{"POST " + profile.AppointmentsPath, change, own, profile.SaveAppointments},
		row{"GET " + profile.TopicsPath, see, own, profile.AskTopics},
		row{"POST " + profile.TopicsPath, change, own, profile.SaveTopics},
		row{"GET " + profile.AwayPath, see, own, profile.AskAway},
		row{"POST " + profile.AwayPath, change, own, profile.SaveAway},
		row{"GET " + profile.DestinationPath, see, own, profile.AskDestination},
		row{"POST " + profile.DestinationPath, change, own, profile.SaveDestination},
		row{"GET " + profile.TrainingPath, see, own, profile.AskTraining},
		row{"POST " + profile.TrainingPath, change, own, profile.SaveTraining},
		row{"GET " + profile.CheckPath, see, own, profile.Check},
		row{"GET " + profile.WordsPath, see, own, profile.Words},

		row{"GET " + profile.VisibilityPath, see, own, profile.Visibility},
		row{"POST " + profile.VisibilityPath, change, own, profile.ChooseVisibility},
		row{"GET " + profile.SeenAsPath, see, own, profile.SeenAs},

		row{"GET " + profile.DelegatesPath, see, account, profile.Delegates},
		row{"GET " + profile.NameDelegatePath, mentoring.NameDelegate, account, profile.AskDelegate},
		row{"POST " + profile.NameDelegatePath, mentoring.NameDelegate, account, profile.NameDelegate},
		row{"POST " + delegate + "/accept", mentoring.ChangeOwnSettings, account, profile.AcceptDelegate},
		row{"POST " + delegate + "/remove", mentoring.ChangeOwnSettings, account, profile.RemoveDelegate},

		row{"GET " + profile.AuthorityPath, see, interests, profile.Authority},
		row{"POST " + profile.AuthorityPath, declare, interests, profile.Declare},
		row{"GET " + profile.AddAuthorityPath, declare, interests, profile.AskPosition},
		row{"POST " + profile.AddAuthorityPath, declare, interests, profile.AddPosition},
		row{"GET " + profile.ApartPath, see, vetoes, profile.Apart},
		row{"POST " + profile.ApartPath, apart, vetoes, profile.KeepApart},

		row{"GET " + profile.CharacteristicsPath, see, sensitive, profile.Characteristics},
		row{"GET " + one, see, sensitive, profile.AskCharacteristic},
		row{"POST " + one, tell, sensitive, profile.TellCharacteristic},
		row{"POST " + one + "/withdraw", withdraw, sensitive, profile.Withdraw},
		row{"POST " + one + "/forget", withdraw, sensitive, profile.Forget},
		row{"GET " + profile.ConsentsPath, see, sensitive, profile.Consents},
		row{"GET " + profile.WithdrawPath, withdraw, sensitive, profile.LiveConsents},
		row{"POST " + profile.WithdrawPath, withdraw, sensitive, profile.WithdrawConsent},

		row{"GET " + profile.InquiriesPath, see, whole, profile.Inquiries},
		row{"GET " + asking, mentoring.AskSensitive, whole, profile.AskInquiry},
		row{"POST " + asking, mentoring.AskSensitive, whole, profile.Ask},
		row{"GET " + asking + "/stop", mentoring.AskSensitive, whole, profile.AskStopping},
		row{"POST " + asking + "/stop", mentoring.AskSensitive, whole, profile.Stop},
	)
}

// programRoutes are the pages of programs.
func programRoutes() []page.Route {
	const (
		see, invite, whole, own = mentoring.See, mentoring.InvitePeople, mentoring.ProgramSettings, mentoring.Account
	)
	return routes(
		row{"GET " + program.Path, see, own, program.Mine},
		row{"POST " + program.AcceptPath, mentoring.AnswerInvitation, own, program.Accept},
		row{"POST " + program.DeclinePath, mentoring.AnswerInvitation, own, program.Decline},
		row{"GET " + program.LeavePath, mentoring.LeaveProgram, own, program.AskLeaving},
		row{"POST " + program.LeavePath, mentoring.LeaveProgram, own, program.Leave},

		row{"GET " + program.OnePath, see, whole, program.Overview},
		row{"GET " + program.SettingsPath, mentoring.ChangeProgram, whole, program.Settings},
		row{"POST " + program.SettingsPath, mentoring.ChangeProgram, whole, program.Change},

		row{"GET " + program.InvitationsPath, mentoring.ListPeople, whole, program.Invitations},
		row{"GET " + program.InvitePath, invite, whole, program.AskInviting},
		row{"POST " + program.InvitePath, invite, whole, program.Invite},
		row{"POST " + program.RemindPath, invite, whole, program.Remind},
		row{"GET " + program.WithdrawPath, invite, whole, program.AskWithdrawing},
		row{"POST " + program.WithdrawPath, invite, whole, program.Withdraw},

		row{"GET " + program.PeoplePath, mentoring.ListPeople, whole, program.People},
		row{"GET " + program.FilePath, mentoring.ExportPeople, whole, program.File},
		row{"GET " + program.PersonPath, mentoring.See, mentoring.Profile, program.Person},
		row{"GET " + program.TakeOutPath, mentoring.ChangePeople, whole, program.AskTakingOut},
		row{"POST " + program.TakeOutPath, mentoring.ChangePeople, whole, program.TakeOut},
	)
}

// listRoutes are the pages where lists of a program are handed in, and undone.
func listRoutes() []page.Route {
	const change, rotation, whole = mentoring.ChangePeople, mentoring.ImportRotation, mentoring.ProgramSettings
	all := routes(
		row{"GET " + program.ListPath, change, whole, program.List},
		row{"GET " + program.RotationPath, rotation, whole, program.Rotation},
		row{"GET " + program.RotationExamplePath, rotation, whole, program.RotationExample},
		row{"GET " + program.ImportsPath, change, whole, program.Imports},
		row{"GET " + program.UndoPath, change, whole, program.AskUndo},
		row{"POST " + program.UndoPath, change, whole, program.Undo},
	)
	for _, r := range []row{
		{"POST " + program.ListPreviewPath, change, whole, program.PreviewList},
		{"POST " + program.ListApplyPath, change, whole, program.ApplyList},
		{"POST " + program.RotationPreviewPath, rotation, whole, program.PreviewRotation},
		{"POST " + program.RotationImportPath, rotation, whole, program.ImportRotation},
	} {
		all = append(all, page.Route{Pattern: r.pattern, Action: r.action, Kind: r.kind, Do: r.do, MostBody: program.MostFileBody})
	}
	return all
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
