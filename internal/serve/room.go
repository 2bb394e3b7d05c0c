package serve

import (
	"context"
	"log/slog"

	"github.com/chiron-mentoring/chiron/internal/operate"
)

// lookAtRoom finds out how much room there is on the disk of the data. Below [operate.LeastForWrites] the house only
// shows what it has, until there is room again: SQLite cannot even be opened on a disk that is full to the last byte.
// A database elsewhere looks after itself.
func (s *Server) lookAtRoom(ctx context.Context) error {
	if !s.Config.DB.IsFolder() {
		return nil
	}
	room, err := operate.RoomOf(string(s.Config.DB))
	if err != nil {
		return err
	}
	full := !room.ForWrites()
	if s.full.Swap(full) != full {
		s.Log.LogAttrs(ctx, slog.LevelWarn, "room on the disk of the data", slog.String("left", room.String()), slog.Bool("pages only show", full))
	}
	return nil
}
