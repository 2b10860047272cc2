#!/usr/bin/env python3
"""The pod, really run: the emitted workload, ConfigMap and Secrets, on the real daemon, with
certificates of the emitted script and clients by the emitted files. On BuildKit 0.34 always; on
0.24 and 0.17 where their daemons are built, and where everything is required."""

import re
import shutil
import sys
import threading
import time
import unittest

import yaml

import harness
from harness import deployed, fleets, policy
from runner.session import Session

BUILD_SECONDS = 4
WHAT = "the pod"


class Pod:
    """What is asked of each release. The classes below say which one."""

    release = None

    @classmethod
    def setUpClass(cls):
        cls.subject = None
        if cls.release in deployed.daemons_there(WHAT) and deployed.can_run(WHAT):
            fleet = next(f for f in fleets.compiled() if f.buildkit == cls.release)
            cls.subject = deployed.Deployed(fleet, fleets.scratch() / f"pod-{cls.release}")
            cls.session = cls.subject.session().__enter__()
            cls.addClassCleanup(cls.session.__exit__)
            if cls.session.wait_ready() is None:
                raise AssertionError(f"{fleet} does not become ready: {cls.session.output()}")

    def setUp(self):
        if self.subject is None:
            raise unittest.SkipTest("said above")

    def beside(self, argv, **options):
        """A command beside the pod that has to work; gives what it printed."""
        status, output = self.session.run(argv, inside=False, **options)
        self.assertEqual(0, status, output)
        return output

    def test_answers_every_probe(self):
        for name in ("startupProbe", "readinessProbe", "livenessProbe"):
            with self.subTest(name):
                status, output = self.session.probe(name)
                self.assertEqual(0, status, output)

    def test_acts_on_all_of_the_manifest(self):
        self.assertEqual([], self.session.pod.notes, "the runner does not act on these")

    def test_keeps_its_state_on_the_volume(self):
        claims = list((self.session.scratch / "pvc").iterdir())
        self.assertEqual(1, len(claims))
        self.assertTrue(
            (claims[0] / "cache.db").exists(), sorted(p.name for p in claims[0].iterdir())
        )

    def test_runs_with_the_policy_that_gc_says(self):
        workers = self.subject.workers(self.session)
        self.assertEqual(1, len(workers))
        told = [policy.from_daemon(rule) for rule in workers[0]["gcPolicy"]]
        self.assertEqual(policy.promised(self.subject.fleet).tiers, told)

    def asks(self, **client):
        return self.session.run(
            self.subject.buildctl("debug", "workers", **client), inside=False, timeout=20
        )

    def refused(self, alert, client, authority=None):
        status, output = self.asks(client=client, ca=authority)
        self.assertNotEqual(0, status, output)
        own = [client / "cert.pem", client / "key.pem"] if client else []
        shake = [sys.executable, harness.HERE / "harness/handshake.py", "127.0.0.1", deployed.PORT]
        said = self.beside([*shake, authority or self.subject.store / "ca.pem", *own])
        self.assertRegex(said, alert)
        good = [self.subject.client / "cert.pem", self.subject.client / "key.pem"]
        self.assertEqual(
            "let in", self.beside([*shake, self.subject.store / "ca.pem", *good]).strip()
        )

    def test_refuses_a_client_without_a_certificate(self):
        self.refused("ALERT_CERTIFICATE_REQUIRED", False)

    def test_refuses_a_client_of_another_authority(self):
        other = self.subject.scratch / "another-authority"
        self.subject.issue(other)
        client = next((other / "clients").iterdir())
        self.refused("ALERT_(UNKNOWN_CA|BAD_CERTIFICATE)", client, self.subject.store / "ca.pem")

    def test_refuses_an_expired_certificate(self):
        client = expired_client(self.subject.store, self.subject.scratch / "expired")
        self.refused("ALERT_(CERTIFICATE_EXPIRED|BAD_CERTIFICATE)", client)

    def test_does_not_pass_for_another_authority(self):
        """The client's side: a daemon whose certificate is of another CA is not believed."""
        other = self.subject.scratch / "not-its-authority"
        self.subject.issue(other)
        status, output = self.asks(ca=other / "ca.pem")
        self.assertNotEqual(0, status)
        self.assertIn("certificate signed by unknown authority", output)

    def test_verifies_under_every_name_that_a_client_may_use(self):
        for name in [*self.subject.names(), "localhost", "127.0.0.1"]:
            with self.subTest(name):
                status, output = self.asks(host=name)
                self.assertEqual(0, status, output)

    def test_does_not_verify_under_a_name_that_is_not_its_own(self):
        hosts = self.session.scratch / "run/hosts"
        hosts.write_text(hosts.read_text() + "127.0.0.1 stranger.example.com\n")
        status, output = self.asks(host="stranger.example.com")
        self.assertNotEqual(0, status)
        self.assertIn("not stranger.example.com", output)


