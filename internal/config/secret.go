package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

// A File is a path of the machine to a file that holds one secret.
type File string

func (f File) String() string { return string(f) }
func (File) may() string      { return "a file with the secret on its first and only line" }

func (f *File) read(text string) error {
	if strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, "://") {
		return no(text, "is no file", "write the path of the file that holds the secret, not the secret itself")
	}
	*f = File(text)
	return nil
}

// mostSecret is how long a secret may be, in bytes.
const mostSecret = 4096

// Reveal reads the secret. Its errors name the file, and never what is in it.
func (f File) Reveal() (string, error) {
	file, err := os.Open(string(f))
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(file, mostSecret+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	secret := strings.TrimRight(string(data), "\r\n")
	switch {
	case len(data) > mostSecret:
		return "", fmt.Errorf("the secret in %s is longer than %d bytes; is it the right file?", f, mostSecret)
	case secret == "":
		return "", fmt.Errorf("the file %s holds no secret; write it on the first line", f)
	case strings.ContainsFunc(secret, unicode.IsControl):
		return "", fmt.Errorf("the file %s holds more than one line; write the secret on the first and only one", f)
	}
	return secret, nil
}
