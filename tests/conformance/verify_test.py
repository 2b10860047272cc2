#!/usr/bin/env python3
"""The emitted verify.sh, all of its steps, against a pod that is really run on a small disk.
kubectl is a stand-in (harness/cluster.py): the pod behind it is real, what a cluster would add
is not."""

import copy
import re
import unittest

import harness
from harness import deployed, fleets, policy
from harness.cluster import Cluster
from harness.disk import Disk
from runner.session import popen_beside

RELEASE = "0.34"
WHAT = "verify.sh"

# No registry is here, so nothing names an image with a shell.
NEEDS_A_REGISTRY = {"run"}


def steps(output, word):
    """The steps of which the script says `ok`, `fail` or `skipped`."""
    return re.findall(rf"^{word}: (\S+) —", output, re.M)


class Verify(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.is_possible = (
            harness.has_judge(f"buildkit-{RELEASE}/buildctl", WHAT)
            and deployed.can_run(WHAT)
            and harness.has_program("mkfs.ext4", "e2fsprogs", WHAT)
        )

    def setUp(self):
        if not self.is_possible:
            self.skipTest("said above")

    def cluster(self, name, change=None):
        subject = deployed.Deployed(fleets.named("small_cache"), fleets.scratch() / name)
        disk = Disk(subject.scratch, subject.claim_folder(), policy.promised(subject.fleet).disk)
        self.addCleanup(disk.unmount)
        if change:
            subject.documents = copy.deepcopy(subject.documents)
            change(subject.documents)
        cluster = Cluster(subject, subject.scratch / "cluster").__enter__()
        self.addCleanup(cluster.__exit__)
        print("  kubectl is a stand-in", flush=True)
        return cluster

    def verify(self, cluster, *arguments, programs=None):
        """Runs the script beside the pod. Gives (status, output)."""
        path = programs or harness.JUDGES / f"buildkit-{RELEASE}"
        environment = deployed.client_environment(
            cluster.scratch / "home", PATH=f"{cluster.kubectl}:{path}:/usr/sbin:/usr/bin:/sbin:/bin"
        )
        script = cluster.subject.fleet.kit / "verify.sh"
        argv = ["bash", script, "--certs", cluster.subject.client, *arguments]
        process = popen_beside(
            cluster.network, argv, cluster.hosts, env=environment, cwd=cluster.scratch
        )
        output, _ = process.communicate(timeout=400)
        return process.returncode, output

    def listed(self, cluster):
        done = harness.run(["bash", cluster.subject.fleet.kit / "verify.sh", "--list"])
        return {line.split()[0] for line in done.stdout.splitlines()}

    def test_every_step_is_ok(self):
        cluster = self.cluster("verify")
        status, output = self.verify(cluster, "--restart", "--gc-fill", "800MiB")
        print(output, flush=True)
        self.assertEqual(0, status, output + str(cluster.asked))
        self.assertEqual(NEEDS_A_REGISTRY, set(steps(output, "skipped")), output)
        self.assertEqual(self.listed(cluster) - NEEDS_A_REGISTRY, set(steps(output, "ok")), output)

    def test_works_by_buildx_alone(self):
        if not harness.has_judge("buildx/buildx", "verify.sh by buildx"):
            return
        cluster = self.cluster("verify-by-buildx")
        docker = deployed.docker_stand_in(cluster.scratch / "docker")
        status, output = self.verify(
            cluster, "--only", "build", "--only", "cached", programs=docker
        )
        self.assertEqual(0, status, output)
        self.assertEqual(["build", "cached"], steps(output, "ok"))

    def test_fails_where_the_daemon_has_another_policy(self):
        def change(documents):
            data = next(d for d in documents if d["kind"] == "ConfigMap")["data"]
            data["buildkitd.toml"] = re.sub(
                r"minFreeSpace = \d+", "minFreeSpace = 1", data["buildkitd.toml"]
            )

        status, output = self.verify(self.cluster("verify-policy", change), "--only", "policy")
        self.assertEqual((1, ["policy"]), (status, steps(output, "fail")), output)

    def test_fails_with_the_certificates_of_another_authority(self):
        cluster = self.cluster("verify-stranger")
        other = cluster.scratch / "other"
        cluster.subject.issue(other)
        cluster.subject.store = other
        status, output = self.verify(cluster, "--only", "reach", "--only", "build")
        self.assertEqual(
            (1, ["reach"], ["build"]),
            (status, steps(output, "fail"), steps(output, "skipped")),
            output,
        )


if __name__ == "__main__":
    harness.main()
