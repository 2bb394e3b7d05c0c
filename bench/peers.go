package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// peers are other programs for the same problems, built from bench/peers into a folder outside the repository.
type peers struct {
	folder   string
	hasLemon bool
}

// buildPeers compiles the peer programs. LEMON's is left out when its headers are missing.
func buildPeers(folder string) (*peers, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	p := &peers{folder: folder}
	if out, err := p.build("hr_ref"); err != nil {
		return nil, fmt.Errorf("build the reference (is g++ installed?): %w\n%s", err, out)
	}
	if out, err := p.build("bm_lemon"); err == nil {
		p.hasLemon = true
	} else {
		fmt.Fprintf(os.Stderr, "bench: without LEMON (Debian: liblemon-dev): %v\n%.300s\n", err, out)
	}
	return p, nil
}

func (p *peers) build(name string) ([]byte, error) {
	return exec.Command("g++", "-O2", "-march=native", "-o", filepath.Join(p.folder, name), filepath.Join(sourceFolder(), name+".cpp")).CombinedOutput()
}

// sourceFolder is where the peers' sources lie: bench/peers from the repository's root, or peers from bench itself.
func sourceFolder() string {
	if _, err := os.Stat("peers/inst.h"); err == nil {
		return "peers"
	}
	return filepath.Join("bench", "peers")
}

// lemon solves a scored instance with two of LEMON's algorithms for flows of least cost.
func (p *peers) lemon(in *instance, runs int) (simplex, scaling *result, err error) {
	if p == nil || !p.hasLemon {
		return nil, nil, nil
	}
	file, err := p.instance(in)
	if err != nil {
		return nil, nil, err
	}
	if simplex, err = p.run(runs, "value", []string{"solve_s"}, "bm_lemon", "ns", file); err != nil {
		return nil, nil, err
	}
	scaling, err = p.run(runs, "value", []string{"solve_s"}, "bm_lemon", "cs", file)
	return simplex, scaling, err
}

// reference solves a ranked instance.
func (p *peers) reference(in *instance, runs int) (*result, error) {
	if p == nil {
		return nil, nil
	}
	file, err := p.instance(in)
	if err != nil {
		return nil, err
	}
	return p.run(runs, "matched", []string{"prep_s", "propose_s"}, "hr_ref", file)
}

// instance writes the instance for the peers, always to the same file.
func (p *peers) instance(in *instance) (string, error) {
	name := filepath.Join(p.folder, "instance.txt")
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := in.write(f); err != nil {
		return "", err
	}
	return name, f.Close()
}

// run runs a peer and reads the value and the sum of the named times from what it prints, "name=number" by name.
func (p *peers) run(runs int, value string, spans []string, name string, args ...string) (*result, error) {
	var all []result
	for range runs {
		out, err := exec.Command(filepath.Join(p.folder, name), args...).Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		said := map[string]string{}
		for _, word := range strings.Fields(string(out)) {
			if key, v, ok := strings.Cut(word, "="); ok {
				said[key] = v
			}
		}
		var r result
		if r.value, err = strconv.ParseInt(said[value], 10, 64); err != nil {
			return nil, fmt.Errorf("%s said %q", name, out)
		}
		for _, span := range spans {
			s, err := strconv.ParseFloat(said[span], 64)
			if err != nil {
				return nil, fmt.Errorf("%s said %q", name, out)
			}
			r.solve += time.Duration(s * float64(time.Second))
		}
		all = append(all, r)
	}
	return median(all), nil
}
