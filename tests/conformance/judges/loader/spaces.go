//go:build !keepbytes

// Policies of BuildKit 0.17 and newer: three spaces a tier.
package main

import (
	"github.com/moby/buildkit/cmd/buildkitd/config"
	"github.com/moby/buildkit/util/disk"
)

var theDisk disk.DiskStat

func useDisk(root string, size int64) (err error) {
	theDisk = disk.DiskStat{Total: size, Free: size, Available: size}
	if size == 0 {
		theDisk, err = disk.GetDiskStat(root)
	}
	return err
}

func defaultPolicy(c config.GCConfig) []config.GCPolicy { return config.DefaultGCPolicy(c, theDisk) }

func effective(p config.GCPolicy) rule {
	reserved := p.ReservedSpace
	if reserved == (config.DiskSpace{}) {
		reserved = p.KeepBytes // the key's old name
	}
	return rule{
		All: p.All, Filters: append([]string{}, p.Filters...), KeepSeconds: p.KeepDuration.Seconds(),
		ReservedSpace: reserved.AsBytes(theDisk),
		MaxUsedSpace:  p.MaxUsedSpace.AsBytes(theDisk),
		MinFreeSpace:  p.MinFreeSpace.AsBytes(theDisk),
	}
}
