#!/usr/bin/env python3
"""A live fleet is adopted as it runs: seed/fleet.bkfleet, whose patches are few and replace nothing
whole, comes to the objects that were deployed by hand, field by field, with every default of the
release in them; and to the configuration that was, as the release's loader reads it."""

import json
import re
import unittest

import harness
import yaml
from harness import fleets

KUBERNETES = "1.31"
BUILDKIT = "0.24"
SEED = harness.HERE / "seed"
MOST_LINES = 40

# Patches that would say anew what the compiler writes.
WHOLE = [
    r"spec",
    r"spec\.template(\.spec)?",
    r"spec\.template\.spec\.containers(\[[^]]*\])?",
    r'data(\.|\[")',
]

# A list whose elements the API tells apart by a key has no order.
KEYS = {
    "containers": ["name"],
    "ports": ["containerPort", "port", "protocol"],
    "volumeMounts": ["mountPath"],
    "volumes": ["name"],
}


def normal(value, name=""):
    """A value without what says nothing: absent timestamps, the order of a keyed list."""
    if isinstance(value, dict):
        return {k: normal(v, k) for k, v in value.items() if v is not None and k != "status"}
    if isinstance(value, list):
        items = [normal(v) for v in value]
        keys = KEYS.get(name)
        return sorted(items, key=lambda i: [str(i.get(k)) for k in keys]) if keys else items
    return value


def differences(path, there, here):
    """Every field that differs, as `path: what was there, what is here`."""
    if isinstance(there, dict) and isinstance(here, dict):
        found = []
        for key in sorted(there.keys() | here.keys()):
            found += differences(f"{path}.{key}", there.get(key), here.get(key))
        return found
    if isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        return [
            d
            for i, (a, b) in enumerate(zip(there, here))
            for d in differences(f"{path}[{i}]", a, b)
        ]
    return [] if there == here else [f"{path}: {there!r} was deployed, {here!r} is compiled"]


def defaulted(file):
    """The objects of a file as the API server keeps them, by kind and name."""
    done = harness.run(
        [harness.judge(f"kubernetes-{KUBERNETES}/api"), "-print", "-psa-versions", "", file]
    )
    if done.returncode:
        raise AssertionError(harness.said(done))
    objects = [json.loads(line)["object"] for line in done.stdout.splitlines()]
    return {(o["kind"], o["metadata"]["name"]): normal(o) for o in objects}


def loaded(name, text):
    """What the release's loader makes of a configuration: its values, and the policies."""
    file = fleets.scratch() / f"{name}.toml"
    file.write_text(text)
    done = harness.run([harness.judge(f"loader-{BUILDKIT}/loader"), "-disk", 500 * 2**30, file])
    found = json.loads(done.stdout)
    if found["errors"]:
        raise AssertionError(f"{name}: {found['errors']}")
    return {"config": found["config"], "gc": found["gc"]}


def patches():
    """The lines inside `patch`, without blank ones and comments."""
    text = (SEED / "fleet.bkfleet").read_text()
    bodies = re.findall(r"^  patch [^\n{]*\{(?: (.*?) \}$|\n(.*?)^  \}$)", text, re.S | re.M)
    lines = [line.strip() for body in bodies for line in "\n".join(body).splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


class TheSeed(unittest.TestCase):
    def compiled(self):
        if not hasattr(TheSeed, "fleet"):
            (TheSeed.fleet,) = fleets.compile_source(
                SEED / "fleet.bkfleet", fleets.scratch() / "seed"
            )
        return TheSeed.fleet

    def test_is_compiled_with_every_warning_answered_but_one(self):
        """That its pods have no names, which is true of what was deployed."""
        done = harness.run([harness.bkfc(), "check", SEED / "fleet.bkfleet"])
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(["E0623"], re.findall(r"^\w+\[(\w+)", done.stderr, re.M), done.stderr)

    def hold(self, name, there, here):
        found = differences(name, there, here)
        self.assertFalse(found, "\n".join(found))

    def test_is_patched_in_few_lines_that_replace_nothing_whole(self):
        lines = patches()
        self.assertLessEqual(len(lines), MOST_LINES)
        self.assertGreater(len(lines), 10, "the patches were not found")
        for line in lines:
            target = re.split(r"\s*\+?=\s", line.removeprefix("delete "))[0]
            for whole in WHOLE:
                self.assertIsNone(re.fullmatch(whole, target), line)

    def test_comes_to_the_objects_that_were_deployed(self):
        if not harness.has_judge(f"kubernetes-{KUBERNETES}/api", "the seed's objects"):
            return
        fleet = self.compiled()
        deployed = {}
        for name in ("workload.yaml", "configmap.yaml"):
            deployed |= defaulted(SEED / name)
        compiled = {}
        for file in fleets.manifest_files(fleet.deploy):
            compiled |= defaulted(file)
        self.assertEqual(3, len(deployed))
        for key, there in deployed.items():
            with self.subTest(kind=key[0], name=key[1]):
                self.assertIn(key, compiled)
                here = compiled[key]
                if key[0] == "ConfigMap":  # its text is compared as it is read
                    there, here = dict(there), dict(here)
                    self.assertEqual(there.pop("data").keys(), here.pop("data").keys())
                self.hold(key[0], there, here)

    def test_comes_to_the_configuration_that_was(self):
        if not harness.has_judge(f"loader-{BUILDKIT}/loader", "the seed's configuration"):
            return
        (seed,) = yaml.safe_load_all((SEED / "configmap.yaml").read_text())
        there = loaded("deployed", seed["data"]["buildkitd.toml"])
        here = loaded("compiled", self.compiled().only("ConfigMap")["data"]["buildkitd.toml"])
        self.hold("", there, here)

    def test_is_an_update_that_the_live_workload_takes(self):
        if not harness.has_judge(f"kubernetes-{KUBERNETES}/api", "the update of the seed"):
            return
        for file in ("statefulset.yaml", "service.yaml"):
            done = harness.run(
                [
                    harness.judge(f"kubernetes-{KUBERNETES}/api"),
                    "-old",
                    SEED / "workload.yaml",
                    self.compiled().deploy / file,
                ]
            )
            self.assertEqual(0, done.returncode, harness.said(done))


class TheComparisonIsAwake(unittest.TestCase):
    """What cannot see a difference would find none."""

    def test_sees_every_kind_of_difference(self):
        there = {"a": 1, "containers": [{"name": "x", "args": ["1", "2"]}, {"name": "y"}]}
        same = {"containers": [{"name": "y"}, {"args": ["1", "2"], "name": "x"}], "a": 1, "b": None}
        self.assertEqual([], differences("", normal(there), normal(same)))
        for other in (
            {**there, "a": 2},
            {**there, "b": False},
            {"containers": there["containers"]},
            {**there, "containers": there["containers"][:1]},
            {**there, "containers": [{"name": "x", "args": ["2", "1"]}, {"name": "y"}]},
        ):
            self.assertNotEqual([], differences("", normal(there), normal(other)), other)


if __name__ == "__main__":
    harness.main()
