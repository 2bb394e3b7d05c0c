package gallery

import (
	"strconv"

	"github.com/chiron-mentoring/chiron/internal/web/ui"
)

func (s scene) funnel() ui.Bars {
	names := [][2]string{{"Invited", "Personnes invitées"}, {"Signed up", "Inscrites"}, {"Matched", "Jumelées"}, {"Agreement signed", "Entente signée"}, {"Met twice", "Deux rencontres"}}
	counts := []int64{131, 122, 112, 98, 91}
	b := ui.Bars{Chart: ui.Chart{ID: "chart-funnel", Title: s.t("Seven in ten met twice", "Sept personnes sur dix ont eu deux rencontres"), Scope: s.t("Spring intake, 131 people", "Cohorte du printemps, 131 personnes"),
		Sentence: s.t("Of 131 people invited, 112 were matched and 91 met twice.", "Sur 131 personnes invitées, 112 ont été jumelées et 91 ont eu deux rencontres."),
		Columns:  []string{s.t("Stage", "Étape"), s.t("People", "Personnes"), s.t("Share", "Part")}}}
	for k, name := range names {
		label, share := s.t(name[0], name[1]), s.w.Percent(counts[k], 131)
		b.List = append(b.List, ui.Bar{Label: label, Amount: counts[k], Text: s.w.Number(counts[k]), Line: share})
		b.Rows = append(b.Rows, []string{label, s.w.Number(counts[k]), share})
	}
	return b
}

func (s scene) supply() ui.PairedBars {
	b := ui.PairedBars{First: s.t("asked for", "demandées"), Second: s.t("offered", "offertes"), Bars: ui.Bars{Chart: ui.Chart{ID: "chart-supply", Title: s.t("Emergency medicine is 12 places short", "Il manque 12 places en médecine d'urgence"),
		Sentence: s.t("Places asked for and offered by specialty. Emergency medicine: 38 asked for, 26 offered.", "Places demandées et offertes par spécialité. Médecine d'urgence : 38 demandées, 26 offertes."),
		Columns:  []string{s.t("Specialty", "Spécialité"), s.t("Asked for", "Demandées"), s.t("Offered", "Offertes")}}}}
	for _, x := range []struct {
		en, fr         string
		asked, offered int64
	}{{"Emergency medicine", "Médecine d'urgence", 38, 26}, {"General paediatrics", "Pédiatrie générale", 46, 57}, {"Neonatology", "Néonatologie", 20, 21}, {"Cardiology", "Cardiologie", 10, 6}} {
		label := s.t(x.en, x.fr)
		text := s.t(strconv.FormatInt(x.offered-x.asked, 10)+" to spare", strconv.FormatInt(x.offered-x.asked, 10)+" libres")
		if x.asked > x.offered {
			text = s.t(strconv.FormatInt(x.asked-x.offered, 10)+" short", strconv.FormatInt(x.asked-x.offered, 10)+" de moins")
		}
		if x.offered-x.asked == 1 {
			text = s.t("1 to spare", "1 libre")
		}
		b.List = append(b.List, ui.Bar{Label: label, Amount: x.asked, Second: x.offered, Text: text, Care: x.asked > x.offered})
		b.Rows = append(b.Rows, []string{label, s.w.Number(x.asked), s.w.Number(x.offered)})
	}
	return b
}

