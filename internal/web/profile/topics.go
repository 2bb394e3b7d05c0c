package profile

import (
	"slices"
	"strings"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/person"
	"github.com/chiron-mentoring/chiron/internal/vocabulary"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func topicsForm() form {
	return form{
		stage: mentoring.StageTopics, path: TopicsPath, words: "topics",
		shown: []mentoring.Field{mentoring.FieldSpecialties, mentoring.FieldInterests},
		fill: func(m *person.Mine) answers {
			return answers{"specialties": valuesOf(m.Specialties), "interests": valuesOf(m.Interests)}
		},
		ask: func(q *asking) []question {
			return append(q.pick("specialties", q.Lists().Specialties(), q.mine.Specialties), q.pick("interests", q.Lists().AllInterests(), q.mine.Interests)...)
		},
		save: saveTopics,
	}
}

// pick asks for terms of a list and the person's own: those that are there as ticked boxes, a line to write another,
// and, when somebody asks for them, what that line may mean.
func (q *asking) pick(name string, list *vocabulary.List, had []mentoring.Term) []question {
	var asked []question
	if options := q.boxes(name, list, had); len(options) > 0 {
		asked = append(asked, q.choices(ui.Choices{Field: q.field(name, "profile.field."+name), Many: true, Options: options}))
	}
	typed := q.field(row(name, 0), "profile."+name+".add")
	typed.Optional = true
	if len(asked) == 0 && typed.Error == "" {
		typed.Error = q.wrong[name]
	}
	asked = append(asked, q.lookedUp(ui.Line{Field: typed}, name))
	asked = append(asked, question{part: ui.Buttons([]ui.Button{{Label: q.Say("profile." + name + ".look"), Name: "look", Value: name}})})
	return asked
}

// boxes are the terms that are there, each ticked, and behind them what the line may mean of which somebody asks. The
// line is then empty: what it said is among them.
func (q *asking) boxes(name string, list *vocabulary.List, had []mentoring.Term) (options []ui.Option) {
	add := func(value string) {
		if text := saidBy(q.Call, list, value, had); text != "" && !slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == value }) {
			options = append(options, ui.Option{Value: value, Label: upper(text)})
		}
	}
	for _, value := range q.a[name] {
		add(value)
	}
	if typed := q.a.one(row(name, 0)); q.a.one("look") == name && typed != "" {
		for _, t := range suggestions(q.Call, list, typed) {
			add(valueOf(t))
		}
		q.a[row(name, 0)] = nil
	}
	return options
}

func saveTopics(c *page.Call, m *person.Mine, a answers) error {
	return c.House.People.SaveTopics(c.Request.Context(), c.Visit, person.Topics{
		Specialties: said(a, "specialties", m.Specialties), Interests: said(a, "interests", m.Interests),
	})
}

// said are the ticked terms, with the words under which they were kept, and what stands on the line.
func said(a answers, name string, had []mentoring.Term) []mentoring.Term {
	return append(picked(had, a[name]), mentoring.Term{Label: a.one(row(name, 0))})
}

func trainingForm() form {
	return form{
		stage: mentoring.StageTraining, path: TrainingPath, words: "training", shown: []mentoring.Field{mentoring.FieldTraining},
		fill: func(m *person.Mine) answers {
			return answers{"training": {strings.Join(labels(nil, nil, m.Training), "\n")}}
		},
		ask: func(q *asking) []question {
			return []question{q.area(ui.Area{Field: q.field("training", "profile.training.which"), Draft: "profile training"})}
		},
		save: func(c *page.Call, _ *person.Mine, a answers) error {
			var done []mentoring.Term
			for line := range strings.Lines(a.one("training")) {
				done = append(done, mentoring.Term{Label: line})
			}
			return c.House.People.SaveTraining(c.Request.Context(), c.Visit, done)
		},
	}
}

// AskTopics asks for specialties and interests; SaveTopics saves them.
func AskTopics(c *page.Call) error  { return topicsForm().put(c) }
func SaveTopics(c *page.Call) error { return topicsForm().take(c) }

// AskTraining asks what somebody has learned about mentoring; SaveTraining saves it.
func AskTraining(c *page.Call) error  { return trainingForm().put(c) }
func SaveTraining(c *page.Call) error { return trainingForm().take(c) }
