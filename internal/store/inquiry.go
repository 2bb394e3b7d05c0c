package store

import "time"

// An Inquiry is an installation's asking for a sensitive characteristic, for as long as it goes on.
type Inquiry struct {
	ID                                string
	Characteristic                    string
	PurposeEnglish, PurposeFrench     string
	NecessityEnglish, NecessityFrench string
	Months                            int
	MadeBy                            string
	MadeAt                            time.Time
	EndedAt                           time.Time // zero: it goes on; one at most does for each characteristic
}

func scanInquiry(r row) (i Inquiry, err error) {
	var madeAt int64
	var endedAt *int64
	err = r.Scan(&i.ID, &i.Characteristic, &i.PurposeEnglish, &i.PurposeFrench, &i.NecessityEnglish, &i.NecessityFrench,
		&i.Months, &i.MadeBy, &madeAt, &endedAt)
	i.MadeAt, i.EndedAt = instant(madeAt), optionalInstant(endedAt)
	return i, err
}

// AddInquiry adds an inquiry that goes on.
func (tx *Tx) AddInquiry(i Inquiry) error {
	_, err := tx.exec("inquiry.add", i.ID, i.Characteristic, i.PurposeEnglish, i.PurposeFrench, i.NecessityEnglish,
		i.NecessityFrench, i.Months, i.MadeBy, micros(i.MadeAt))
	return err
}

// EndInquiry ends an inquiry that goes on.
func (tx *Tx) EndInquiry(id string, at time.Time) error {
	return tx.one("inquiry.end", id, micros(at))
}

// Inquiry is the inquiry of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Inquiry(id string) (Inquiry, error) { return find(tx, "inquiry.find", scanInquiry, id) }

// InquiriesNow lists the inquiries that go on, by characteristic.
func (tx *Tx) InquiriesNow() ([]Inquiry, error) { return list(tx, "inquiry.now", scanInquiry) }

// Inquiries lists all inquiries that there ever were, the latest first.
func (tx *Tx) Inquiries() ([]Inquiry, error) { return list(tx, "inquiry.all", scanInquiry) }
