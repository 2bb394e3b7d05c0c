package notice

// Subject is what letters like it have as their subject, in a language, for lists of letters. Of one that this version has
// no words for it is the code.
func (t Template) Subject(language, site string) string {
	if _, known := shapes[t]; !known {
		return string(t)
	}
	return wordsOf(language).say(string(t)+".subject", site)
}
