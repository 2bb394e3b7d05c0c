package storetest

import (
	"os/exec"
	"runtime"
	"syscall"
)

// launch starts a server that ends when this process does, however that ends. The signal follows the thread that
// started it, so that thread stays.
func launch(program, data, folder string, as *syscall.Credential) error {
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		cmd := serving(program, data, folder)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGQUIT}
		started <- cmd.Start()
		cmd.Wait() // its end is ours
	}()
	return <-started
}

func serving(program, data, folder string) *exec.Cmd {
	cmd := exec.Command(program, "-D", data, "-k", folder, "-h", "", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200")
	cmd.Dir = folder
	return cmd
}