class Builds:
    """Builds, restarts and ends. Apart from Pod, since each part needs the one before: one test, in
    order."""

    release = None

    @classmethod
    def setUpClass(cls):
        cls.subject = None
        if cls.release in deployed.daemons_there("builds") and deployed.can_run("builds"):
            if harness.has_judge("buildx/buildx", "builds by buildx"):
                fleet = next(f for f in fleets.compiled() if f.buildkit == cls.release)
                cls.subject = deployed.Deployed(fleet, fleets.scratch() / f"builds-{cls.release}")
                cls.home = cls.subject.scratch / "home"
                docker = deployed.docker_stand_in(cls.subject.scratch / "bin")
                path = f"{docker}:/usr/sbin:/usr/bin:/sbin:/bin"
                cls.environment = deployed.client_environment(cls.home, PATH=path)
                cls.context = deployed.base_image(cls.subject.scratch / "context")

    def setUp(self):
        if self.subject is None:
            raise unittest.SkipTest("said above")

    def started(self):
        session = self.subject.session()
        session.__enter__()
        self.addCleanup(session.__exit__)
        self.assertIsNotNone(session.wait_ready(), session.output())
        return session

    def client(self, session, *argv):
        status, output = session.run(
            argv, inside=False, env=self.environment, cwd=self.subject.scratch
        )
        self.assertEqual(0, status, output)
        return output

    def test_a_first_build_a_cached_one_the_smoke_job_and_the_end(self):
        script = self.subject.fleet.kit / "clients/buildx.sh"
        session = self.started()
        made = self.client(
            session,
            "bash",
            script,
            "--endpoint",
            "tcp://127.0.0.1:1234",
            "--certs",
            self.subject.client,
            "--check",
            "--use",
        )
        self.assertIn("connected", made)
        first = self.client(
            session,
            "docker",
            "buildx",
            "build",
            "--output",
            f"type=oci,dest={self.home}/image.tar",
            self.context,
        )
        self.assertEqual([], cached_steps(first), "nothing is in the cache yet")
        self.assertTrue((self.home / "image.tar").stat().st_size > 10**6)
        ended = session.stop()
        self.assertEqual("SIGTERM", ended["by"], ended)
        self.assertEqual(0, ended.get("pre_stop", 0))

        session = self.started()
        second = self.client(session, "docker", "buildx", "build", self.context)
        self.assertEqual(steps(second), cached_steps(second), second)
        self.assertGreaterEqual(len(steps(second)), 3, second)
        self.smoke_job_builds(session)
        self.a_build_outlives_sigterm(session)

    def smoke_job_builds(self, session):
        """The Job's own argv, user, mounts and certificates, in a pod of its own beside the
        daemon's."""
        documents = [
            d
            for d in yaml.safe_load_all((self.subject.fleet.kit / "smoke-build.yaml").read_text())
            if d
        ]
        job = Session(
            documents + self.subject.secrets,
            self.subject.scratch / "smoke",
            deployed.bins(self.release),
            names=self.subject.names(),
            network=session.network,
        )
        with job:
            status = job.container.process.wait(120)
        self.assertEqual(0, status, job.output())
        self.assertLessEqual(set(job.pod.notes), {"seccompProfile RuntimeDefault is not applied"})
        self.assertIn("a step ran", job.output())

    def a_build_outlives_sigterm(self, session):
        """A build that runs when the pod is told to end comes to its end, within the grace."""
        context = self.subject.scratch / "slow"
        shutil.copytree(self.context, context)
        dockerfile = (context / "Dockerfile").read_text()
        (context / "Dockerfile").write_text(
            dockerfile + f"RUN echo be''gun && sleep {BUILD_SECONDS} && echo fini''shed\n"
        )
        argv = self.subject.buildctl(
            "build",
            "--progress",
            "plain",
            "--frontend",
            "dockerfile.v0",
            "--local",
            f"context={context}",
            "--local",
            f"dockerfile={context}",
        )
        build = session.popen(argv, inside=False)
        seen = []
        for line in build.stdout:
            seen.append(line)
            if "begun" in line:
                break
        rest = threading.Thread(target=lambda: seen.extend(build.stdout))
        rest.start()
        began = time.monotonic()
        ended = session.stop(with_hook=False)
        rest.join()
        build.stdout.close()
        self.assertEqual(0, build.wait(), "".join(seen))
        self.assertIn("finished", "".join(seen))
        self.assertEqual("SIGTERM", ended["by"], ended)
        self.assertGreater(time.monotonic() - began, BUILD_SECONDS - 2, "it waited for the build")
        self.assertLess(ended["seconds"], session.pod.grace())


def steps(output):
    """The numbers of the steps that a build shows: COPY and RUN."""
    return sorted(set(re.findall(r"^#(\d+) \[[^\]]*\] (?:COPY|RUN)", output, re.M)))


def cached_steps(output):
    return sorted(set(steps(output)) & set(re.findall(r"^#(\d+) CACHED", output, re.M)))


def expired_client(store, folder):
    """A client of the fleet's own authority whose certificate ended a moment ago."""
    folder.mkdir(parents=True)
    (folder / "extensions").write_text("extendedKeyUsage=clientAuth\n")
    new_key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=late",
    ]
    for argv in (
        ["openssl", "req", *new_key, "-keyout", folder / "key.pem", "-out", folder / "request"],
        [
            "openssl",
            "x509",
            "-req",
            "-days",
            "0",
            "-in",
            folder / "request",
            "-CA",
            store / "ca.pem",
            "-CAkey",
            authority_key(store),
            "-CAcreateserial",
            "-CAserial",
            folder / "serial",
            "-extfile",
            folder / "extensions",
            "-out",
            folder / "cert.pem",
        ],
    ):
        done = harness.run(argv)
        if done.returncode:
            raise AssertionError(harness.said(done))
    shutil.copy(store / "ca.pem", folder / "ca.pem")
    while (
        harness.run(
            ["openssl", "x509", "-checkend", "0", "-noout", "-in", folder / "cert.pem"]
        ).returncode
        == 0
    ):
        time.sleep(0.2)
    time.sleep(1)
    return folder


def authority_key(store):
    return next(p for p in (store / "ca-key.pem", store / "ca.key") if p.exists())


for _release in ("0.34", "0.24", "0.17"):
    _suffix = _release.replace(".", "_")
    for _base in (Pod, Builds):
        _name = f"{_base.__name__}_{_suffix}"
        globals()[_name] = type(_name, (_base, unittest.TestCase), {"release": _release})


if __name__ == "__main__":
    harness.main()
