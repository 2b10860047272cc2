"""A small disk of its own for a daemon's cache."""

import os

import harness


class Disk:
    """A file with a file system of its own, mounted where the runner looks for the claim."""

    def __init__(self, folder, mount_point, size):
        self.mount_point = mount_point
        file = folder / "disk.img"
        with open(file, "wb") as image:
            image.truncate(size)
        mount_point.mkdir(parents=True)
        self.must("mkfs.ext4", "-q", "-F", file)
        self.must("mount", "-o", "loop", file, mount_point)

    def must(self, *argv):
        done = harness.run(argv)
        if done.returncode:
            raise AssertionError(harness.said(done))

    def unmount(self):
        self.must("umount", self.mount_point)

    def free(self):
        """As the daemon counts it: with the blocks that are kept for root."""
        found = os.statvfs(self.mount_point)
        return found.f_bfree * found.f_frsize
