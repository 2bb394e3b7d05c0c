//go:build unix && !linux

package storetest

import (
	"os/exec"
	"syscall"
)

// launch starts a server, which outlives a process that is killed.
func launch(program, data, folder string, as *syscall.Credential) error {
	cmd := exec.Command(program, "-D", data, "-k", folder, "-h", "", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200")
	cmd.Dir, cmd.SysProcAttr = folder, &syscall.SysProcAttr{Credential: as}
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait()
	return nil
}
