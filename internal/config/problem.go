package config

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Problem is a setting that cannot be taken.
type Problem struct {
	Where   Where  // "": nowhere, since it is missing
	Key     string // the setting; "": the file as a whole
	Problem string
	Instead string // what to write
}

func (p Problem) String() string {
	var parts []string
	for _, part := range []string{string(p.Where), p.Key} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(append(parts, p.Problem+"; "+p.Instead), ": ")
}

// Problems are all problems of the settings, in the order of the file, and after it of environment and flags.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for k, problem := range p {
		lines[k] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// wrong is what a value says about itself when it cannot be read.
type wrong struct{ problem, instead string }

func (w *wrong) Error() string { return w.problem + "; " + w.instead }

// no refuses a value. What is quoted is cut, so that a file given by mistake does not fill the screen.
func no(value, problem, instead string) error {
	return &wrong{quote(value) + " " + problem, instead}
}

func quote(value string) string {
	const most = 60
	if runes := []rune(value); len(runes) > most {
		value = string(runes[:most]) + "…"
	}
	return strconv.Quote(value)
}

// unknown refuses a name, with the nearest known one if there is one near.
func unknown(where Where, name string, known []string, all string) Problem {
	p := Problem{where, name, "there is no such setting", all}
	nearest, least := "", 3
	for _, candidate := range known {
		if d := distance(name, candidate); d < least {
			nearest, least = candidate, d
		}
	}
	if nearest != "" {
		p.Instead = fmt.Sprintf("did you mean %s?", nearest)
	}
	return p
}

// distance is the number of letters to change, add or take away to make one word of the other (Levenshtein 1966). Words
// of very different length, or very long ones, are simply far apart.
func distance(a, b string) int {
	const far = 99
	if len(a) > 80 || len(a) > len(b)+2 || len(b) > len(a)+2 {
		return far
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			same := diagonal
			if a[i] != b[j] {
				same++
			}
			diagonal = row[j+1]
			row[j+1] = min(same, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// inOrder brings the problems of the file to the front, by their lines.
func inOrder(problems Problems) Problems {
	line := func(p Problem) int {
		k := strings.LastIndexByte(string(p.Where), ':')
		n, err := strconv.Atoi(string(p.Where[k+1:]))
		if k < 0 || err != nil {
			return math.MaxInt
		}
		return n
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(line(a), line(b)) })
	return problems
}
