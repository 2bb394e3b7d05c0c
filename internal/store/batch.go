package store

import "time"

// A Batch is a change of many people at once from a file, and what it takes to undo it.
type Batch struct {
	ID, Program, By  string
	Kind             string // people or rotation
	Before           string // JSON of whoever made it; "" in lists, and when it was undone
	MadeAt, UndoneAt time.Time
}

func scanBatch(r row) (Batch, error) {
	var b Batch
	var madeAt int64
	var undoneAt *int64
	err := r.Scan(&b.ID, &b.Program, &b.By, &madeAt, &b.Kind, &b.Before, &undoneAt)
	b.MadeAt, b.UndoneAt = instant(madeAt), optionalInstant(undoneAt)
	return b, err
}

// AddBatch adds a batch about some people.
func (tx *Tx) AddBatch(b Batch, people []string) error {
	_, err := tx.exec("batch.add", b.ID, b.Program, b.By, micros(b.MadeAt), b.Kind, b.Before)
	for _, person := range people {
		if err == nil {
			_, err = tx.exec("batch.person-add", b.ID, person)
		}
	}
	return err
}

// Batch is the batch of an id. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Batch(id string) (Batch, error) { return find(tx, "batch.find", scanBatch, id) }

// Batches lists the batches of a program, the latest first.
func (tx *Tx) Batches(program string, most int) ([]Batch, error) {
	return list(tx, "batch.of", scanBatch, program, most)
}

// UndoBatch says that a batch was undone. It returns false when it was before.
func (tx *Tx) UndoBatch(id string, at time.Time) (bool, error) {
	n, err := tx.exec("batch.undone", id, micros(at))
	return n > 0, err
}

// SweepBatches forgets batches from before an instant.
func (tx *Tx) SweepBatches(before time.Time) (int64, error) {
	return tx.exec("batch.sweep", micros(before))
}

// ForgetBatches forgets the batches about a person, and which ones they made.
func (tx *Tx) ForgetBatches(person string) error {
	if _, err := tx.exec("batch.forget", person); err != nil {
		return err
	}
	_, err := tx.exec("batch.forget-maker", person)
	return err
}
