package report

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"io"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/run"
)

// A proofView says what is proved, and carries the proof.
type proofView struct {
	Claims        []claimView
	Words         string // as JSON, for the check in the page
	Packed        *packed
	LotteryKind   string
	Lottery, Seed string
	Prints        []print
}

type claimView struct{ Title, Text string }

// A print is a name and a hash, or another fact by which something can be told from everything else.
type print struct{ Name, Text, ID string }

// packed are problem.json and certificate.json, in gzip and base64. Both alphabets mean nothing in HTML.
type packed struct {
	Problem, Certificate template.HTML
}

// A file is a file of the run folder as bytes.
type file struct {
	data []byte
	hash string
}

func fileOf(source interface{ Write(io.Writer) error }) (file, error) {
	var b bytes.Buffer
	if err := source.Write(&b); err != nil {
		return file{}, err
	}
	sum := sha256.Sum256(b.Bytes())
	return file{b.Bytes(), hex.EncodeToString(sum[:])}, nil
}

func pack(data []byte) template.HTML {
	var b bytes.Buffer
	text := base64.NewEncoder(base64.StdEncoding, &b)
	out := gzip.NewWriter(text)
	out.Write(data) // a buffer never fails to take bytes
	out.Close()
	text.Close()
	return template.HTML(b.String())
}

func (w *writer) proof(f *figures, problem, certificate file) proofView {
	m := &w.in.Run.Manifest
	v := proofView{Claims: w.claims(f), Words: w.verdicts(), LotteryKind: string(m.Lottery.Source), Seed: m.Lottery.Seed}
	v.Lottery = w.lottery(m.Lottery)
	engine := m.Engine.Name + ", Chiron " + m.Engine.Version
	if m.Engine.Revision != "" {
		engine += " (" + m.Engine.Revision + ")"
	}
	v.Prints = []print{
		{"problem.json", problem.hash, "print-problem"},
		{"certificate.json", certificate.hash, "print-certificate"},
	}
	for _, in := range m.Inputs {
		name := in.Name
		if in.SHA256 == m.Rules {
			name = w.Say("prints.rules", "file", in.Name)
		}
		v.Prints = append(v.Prints, print{name, in.SHA256, ""})
	}
	v.Prints = append(v.Prints, print{w.Say("prints.engine"), engine, ""}, print{w.Say("prints.go"), m.Engine.Go, ""})
	return v
}

// claims say what is proved, in words.
func (w *writer) claims(f *figures) []claimView {
	p, c := w.in.Run.Problem, w.in.Run.Certificate
	say := func(key string) claimView { return claimView{w.Say(key + ".title"), w.Say(key)} }
	claims := []claimView{say("claim." + string(c.Outcome))}
	switch c.Outcome {
	case match.IsOptimal:
		unique, _ := match.Unique(p, c)
		claims = append(claims, say(map[bool]string{true: "claim.only", false: "claim.others"}[unique]))
		claims = append(claims, w.among()...)
	case match.IsStable:
		claims = append(claims, say("claim."+string(p.Aim)))
		if c.Unique() {
			claims = append(claims, say("claim.onlystable"))
		}
		claims = append(claims, w.truth()...)
	case match.IsWeaklyStable:
		claims = append(claims, claimView{w.Say("claim.most.title"), w.Count("claim.most", int64(f.pairs), "most", c.Most(p))})
	}
	claims = append(claims, claimView{w.Say("claim.kept.title"), w.Count("claim.kept", int64(p.Edges.Len()))})
	if f.pinned > 0 {
		claims = append(claims, claimView{w.Say("claim.pinned.title"), w.Count("claim.pinned", int64(f.pinned))})
	}
	return append(claims, say("claim.judged"))
}

// among says with which pairs the matching was compared, if not all that are possible are in the problem.
func (w *writer) among() []claimView {
	c := w.in.Run.Manifest.Candidates
	if c == nil {
		return nil
	}
	key := "claim.amonglisted"
	if c.Best == run.AmongAll {
		key = "claim.amongall"
	}
	return []claimView{{w.Say(key + ".title"), w.Count(key, c.Possible, "listed", c.Listed)}}
}

// truth says where no mentee could have gained by another ranking, and nothing where somebody could.
func (w *writer) truth() []claimView {
	m := &w.in.Run.Manifest
	agreed := m.Lottery.Source == run.SeedGiven || m.Lottery.Source == run.SeedFromRules
	switch w.in.Run.Problem.Truthful(m.Lists, agreed) {
	case match.TruthSafe:
		return []claimView{{w.Say("claim.truth.title"), w.Say("claim.truth")}}
	case match.TruthSafeIfListed:
		return []claimView{{w.Say("claim.truth.title"), w.Say("claim.truth.listed")}}
	}
	return nil
}

// verdictKeys are what the check in the page can say.
var verdictKeys = []string{
	"accepted", "refused", "working", "unread", "otherproblem", "othercertificate", "noproof", "showndiffers",
	"pairdiffers", "pairsdiffer", "nobodydiffers", "figurediffers", "fileright", "pairsright", "figuresright",
	"nobodyright", "twofiles", "claimoptimal", "claimstable", "claimweakly-stable", "claimimpossible",
}

func (w *writer) verdicts() string {
	words := map[string]string{}
	for _, key := range verdictKeys {
		words[key] = w.Say("verdict." + key)
	}
	text, err := json.Marshal(words)
	if err != nil {
		panic(err) // strings always have a JSON form
	}
	return string(text)
}

// lottery says where the seed comes from, and whether it counts.
func (w *writer) lottery(d run.Draw) string {
	switch d.Source {
	case run.NoDraw:
		return w.Say("lottery.none")
	case run.CarriedDraw:
		return w.Say("lottery.carried")
	case run.PracticeDraw:
		return w.Say("lottery.practice")
	case run.SeedFromRules:
		return w.Say("lottery.rules")
	}
	return w.Say("lottery.given")
}
