#!/usr/bin/env python3
"""Garbage collection for real: a small disk is filled beyond the tiers of a compiled policy by
builds through the real daemon, and what is left afterwards is what `bkfc gc` promised.

The daemon sweeps a second after it starts, and after builds, but then at most once a minute. So a
first sweep finds nothing, the disk is filled within the minute that follows, and the sweep at its
end is judged record by record. A second one, that of a restart, is judged by amounts: over a
restart, another record than the oldest was seen to go. While a sweep runs nobody asks the daemon
anything: a record that is looked at is in use, and stays."""

import json
import os
import time
import unittest

import harness
from harness import deployed, fleets, policy
from harness.disk import Disk

RELEASE = "0.34"
WHAT = "garbage collection on a real disk"
MIB = 2**20
LAYER = 80 * MIB
MOUNT = 24 * MIB
SWEEP_SECONDS = 60


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

    def of(self, kind, word):
        """The records of a type whose description has the word, oldest use first."""
        found = [
            r
            for r in self.records
            if word in (r.get("description") or "") and r["recordType"] == kind
        ]
        return [r["id"] for r in sorted(found, key=lambda r: r.get("lastUsedAt") or "")]

    def layers(self):
        return self.of("regular", "/layer-")

    def mounts(self, name):
        return self.of("exec.cachemount", f"/c/{name}")


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
        self.disk = Disk(self.subject.scratch, self.subject.claim_folder(), self.promise.disk)
        self.addCleanup(self.disk.unmount)
        self.context = deployed.base_image(self.subject.scratch / "context")

    def build(self, session, run, secret_of_freshness):
        """An image of one more layer, or with one more cache mount."""
        (self.context / "Dockerfile").write_text(
            "FROM scratch AS base\nCOPY busybox /bin/busybox\n"
            'RUN ["/bin/busybox", "--install", "-s", "/bin"]\nFROM base\n'
            f"RUN {run} # {secret_of_freshness}\n"
        )
        argv = self.subject.buildctl(
            "build",
            "--progress",
            "plain",
            "--frontend",
            "dockerfile.v0",
            "--local",
            f"context={self.context}",
            "--local",
            f"dockerfile={self.context}",
        )
        status, output = session.run(argv, inside=False)
        self.assertEqual(0, status, output)

    def cache(self, session):
        status, output = session.run(
            self.subject.buildctl("du", "--format", "{{json .}}"), inside=False
        )
        self.assertEqual(0, status, output)
        return Cache(json.loads(output))

    def settled(self, session):
        """The cache once every record has been let go: one without a time of last use counts as
        old."""
        for _ in range(100):
            now = self.cache(session)
            if all(
                r.get("lastUsedAt") and not r.get("inUse")
                for r in now.records
                if r["recordType"] == "exec.cachemount"
            ):
                return now
            time.sleep(0.1)
        self.fail("a cache mount stays in use")

    def swept(self, session):
        """The cache once a sweep has given back space, and gives back no more."""
        before = self.disk.free()
        seen = [before]
        for _ in range(4 * SWEEP_SECONDS):
            time.sleep(0.5)
            seen.append(self.disk.free())
            if seen[-1] > before + LAYER // 2 and len(set(seen[-4:])) == 1:
                return self.cache(session)
        self.fail(f"no sweep: {self.cache(session).total():,} bytes are left")

    def started(self):
        session = self.subject.session()
        session.__enter__()
        self.addCleanup(session.__exit__)
        self.assertIsNotNone(session.wait_ready(), session.output())
        return session

    def test_leaves_what_was_promised(self):
        if not self.is_possible:
            return
        sources, everything = self.promise.tiers
        self.assertLessEqual(
            sources.keep_seconds, SWEEP_SECONDS, "what is made before the sweep before is idle"
        )
        self.make_an_idle_mount()
        self.collects_idle_sources_and_the_oldest_layers(everything)
        self.makes_room_when_others_fill_the_disk(everything)

    def make_an_idle_mount(self):
        session = self.started()
        self.build(
            session, f"--mount=type=cache,id=idle,target=/c {write(MOUNT, '/c/idle')}", "idle"
        )
        self.assertEqual(1, len(self.settled(session).mounts("idle")))
        self.assertEqual("SIGTERM", session.stop(with_hook=False)["by"])

    def collects_idle_sources_and_the_oldest_layers(self, everything):
        """More than the policy allows is built within a minute, with a cache mount at its end."""
        began = time.monotonic()
        session = self.started()
        number = 0
        while self.cache(session).total() < everything.max_used_space + LAYER:
            self.build(session, write(LAYER, f"/layer-{number:02}"), number)
            number += 1
            self.assertLess(number * LAYER, self.promise.disk, "the cache does not grow")
        self.build(
            session, f"--mount=type=cache,id=fresh,target=/c {write(MOUNT, '/c/fresh')}", "fresh"
        )
        before, free = self.settled(session), self.disk.free()
        self.assertLess(
            time.monotonic() - began, SWEEP_SECONDS, "too slow: the sweep may have begun"
        )
        self.assertEqual((number, 1), (len(before.layers()), len(before.mounts("idle"))))

        after = self.swept(session)
        self.assertEqual([], after.mounts("idle"), "idle for longer than it is kept")
        self.assertEqual(1, len(after.mounts("fresh")), "younger than what is kept")
        self.holds_the_promise(before, after, free, everything)
        gone = number - len(after.layers())
        self.assertGreater(gone, 0)
        self.assertEqual(before.layers()[gone:], after.layers(), "the youngest layers are left")
        self.assertEqual("SIGTERM", session.stop(with_hook=False)["by"])

    def makes_room_when_others_fill_the_disk(self, everything):
        """The cache is within its share; somebody else's file leaves less free than is to be kept
        free."""
        session = self.started()
        before = self.settled(session)
        self.assertEqual("SIGTERM", session.stop(with_hook=False)["by"])
        self.assertLess(before.total(), everything.max_used_space)
        # Not much less: of what is free, ext4 keeps a twentieth of the disk for root.
        size = self.disk.free() - everything.min_free_space + LAYER // 4
        with open(self.disk.mount_point / "ballast", "wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, size)
        free = self.disk.free()
        self.assertLess(free, everything.min_free_space)
        session = self.started()
        after = self.swept(session)
        self.holds_the_promise(before, after, free, everything)
        self.assertGreaterEqual(self.disk.free(), everything.min_free_space)
        self.assertEqual("SIGTERM", session.stop(with_hook=False)["by"])

    def holds_the_promise(self, before, after, free, tier):
        """Less is left than the tier allows, and not less by more than the record that was
        collected last."""
        keep = keep_bytes(before.total(), free, tier)
        print(
            f"\n {before.total():,} bytes; free {free:,}; allowed {keep:,}; left {after.total():,}",
            flush=True,
        )
        left = {r["id"] for r in after.records}
        gone = [r["size"] for r in before.records if r["id"] not in left]
        self.assertLess(after.total(), keep)
        self.assertGreaterEqual(
            after.total() + max(gone), keep, "more was collected than had to be"
        )


def write(size, path):
    return f"dd if=/dev/urandom of={path} bs=1M count={size // MIB} 2>/dev/null"


if __name__ == "__main__":
    harness.main()
