package main

import (
	"bytes"
	"context"

	"github.com/chiron-mentoring/chiron/internal/locale"
	"github.com/chiron-mentoring/chiron/internal/report"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/explain"
	"github.com/chiron-mentoring/chiron/match/run"
)

// attach adds to a run what people read: the same for a new run and for one that is checked against its inputs. A run
// in which no matching exists has the rules only.
func attach(ctx context.Context, r *run.Run) error {
	if r.People.Inferred != nil {
		r.Attach(run.RulesFile, r.People.Inferred)
	}
	if r.Certificate.Outcome == match.IsImpossible {
		return nil
	}
	language, err := languageOf(r)
	if err != nil {
		return err
	}
	x, err := explain.New(r.Case())
	if err != nil {
		return err
	}
	in := report.Input{Run: r, Language: language, Choices: r.People.Audit().Choices}
	for _, s := range r.People.Supply() {
		supply := report.Supply{Column: s.Column, Purpose: s.Purpose}
		for _, row := range s.Rows {
			supply.Rows = append(supply.Rows, report.SupplyRow(row))
		}
		in.Supply = append(in.Supply, supply)
	}
	if in.Equity, err = r.Equity(); err != nil {
		return err
	}
	if in.Equity != nil {
		r.Attach(run.EquityFile, run.EquityTable(in.Equity))
	}
	if in.Edits, err = r.PriceEdits(ctx, x); err != nil {
		return err
	}
	if in.Answers, err = report.Ask(ctx, in, x); err != nil {
		return err
	}
	sheet, err := report.Workbook(r, x, language)
	if err != nil {
		return err
	}
	r.Attach(run.SheetFile, sheet)
	var page bytes.Buffer
	if err := report.HTML(&page, in); err != nil {
		return err
	}
	r.Attach(run.PageFile, page.Bytes())
	return nil
}

// languageOf is the language of what is attached to a run.
func languageOf(r *run.Run) (locale.Language, error) {
	if r.Manifest.Language == "" {
		return locale.English, nil
	}
	return locale.Parse(r.Manifest.Language)
}
