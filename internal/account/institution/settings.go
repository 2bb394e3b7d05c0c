package institution

import (
	"fmt"

	"github.com/chiron-mentoring/chiron/internal/config"
)

// FromSettings are the institutions of the settings, with their secrets read from their files.
func FromSettings(providers config.Providers) (all []Institution, err error) {
	for _, p := range providers {
		secret, err := p.Secret.Reveal()
		if err != nil {
			return nil, fmt.Errorf("let people sign in through %s: %w", p.ID, err)
		}
		all = append(all, Institution{
			ID: p.ID, Name: p.Name.String(), NameFrench: p.NameFrench.String(), Issuer: p.Issuer.String(), ClientID: p.ClientID.String(),
			Secret: secret, Domains: p.Domains, Internal: p.Network == config.Internal,
		})
	}
	return all, nil
}
