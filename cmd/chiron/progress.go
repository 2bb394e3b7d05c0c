package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A bar shows people at a terminal how far work has come, once it lasts longer than a second.
type bar struct {
	done, total atomic.Int64
	stop        func()
}

// newBar returns a bar on w. It stays silent where nobody watches: in files, pipes and dumb terminals.
func newBar(w io.Writer, env []string) *bar {
	b := &bar{stop: func() {}}
	f, ok := w.(*os.File)
	if !ok || slices.Contains(env, "TERM=dumb") {
		return b
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return b
	}
	stopped := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() { b.drawUntil(stopped, w) })
	b.stop = func() { close(stopped); drawing.Wait() }
	return b
}

// moved is told how far the work is; it may be called often.
func (b *bar) moved(done, total int) {
	b.done.Store(int64(done))
	b.total.Store(int64(total))
}

func (b *bar) drawUntil(stopped <-chan struct{}, w io.Writer) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for drawn := false; ; drawn = true {
		select {
		case <-stopped:
			if drawn {
				fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-tick.C:
			fmt.Fprint(w, "\r", drawBar(b.done.Load(), b.total.Load()), "\x1b[K")
			tick.Reset(100 * time.Millisecond)
		}
	}
}

// drawBar is the bar as text. What comes before and after the matching has no measure.
func drawBar(done, total int64) string {
	const width = 40
	switch {
	case total <= 0:
		return "reading and preparing ..."
	case done >= total:
		return "checking and writing ..."
	}
	full := int(width * done / total)
	return fmt.Sprintf("matching [%s%s] %d of %d people", strings.Repeat("#", full), strings.Repeat(".", width-full), done, total)
}
