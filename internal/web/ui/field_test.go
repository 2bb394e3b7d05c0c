package ui

import "testing"

func TestErrorIsTiedToItsField(t *testing.T) {
	t.Parallel()
	wrong := Line{Field: Field{Name: "email", Label: "E-mail", Hint: "h", Error: "Enter one"}, Kind: Email, Value: "a@", Autocomplete: "email"}
	has(t, html(t, LineField(english, wrong)), `<label for="email">`, `id="email" name="email" value="a@"`, `aria-describedby="email-hint email-error"`, `aria-invalid="true"`, `id="email-hint"`, `id="email-error"`, `type="email"`, `autocomplete="email"`)
	has(t, html(t, LineField(english, Line{Field: Field{Name: "n", Label: "N"}})), "!aria-describedby", "!aria-invalid", `type="text"`)
	has(t, html(t, ErrorSummary(english, Problems(wrong.Field, Field{Name: "fine"}))), `<a href="#email">Enter one</a>`, "There is a problem with 1 answer<", "autofocus", `tabindex="-1"`, "!#fine")
	has(t, html(t, ErrorSummary(french, []Problem{{"a", "x"}, {"b", "y"}})), "2 réponses sont à corriger")
	if got := html(t, ErrorSummary(english, nil)); got != "" {
		t.Errorf("no problem is summed up as %s", got)
	}
}

func TestNumbersAreTypedAsText(t *testing.T) {
	t.Parallel()
	has(t, html(t, LineField(english, Line{Field: Field{Name: "n"}, Kind: Whole, Value: "007"})), `type="text"`, `inputmode="numeric"`, `value="007"`)
}

// The summary of problems leads to the first of several answers by the name of the question.
func TestFirstOfSeveralAnswersHasTheNameOfTheQuestion(t *testing.T) {
	t.Parallel()
	c := Choices{Field: Field{Name: "q", Label: "Q", Optional: true}, Options: []Option{{Value: "a"}, {Value: "b", Chosen: true}}}
	has(t, html(t, ChoicesField(french, c)), "<fieldset", "(facultatif)", `type="radio" id="q" name="q" value="a">`, `type="radio" id="q-2" name="q" value="b" checked>`)
	c.Many = true
	has(t, html(t, ChoicesField(french, c)), `type="checkbox" id="q"`)
}

func TestDraftIsKeptOnlyWhereAsked(t *testing.T) {
	t.Parallel()
	has(t, html(t, AreaField(english, Area{Field: Field{Name: "a"}, Draft: "request 7"})), `data-draft="request 7"`, `data-draft-kept="Kept on this device."`)
	has(t, html(t, AreaField(english, Area{Field: Field{Name: "a"}})), "!data-draft")
}

func TestStagedFormSaysWhereOneIs(t *testing.T) {
	t.Parallel()
	s := Staged{Action: "/x", Back: "/b", Later: true, Stages: []Stage{{"One", "/1", StageDone}, {"Two", "", StageNow}, {"Three", "", StageLater}}}
	has(t, html(t, StagedForm(english, s)), "Step 2 of 3: Two", `<li class="now" aria-current="step">`, `href="/1"`, "Save and continue", "Save and finish later", `href="/b"`, "!multipart")
	s.File, s.Later, s.Back, s.Save = true, false, "", "Import the people"
	has(t, html(t, StagedForm(french, s)), "Étape 2 sur 3\u00a0: Two", "Import the people", `enctype="multipart/form-data"`, "!Retour")
}

func TestTaskThatCannotBeginIsNoLink(t *testing.T) {
	t.Parallel()
	has(t, html(t, TaskList(french, []Task{{Label: "x", State: TaskLocked}})), "Pas encore possible", "!<a")
	has(t, html(t, TaskList(french, []Task{{Label: "x", Href: "/x", State: TaskDone}})), `<a href="/x" aria-describedby="task-1">`, `class="done"`, "Terminée")
}
