package store

// MergePerson gives what one account says and has to another one with which its person goes on: the profile, if the other
// has none, and positions, wishes, declarations, programs, delegates and marks. What both have stays once.
func (tx *Tx) MergePerson(from, into string) error {
	_, err := tx.Person(into)
	switch {
	case IsKind(err, NotFound):
		err = tx.each(from, into, "merge.profile", "merge.terms", "merge.visibility", "merge.drafts", "merge.appointments", "merge.away", "merge.words")
	case err == nil:
		err = tx.ForgetWords(from)
	}
	if err != nil {
		return err
	}
	if err := tx.DeletePerson(from); err != nil {
		return err
	}
	if err := tx.changed(into); err != nil {
		return err
	}
	err = tx.each(from, into, "merge.authority-loops", "merge.authority-twice", "merge.authority-from", "merge.authority-to", "merge.authority-by",
		"merge.authority-address-own", "merge.authority-address-by", "merge.authority-address-of", "merge.veto-by", "merge.veto-of",
		"merge.veto-address-own", "merge.veto-address-by", "merge.veto-address-of", "merge.declarations", "merge.marks-by", "merge.marks-of", "merge.heads", "merge.enrolments", "merge.coordinations", "merge.delegates", "merge.delegate-of")
	if err != nil {
		return err
	}
	for _, name := range []string{"merge.authority-address-end", "merge.veto-end", "merge.veto-address-end", "merge.declarations-end", "merge.marks-end", "merge.heads-end", "merge.enrolments-end", "merge.coordinations-end", "merge.delegates-end"} {
		if _, err := tx.exec(name, from); err != nil {
			return err
		}
	}
	return nil
}

// each runs queries about two accounts.
func (tx *Tx) each(from, into string, names ...string) error {
	for _, name := range names {
		if _, err := tx.exec(name, from, into); err != nil {
			return err
		}
	}
	return nil
}
