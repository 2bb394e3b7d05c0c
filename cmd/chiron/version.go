package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/run"
)

type versionCommand struct{}

func (*versionCommand) Help() string {
	return `Says which program this is and which files it reads and writes. The same stands in the manifest of each run.`
}

func (*versionCommand) Run(t *terminal) error {
	fmt.Fprintln(t.stdout, version())
	return nil
}

func version() string {
	e := run.ThisEngine()
	return fmt.Sprintf(`chiron    %s
engine    %s
files     %s, %s, %s
built by  %s for %s/%s`, strings.TrimSpace(e.Version+" "+e.Revision), e.Name,
		run.ManifestFormat, match.ProblemFormat, match.CertificateFormat, e.Go, runtime.GOOS, runtime.GOARCH)
}
