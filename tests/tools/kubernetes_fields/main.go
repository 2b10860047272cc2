// Writes compiler/facts/kubernetes_field_rows.cpp: the fields of the Kubernetes kinds that bkfc
// writes, as the Go types of k8s.io/api declare them, over the releases that releases.txt pins.
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

// The kinds, with the package of k8s.io/api that declares each.
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
	known := fieldsByType{}
	for i := len(releases) - 1; i >= 0; i-- {
		source := load(releases[i])
		seen := map[[2]string]bool{}
		for _, k := range kinds {
			known.add(source, i, k.name, typeName{"k8s.io/api/" + k.pkg, k.name}, seen)
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
			known.add(s, i, h.object.name, f.object, seen)
		}
	}
}

func readReleases(path string) []release {
	file, err := os.Open(path)
	check(err)
	defer file.Close()
	var out []release
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 0 && words[0] != "#" {
			out = append(out, release{minor: words[0], version: words[1], apiSum: words[2], machinerySum: words[3]})
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
			if where := declaredIn[h.object.name]; where != "" && where != h.object.pkg {
				fail("two packages have a type %s: %s and %s", h.object.name, where, h.object.pkg)
			}
			declaredIn[h.object.name] = h.object.pkg
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
			fmt.Fprintf(out, "    {%q, %s, %s, %q, %q", h.name, h.kind, h.element, h.object.name, h.listKeys)
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
		fmt.Fprintf(out, "    {%q, %q, %q},\n", k.name, k.apiVersion, k.name)
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
