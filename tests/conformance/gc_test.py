#!/usr/bin/env python3
"""Garbage collection for real: a small disk is filled beyond the tiers of a compiled policy by builds through the real
daemon, and what is left afterwards is what `bkfc gc` promised.

The daemon sweeps a second after it starts, and at most once a minute after builds. So each sweep that is judged is the
one of a restart: what the disk holds before it is known."""

import json
import os
import time
import unittest

import harness
from harness import deployed, fleets, policy

RELEASE = "0.34"
WHAT = "garbage collection on a real disk"
MIB = 2**20
LAYER = 48 * MIB
MOUNT = 24 * MIB


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


def keep_bytes(total, free, tier):
    """How much of the cache a tier leaves, as buildkitd reckons since 0.21. None: no bound."""
    if not (tier.max_used_space or tier.reserved_space or tier.min_free_space):
        return None
    keep = tier.max_used_space
    excess = tier.min_free_space - free if tier.min_free_space else 0
    if excess > 0:
        keep = total - excess if keep == 0 else min(keep, total - excess)
    elif tier.min_free_space and keep == 0:
        keep = total
    return max(keep, tier.reserved_space)


class Cache:
    """What `buildctl du` lists."""

    def __init__(self, records):
        self.records = records

    def total(self):
        return sum(r["size"] for r in self.records if not r.get("shared"))

    def described(self, word, kind="regular"):
        """The records of a type whose description has the word, oldest use first."""
        found = [r for r in self.records if word in (r.get("description") or "") and r["recordType"] == kind]
        return sorted(found, key=lambda r: r.get("lastUsedAt") or "")


