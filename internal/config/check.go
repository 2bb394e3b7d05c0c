package config

import (
	"fmt"
	"path/filepath"
)

// check looks at what only several settings together can get wrong, and fills in the address of pages when it follows
// from where the server listens.
func (c *Config) check() (problems Problems) {
	return append(append(append(c.checkAddresses(), c.checkMail()...), c.checkProviders()...), c.checkFolders()...)
}

// clash is a problem of a setting that stands where it stands, or nowhere.
func (c *Config) clash(key, problem, instead string) Problem {
	where := c.origins[key]
	if where == "" {
		instead += fmt.Sprintf(": in the file, as %s or as %s", variableOf(key), flagOf(key))
	}
	return Problem{where, key, problem, instead}
}

func (c *Config) checkAddresses() (problems Problems) {
	host, port := c.Listen.split()
	if c.URL == "" && !isLoopback(host) {
		problems = append(problems, c.clash("url", "is not set, and the server listens to other machines", "write the address that people type"))
	}
	if c.URL == "" && port != "0" {
		c.URL = Origin("http://localhost:" + port)
	}
	if c.Metrics == c.Listen && port != "0" {
		problems = append(problems, c.clash("metrics", "is the address of the pages, where everybody could read it", "write another port"))
	}
	return problems
}

func (c *Config) checkMail() (problems Problems) {
	if c.Mail.Host != "" && c.Mail.Sender.Address.Address == "" {
		problems = append(problems, c.clash("mail.sender", "is not set, though there is a server for letters", "write from whom they come"))
	}
	switch {
	case c.Mail.User != "" && c.Mail.Password == "":
		problems = append(problems, c.clash("mail.password-file", "is not set, though there is a user", "write the file that holds the password"))
	case c.Mail.User == "" && c.Mail.Password != "":
		problems = append(problems, c.clash("mail.user", "is not set, though there is a password", "write the name that goes with it"))
	case c.Mail.User != "" && c.Mail.TLS == None:
		problems = append(problems, c.clash("mail.tls", "would send the password for all to read", "write starttls or tls"))
	}
	return problems
}

func (c *Config) checkProviders() (problems Problems) {
	issuers := map[Issuer]string{}
	for _, p := range c.Providers {
		key := providerPrefix + p.ID + "."
		for _, needed := range [...]struct {
			name string
			is   value
		}{{"name", &p.Name}, {"issuer", &p.Issuer}, {"client-id", &p.ClientID}, {"client-secret-file", &p.Secret}} {
			if needed.is.String() == "" {
				problems = append(problems, c.clash(key+needed.name, "is not set, and a provider needs it", "write it"))
			}
		}
		if other, twice := issuers[p.Issuer]; twice && p.Issuer != "" {
			problems = append(problems, c.clash(key+"issuer", "is that of "+other+" too", "keep one of the two"))
		}
		issuers[p.Issuer] = p.ID
	}
	return problems
}

func (c *Config) checkFolders() (problems Problems) {
	const apart = "write a folder outside of it, and back it up elsewhere"
	data, keys, copies := filepath.Clean(string(c.DB)), filepath.Clean(string(c.Keys)), filepath.Clean(string(c.Backup.Folder))
	if c.DB.IsFolder() && within(keys, data) {
		problems = append(problems, c.clash("keys", "is in the folder of the data, which keys must be apart from", apart))
	}
	if within(keys, copies) {
		problems = append(problems, c.clash("keys", "is in the folder of backups, which keys must be apart from", apart))
	}
	if c.DB.IsFolder() && data == copies {
		problems = append(problems, c.clash("backup.folder", "is the folder of the data", "write another one, on another disk if there is one"))
	}
	return problems
}
