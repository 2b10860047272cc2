#!/usr/bin/env python3
"""buildkitd's own loader, of four releases, reads every emitted buildkitd.toml strictly: every key
is known to the release that the fleet runs, every value decodes, every filter parses; and the
rules that it then runs with are the ones that `bkfc gc` says."""

import json
import unittest

import harness
from harness import fleets, policy


def verdict(release, toml, disk=None):
    """What one release's loader says of a file."""
    arguments = ["-disk", disk] if disk else []
    done = harness.run([harness.judge(f"loader-{release}/loader"), *arguments, toml])
    if done.returncode not in (0, 1):
        raise AssertionError(harness.said(done))
    return json.loads(done.stdout)


class TheJudgeIsAwake(unittest.TestCase):
    """A loader that lets anything pass would let every fleet pass."""

    def refused(self, text, stage):
        file = fleets.scratch() / "bad.toml"
        file.write_text(text)
        for release in fleets.BUILDKIT_JUDGED:
            if not harness.has_judge(f"loader-{release}/loader", f"the loader of {release}"):
                continue
            with self.subTest(release=release):
                found = verdict(release, file)
                self.assertFalse(found["ok"], text)
                self.assertEqual({stage}, {e["stage"] for e in found["errors"]}, found["errors"])

    def test_refuses_an_unknown_key(self):
        self.refused("[worker.oci]\n  max-parallelisms = 4\n", "unknown-key")

    def test_refuses_a_value_of_another_type(self):
        self.refused('[worker.oci]\n  gc = "yes"\n', "decode")

    def test_refuses_a_size_in_the_spelling_of_kubernetes(self):
        self.refused('[[worker.oci.gcpolicy]]\n  keepBytes = "50Gi"\n', "decode")

    def test_refuses_a_filter_that_does_not_parse(self):
        self.refused('[[worker.oci.gcpolicy]]\n  keepBytes = 1\n  filters = ["type=x"]\n', "filter")


class EveryToml(unittest.TestCase):
    def each(self):
        for fleet in fleets.compiled():
            release = fleet.buildkit
            if release not in fleets.BUILDKIT_JUDGED:
                self.fail(
                    f"{fleet}: no loader of BuildKit {release}; there are {fleets.BUILDKIT_JUDGED}"
                )
            if harness.has_judge(
                f"loader-{release}/loader", f"{fleet.name} by the loader of {release}"
            ):
                yield fleet, release

    def test_is_read_strictly_by_its_own_release(self):
        for fleet, release in self.each():
            with self.subTest(str(fleet), release=release):
                found = verdict(release, fleet.toml)
                self.assertEqual([], found["errors"], fleet.toml.read_text())

    def test_is_the_text_of_the_config_map(self):
        for fleet, _ in self.each():
            with self.subTest(str(fleet)):
                self.assertEqual(
                    fleet.toml.read_text(), fleet.only("ConfigMap")["data"]["buildkitd.toml"]
                )

    def test_says_no_key_that_another_release_would_ignore(self):
        """Newer releases know every key of the older ones."""
        for fleet, release in self.each():
            for newer in fleets.BUILDKIT_JUDGED[fleets.BUILDKIT_JUDGED.index(release) :]:
                if not harness.judge(f"loader-{newer}/loader"):
                    continue
                with self.subTest(str(fleet), release=newer):
                    self.assertEqual([], verdict(newer, fleet.toml)["errors"])

    def test_every_release_has_a_fleet(self):
        self.assertEqual(set(fleets.BUILDKIT_JUDGED), {f.buildkit for f in fleets.compiled()})

    def test_runs_with_the_policy_that_gc_says(self):
        for fleet, release in self.each():
            with self.subTest(str(fleet), release=release):
                promised = policy.promised(fleet)
                judged = verdict(release, fleet.toml, promised.disk)["gc"]["oci"]
                self.assertEqual([policy.from_loader(r) for r in judged], promised.tiers)


if __name__ == "__main__":
    harness.main()
