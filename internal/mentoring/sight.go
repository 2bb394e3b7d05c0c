package mentoring

// A Sight is how much of something is shown.
type Sight string

// The sights, from the whole to nothing.
const (
	All              Sight = "all"
	Shared           Sight = "shared"      // what the owner shares
	SetClauses       Sight = "set clauses" // locked and bounded ones; no open one
	WithoutKind      Sight = "without kind"
	ConflictExists   Sight = "conflict"   // that there is one, not which
	Constraint       Sight = "constraint" // that there is one, not towards whom
	CountAndLastDate Sight = "count and last date"
	Count            Sight = "count"
	Sum              Sight = "sum"
	Ticks            Sight = "ticks"
	Category         Sight = "category"
	Flag             Sight = "flag"   // "wants contact"
	PausedUntil      Sight = "until"  // "paused until" and the date
	Paused           Sight = "paused" // that it is
	Status           Sight = "status"
	Metadata         Sight = "metadata"        // that it exists, and since when
	PooledBy4        Sight = "pooled by 4"     // changes only with four new answers or more (SU-6)
	AggregateOf5     Sight = "aggregate of 5"  // figures over five people or more (SU-4)
	AggregateOf10    Sight = "aggregate of 10" // over ten or more, of sensitive characteristics
	Deputy           Sight = "deputy"          // nothing; another coordinator sees it
	Encrypted        Sight = "encrypted"       // nothing; and unreadable where it is kept
	Ciphertext       Sight = "ciphertext"      // nothing; and the installation has no key
	Nothing          Sight = "no"
	Never            Sight = "never" // nothing, and no fact can change it
)

var sights = []Sight{
	All, Shared, SetClauses, WithoutKind, ConflictExists, Constraint, CountAndLastDate, Count, Sum, Ticks, Category, Flag,
	PausedUntil, Paused, Status, Metadata, PooledBy4, AggregateOf5, AggregateOf10, Deputy, Encrypted, Ciphertext, Nothing,
	Never,
}

// Shows says whether anything is shown.
func (s Sight) Shows() bool {
	switch s {
	case Deputy, Encrypted, Ciphertext, Nothing, Never, "":
		return false
	}
	return true
}

// Least is the number of people below which a figure is not shown, or by how many new answers it changes; 0: what is
// shown is no figure over several people.
func (s Sight) Least() int {
	switch s {
	case PooledBy4:
		return 4
	case AggregateOf5:
		return 5
	case AggregateOf10:
		return 10
	}
	return 0
}
