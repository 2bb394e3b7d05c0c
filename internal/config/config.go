// Package config knows the settings of an installation: what is in force, and where each value comes from. A default gives
// way to a file, the file to the environment, the environment to flags.
//
// A setting that is not known, or whose value cannot be meant, is refused with the place where it stands and with what to
// write instead, all of them at once. Secrets are not settings: a setting names the file that holds one. Nothing here
// opens a database or a connection.
package config

import "path/filepath"

// A Config is what is in force. Its fields describe the settings; the reference is made from what they say.
type Config struct {
	DB        Source    `key:"db" default:"chiron-data" says:"Where everything is kept: a folder, made if need be, for SQLite; or a PostgreSQL database, by its address."`
	Keys      Folder    `key:"keys" default:"chiron-keys" secret:"folder" says:"The folder of the keys that seal private values and sign the audit log. It must lie outside the data and the backups, and be kept apart from both: who has one of them without the keys can read nothing private. Several instances on one database need the same keys."`
	Listen    Address   `key:"listen" default:"127.0.0.1:8080" says:"The address at which the server listens. Port 0 takes any that is free."`
	URL       Origin    `key:"url" default:"" says:"The address that people type, and that stands in letters. It may be left out when the server listens on this machine alone."`
	Name      Text      `key:"name" default:"Chiron" says:"What the installation is called in letters and on its first page, such as Mentorat Sainte-Justine."`
	Join      Joining   `key:"join" default:"invited" says:"Who may make an account: anybody who reads mail at an address, or those alone who were invited."`
	Proxies   Networks  `key:"proxies" default:"" says:"The addresses or networks of the proxies in front of the server. What they say about who asks is believed; of all others it is ignored."`
	Languages Languages `key:"languages" default:"en, fr-CA" says:"The languages of pages and letters. The first one is for people who have chosen none."`
	LogLevel  Level     `key:"log-level" default:"info" says:"How much is written to the log. No level writes personal data."`
	Metrics   Address   `key:"metrics" default:"" says:"The address at which measurements can be collected by Prometheus, apart from the pages. Without it they cannot."`
	Mail      Mail      `key:"mail"`
	Providers Providers `key:"oidc"`
	Backup    Backup    `key:"backup"`
	Retention Retention `key:"retention"`

	origins map[string]Where
}

// Mail is how letters leave the house. Without a host they wait.
type Mail struct {
	Host     Host   `key:"host" default:"" says:"The server that takes letters (SMTP). Without it they are kept, and sent when there is one."`
	Port     Port   `key:"port" default:"587" says:"Its port: as a rule 587 with starttls, and 465 with tls."`
	TLS      TLS    `key:"tls" default:"starttls" says:"How the connection is protected. With none, letters with links for signing in cross the network for all to read: only for a server on the same machine or in the same protected network, and without a password."`
	User     Text   `key:"user" default:"" says:"The name for signing in to the server. Without it there is no signing in."`
	Password File   `key:"password-file" default:"" secret:"file" says:"The file that holds the password for it."`
	Sender   Sender `key:"sender" default:"" says:"From whom letters come. Needed with a host."`
	Bounces  Folder `key:"bounces" default:"" says:"The folder through which letters that could not be delivered come back. The command chiron bounce writes into it, and so can a server of mails that writes in the form of Maildir. Without it, it is bounces in the folder of the data; where that is a PostgreSQL database, nothing comes back."`
}

// A Provider is an institution whose sign-in people can use, by OpenID Connect.
type Provider struct {
	ID         string  // its name in the settings, which stands in addresses too
	Name       Text    `key:"name" default:"" says:"What the button says, such as University of Example."`
	NameFrench Text    `key:"name-fr" default:"" says:"The same in French, where it is another."`
	Issuer     Issuer  `key:"issuer" default:"" says:"The address of the provider, as it calls itself."`
	ClientID   Text    `key:"client-id" default:"" says:"The name under which the provider knows this installation."`
	Secret     File    `key:"client-secret-file" default:"" secret:"file" says:"The file that holds the secret for it."`
	Network    Network `key:"network" default:"public" says:"Where the provider stands: in the public Internet, or in the internal network. Unless it is internal, nothing is asked of addresses inside."`
	Domains    Domains `key:"domains" default:"" says:"The domains whose e-mail addresses the provider answers for. Of all others it is not believed that an address is verified."`
}

// Providers are all providers, by their ids in order.
type Providers []Provider

// Backup is where copies go.
type Backup struct {
	Folder Folder `key:"folder" default:"chiron-backups" says:"The folder for backups, made if need be."`
	Age    Age    `key:"age" default:"36h" says:"How old the newest backup may become before doctor and the health page complain."`
}

// Retention is how long things are kept that nobody needs any more.
type Retention struct {
	SignIns Days `key:"sign-in-days" default:"1" says:"For how many days the links of letters are kept after they have expired, with the address that asked."`
	Letters Days `key:"letter-days" default:"90" says:"For how many days it is kept which letter went to whom, and whether it arrived."`
	Jobs    Days `key:"job-days" default:"14" says:"For how many days finished work of the queue is kept."`
}

// Bounces is the folder through which letters come back; "": there is none.
func (c *Config) Bounces() string {
	if c.Mail.Bounces == "" && c.DB.IsFolder() {
		return filepath.Join(string(c.DB), "bounces")
	}
	return string(c.Mail.Bounces)
}

// A Where says where a value comes from, as a person can find it: "default", "chiron.yaml:12", "CHIRON_URL" or "--url".
type Where string

// Default is where a value comes from that nobody has set.
const Default Where = "default"

// Where says where the value of a setting such as "mail.host" comes from.
func (c *Config) Where(key string) Where {
	if where, set := c.origins[key]; set {
		return where
	}
	return Default
}
