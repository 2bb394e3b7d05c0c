// Command chiron pairs mentees with mentors from spreadsheets, and checks such results, its own or somebody else's.
//
// This package is what people type and what they read: commands, words, exit codes. What the commands do is in
// package run and in the folders of match.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/chiron-mentoring/chiron/internal/config"
	"github.com/chiron-mentoring/chiron/match"
	"github.com/chiron-mentoring/chiron/match/roster"
	"github.com/chiron-mentoring/chiron/match/run"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who interrupts a second time does not want to wait
	os.Exit(chiron(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}

// The exit codes. They are part of what the command promises.
const (
	exitDone        = 0
	exitNo          = 1 // a check refused, or a matching is impossible
	exitUsage       = 2 // wrong use, or inputs with mistakes
	exitInternal    = 3
	exitLater       = 75 // of bounce: servers of mails know the number, and keep the mail for another try
	exitInterrupted = 130
)

// errNo says that the answer is no. The answer itself has been written already.
var errNo = errors.New("no")

// errLater says that the same may work later.
var errLater = errors.New("not now")

type commands struct {
	Match      matchCommand      `cmd:"" help:"Pair mentees with mentors from spreadsheets."`
	Rules      rulesCommand      `cmd:"" help:"Write the rules that spreadsheets without a rules file go by, to be read and changed."`
	Check      checkCommand      `cmd:"" help:"Verify a run folder, yours or somebody else's."`
	Anonymise  anonymiseCommand  `cmd:"" help:"Copy a run folder without names, so that others can look at it."`
	Compare    compareCommand    `cmd:"" help:"Set a run beside another one, earlier pairs, first come first served, or other points."`
	Explain    explainCommand    `cmd:"" help:"Say why a run is as it is, and what would help whom."`
	Frontier   frontierCommand   `cmd:"" help:"Show what can be had of two goals at once."`
	WhatIf     whatIfCommand     `cmd:"" help:"Suppose changes to a run, and see who would fare otherwise."`
	Serve      serveCommand      `cmd:"" help:"Start the web platform."`
	Config     configCommand     `cmd:"" help:"Show the settings that are in force, and where each comes from."`
	Doctor     doctorCommand     `cmd:"" help:"Look whether anything is wrong with an installation, and say what to do."`
	Backup     backupCommand     `cmd:"" help:"Make a backup, also while the server runs, and try it."`
	Restore    restoreCommand    `cmd:"" help:"Bring a backup to life in an empty folder or database."`
	Move       moveCommand       `cmd:"" help:"Move everything from SQLite to PostgreSQL, or back."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the schema of the database up to date, after a backup."`
	Audit      auditCommand      `cmd:"" help:"Verify the log of who did what."`
	Demo       demoCommand       `cmd:"" help:"Start the web platform with a make-believe school, to look around."`
	Keys       keysCommand       `cmd:"" help:"Show the keys of an installation, and change the one that seals private values."`
	Person     personCommand     `cmd:"" help:"Export, import or erase a person who has asked for it in writing."`
	Bounce     bounceCommand     `cmd:"" help:"Take in a letter that came back, from a server of mails."`
	Vocabulary vocabularyCommand `cmd:"" help:"Show the lists that people choose from, and check one of your own."`
	Sample     sampleCommand     `cmd:"" help:"Write the spreadsheets of a make-believe medical school."`
	Version    versionCommand    `cmd:"" help:"Say which program this is."`

	ShowVersion kong.VersionFlag `name:"version" hidden:""` // where many people look for it
}

const description = `Who is paired with whom, and a proof that it is right.

Exit codes: 0 done; 1 the answer is no (a check refused, minimums that cannot be met); 2 wrong use or inputs with ` +
	`mistakes; 3 a defect of this program or of the machine; 75 not now (bounce alone); 130 interrupted.`

// A terminal is what a command reads from and writes to.
type terminal struct {
	env            []string
	settings       map[string]string // that stood among the flags
	stdin          io.Reader
	stdout, stderr io.Writer
}

// chiron is the whole command; main only hands in the world. Results go to stdout, progress and problems to stderr.
func chiron(ctx context.Context, args, env []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if defect := recover(); defect != nil {
			fmt.Fprintf(stderr, "chiron: internal error: %v\n%s", defect, debug.Stack())
			code = exitInternal
		}
	}()
	if len(args) == 0 {
		stdout, args = stderr, []string{"--help"}
		defer func() { code = exitUsage }()
	}
	told := false // what --help or --version say
	parser, err := kong.New(&commands{},
		kong.Name("chiron"), kong.Description(description), kong.Vars{"aims": aims, "version": version()},
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100, FlagsLast: true, NoExpandSubcommands: true}),
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { told = true }))
	if err != nil {
		panic(err) // the commands above are not well formed
	}
	settings, args, err := takeSettings(parser.Model, args)
	if err != nil {
		fmt.Fprintf(stderr, "chiron: the settings have mistakes. Put them right, and try again:\n%v\n", err)
		return exitUsage
	}
	command, err := parser.Parse(args)
	if told {
		return exitDone
	}
	if err != nil {
		fmt.Fprintf(stderr, "chiron: %v\nTry \"%s --help\".\n", err, commandOf(err))
		return exitUsage
	}
	command.BindTo(ctx, (*context.Context)(nil))
	command.Bind(&terminal{env, settings, stdin, stdout, stderr})
	return exitCode(command.Run(), stderr)
}

// commandOf names the command that was used in a wrong way.
func commandOf(err error) string {
	var wrong *kong.ParseError
	if errors.As(err, &wrong) && wrong.Context.Selected() != nil {
		return wrong.Context.Selected().FullPath()
	}
	return "chiron"
}

// exitCode tells people what went wrong and programs whose turn it is.
func exitCode(err error, stderr io.Writer) int {
	var (
		mistakes *roster.Problems
		fault    *match.Fault
		occupied *run.Occupied
		input    *inputError
		settings config.Problems
		path     *fs.PathError
		link     *os.LinkError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errNo):
		return exitNo
	case errors.Is(err, errLater):
		fmt.Fprintf(stderr, "chiron: %v\n", err)
		return exitLater
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "chiron: interrupted; nothing was written")
		return exitInterrupted
	case errors.Is(err, run.ErrUnproved):
		fmt.Fprintf(stderr, "chiron: %v\nThis is a defect of chiron. There is no result, and nothing was written. Please report it.\n", err)
		return exitInternal
	case errors.As(err, &mistakes):
		fmt.Fprintf(stderr, "chiron: the inputs have mistakes (%d). Put them right, and try again:\n%v\n", len(mistakes.Issues)+mistakes.More, mistakes)
		return exitUsage
	case errors.As(err, &settings):
		fmt.Fprintf(stderr, "chiron: the settings have mistakes. Put them right, and try again:\n%v\n", settings)
		return exitUsage
	case errors.As(err, &fault), errors.As(err, &occupied), errors.As(err, &input):
		fmt.Fprintf(stderr, "chiron: %v\n", err)
		return exitUsage
	case errors.As(err, &path), errors.As(err, &link):
		fmt.Fprintf(stderr, "chiron: %v\n", err)
		return exitInternal
	}
	fmt.Fprintf(stderr, "chiron: internal error: %v\n", err)
	return exitInternal
}
