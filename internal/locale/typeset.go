package locale

// Typeset sets a text that comes from elsewhere as those of the catalogues are set: with typographic apostrophes and, in
// French, the spaces that do not break.
func (l Language) Typeset(text string) string { return l.typeset(text) }
