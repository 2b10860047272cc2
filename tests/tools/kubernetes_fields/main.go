// Writes compiler/facts/kubernetes_field_rows.cpp: the fields of the Kubernetes kinds that bkfc
// writes, as the Go types of k8s.io/api declare them, over the releases that releases.txt pins; and
// of the custom resources, as the modules of operators.txt declare them.
//
//	go run . > ../../../compiler/facts/kubernetes_field_rows.cpp
//
// It needs the modules by the ordinary Go client, and nothing else.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

// The kinds, with the package that declares each: of k8s.io/api, or of an operator.
var kinds = []struct{ name, pkg, apiVersion string }{
	{"StatefulSet", "apps/v1", "apps/v1"},
	{"Deployment", "apps/v1", "apps/v1"},
	{"DaemonSet", "apps/v1", "apps/v1"},
	{"Pod", "core/v1", "v1"},
	{"Service", "core/v1", "v1"},
	{"ConfigMap", "core/v1", "v1"},
	{"Secret", "core/v1", "v1"},
	{"ServiceAccount", "core/v1", "v1"},
	{"PersistentVolumeClaim", "core/v1", "v1"},
	{"Namespace", "core/v1", "v1"},
	{"PodDisruptionBudget", "policy/v1", "policy/v1"},
	{"NetworkPolicy", "networking/v1", "networking.k8s.io/v1"},
	{"Job", "batch/v1", "batch/v1"},
	{"HorizontalPodAutoscaler", "autoscaling/v2", "autoscaling/v2"},
	{"Certificate", certManager + "/pkg/apis/certmanager/v1", "cert-manager.io/v1"},
	{"Issuer", certManager + "/pkg/apis/certmanager/v1", "cert-manager.io/v1"},
	{"ClusterIssuer", certManager + "/pkg/apis/certmanager/v1", "cert-manager.io/v1"},
	{"ServiceMonitor", prometheus + "/v1", "monitoring.coreos.com/v1"},
	{"PodMonitor", prometheus + "/v1", "monitoring.coreos.com/v1"},
	{"PrometheusRule", prometheus + "/v1", "monitoring.coreos.com/v1"},
	{"ScaledObject", keda + "/apis/keda/v1alpha1", "keda.sh/v1alpha1"},
	{"TriggerAuthentication", keda + "/apis/keda/v1alpha1", "keda.sh/v1alpha1"},
	{"ExternalSecret", externalSecrets + "/apis/externalsecrets/v1", "external-secrets.io/v1"},
}

const (
	certManager     = "github.com/cert-manager/cert-manager"
	prometheus      = "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring"
	keda            = "github.com/kedacore/keda/v2"
	externalSecrets = "github.com/external-secrets/external-secrets"
)

// Types of an operator are told from those of Kubernetes, and of the others, by this before them.
var prefixes = map[string]string{
	certManager: "certmanager.", prometheus: "prometheus.", keda: "keda.", externalSecrets: "externalsecrets.",
}

// As the table calls a type: `PodSpec`, `certmanager.IssuerSpec`, `certmanager.acme.ACMEIssuer`.
func (t typeName) String() string {
	for module, prefix := range prefixes {
		if strings.HasPrefix(t.pkg, module+"/") {
			folders := strings.Split(strings.TrimPrefix(t.pkg, module+"/"), "/")
			if len(folders) > 1 && folders[len(folders)-2]+"." != prefix {
				prefix += folders[len(folders)-2] + "."
			}
			return prefix + t.name
		}
	}
	return t.name
}

// The package that declares a kind.
func packageOf(pkg string) string {
	if strings.HasPrefix(pkg, "github.com/") {
		return pkg
	}
	return "k8s.io/api/" + pkg
}

// A field as the newest release that has it declares it, and the releases that have it.
type history struct {
	field
	first, last int // indices into the releases
}

// The fields of each type of the newest release, with those that only older ones had. A type that
// was renamed is known by its newest name: what counts is where it stands, not what it is called.
type fieldsByType map[string]map[string]*history

func main() {
	releases := readReleases("releases.txt")
	operators := downloadOperators("operators.txt")
	known := fieldsByType{}
	for i := len(releases) - 1; i >= 0; i-- {
		source := load(releases[i], operators)
		seen := map[[2]string]bool{}
		for _, k := range kinds {
			there := typeName{packageOf(k.pkg), k.name}
			known.add(source, i, there.String(), there, seen)
		}
	}
	write(releases, known)
}

