//go:build containerd1

// BuildKit up to 0.17 takes its filters from containerd 1.
package main

import "github.com/containerd/containerd/filters"

var parseFilters = filters.ParseAll
