package mail

import (
	"context"
	"slices"
	"sync"
)

// MostCaught is how many messages a [Catcher] keeps.
const MostCaught = 500

// A Catcher keeps messages in place of sending them: for demonstrations and tests. Its zero value is ready.
type Catcher struct {
	mu     sync.Mutex
	caught []Message
}

// Send keeps a message as it would have been sent. Of very many the oldest go.
func (c *Catcher) Send(_ context.Context, m Message) error {
	m, err := checked(m)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.caught = append(c.caught, m); len(c.caught) > MostCaught {
		c.caught = slices.Clone(c.caught[len(c.caught)-MostCaught:])
	}
	return nil
}

// Caught lists the messages that are kept, the oldest first.
func (c *Catcher) Caught() []Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.caught)
}