// Adds what release i has at the place where the newest release has the type `name`.
func (known fieldsByType) add(s *source, i int, name string, there typeName, seen map[[2]string]bool) {
	pair := [2]string{name, there.pkg + "." + there.name}
	if seen[pair] {
		return
	}
	seen[pair] = true
	if known[name] == nil {
		known[name] = map[string]*history{}
	}
	for _, f := range s.fields(there.pkg, there.name) {
		h := known[name][f.name]
		if h == nil {
			h = &history{field: f, last: i}
			known[name][f.name] = h
		}
		h.first = i
		if f.object.name != "" && h.object.name != "" {
			known.add(s, i, h.object.String(), f.object, seen)
		}
	}
}

func readReleases(path string) []release {
	var out []release
	for _, words := range readLines(path) {
		out = append(out, release{minor: words[0], version: words[1], apiSum: words[2], machinerySum: words[3]})
	}
	return out
}

// The folder of each operator's module.
func downloadOperators(path string) map[string]string {
	out := map[string]string{}
	for _, words := range readLines(path) {
		out[words[0]] = download(words[0]+"@"+words[1], words[2])
	}
	return out
}

// The words of each line that is no comment.
func readLines(path string) [][]string {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	var out [][]string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 0 && words[0] != "#" {
			out = append(out, words)
		}
	}
	return out
}

func write(releases []release, known fieldsByType) {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	minor := func(i int) string { return "{" + strings.ReplaceAll(releases[i].minor, ".", ", ") + "}" }
	fmt.Fprint(out, `// Written by tests/tools/kubernetes_fields, which says how; not by hand.
// clang-format off
#include "facts/kubernetes_field_rows.hpp"

namespace bkfc::facts {
namespace {

using enum FieldKind;

// Name, kind, element, type, list keys; is a set, is required; since, removed.
constexpr Field rows[] = {
`)
	declaredIn := map[string]string{}
	for _, fields := range known {
		for _, h := range fields {
			name := h.object.String()
			if where := declaredIn[name]; where != "" && where != h.object.pkg {
				fail("two packages have a type %s: %s and %s", name, where, h.object.pkg)
			}
			declaredIn[name] = h.object.pkg
		}
	}
	var types []string
	for name := range known {
		types = append(types, name)
	}
	sort.Strings(types)
	count := 0
	begins := map[string]int{}
	for _, name := range types {
		begins[name] = count
		fmt.Fprintf(out, "    // %s\n", name)
		for _, h := range inOrder(known[name]) {
			fmt.Fprintf(out, "    {%q, %s, %s, %q, %q", h.name, h.kind, h.element, h.object, h.listKeys)
			since, removed := "{}", ""
			if h.first > 0 {
				since = minor(h.first)
			}
			if h.last+1 < len(releases) {
				removed = ", " + minor(h.last+1)
			}
			if h.isSet || h.required || since != "{}" || removed != "" {
				fmt.Fprintf(out, ", %t, %t", h.isSet, h.required)
			}
			if since != "{}" || removed != "" {
				fmt.Fprintf(out, ", %s%s", since, removed)
			}
			fmt.Fprint(out, "},\n")
			count++
		}
	}
	fmt.Fprint(out, "};\n\nconstexpr TypeRow types[] = {\n")
	for _, name := range types {
		fmt.Fprintf(out, "    {%q, %d, %d},\n", name, begins[name], len(known[name]))
	}
	fmt.Fprint(out, "};\n\nconstexpr Kind kind_rows[] = {\n")
	for _, k := range kinds {
		fmt.Fprintf(out, "    {%q, %q, %q},\n", k.name, k.apiVersion, typeName{packageOf(k.pkg), k.name})
	}
	fmt.Fprint(out, `};

}  // namespace

std::span<const Field> field_rows() { return rows; }
std::span<const TypeRow> type_rows() { return types; }
std::span<const Kind> kinds() { return kind_rows; }

}  // namespace bkfc::facts
`)
}

// As the newest release declares them; those that it lacks, last.
func inOrder(fields map[string]*history) []*history {
	var out []*history
	for _, h := range fields {
		out = append(out, h)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.last != b.last {
			return a.last > b.last
		}
		return a.position < b.position
	})
	return out
}

func check(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "kubernetes_fields: "+format+"\n", args...)
	os.Exit(1)
}
