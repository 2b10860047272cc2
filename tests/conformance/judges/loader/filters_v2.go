//go:build !containerd1

package main

import "github.com/containerd/containerd/v2/pkg/filters"

var parseFilters = filters.ParseAll
