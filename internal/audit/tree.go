package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/chiron-mentoring/chiron/internal/store"
)

// A hash is a node of the tree.
type hash = [sha256.Size]byte

// leaf is the hash of an event: of every field, each after its length, so that no two events read the same. Who may
// read the event is not in it: that goes when a person is erased.
func leaf(e *store.Event) hash {
	data := []byte{0}
	field := func(b []byte) {
		data = binary.BigEndian.AppendUint64(data, uint64(len(b)))
		data = append(data, b...)
	}
	for _, text := range [...]string{e.ID, fmt.Sprint(e.At.UnixMicro()), e.Actor, e.ForWhom, e.Action, e.ObjectKind, e.ObjectID} {
		field([]byte(text))
	}
	field(e.Was)
	field(e.Became)
	return sha256.Sum256(data)
}

func node(left, right hash) hash {
	data := append([]byte{1}, left[:]...)
	return sha256.Sum256(append(data, right[:]...))
}

// A tree is the hash tree of RFC 6962, section 2.1, over a list that grows. It keeps the roots of the full subtrees
// that make it up, the greatest first: as many as there are ones in the binary number of leaves.
type tree struct {
	size  uint64
	roots []hash
}

// add adds a leaf in O(log size).
func (t *tree) add(h hash) {
	for range bits.TrailingZeros64(^t.size) {
		last := len(t.roots) - 1
		h = node(t.roots[last], h)
		t.roots = t.roots[:last]
	}
	t.roots = append(t.roots, h)
	t.size++
}

// root is the hash of the whole tree. That of nothing is the hash of nothing.
func (t *tree) root() hash {
	if t.size == 0 {
		return sha256.Sum256(nil)
	}
	h := t.roots[len(t.roots)-1]
	for k := len(t.roots) - 2; k >= 0; k-- {
		h = node(t.roots[k], h)
	}
	return h
}

// bytes is the tree as it is kept between seals.
func (t *tree) bytes() []byte {
	data := binary.BigEndian.AppendUint64(nil, t.size)
	for _, h := range t.roots {
		data = append(data, h[:]...)
	}
	return data
}

func treeOf(data []byte) (*tree, error) {
	if len(data) < 8 || (len(data)-8)%sha256.Size != 0 {
		return nil, fmt.Errorf("the tree of the audit log cannot be read")
	}
	t := &tree{size: binary.BigEndian.Uint64(data)}
	for data = data[8:]; len(data) > 0; data = data[sha256.Size:] {
		t.roots = append(t.roots, hash(data[:sha256.Size]))
	}
	if len(t.roots) != bits.OnesCount64(t.size) {
		return nil, fmt.Errorf("the tree of the audit log cannot be read")
	}
	return t, nil
}
