// Judges manifests with Kubernetes' own code, offline: strict decoding, defaulting, conversion to
// the internal version, what the REST strategy does at a create (and an update), the same for the
// first pod of a workload, and the evaluator of Pod Security admission. Prints one JSON object a
// line for each document. Exit status: 0 all accepted, 1 something is refused, 2 a file or the
// command line cannot be read.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/capabilities"
	psapolicy "k8s.io/pod-security-admission/policy"
)

type PSA struct {
	Level      string   `json:"level"`
	Baseline   []string `json:"baselineViolations,omitempty"`
	Restricted []string `json:"restrictedViolations,omitempty"`
}

type Verdict struct {
	File     string         `json:"file"`
	Doc      int            `json:"doc"`
	GVK      string         `json:"gvk,omitempty"`
	Name     string         `json:"name,omitempty"`
	OK       bool           `json:"ok"`
	Stage    string         `json:"stage,omitempty"` // decode, strict, served, create, update, pod, unjudged
	Errors   []string       `json:"errors,omitempty"`
	Warnings []string       `json:"warnings,omitempty"`
	Dropped  []string       `json:"dropped,omitempty"` // fields silently removed (feature gate off)
	PSA      map[string]PSA `json:"psa,omitempty"`
	Object   runtime.Object `json:"object,omitempty"` // with -print: with every default
}

type recorder struct{ w *[]string }

func (r recorder) AddWarning(_, text string) { *r.w = append(*r.w, text) }

var (
	codecs    = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)
	lenient   = legacyscheme.Codecs
	evaluator psapolicy.Evaluator
	emulated  string
)

// Options is what the command line says of every document.
type Options struct {
	Namespace        string
	SecurityVersions []string
	Old              map[string]runtime.Object
	Print            bool
}

func main() {
	emu := flag.String("emulated-version", "", "emulate this minor, e.g. 1.34 (binary must support it)")
	gates := flag.String("feature-gates", "", "A=true,B=false")
	psav := flag.String("psa-versions", "latest,v1.25", "Pod Security versions to report; empty: none")
	namespace := flag.String("namespace", "default", "namespace for documents that name none")
	old := flag.String("old", "", "manifests as they were: judge the update too (immutable fields)")
	print := flag.Bool("print", false, "print each object too, with every default of the release in it")
	flag.Parse()
	// the API server's --allow-privileged=true (every distribution sets it)
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
	if err := setUp(*emu, *gates); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	options := Options{Namespace: *namespace, Old: objects(*old), Print: *print}
	if *psav != "" {
		options.SecurityVersions = strings.Split(*psav, ",")
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	bad := 0
	for _, file := range flag.Args() {
		for i, raw := range docs(file) {
			v := Verdict{File: file, Doc: i}
			judge(raw, &v, options)
			if !v.OK {
				bad++
			}
			out.Encode(v)
		}
	}
	if bad > 0 {
		os.Exit(1)
	}
}

func setUp(version, gates string) (err error) {
	if err = emulate(version); err != nil {
		return fmt.Errorf("emulation: %w", err)
	}
	emulated = version
	if gates != "" {
		if err = utilfeature.DefaultMutableFeatureGate.Set(gates); err != nil {
			return fmt.Errorf("feature gates: %w", err)
		}
	}
	if evaluator, err = newEvaluator(version); err != nil {
		return fmt.Errorf("pod security: %w", err)
	}
	return nil
}

// objects reads what was there before, by kind and name.
func objects(file string) map[string]runtime.Object {
	out := map[string]runtime.Object{}
	if file == "" {
		return out
	}
	for _, raw := range docs(file) {
		var v Verdict
		if obj, _ := decode(raw, &v); obj != nil {
			out[v.GVK+"/"+v.Name] = obj
		}
	}
	return out
}

func docs(f string) [][]byte {
	var in io.Reader = os.Stdin
	if f != "-" {
		fh, err := os.Open(f)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		defer fh.Close()
		in = fh
	}
	r := utilyaml.NewYAMLReader(bufio.NewReader(in))
	var out [][]byte
	for {
		d, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, f, err)
			os.Exit(2)
		}
		only := true
		for _, l := range bytes.Split(d, []byte("\n")) {
			if l = bytes.TrimSpace(l); len(l) > 0 && l[0] != '#' && string(l) != "---" {
				only = false
			}
		}
		if !only {
			out = append(out, d)
		}
	}
}
