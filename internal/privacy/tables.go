package privacy

import (
	"slices"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// A Fate is what becomes of what a table holds of a person who is erased.
type Fate string

// The fates.
const (
	Delete      Fate = "delete"       // the row goes
	Anonymise   Fate = "anonymise"    // the row stays, and says nothing of the person any more
	Keep        Fate = "keep"         // the row stays as it is; why says the reason
	NotPersonal Fate = "not personal" // it holds nothing about people
)

// A Table says of each column of a table what becomes of it when a person is erased, and why.
type Table struct {
	Name      string
	Fate      Fate
	Why       string
	Owners    []string       // columns that hold the id of the person whose row it is
	Addresses []string       // columns that hold an address
	Blank     map[string]any // what columns say of somebody who was erased, where the fate is Anonymise
	Pseudonym []string       // columns with ids of people that stay: after erasure they lead to nothing
	Columns   []string       // all of them
	Export    []string       // those that a person takes along; nil: none
	Others    []string       // among them, those with ids of other people
	Fill      map[string]any // what the other columns say when a person is taken in

	mine func(id string, r store.Record) bool // which of the rows are the person's to take along; nil: all
}

// derived are fields of terms that follow from the rest of a profile and are made anew.
var derived = []string{"unit", "level", "distance"}

// Tables are all tables, each after those that it refers to.
var Tables = []Table{
	{Name: "setting", Fate: NotPersonal, Why: "is about the installation", Columns: []string{"name", "value"}},
	{Name: "job", Fate: Keep, Why: "names people by ids only, and goes when it is done", Columns: []string{"id", "kind", "once", "payload", "state", "due", "attempts", "leased_by", "leased_until", "fault", "made_at", "ended_at"}},
	{Name: "bucket", Fate: NotPersonal, Why: "is known by hashes made with a key of the installation, and goes after hours, or after two months where it says how often an address was invited", Columns: []string{"name", "empty_at"}},
	{Name: "seal", Fate: NotPersonal, Why: "seals the audit log", Columns: []string{"number", "at", "events", "root", "before", "signature"}},
	{Name: "event", Fate: Keep, Why: "the audit log must verify; it holds ids, codes and hashes, never content", Pseudonym: []string{"actor", "for_whom", "object_id"}, Columns: []string{"id", "at", "actor", "for_whom", "action", "object_kind", "object_id", "was", "became", "seal", "place"}},
	{Name: "event_about", Fate: Keep, Why: "says whom an event is about, by ids that lead to nothing after erasure", Pseudonym: []string{"person"}, Columns: []string{"person", "event"}},
	{
		Name: "account", Fate: Anonymise, Why: "what others keep and the audit log refer to its id, which leads to nothing any more",
		Owners: []string{"id"}, Blank: map[string]any{"language": "en", "discreet": int64(0), "suspended_for": ""}, Pseudonym: []string{"merged_into"},
		Columns: []string{"id", "language", "discreet", "made_at", "suspended_at", "suspended_for", "merged_into"},
		Export:  []string{"id", "language", "discreet", "made_at"}, Fill: map[string]any{"suspended_for": ""},
	},
	{Name: "role", Fate: Delete, Why: "ends with the account", Owners: []string{"account"}, Pseudonym: []string{"granted_by"}, Columns: []string{"account", "role", "granted_at", "granted_by"}},
	{
		Name: "email", Fate: Delete, Why: "is how the person is reached", Owners: []string{"account"},
		Columns: []string{"folded", "address", "account", "kind", "owns", "verified_at", "left_until"},
		Export:  []string{"folded", "address", "account", "kind", "owns", "verified_at", "left_until"},
	},
	{Name: "suppression", Fate: Delete, Why: "is an address", Addresses: []string{"folded"}, Columns: []string{"folded", "reason", "at"}},
	{Name: "letter", Fate: Delete, Why: "says that somebody was written to", Owners: []string{"account"}, Addresses: []string{"address", "sent_to"}, Columns: []string{"id", "message_id", "account", "address", "template", "args", "language", "state", "made_at", "ended_at", "sent_to"}},
	{Name: "delivery", Fate: Delete, Why: "goes with the letter", Columns: []string{"letter", "attempt", "at", "outcome", "detail"}},
	{Name: "link", Fate: Delete, Why: "opens an account that is gone", Owners: []string{"account"}, Addresses: []string{"address"}, Columns: []string{"id", "hash", "purpose", "account", "address", "browser", "attempts", "made_at", "expires_at", "used_at", "leads_to"}},
	{Name: "session", Fate: Delete, Why: "ends with the account", Owners: []string{"account"}, Columns: []string{"id", "hash", "account", "label", "shared", "made_at", "proved_at", "seen_at", "idle_ends_at", "ends_at"}},
	{Name: "passkey", Fate: Delete, Why: "opens an account that is gone", Owners: []string{"account"}, Columns: []string{"id", "credential", "handle", "account", "name", "record", "made_at", "used_at"}},
	{Name: "identity", Fate: Delete, Why: "opens an account that is gone", Owners: []string{"account"}, Columns: []string{"issuer", "subject", "account", "institution", "address", "made_at", "used_at"}},
	{Name: "ceremony", Fate: Delete, Why: "opens an account that is gone", Owners: []string{"account"}, Columns: []string{"hash", "kind", "browser", "account", "record", "link", "made_at", "expires_at"}},
	{Name: "inquiry", Fate: Keep, Why: "says what the installation asks and why; who decided it is an id", Pseudonym: []string{"made_by"}, Columns: []string{"id", "characteristic", "purpose_en", "purpose_fr", "necessity_en", "necessity_fr", "months", "made_by", "made_at", "ended_at"}},
	{Name: "private_value", Fate: Delete, Why: "is sensitive", Owners: []string{"person", "about"}, Columns: []string{"id", "person", "kind", "about", "key", "sealed"}},
	{Name: "consent", Fate: Keep, Why: "that a consent was given and withdrawn must be shown; it holds no answer, and every live one is withdrawn", Pseudonym: []string{"person"}, Columns: []string{"id", "person", "inquiry", "use", "wording", "language", "channel", "given_at", "withdrawn_at", "withdrawn_by"}},
	{Name: "vocabulary", Fate: NotPersonal, Why: "is a list of words; who put it there is an id", Pseudonym: []string{"made_by"}, Columns: []string{"list", "number", "edition", "body", "made_at", "made_by"}},
	{
		Name: "unit", Fate: NotPersonal, Why: "is about the institution",
		Columns: []string{"id", "parent", "name_en", "name_fr", "opened_day", "closed_day"},
		Export:  []string{"id", "parent", "name_en", "name_fr", "opened_day", "closed_day"},
	},
	{
		Name: "person", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"id"}, Columns: personColumns, Export: personColumns,
	},
	{
		Name: "person_term", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"person"},
		Columns: []string{"person", "field", "place", "code", "label", "line", "audience"}, Export: []string{"person", "field", "place", "code", "label", "line", "audience"},
		mine: func(_ string, r store.Record) bool { return !slices.Contains(derived, textIn(r, "field")) },
	},
	{
		Name: "visibility", Fate: Delete, Why: "is what the person chose", Owners: []string{"person"},
		Columns: []string{"person", "field", "audience"}, Export: []string{"person", "field", "audience"},
	},
	{
		Name: "draft", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"person"},
		Columns: []string{"person", "stage", "body", "saved_at"}, Export: []string{"person", "stage", "body", "saved_at"},
	},
	{
		Name: "appointment", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"person"}, Columns: appointmentColumns, Export: appointmentColumns,
	},
	{
		Name: "away", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"person"},
		Columns: []string{"person", "from_day", "to_day"}, Export: []string{"person", "from_day", "to_day"},
	},
	{Name: "program", Fate: NotPersonal, Why: "is what the institution calls a program; who made it is an id", Pseudonym: []string{"made_by"}, Columns: []string{"id", "name_en", "name_fr", "line_en", "line_fr", "made_at", "made_by"}},
	{Name: "coordination", Fate: Delete, Why: "is an office of the person", Owners: []string{"account"}, Columns: []string{"program", "account", "since"}},
	{Name: "enrolment", Fate: Delete, Why: "is about a person who takes part no more", Owners: []string{"person"}, Columns: []string{"program", "person", "since"}},
	{
		Name: "invitation", Fate: Delete, Why: "is about an address of the person", Addresses: []string{"folded"}, Pseudonym: []string{"made_by"},
		Columns: []string{"id", "program", "part", "folded", "address", "language", "given", "family", "unit", "unit_label", "ladder", "code", "label", "from_day", "to_day", "made_at", "made_by", "reminded_at", "declined_at"},
	},
	{Name: "unit_head", Fate: Delete, Why: "is an office of the person", Owners: []string{"person"}, Columns: []string{"unit", "person", "from_day", "to_day"}},
	{
		Name: "authority", Fate: Delete, Why: "is a position of the person, or towards them", Owners: []string{"from_person", "to_person"}, Pseudonym: []string{"declared_by"},
		Columns: authorityColumns, Export: authorityColumns, Others: []string{"from_person", "to_person"},
		mine: func(id string, r store.Record) bool {
			return textIn(r, "declared_by") == id || textIn(r, "source") == "roster" // what others declared is theirs
		},
	},
	{
		Name: "veto", Fate: Delete, Why: "is a wish of the person, or about them", Owners: []string{"person", "other"},
		Columns: []string{"person", "other", "made_at"}, Export: []string{"person", "other", "made_at"}, Others: []string{"other"},
		mine: ofPerson,
	},
	{
		Name: "authority_address", Fate: Delete, Why: "is a position that the person declared, or towards an address of theirs", Owners: []string{"person", "account"}, Addresses: []string{"folded"},
		Columns: []string{"id", "person", "folded", "address", "account", "kind", "above", "from_day", "to_day", "made_at"},
		Export:  []string{"id", "person", "folded", "address", "kind", "above", "from_day", "to_day", "made_at"},
		mine:    ofPerson, // whose the address is, is for nobody to take along
	},
	{
		Name: "veto_address", Fate: Delete, Why: "is a wish of the person, or about an address of theirs", Owners: []string{"person", "account"}, Addresses: []string{"folded"},
		Columns: []string{"id", "person", "folded", "address", "account", "made_at"}, Export: []string{"id", "person", "folded", "address", "made_at"},
		mine: ofPerson,
	},
	{
		Name: "declaration", Fate: Delete, Why: "is about a person who takes part no more", Owners: []string{"person"},
		Columns: []string{"person", "made_at", "none"}, Export: []string{"person", "made_at", "none"},
	},
	{
		Name: "delegate", Fate: Delete, Why: "ends with either account", Owners: []string{"mentor", "account"}, Addresses: []string{"folded"},
		Columns: delegateColumns, Export: delegateColumns, Others: []string{"account"},
		mine: func(id string, r store.Record) bool { return textIn(r, "mentor") == id },
	},
	{
		Name: "mark", Fate: Delete, Why: "is a note of the person, or on them", Owners: []string{"person", "other"},
		Columns: []string{"person", "other", "kind", "made_at"}, Export: []string{"person", "other", "kind", "made_at"}, Others: []string{"other"},
		mine: ofPerson,
	},
	{Name: "person_word", Fate: Delete, Why: "is what the person says of themselves", Owners: []string{"person"}, Columns: []string{"word", "person", "audience"}},
	{Name: "word_key", Fate: Delete, Why: "goes with the last person who is found by the word", Columns: []string{"word", "key"}},
	{Name: "person_change", Fate: NotPersonal, Why: "says that something has changed, of an id that leads to nothing afterwards", Pseudonym: []string{"person"}, Columns: []string{"person", "number"}},
	{Name: "batch", Fate: Delete, Why: "holds what was said before, so that it can be undone", Pseudonym: []string{"made_by"}, Columns: []string{"id", "program", "made_by", "made_at", "kind", "before", "undone_at"}},
	{Name: "batch_person", Fate: Delete, Why: "goes with the batch", Columns: []string{"batch", "person"}},
	{Name: "erasure", Fate: Keep, Why: "is done again when an older backup is restored; the id leads to nothing", Pseudonym: []string{"person"}, Columns: []string{"person", "asked_at", "due_at", "done_at"}},
}

