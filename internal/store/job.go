package store

import "time"

// A Job is work that was promised in the transaction of a change, and is done after it.
type Job struct {
	ID          string
	Kind        string
	Once        string // among the jobs that are not done yet there is one of this name at most; "": any number
	Payload     string // JSON with ids, never with content
	State       JobState
	Due         time.Time
	Attempts    int // that were begun
	LeasedBy    string
	LeasedUntil time.Time
	Fault       string // of the latest attempt, in words without personal data
	MadeAt      time.Time
	EndedAt     time.Time
}

// JobState is where a job stands.
type JobState string

// The states of jobs.
const (
	JobWaiting JobState = "waiting"
	JobRunning JobState = "running"
	JobDone    JobState = "done"
	JobDead    JobState = "dead" // was tried as often as it may be; somebody has to look
)

func scanJob(r row) (Job, error) {
	var j Job
	var once, leasedBy *string
	var due, madeAt int64
	var leasedUntil, endedAt *int64
	err := r.Scan(&j.ID, &j.Kind, &once, &j.Payload, &j.State, &due, &j.Attempts, &leasedBy, &leasedUntil, &j.Fault, &madeAt, &endedAt)
	j.Due, j.MadeAt = instant(due), instant(madeAt)
	j.LeasedUntil, j.EndedAt = optionalInstant(leasedUntil), optionalInstant(endedAt)
	if once != nil {
		j.Once = *once
	}
	if leasedBy != nil {
		j.LeasedBy = *leasedBy
	}
	return j, err
}

// AddJob adds a job that waits. It returns false, and adds nothing, where another one of the same Once is not done yet.
func (tx *Tx) AddJob(j Job) (bool, error) {
	var once any
	if j.Once != "" {
		once = j.Once
	}
	n, err := tx.exec("job.add", j.ID, j.Kind, once, j.Payload, micros(j.Due), micros(j.MadeAt))
	return n > 0, err
}

// ClaimJobs leases at most so many jobs that are due to a worker: those that wait, and those whose lease has ended.
func (tx *Tx) ClaimJobs(worker string, now, until time.Time, most int) ([]Job, error) {
	return list(tx, "job.claim", scanJob, worker, micros(until), micros(now), most)
}

// ExtendJob makes a lease longer. It returns false when the worker has lost the job.
func (tx *Tx) ExtendJob(id, worker string, until time.Time) (bool, error) {
	n, err := tx.exec("job.extend", id, worker, micros(until))
	return n > 0, err
}

// FinishJob ends a job that was done. It returns false when the worker has lost the job: then somebody else does it
// again, and what was done in this transaction must not be kept.
func (tx *Tx) FinishJob(id, worker string, at time.Time) (bool, error) {
	n, err := tx.exec("job.finish", id, worker, micros(at))
	return n > 0, err
}

// RetryJob lets a job wait for another attempt.
func (tx *Tx) RetryJob(id, worker string, due time.Time, fault string) (bool, error) {
	n, err := tx.exec("job.retry", id, worker, micros(due), fault)
	return n > 0, err
}

// BuryJob ends a job that cannot be done.
func (tx *Tx) BuryJob(id, worker string, at time.Time, fault string) (bool, error) {
	n, err := tx.exec("job.bury", id, worker, micros(at), fault)
	return n > 0, err
}

// ReviveJob lets a dead job wait again, as if it had never been tried.
func (tx *Tx) ReviveJob(id string, due time.Time) (bool, error) {
	n, err := tx.exec("job.revive", id, micros(due))
	return n > 0, err
}

// ForgetJob deletes a dead job. It returns false when there is none.
func (tx *Tx) ForgetJob(id string) (bool, error) {
	n, err := tx.exec("job.forget", id)
	return n > 0, err
}

// DeadJobs lists dead jobs, the latest first.
func (tx *Tx) DeadJobs(most int) ([]Job, error) { return list(tx, "job.dead", scanJob, most) }

// CountJobs counts the jobs in each state.
func (tx *Tx) CountJobs() (map[JobState]int, error) {
	return counts[JobState](tx, "job.count")
}

// SweepJobs deletes what was done before an instant.
func (tx *Tx) SweepJobs(before time.Time) (int64, error) { return tx.exec("job.sweep", micros(before)) }
