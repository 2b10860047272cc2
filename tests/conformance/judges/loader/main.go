// Reads a buildkitd.toml with BuildKit's own config package and says, as one JSON object, whether
// every key is known, every value decodes and every filter parses, and which garbage collection
// rules result. Exit status: 0 fine, 1 something is wrong (see "errors"), 2 the file or the command
// line cannot be read.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/moby/buildkit/cmd/buildkitd/config"
)

type problem struct {
	Stage string `json:"stage"` // decode, unknown-key, filter
	Line  int    `json:"line,omitempty"`
	Text  string `json:"text"`
}

// rule is one tier as a worker runs with it. Sizes are bytes; 0 is "not said".
type rule struct {
	All           bool     `json:"all"`
	Filters       []string `json:"filters"`
	KeepSeconds   float64  `json:"keepSeconds"`
	ReservedSpace int64    `json:"reservedSpace"`
	MaxUsedSpace  int64    `json:"maxUsedSpace"`
	MinFreeSpace  int64    `json:"minFreeSpace"`
}

type verdict struct {
	OK     bool              `json:"ok"`
	Errors []problem         `json:"errors"`
	GC     map[string][]rule `json:"gc"`
	Config config.Config     `json:"config"`
}

func main() {
	size := flag.Int64("disk", 0, "size in bytes of an empty disk that percentages are taken of (default: that of -root)")
	root := flag.String("root", "/", "folder whose disk percentages are taken of")
	lax := flag.Bool("lax", false, "let unknown keys pass, as buildkitd does")
	flag.Parse()
	text, err := os.ReadFile(flag.Arg(0))
	if err == nil {
		err = useDisk(*root, *size)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	v := verdict{Errors: []problem{}, GC: map[string][]rule{}}
	v.Errors = append(v.Errors, decode(text, !*lax, &v.Config)...)
	v.collect("oci", v.Config.Workers.OCI.GCConfig)
	v.collect("containerd", v.Config.Workers.Containerd.GCConfig)
	v.OK = len(v.Errors) == 0
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	out.Encode(v)
	if !v.OK {
		os.Exit(1)
	}
}

// collect works out the rules that a worker of this kind runs with.
func (v *verdict) collect(worker string, c config.GCConfig) {
	v.GC[worker] = []rule{}
	if c.GC != nil && !*c.GC {
		return // switched off
	}
	policy := c.GCPolicy
	if len(policy) == 0 {
		policy = defaultPolicy(c)
	}
	for i, p := range policy {
		v.GC[worker] = append(v.GC[worker], effective(p))
		if _, err := parseFilters(p.Filters...); err != nil {
			text := fmt.Sprintf("%s gcpolicy[%d]: %v", worker, i, err)
			v.Errors = append(v.Errors, problem{Stage: "filter", Text: text})
		}
	}
}
