#!/usr/bin/env python3
"""Every emitted script passes shellcheck and says how it is used; the one for certificates makes
what it promises."""

import os
import stat
import unittest

import yaml

import harness
from harness import deployed, fleets


def scripts():
    """[(fleet, script)]"""
    found = [
        (fleet, script) for fleet in fleets.compiled() for script in sorted(fleet.kit.rglob("*.sh"))
    ]
    # What several fleets share stands beside them.
    for out in {fleet.out: fleet for fleet in fleets.compiled()}.values():
        for folder in ("authorities", "builders"):
            found += [(out, s) for s in sorted((out.out / "kit" / folder).rglob("*.sh"))]
    if not found:
        raise AssertionError("no scripts were emitted")
    return found


class EveryScript(unittest.TestCase):
    def test_each_fleet_has_the_three(self):
        for fleet in fleets.compiled():
            with self.subTest(str(fleet)):
                names = {str(s.relative_to(fleet.kit)) for s in fleet.kit.rglob("*.sh")}
                self.assertLessEqual({"verify.sh", "clients/buildx.sh"}, names)
                self.assertTrue(fleet.create_certs.exists())

    def test_passes_shellcheck(self):
        if not harness.has_program("shellcheck", "shellcheck", "the emitted scripts"):
            return
        for fleet, script in scripts():
            with self.subTest(str(fleet), script=script.name):
                done = harness.run(["shellcheck", "--severity=style", script])
                self.assertEqual(0, done.returncode, harness.said(done))

    def test_shellcheck_is_awake(self):
        if not harness.has_program("shellcheck", "shellcheck", "a careless script"):
            return
        careless = fleets.scratch() / "careless.sh"
        careless.write_text("#!/bin/bash\nrm -rf $1/x\n")
        self.assertNotEqual(0, harness.run(["shellcheck", careless]).returncode)

    def test_can_be_started(self):
        for fleet, script in scripts():
            with self.subTest(str(fleet), script=script.name):
                self.assertTrue(script.read_text().startswith("#!"), "no shebang")
                self.assertTrue(script.stat().st_mode & stat.S_IXUSR, "not executable")

    def test_says_how_it_is_used_without_doing_anything(self):
        for fleet, script in scripts():
            with self.subTest(str(fleet), script=script.name):
                home = fleets.scratch() / "empty-home"
                home.mkdir(exist_ok=True)
                environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
                done = harness.run([script, "--help"], env=environment)
                self.assertEqual(0, done.returncode, harness.said(done))
                self.assertIn("usage", done.stdout)
                self.assertEqual([], os.listdir(home))

    def test_refuses_an_argument_that_it_does_not_know(self):
        for fleet, script in scripts():
            with self.subTest(str(fleet), script=script.name):
                done = harness.run(
                    [script, "--no-such-option"],
                    env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin"},
                )
                self.assertEqual(2, done.returncode, harness.said(done))


class Certificates(unittest.TestCase):
    """The script's ways in depth are tested elsewhere. Here: its Secrets are the ones that the
    manifests ask for."""

    def test_makes_the_secrets_that_the_manifests_mount(self):
        if not harness.has_program("openssl", "openssl", "create-certs.sh"):
            return
        for number, fleet in enumerate(fleets.compiled()):
            with self.subTest(str(fleet)):
                made = deployed.Deployed(fleet, fleets.scratch() / f"certificates-{number}")
                again = made.issue(made.store)
                self.assertEqual(made.secrets, again, "a second run changes nothing")
                secrets = {s["metadata"]["name"]: s for s in made.secrets}
                smoke = [
                    d for d in yaml.safe_load_all((fleet.kit / "smoke-build.yaml").read_text()) if d
                ]
                for document in [*fleet.documents, *smoke]:
                    for volume in (
                        ((document.get("spec") or {}).get("template") or {})
                        .get("spec", {})
                        .get("volumes", [])
                    ):
                        if "secret" in volume:
                            found = secrets.get(volume["secret"]["secretName"])
                            self.assertIsNotNone(
                                found, f"{volume['secret']} is not made; made are {sorted(secrets)}"
                            )
                            self.assertEqual(fleet.namespace, found["metadata"]["namespace"])


if __name__ == "__main__":
    harness.main()
