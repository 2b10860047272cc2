#!/usr/bin/env python3
"""The runner's own pieces, without a pod: what it makes of a manifest."""

import base64
import os
import pathlib
import tempfile
import unittest

import harness
from runner import Refused, container, image, linux, manifest, volumes


def pod_of(spec, kind="StatefulSet", more=()):
    workload = {
        "kind": kind,
        "metadata": {"name": "set", "namespace": "ci"},
        "spec": {"template": {"spec": spec}},
    }
    return manifest.Pod([workload, *more])


def spec_of(**fields):
    return {"containers": [{"name": "c", "image": "x:v1-rootless", **fields}]}


SECRET = {
    "kind": "Secret",
    "metadata": {"name": "keys"},
    "data": {"a": base64.b64encode(b"\x00one").decode()},
    "stringData": {"b": "two"},
}
CONFIG = {"kind": "ConfigMap", "metadata": {"name": "words"}, "data": {"x": "1", "y": "2"}}


class Manifest(unittest.TestCase):
    def test_expands_variables_as_kubernetes_does(self):
        for text, expanded in {
            "$(A)": "1",
            "$(A)$(B)": "12",
            "$$(A)": "$(A)",
            "$(C)": "$(C)",
            "$A": "$A",
            "$": "$",
            "": "",
        }.items():
            self.assertEqual(expanded, manifest.expand(text, {"A": "1", "B": "2"}), text)

    def test_names_the_pod_as_its_controller_does(self):
        self.assertEqual("set-0", pod_of(spec_of()).name)
        self.assertEqual("set", pod_of(spec_of(), kind="Job").name)

    def test_refuses_two_workloads(self):
        one = {"kind": "Job", "metadata": {"name": "a"}, "spec": {"template": {"spec": spec_of()}}}
        with self.assertRaises(Refused):
            manifest.Pod([one, {**one, "metadata": {"name": "b"}}])

    def test_reads_secrets_and_config_maps(self):
        pod = pod_of(spec_of(), more=[SECRET, CONFIG])
        self.assertEqual({"a": b"\x00one", "b": b"two"}, pod.data("Secret", "keys"))
        self.assertEqual({"x": b"1", "y": b"2"}, pod.data("ConfigMap", "words"))
        self.assertEqual({}, pod.data("Secret", "absent", optional=True))
        with self.assertRaises(Refused):
            pod.data("Secret", "absent")

    def test_builds_the_environment_in_order(self):
        entries = [
            {"name": "X", "value": "over"},
            {"name": "Y", "value": "$(X)-$(x)"},
            {"name": "P", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
            {"name": "K", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "b"}}},
            {
                "name": "N",
                "valueFrom": {"secretKeyRef": {"name": "keys", "key": "no", "optional": True}},
            },
        ]
        spec = spec_of(env=entries, envFrom=[{"configMapRef": {"name": "words"}}])
        pod = pod_of(spec, more=[SECRET, CONFIG])
        got = pod.environment(spec["containers"][0], {"HOME": "/home/user", "X": "image"})
        self.assertEqual(
            ("over", "over-1", "set-0", "two", "/home/user"),
            tuple(got[k] for k in ("X", "Y", "P", "K", "HOME")),
        )
        self.assertNotIn("N", got)

    def test_refuses_a_key_that_is_not_there(self):
        spec = spec_of(
            env=[{"name": "K", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "no"}}}]
        )
        with self.assertRaises(Refused):
            pod_of(spec, more=[SECRET]).environment(spec["containers"][0], {})


