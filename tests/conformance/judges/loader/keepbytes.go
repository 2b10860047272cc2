//go:build keepbytes

// Policies of BuildKit 0.12 to 0.16: one size a tier, which later releases read as the reserved
// space.
package main

import "github.com/moby/buildkit/cmd/buildkitd/config"

var (
	diskRoot string
	diskSize int64
)

func useDisk(root string, size int64) error {
	diskRoot, diskSize = root, size
	return nil
}

func defaultPolicy(c config.GCConfig) []config.GCPolicy {
	return config.DefaultGCPolicy(c.GCKeepStorage)
}

func effective(p config.GCPolicy) rule {
	return rule{
		All: p.All, Filters: append([]string{}, p.Filters...), KeepSeconds: p.KeepDuration.Seconds(),
		ReservedSpace: amount(p.KeepBytes),
	}
}

// amount: these releases only ask the disk of a folder for its size, so a given size is applied
// here by their rule: that share of the disk in whole GiB, plus one, counted as GB.
func amount(s config.DiskSpace) int64 {
	if diskSize == 0 || s.Bytes != 0 || s.Percentage == 0 {
		return s.AsBytes(diskRoot)
	}
	return (diskSize*s.Percentage/100>>30 + 1) * 1e9
}
