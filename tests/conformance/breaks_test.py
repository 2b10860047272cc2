#!/usr/bin/env python3
"""The runner of pods sees what is wrong: a good manifest, broken in one place at a time, fails each
time. Without this, a pod test that passes would say little."""

import copy
import unittest

import harness
from harness import deployed, fleets
from runner import Refused

RELEASE = "0.34"

BUILD = (
    "d=$(mktemp -d) && cp /bin/busybox $d/busybox && "
    'printf \'FROM scratch\\nCOPY busybox /busybox\\nRUN ["/busybox","true"]\\n\' '
    "> $d/Dockerfile && "
    "buildctl build --no-cache --frontend dockerfile.v0 --local context=$d --local dockerfile=$d"
)


class Manifest:
    """The good documents, copied, with words for their parts."""

    def __init__(self, documents):
        self.documents = copy.deepcopy(documents)
        workload = next(d for d in self.documents if d["kind"] == "StatefulSet")
        self.pod = workload["spec"]["template"]["spec"]
        self.container = self.pod["containers"][0]

    def mount(self, path_part):
        return next(m for m in self.container["volumeMounts"] if path_part in m["mountPath"])

    def volume(self, kind):
        return next(v for v in self.pod["volumes"] if kind in v)[kind]

    def secret(self):
        name = self.volume("secret")["secretName"]
        return next(
            d for d in self.documents if d["kind"] == "Secret" and d["metadata"]["name"] == name
        )

    def security(self):
        """The container's security context, where the pod's is merged in."""
        self.container["securityContext"] = {
            **{
                k: v
                for k, v in self.pod["securityContext"].items()
                if k in ("runAsUser", "runAsGroup", "runAsNonRoot")
            },
            **self.container["securityContext"],
        }
        return self.container["securityContext"]

    def edit_toml(self, old, new):
        data = next(
            d for d in self.documents if d["kind"] == "ConfigMap" and "buildkitd.toml" in d["data"]
        )["data"]
        if old not in data["buildkitd.toml"]:
            raise AssertionError(f"{old!r} is not in the TOML: {data['buildkitd.toml']}")
        data["buildkitd.toml"] = data["buildkitd.toml"].replace(old, new)


def certificates_mounted_elsewhere(m):
    m.mount("certs")["mountPath"] = "/nowhere"


def a_key_that_the_secret_lacks(m):
    m.volume("secret")["items"] = [{"key": "tls.crt", "path": "cert.pem"}]


def a_secret_of_another_name(m):
    m.volume("secret")["secretName"] = "other"


def a_secret_without_its_key(m):
    del m.secret()["data"]["key.pem"]


def a_certificate_that_is_none(m):
    m.secret()["data"]["cert.pem"] = "AAAA"


def a_config_map_of_another_name(m):
    m.volume("configMap")["name"] = "other"


def no_fs_group(m):
    del m.pod["securityContext"]["fsGroup"]


def the_cache_mounted_read_only(m):
    m.mount(".local/share/buildkit")["readOnly"] = True


def a_volume_that_is_not_declared(m):
    m.mount("certs")["name"] = "elsewhere"


def no_new_privileges(m):
    m.security()["allowPrivilegeEscalation"] = False


def without_setuid(m):
    m.security()["capabilities"]["add"].remove("SETUID")


def without_setgid(m):
    m.security()["capabilities"]["add"].remove("SETGID")


def another_user(m):
    m.security()["runAsUser"] = 1001


def root_though_not_root(m):
    m.security().update(runAsUser=0, runAsNonRoot=True)


def a_read_only_root_without_places_to_write(m):
    m.security()["readOnlyRootFilesystem"] = True
    writable = {v["name"] for v in m.pod["volumes"] if "emptyDir" in v}
    m.container["volumeMounts"] = [
        v for v in m.container["volumeMounts"] if v["name"] not in writable
    ]


