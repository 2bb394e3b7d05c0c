package installation

import (
	"github.com/a-h/templ"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/internal/web/page"
	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

// Settings shows what is in force and where it comes from. Secrets are none of it: there is the file that holds one.
func Settings(c *page.Call) error {
	if err := operator(c); err != nil {
		return err
	}
	table := ui.Table{Caption: c.Say("installation.settings.all"), Columns: []ui.Column{
		{Label: c.Say("installation.setting")}, {Label: c.Say("installation.setting.value")}, {Label: c.Say("installation.setting.where")},
	}}
	for _, s := range c.House.Config.Show() {
		value := ui.Cell{Text: s.Value}
		if s.Value == "" {
			value.Text = c.Say("installation.setting.none")
		}
		if s.Secret && s.Value != "" {
			value.Line = c.Say("installation.setting.secret")
		}
		where := string(s.Where)
		if s.Where == config.Default {
			where = c.Say("installation.setting.default")
		}
		table.Rows = append(table.Rows, ui.Row{{Text: s.Key}, value, {Text: where}})
	}
	p := parts{head: ui.Head{Title: c.Say("installation.settings"), Lead: c.Say("installation.settings.lead"), Back: back(c)}}
	p.content = []templ.Component{flush(c.Words, table)}
	return show(c, p)
}
