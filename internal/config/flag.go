package config

import (
	"slices"
	"strings"
)

// ParseFlags takes the settings out of the arguments of a command, as --mail-host=smtp.example.org or with the value as
// the next argument, and gives back what is left, in its order: the command's own flags, which are named, among it. Behind
// the argument -- it looks no further. The error is of type [Problems].
func ParseFlags(args []string, own ...string) (flags map[string]string, rest []string, err error) {
	var problems Problems
	flags = map[string]string{}
	for k := 0; k < len(args); k++ {
		name, isFlag := strings.CutPrefix(args[k], "--")
		if !isFlag || name == "" {
			if rest = append(rest, args[k]); isFlag {
				rest = append(rest, args[k+1:]...)
				break
			}
			continue
		}
		name, value, joined := strings.Cut(name, "=")
		if slices.Contains(own, name) {
			rest = append(rest, args[k])
			continue
		}
		where := Where("--" + name)
		if name != fileFlag && keyOf(name, "-") == "" {
			problems = append(problems, Problem{where, "", "there is no such flag", nearestFlag(name)})
			continue
		}
		if !joined {
			if k++; k == len(args) {
				problems = append(problems, Problem{where, "", "there is no value", "write it behind the flag"})
				break
			}
			value = args[k]
		}
		if _, twice := flags[name]; twice {
			problems = append(problems, Problem{where, "", "stands twice", "keep one of the two"})
		}
		flags[name] = value
	}
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return flags, rest, nil
}

func nearestFlag(name string) string {
	names := []string{"--" + fileFlag}
	for k := range settings {
		names = append(names, settings[k].Flag())
	}
	return unknown("", "--"+name, names, "see the list of settings").Instead
}
