//go:build !toml1

// BuildKit 0.28 and newer read TOML with go-toml 2.
package main

import (
	"bytes"
	"errors"
	"strings"

	"github.com/moby/buildkit/cmd/buildkitd/config"
	"github.com/pelletier/go-toml/v2"
)

func decode(text []byte, strict bool, into *config.Config) []problem {
	decoder := toml.NewDecoder(bytes.NewReader(text))
	if strict {
		decoder.DisallowUnknownFields()
	}
	err := decoder.Decode(into)
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &unknown):
		var out []problem
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			out = append(out, problem{"unknown-key", line, strings.Join(e.Key(), ".")})
		}
		return out
	case errors.As(err, &bad):
		line, _ := bad.Position()
		return []problem{{"decode", line, bad.Error()}}
	}
	return []problem{{"decode", 0, err.Error()}}
}