def the_process_sandbox_on(m):
    if "--oci-worker-no-process-sandbox" in m.container["args"]:
        m.container["args"].remove("--oci-worker-no-process-sandbox")
    data = next(
        d for d in m.documents if d["kind"] == "ConfigMap" and "buildkitd.toml" in d["data"]
    )["data"]
    if "noProcessSandbox" in data["buildkitd.toml"]:
        m.edit_toml("noProcessSandbox = true", "noProcessSandbox = false")


def the_socket_elsewhere(m):
    if any("buildkitd.sock" in a for a in m.container["args"]):
        m.container["args"] = [
            a.replace("buildkitd.sock", "other.sock") for a in m.container["args"]
        ]
    else:
        m.edit_toml("buildkit/buildkitd.sock", "other.sock")


def a_toml_value_of_another_type(m):
    m.edit_toml("rootless = true", 'rootless = "yes"')


def an_argument_that_is_none(m):
    m.container["args"].append("--no-such-flag")


def another_state_folder(m):
    m.mount(".local/share/buildkit")["mountPath"] = "/var/lib/buildkit"


# Break -> a word that must be in what is said, so that it does not fail for another reason. None:
# any.
BREAKS = {
    certificates_mounted_elsewhere: "cert",
    a_key_that_the_secret_lacks: "no key tls.crt",
    a_secret_of_another_name: 'secret "other" not found',
    a_secret_without_its_key: "key.pem",
    a_certificate_that_is_none: "PEM",
    a_config_map_of_another_name: 'configmap "other" not found',
    no_fs_group: "permission denied",
    the_cache_mounted_read_only: "read-only file system",
    a_volume_that_is_not_declared: 'volume "elsewhere" is not declared',
    no_new_privileges: "uid_map",
    without_setuid: "newuidmap",
    without_setgid: "newgidmap",
    another_user: None,
    root_though_not_root: "runAsNonRoot",
    a_read_only_root_without_places_to_write: "read-only file system",
    the_process_sandbox_on: "operation not permitted",
    the_socket_elsewhere: "buildkitd.sock",
    a_toml_value_of_another_type: "rootless",
    an_argument_that_is_none: "no-such-flag",
}


class Breaks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.good = None
        if harness.has_judge(f"buildkit-{RELEASE}/buildkitd", "broken pods") and deployed.can_run(
            "broken pods"
        ):
            fleet = next(f for f in fleets.compiled() if f.buildkit == RELEASE)
            cls.good = deployed.Deployed(fleet, fleets.scratch() / "breaks")

    def outcome(self, documents, name):
        """None if the pod becomes ready, answers every probe and builds; else what was said."""
        self.good.documents = documents
        scratch = fleets.scratch() / "breaks" / name
        session = None
        try:
            session = self.good.session(scratch=scratch)
            with session:
                if session.wait_ready(5) is None:
                    return session.output() + session.probe("readinessProbe", patience=4)[1]
                for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                    if probe in session.spec and session.probe(probe)[0]:
                        return f"{probe}: {session.probe(probe)[1]}"
                status, output = session.run(["sh", "-c", BUILD])
                if status:
                    return output + session.output()
                return None if session.stop()["by"] == "SIGTERM" else "did not end"
        except Refused as refused:
            return str(refused)

    def test_fails_for_each_break_and_for_no_other_reason(self):
        if self.good is None:
            return
        whole = self.good.documents
        self.assertIsNone(
            self.outcome(Manifest(whole).documents, "good"), "the good manifest works"
        )
        for change, word in BREAKS.items():
            with self.subTest(change.__name__):
                broken = Manifest(whole)
                change(broken)
                said = self.outcome(broken.documents, change.__name__)
                self.assertIsNotNone(said, "it works as if nothing were wrong")
                print(f"  {change.__name__}: {last_line(said)}", flush=True)
                if word:
                    self.assertIn(word, said)


def last_line(text):
    lines = [line for line in text.strip().splitlines() if line.strip()]
    said = [
        line
        for line in lines
        if "error" in line and "exited: exit status" not in line and "child exited" not in line
    ]
    return (said or lines or ["nothing"])[-1][:200]


if __name__ == "__main__":
    harness.main()
