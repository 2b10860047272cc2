//go:build toml1

// BuildKit 0.10 to 0.27 read TOML with go-toml 1.
package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/moby/buildkit/cmd/buildkitd/config"
	"github.com/pelletier/go-toml"
)

func decode(text []byte, strict bool, into *config.Config) []problem {
	err := toml.NewDecoder(bytes.NewReader(text)).Strict(strict).Decode(into)
	if err == nil {
		return nil
	}
	keys, found := strings.CutPrefix(err.Error(), "undecoded keys: ") // ["a.b" "c.d"]
	if !found {
		p := problem{Stage: "decode", Text: err.Error()} // begins with "(line, column): " where that is known
		fmt.Sscanf(p.Text, "(%d,", &p.Line)
		return []problem{p}
	}
	var out []problem
	for _, key := range strings.Fields(strings.Trim(keys, "[]")) {
		out = append(out, problem{"unknown-key", 0, strings.Trim(key, `"`)})
	}
	return out
}