class GarbageCollection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.is_possible = (
            harness.has_judge(f"buildkit-{RELEASE}/buildkitd", WHAT)
            and deployed.can_run(WHAT)
            and harness.has_program("mkfs.ext4", "e2fsprogs", WHAT)
        )

    def setUp(self):
        if not self.is_possible:
            return
        self.fleet = fleets.named("small_cache")
        self.promise = policy.promised(self.fleet)
        self.subject = deployed.Deployed(self.fleet, fleets.scratch() / "gc")
        claim = "-".join([self.fleet.workload["spec"]["volumeClaimTemplates"][0]["metadata"]["name"],
                          self.fleet.workload["metadata"]["name"], "0"])
        self.disk = Disk(self.subject.scratch, self.subject.scratch / "pod/pvc" / claim, self.promise.disk)
        self.addCleanup(self.disk.unmount)
        self.context = deployed.base_image(self.subject.scratch / "context")

    # ---- what a client does ---------------------------------------------------------------------------------------

    def build(self, session, run, secret_of_freshness):
        """An image of one more layer, or with one more cache mount."""
        (self.context / "Dockerfile").write_text(
            "FROM scratch AS base\nCOPY busybox /bin/busybox\n"
            'RUN ["/bin/busybox", "--install", "-s", "/bin"]\nFROM base\n'
            f"RUN {run} # {secret_of_freshness}\n"
        )
        argv = self.subject.buildctl(
            "build", "--progress", "plain", "--frontend", "dockerfile.v0", "--local", f"context={self.context}",
            "--local", f"dockerfile={self.context}",
        )
        status, output = session.run(argv, inside=False)
        self.assertEqual(0, status, output)

    def cache(self, session):
        status, output = session.run(self.subject.buildctl("du", "--format", "{{json .}}"), inside=False)
        self.assertEqual(0, status, output)
        return Cache(json.loads(output))

    def settled(self, session):
        """The cache once every record has been let go: one without a time of last use counts as old."""
        for _ in range(100):
            now = self.cache(session)
            if all(r.get("lastUsedAt") and not r.get("inUse") for r in now.described("", "exec.cachemount")):
                return now
            time.sleep(0.1)
        self.fail("a cache mount stays in use")

    def swept(self, session, is_done):
        """The cache once a sweep has come to its end, or after a while."""
        last = None
        for _ in range(100):
            now = self.cache(session)
            if last is not None and is_done(now) and now.total() == last.total():
                return now
            last = now
            time.sleep(0.3)
        return last

    def started(self):
        session = self.subject.session()
        session.__enter__()
        self.addCleanup(session.__exit__)
        self.assertIsNotNone(session.wait_ready(), session.output())
        return session

    # ---- the test ---------------------------------------------------------------------------------------------------

    def test_leaves_what_was_promised(self):
        if not self.is_possible:
            return
        sources, everything = self.promise.tiers
        began = self.fill(everything)
        # The first cache mount has to be idle for longer than the tier keeps it, the last one must not.
        time.sleep(max(0, began + sources.keep_seconds + 2 - time.monotonic()))
        self.collects_idle_sources_and_the_oldest_layers(everything)
        self.makes_room_when_others_fill_the_disk(everything)

    def fill(self, everything):
        """More than the policy allows, with a cache mount at the beginning and one at the end."""
        session = self.started()
        time.sleep(2)  # the sweep of the start finds nothing
        self.build(session, f"--mount=type=cache,id=idle,target=/c {write(MOUNT, '/c/idle')}", "idle")
        began = time.monotonic()
        self.assertEqual(1, len(self.cache(session).described("/c/idle", "exec.cachemount")))
        number = 0
        while self.cache(session).total() < everything.max_used_space + 2 * LAYER:
            self.build(session, write(LAYER, f"/layer-{number:02}"), number)
            number += 1
            self.assertLess(number * LAYER, self.promise.disk, "the cache does not grow")
        self.build(session, f"--mount=type=cache,id=fresh,target=/c {write(MOUNT, '/c/fresh')}", "fresh")
        self.before = self.settled(session)
        self.layers = [r["id"] for r in self.before.described("/layer-")]
        self.assertEqual(number, len(self.layers), "nothing is collected while the disk is filled")
        self.assertLess(time.monotonic() - began, self.promise.tiers[0].keep_seconds, "too slow to judge by age")
        self.assertEqual("SIGTERM", session.stop()["by"])
        return began

    def collects_idle_sources_and_the_oldest_layers(self, everything):
        free = self.disk.free()
        session = self.started()
        after = self.swept(session, lambda c: c.total() < everything.max_used_space)
        self.assertEqual([], after.described("/c/idle", "exec.cachemount"), "idle for longer than it is kept")
        self.assertEqual(1, len(after.described("/c/fresh", "exec.cachemount")), "younger than what is kept")
        self.holds_the_promise(self.before, after, free, everything)
        self.before = after
        self.assertEqual("SIGTERM", session.stop()["by"])

    def makes_room_when_others_fill_the_disk(self, everything):
        """The cache is within its share; somebody else's file leaves less free than is to be kept free."""
        size = self.disk.free() - everything.min_free_space + LAYER // 2
        with open(self.disk.mount_point / "ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, size)
        free = self.disk.free()
        self.assertLess(free, everything.min_free_space)
        session = self.started()
        after = self.swept(session, lambda c: c.total() < self.before.total())
        self.holds_the_promise(self.before, after, free, everything)
        self.assertGreaterEqual(self.disk.free(), everything.min_free_space)
        self.assertEqual("SIGTERM", session.stop()["by"])

    def holds_the_promise(self, before, after, free, tier):
        """The layers that are left are the youngest, as many as the tier leaves and not one fewer."""
        keep = keep_bytes(before.total(), free, tier)
        left = [r["id"] for r in after.described("/layer-")]
        gone = len(self.layers) - len(left)
        self.assertLess(after.total(), keep)
        self.assertGreater(gone, 0, "nothing was collected")
        self.assertEqual(self.layers[gone:], left, "the youngest layers are left")
        smallest_gone = min(r["size"] for r in before.records if r["id"] in self.layers[:gone])
        self.assertGreaterEqual(after.total() + smallest_gone, keep, "more was collected than had to be")
        print(f"\n  {before.total():,} bytes; free {free:,}; allowed {keep:,}; left {after.total():,}", flush=True)
        self.layers = left


def write(size, path):
    return f"dd if=/dev/urandom of={path} bs=1M count={size // MIB} 2>/dev/null"


if __name__ == "__main__":
    harness.main()
