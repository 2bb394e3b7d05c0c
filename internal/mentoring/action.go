package mentoring

import "strings"

// An Action is what an actor wants to do. Every one but See has a row in permissions.md.
type Action string

// See is to be shown something; how much of it, the table says by the kind of the object.
const See Action = "see"

// What anybody, and each person for themselves, can do.
const (
	ReadPublicPages   Action = "read public pages"
	SignIn            Action = "sign in"
	SignOut           Action = "sign out"
	ExportOwnData     Action = "export own data"
	ChangeOwnSettings Action = "change own settings"
	EndOwnSessions    Action = "end own sessions"
	ChangeOwnPasskeys Action = "change own passkeys"
	ChangeOwnEmails   Action = "change own e-mails"
	LinkInstitution   Action = "link an institution"
	MergeOwnAccounts  Action = "merge own accounts"
	EraseOwnAccount   Action = "erase own account"
	NameDelegate      Action = "name a delegate"
	BookMeetings      Action = "book and log meetings"
	ChangeOwnProfile  Action = "change own profile"
	TellSensitive     Action = "tell sensitive characteristics"
	WithdrawConsents  Action = "withdraw consents"
	LookPeopleUp      Action = "look people up" // in the directory of those who are listed
	MarkPeople        Action = "keep people or set them aside"
	DeclareAuthority  Action = "declare interests and authority"
	KeepApart         Action = "ask not to be matched with somebody"
	AnswerInvitation  Action = "answer an invitation" // into a program
	LeaveProgram      Action = "leave a program"
)

// What those can do who look after programs and the installation.
const (
	ChangeProgram   Action = "change a program"
	InvitePeople    Action = "invite people"
	DraftMatching   Action = "draft a matching"
	PublishMatching Action = "publish a matching"
	ListPeople      Action = "list people"
	ExportPeople    Action = "export the list of people"
	ChangePeople    Action = "change the list of people"
	ImportRotation  Action = "import a rotation list"
	ChangeUnits     Action = "change units"
	AskSensitive    Action = "ask for sensitive characteristics"
	OpenSealed      Action = "open what is sealed" // statements and ranks after publication (CF-9)
	HandleConcern   Action = "handle a concern"
	MakeProgram     Action = "make a program"
	Administer      Action = "administer the installation"
	GrantRoles      Action = "grant and take away roles"
	SuspendAccount  Action = "suspend an account"
	StepIn          Action = "step in" // use a person's account, to help
)

// A Need is what a permission asks for besides. Needs are a set.
type Need uint8

const (
	// FreshSignIn: whoever acts has signed in a few minutes ago.
	FreshSignIn Need = 1 << iota
	// Reason: whoever acts writes down why.
	Reason
	// Log: the act is written in the audit log, in its transaction.
	Log
	// Letter: the person whom it concerns is written to.
	Letter
)

var needWords = [...]string{"fresh sign-in", "reason", "log", "letter"}

func (n Need) String() string {
	var words []string
	for k, word := range needWords {
		if n&(1<<k) != 0 {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}