func (s scene) fits() ui.Histogram {
	h := ui.Histogram{Chart: ui.Chart{ID: "chart-fit", Title: s.t("Half of the pairs fit at 81 or more", "La moitié des jumelages ont une adéquation de 81 ou plus"),
		Sentence: s.t("The fit of 139 pairs, from 35 to 98; half are at 81 or more.", "L'adéquation de 139 jumelages, de 35 à 98; la moitié sont à 81 ou plus."),
		Columns:  []string{s.t("Fit", "Adéquation"), s.t("Pairs", "Jumelages"), s.t("Draft 13", "Ébauche 13")}},
		Now: s.t("this draft", "cette ébauche"), Before: s.t("draft 13", "ébauche 13"), CareText: s.t("look at these", "à revoir")}
	now, before := []int64{1, 2, 4, 6, 9, 14, 24, 31, 26, 16, 6}, []int64{2, 3, 5, 8, 11, 17, 23, 28, 24, 14, 4}
	for k, n := range now {
		from := int64(35 + 6*k)
		bin := ui.Bin{Count: n, Before: before[k], Care: k < 3}
		if k%2 == 0 {
			bin.Label = s.w.Number(from)
		}
		h.Bins = append(h.Bins, bin)
		h.Rows = append(h.Rows, []string{s.w.Say("range", "from", from, "to", from+5), s.w.Number(n), s.w.Number(before[k])})
	}
	return h
}

func (s scene) worth() ui.Series {
	c := ui.Series{Chart: ui.Chart{ID: "chart-worth", Title: s.t("Nine in ten find it worth the time", "Neuf personnes sur dix trouvent que cela vaut le temps"), Scope: s.t("156 answers of 182 in November, with the 95% interval", "156 réponses sur 182 en novembre, avec l'intervalle à 95 %"),
		Sentence: s.t("The share who find mentoring worth the time rose from 79% in February to 90% in November.", "La part des personnes qui trouvent que le mentorat vaut le temps est passée de 79 % en février à 90 % en novembre."),
		Columns:  []string{s.t("Month", "Mois"), s.t("Share", "Part"), s.t("Interval", "Intervalle")}},
		Low: 700, High: 1000, Below: s.w.Percent(7, 10), Above: s.w.Percent(1, 1), From: s.t("February", "février"), To: s.t("November", "novembre")}
	months := [][2]string{{"February", "février"}, {"April", "avril"}, {"June", "juin"}, {"August", "août"}, {"October", "octobre"}, {"November", "novembre"}}
	for k, v := range []int64{790, 800, 830, 860, 880, 900} {
		c.Points = append(c.Points, ui.Point{Value: v, Low: v - 45, High: v + 40})
		c.Rows = append(c.Rows, []string{s.t(months[k][0], months[k][1]), s.w.Percent(v, 1000), s.w.Say("range", "from", s.w.Percent(v-45, 1000), "to", s.w.Percent(v+40, 1000))})
	}
	return c
}

func (s scene) groups() ui.Intervals {
	c := ui.Intervals{All: 690, Chart: ui.Chart{ID: "chart-groups", Title: s.t("Who got a first choice", "Qui a obtenu son premier choix"), Scope: s.t("Dashed: everyone, 69%. Small groups are not shown. With 38 people a difference may be chance.", "En tirets : tout le monde, 69 %. Les petits groupes ne sont pas montrés. Avec 38 personnes, l'écart peut être dû au hasard."),
		Sentence: s.t("Shares that got their first choice, from 58% of people trained abroad to 73% of people trained in Canada.", "Parts ayant obtenu leur premier choix, de 58 % des personnes formées à l'étranger à 73 % des personnes formées au Canada."),
		Columns:  []string{s.t("Group", "Groupe"), s.t("People", "Personnes"), s.t("Share", "Part")}}}
	for _, g := range []struct {
		en, fr    string
		n         int
		v, lo, hi int64
	}{{"Trained in Canada", "Formation au Canada", 104, 730, 640, 810}, {"Trained abroad", "Formation à l'étranger", 38, 580, 420, 720}} {
		label, share := s.t(g.en, g.fr), s.w.Percent(g.v, 1000)
		c.Groups = append(c.Groups, ui.Interval{Label: label, Line: s.w.Number(int64(g.n)), Text: share, Value: g.v, Low: g.lo, High: g.hi, Care: g.v < 600})
		c.Rows = append(c.Rows, []string{label, s.w.Number(int64(g.n)), share})
	}
	return c
}
