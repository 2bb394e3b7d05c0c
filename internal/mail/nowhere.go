package mail

import "context"

// Nowhere is where messages go as long as no server of mails is known: they wait.
type Nowhere struct{}

// Send says that there is no server, which may change.
func (Nowhere) Send(context.Context, Message) error {
	return &trouble{"no-server", "there is no server of mails yet; name one in the configuration, under mail.host"}
}