class Security(unittest.TestCase):
    def security(self, of_pod=None, **of_container):
        spec = {**spec_of(securityContext=of_container), "securityContext": of_pod or {}}
        return container.Security(pod_of(spec), spec["containers"][0], image.KINDS["rootless"])

    def test_takes_user_and_groups_of_the_pod_and_of_the_container(self):
        got = self.security(
            {"runAsUser": 1, "runAsGroup": 2, "fsGroup": 3, "supplementalGroups": [4]}, runAsUser=5
        )
        self.assertEqual((5, 2, [4, 3]), (got.uid, got.gid, got.groups))

    def test_falls_back_to_the_image(self):
        self.assertEqual((1000, 1000), (self.security().uid, self.security().gid))
        self.assertEqual(0, self.security(runAsUser=7).gid)

    def test_refuses_root_where_it_must_not_be(self):
        with self.assertRaises(Refused):
            self.security({"runAsUser": 0}, runAsNonRoot=True)

    def test_adds_and_drops_capabilities(self):
        drop_all = {"drop": ["ALL"], "add": ["SETUID", "CAP_SETGID"]}
        self.assertEqual({"SETUID", "SETGID"}, self.security(capabilities=drop_all).capabilities)
        self.assertEqual(linux.RUNTIME_CAPABILITIES, self.security().capabilities)
        self.assertNotIn("KILL", self.security(capabilities={"drop": ["KILL"]}).capabilities)
        self.assertEqual(set(linux.CAPABILITIES), self.security(privileged=True).capabilities)

    def test_says_what_it_does_not_apply(self):
        spec = {**spec_of(), "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}
        pod = pod_of(spec)
        container.Security(pod, spec["containers"][0], image.KINDS["rootless"])
        self.assertEqual(["seccompProfile RuntimeDefault is not applied"], pod.notes)


class Volumes(unittest.TestCase):
    def setUp(self):
        if not harness.is_root("owners of volumes"):
            self.skipTest("said above")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = pathlib.Path(folder.name)

    def volumes(self, volume, security=None, claims=()):
        pod = pod_of(
            {**spec_of(), "volumes": [{"name": "v", **volume}], "securityContext": security or {}},
            more=[SECRET, CONFIG],
        )
        pod.claims = dict(claims)
        return volumes.Volumes(pod, self.scratch)

    def test_lays_content_as_the_kubelet_does(self):
        folder, is_read_only = self.volumes({"configMap": {"name": "words"}}).volume("v")
        self.assertTrue(is_read_only)
        self.assertEqual("..data/x", os.readlink(folder / "x"))
        self.assertEqual(0o644, (folder / "x").stat().st_mode & 0o777)

    def test_renames_items_and_refuses_missing_ones(self):
        items = [{"key": "b", "path": "sub/cert", "mode": 0o400}]
        folder, _ = self.volumes({"secret": {"secretName": "keys", "items": items}}).volume("v")
        self.assertEqual(b"two", (folder / "sub/cert").read_bytes())
        self.assertEqual(0o400, (folder / "sub/cert").stat().st_mode & 0o777)
        with self.assertRaises(Refused):
            self.volumes(
                {"secret": {"secretName": "keys", "items": [{"key": "no", "path": "x"}]}}
            ).volume("v")

    def test_opens_secrets_to_the_group(self):
        folder, _ = self.volumes(
            {"secret": {"secretName": "keys", "defaultMode": 0o400}}, {"fsGroup": 1000}
        ).volume("v")
        self.assertEqual(
            (1000, 0o440), ((folder / "a").stat().st_gid, (folder / "a").stat().st_mode & 0o777)
        )

    def test_hands_a_claim_to_the_group_at_every_start(self):
        for policy, mode in (("Always", 0o660), ("OnRootMismatch", 0o600)):
            with self.subTest(policy):
                made = self.volumes(
                    {}, {"fsGroup": 1000, "fsGroupChangePolicy": policy}, {"c": policy}
                )
                folder, _ = made.volume("c")
                self.assertEqual(1000, folder.stat().st_gid)
                (folder / "layer").touch(mode=0o600)
                made.volume("c")
                self.assertEqual(mode, (folder / "layer").stat().st_mode & 0o777)

    def test_leaves_a_claim_to_root_without_a_group(self):
        folder, _ = self.volumes({}, claims={"c": "plain"}).volume("c")
        self.assertEqual((0, 0o755), (folder.stat().st_gid, folder.stat().st_mode & 0o777))

    def test_refuses_files_of_this_machine(self):
        with self.assertRaises(Refused):
            self.volumes({"hostPath": {"path": "/etc"}}).volume("v")

    def test_refuses_a_volume_that_nobody_declares(self):
        with self.assertRaises(Refused):
            self.volumes({}).volume("other")


if __name__ == "__main__":
    harness.main()
