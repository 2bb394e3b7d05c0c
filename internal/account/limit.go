package account

import (
	"context"
	"hash/crc32"
	"math"
	"net/netip"
	"strconv"
	"time"

	"github.com/chiron-mentoring/chiron/internal/mentoring"
	"github.com/chiron-mentoring/chiron/internal/store"
)

// How often things may be done at the door. A hospital may be one address of the Internet for all who work there, so the
// limits of a network are wide; the one of an address keeps its reader from being flooded.
var (
	askByAddress  = store.Limit{Burst: 5, Every: 12 * time.Minute}
	askByNetwork  = store.Limit{Burst: 100, Every: 6 * time.Second}
	askByShare    = store.Limit{Burst: 125, Every: 1600 * time.Millisecond}
	openByNetwork = store.Limit{Burst: 100, Every: 6 * time.Second}
)

// shares is among how many counts the limit of all is shared, by address: on PostgreSQL, all who ask at one moment would
// else be in each other's way.
const shares = 16

func shareOf(folded string) string {
	return strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(folded))%shares), 10)
}

// take does something that is limited, under a name that is kept only as a hash.
func (w *work) take(of, value string, l store.Limit) error {
	allowed, from, err := w.Take(w.a.Secrets.Name(of, value), l, w.now)
	if err != nil || allowed {
		return err
	}
	minutes := int(math.Ceil(from.Sub(w.now).Minutes()))
	return &mentoring.Fault{Kind: mentoring.Unavailable, Key: "account.too-often", Args: []any{"minutes", max(minutes, 1)}}
}

// knock counts somebody who comes with a key, in a transaction of its own: those whose key is wrong count too.
func (a *Accounts) knock(ctx context.Context, k Key) error {
	return a.DB.Update(ctx, func(tx *store.Tx) error {
		w := &work{Tx: tx, a: a, now: a.Now()}
		return w.take("open by network", networkOf(k.Remote), openByNetwork)
	})
}

// networkOf is the network that somebody comes from: one address of IPv4, 64 bits of IPv6. What is no address is one
// network.
func networkOf(remote string) string {
	if address, err := netip.ParseAddrPort(remote); err == nil {
		remote = address.Addr().String()
	}
	address, err := netip.ParseAddr(remote)
	if err != nil {
		return "unknown"
	}
	address = address.Unmap().WithZone("")
	if address.Is6() {
		return netip.PrefixFrom(address, 64).Masked().String()
	}
	return address.String()
}
