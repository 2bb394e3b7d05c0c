package store

// Setting is what was put under a name. Without it the error is a [*Fault] of kind [NotFound].
func (tx *Tx) Setting(name string) (string, error) {
	return find(tx, "setting.find", func(r row) (value string, err error) {
		return value, r.Scan(&value)
	}, name)
}

// PutSetting puts a value under a name, in place of an earlier one.
func (tx *Tx) PutSetting(name, value string) error {
	_, err := tx.exec("setting.put", name, value)
	return err
}
