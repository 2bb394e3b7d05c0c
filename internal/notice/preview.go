package notice

// A Preview is the words of a letter, for whoever lets it be sent: all that its readers will find in it but the links.
type Preview struct{ Subject, Lead, Button, After string }

// Preview is what letters like it say, in a language. Discreet readers get another subject.
func (t Template) Preview(language, site string) Preview {
	w := wordsOf(language)
	say := func(key string) string { return w.say(string(t)+"."+key, site) }
	p := Preview{Subject: say("subject"), Lead: say("lead"), After: say("after")}
	if s := shapes[t]; s.link || s.page != "" {
		p.Button = say("button")
	}
	return p
}