var (
	personColumns = []string{
		"id", "given", "family", "pronoun", "sort", "guest", "home_code", "home_label", "place_code", "place_label", "zone", "distance",
		"capacity", "hours", "refuses", "destination_code", "destination_label", "destination_kind", "destination_day", "listed", "made_at", "changed_at",
	}
	appointmentColumns = []string{"id", "person", "unit", "unit_label", "ladder", "code", "label", "track", "from_day", "to_day"}
	authorityColumns   = []string{"id", "from_person", "to_person", "kind", "from_day", "to_day", "source", "declared_by", "made_at"}
	delegateColumns    = []string{"id", "mentor", "address", "folded", "account", "made_at", "accepted_at"}
)

func ofPerson(id string, r store.Record) bool { return textIn(r, "person") == id }

func textIn(r store.Record, column string) string {
	text, _ := r[column].(string)
	return text
}

// A Column is a column with what becomes of it.
type Column struct {
	Table, Name string
	Fate        Fate
	Why         string
}

// Columns are all columns of all tables.
func Columns() (all []Column) {
	for _, t := range Tables {
		for _, name := range t.Columns {
			c := Column{t.Name, name, t.Fate, t.Why}
			if _, blank := t.Blank[name]; t.Fate == Anonymise && !blank {
				c.Fate = Keep
			}
			all = append(all, c)
		}
	}
	return all
}
