"""verify.sh: each step in a fleet that works and in one that does not; then on a real daemon."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest

import registry
import sample

HERE = pathlib.Path(__file__).parent

STEPS = ["pods", "reach", "certificate", "strangers", "build", "cached", "run", "persisted",
         "policy", "bound", "gc", "accounting", "smoke"]

POLICY = """\
all=false keep=2592000000000000 max=30000000 reserved=0 free=0 \
filters=[type==source.local type==exec.cachemount]
all=true keep=0 max=50000000 reserved=0 free=1000000 filters=[]
"""

PODS = "buildkitd-0 u0 True deleted=\nbuildkitd-1 u1 True deleted=\n"


class Verify(sample.ScriptTest):
    emitted_name = "verify"

    def setUp(self):
        super().setUp()
        store = self.home / ".local/share/bkfc/crater/crater-images/buildkitd"
        self.certificates = store / "clients/ci"

    def results(self, *arguments, status=0):
        """{step: its line}"""
        out, err = self.run_script(*arguments, status=status)
        lines = [line for line in out.splitlines() if line]
        for line in lines:
            self.assertRegex(line, r"^(ok|fail|skipped): \w+ — .")
        self.err = err
        return {line.split()[1]: line for line in lines}

    def expect(self, step, beginning, *arguments, status=None):
        status = status if status is not None else int(beginning.startswith("fail"))
        line = self.results("--only", step, *arguments, status=status)[step]
        self.assertIn(beginning, line)
        return line

    def use_python_kubectl(self):
        self.stand_in("kubectl", f'exec "{sys.executable}" "{HERE}/stand_in_kubectl.py" "$@"\n')
        self.put("pods", PODS)
        self.addCleanup(self.leaves_nothing_behind)

    def put(self, name, text=""):
        (self.home / name).write_text(text)

    def shorten(self, what):
        text = self.path.read_text()
        self.assertIn(f"{what}=", text)
        self.path.write_text("\n".join(
            f"{what}=1" if line.startswith(f"{what}=") else line for line in text.split("\n")))

    def leaves_nothing_behind(self):
        self.assertEqual(list(self.home.glob("tmp.*")), [])
        self.assertEqual(list(self.forwarders()), [])

    def forwarders(self):
        """The kubectls of this test that still run."""
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes()
                environment = (process / "environ").read_bytes()
            except OSError:
                continue
            if b"port-forward" in words and f"HOME={self.home}\0".encode() in environment:
                yield process.name


class OnStandIns(Verify):
    """A fleet in files: every way in which a step can end, on any machine."""

    def setUp(self):
        super().setUp()
        self.certificates.mkdir(parents=True)
        for name in ("ca.pem", "cert.pem", "key.pem"):
            (self.certificates / name).write_text("x")
        self.use_python_kubectl()
        shutil.copyfile(HERE / "stand_in_buildctl.sh", self.programs / "buildctl")
        (self.programs / "buildctl").chmod(0o755)
        self.put("policy", POLICY + "\n")
        self.put("records", '4096 false "local source"\n')
        self.put("seen")

    def test_a_fleet_that_works(self):
        self.put("job", "SuccessCriteriaMet Complete")
        self.put("smoke-build.yaml")
        self.put("df", "Filesystem 1024-blocks Used\n/dev/sdb 10000000 4000\n")
        self.put("collects")
        found = self.results("--restart", "--gc-fill", "60MB", status=1)
        self.assertEqual(list(found), STEPS)
        wrong = {step for step, line in found.items() if not line.startswith("ok:")}
        # There is nothing behind the port that could show a certificate, and no image was named.
        self.assertEqual(wrong, {"certificate", "run"}, found)
        self.assertIn("2 of 2 are ready", found["pods"])
        self.assertIn("pod buildkitd-0", found["reach"])

    def test_steps_can_be_listed_and_chosen(self):
        out, _ = self.run_script("--list")
        self.assertEqual([line.split()[0] for line in out.splitlines()], STEPS)
        self.assertEqual(list(self.results("--only", "cached", "--only=pods")), ["pods", "cached"])

    def test_without_a_cluster_its_steps_are_skipped_aloud(self):
        found = self.results("--address", "127.0.0.1:1", status=1)
        for step in ("pods", "accounting", "smoke"):
            self.assertTrue(found[step].startswith("skipped:"), found[step])
            self.assertIn("--address", found[step])
        self.assertFalse((self.home / "kubectl-calls").exists())

    def test_pods_that_are_not_ready(self):
        self.put("pods", PODS.replace("u1 True", "u1 False"))
        self.expect("pods", "fail: pods — 1 of 2 are ready")
        self.put("pods", "buildkitd-0 u0 deleted=\n")
        self.expect("pods", "fail: pods — 0 of 1 are ready")
        self.put("pods", "buildkitd-0 u0 True deleted=2026-01-01T00:00:00Z\n")
        self.expect("pods", "fail: pods — 0 of 0 are ready")
        self.expect("reach", "fail: reach — no pod of statefulset/buildkitd is ready")

    def test_a_cluster_that_refuses(self):
        self.put("kubectl-refuses")
        self.expect("pods", "fail: pods — kubectl does not list them")
        self.assertIn("the server refuses", self.err)

    def test_a_pod_of_ones_choice(self):
        self.expect("reach", "pod buildkitd-1", "--pod", "buildkitd-1", "--context", "c")
        self.assertIn("--context c --namespace crater-images port-forward pod/buildkitd-1 :1234",
                      (self.home / "kubectl-calls").read_text())
        self.expect("reach", "fail: reach — no pod", "--pod", "buildkitd-7")

    def test_the_first_step_without_a_connection_fails(self):
        self.put("is-down")
        found = self.results("--only", "build", "--only", "policy", status=1)
        self.assertIn("fail: build — the daemon does not answer", found["build"])
        self.assertIn("skipped: policy", found["policy"])
        self.assertIn("connection refused", self.err)

    def test_strangers_that_are_let_in(self):
        self.expect("strangers", "ok: strangers")
        self.put("lets-all-in")
        self.expect("strangers", "fail: strangers — a client without a certificate is let in")

    def test_a_fleet_without_tls(self):
        self.put("lets-all-in")
        self.use_values(has_tls="no", client="''")
        found = self.results()
        self.assertIn("skipped: strangers", found["strangers"])
        self.assertIn("skipped: certificate", found["certificate"])
        self.assertNotIn("--tls", (self.home / "buildctl-calls").read_text())

    def test_builds_that_fail_or_are_forgotten(self):
        self.put("forgets")
        self.expect("cached", "fail: cached — the same build is made again")
        self.put("build-fails")
        self.expect("build", "fail: build — the build fails")
        self.assertIn("no space left", self.err)
        self.expect("cached", "skipped: cached — the build before it fails")

    def test_a_marker_tells_later_whether_the_build_is_still_there(self):
        self.expect("cached", "fail", "--marker", "m1")
        self.expect("cached", "ok", "--marker", "m1")
        self.put("seen")
        self.expect("cached", "fail: cached — the same build is made again", "--marker", "m1")

    def test_a_run_step(self):
        self.expect("run", "skipped: run — no image")
        self.expect("run", "ok: run — on registry.example/busybox:1", "--image",
                    "registry.example/busybox:1")

    def test_a_restart_that_keeps_the_cache_or_loses_it(self):
        self.expect("persisted", "skipped: persisted — it restarts a pod")
        self.expect("persisted", "ok: persisted", "--restart")
        self.assertIn("delete pod buildkitd-0 --timeout 20s",
                      (self.home / "kubectl-calls").read_text())
        self.put("on-delete", '#!/bin/sh\n: >"$HOME/seen"\n')
        (self.home / "on-delete").chmod(0o755)
        self.expect("persisted", "fail: persisted — the same build is made again", "--restart")

    def test_a_pod_that_does_not_come_back(self):
        self.shorten("restart_seconds")
        self.put("on-delete", '#!/bin/sh\ntouch "$HOME/is-down"\n')
        (self.home / "on-delete").chmod(0o755)
        self.expect("persisted", "fail: persisted — after 1 seconds, the daemon does not answer",
                    "--restart")

    def test_a_restart_by_a_program(self):
        self.stand_in("restart-it", 'touch "$HOME/restarted"\n')
        here = ("--address", "127.0.0.1:1", "--restart-by")
        self.expect("persisted", "ok: persisted", *here, str(self.programs / "restart-it"))
        self.assertTrue((self.home / "restarted").exists())
        self.expect("persisted", "fail: persisted — `false` fails", *here, "false")

    def test_a_policy_that_is_another(self):
        self.expect("policy", "ok: policy — the daemon reports the 2 tiers")
        self.put("policy", POLICY.replace("max=50000000", "max=0"))
        self.expect("policy", "fail: policy — the daemon has another")
        self.assertIn("> all=true keep=0 max=0", self.err)
        self.put("policy", POLICY.splitlines()[0] + "\n")
        self.expect("policy", "fail: policy")
        self.use_values(policy="()")
        self.expect("policy", "skipped: policy — this fleet leaves it to the daemon")

    def test_a_cache_beyond_its_bound(self):
        self.expect("bound", "ok: bound — 4 KiB of at most 47.7 MiB")
        self.shorten("sweep_seconds")
        self.put("records", '60000000 false "x\\ny"\n5000000000 true "z"\n')
        self.expect("bound", "fail: bound — 4.7 GiB is held, and the bound is 47.7 MiB")
        self.put("records")
        self.expect("bound", "ok: bound — 0 B of")
        self.use_values(cache_limit="0")
        self.expect("bound", "skipped: bound — the policy of this fleet sets none")

    def test_collection_that_collects(self):
        self.put("collects")
        line = self.expect("gc", "ok: gc — 60 MiB was put in", "--gc-fill", "60MB")
        self.assertRegex(line, r"1[12] of 16 layers are left")

    def test_collection_that_does_not(self):
        self.shorten("sweep_seconds")
        self.expect("gc", "skipped: gc")
        self.expect("gc", "fail: gc — 60 MiB was put in, nothing is collected",
                    "--gc-fill", "60MB")

    def test_a_daemon_that_does_not_count(self):
        """What it does not count is never over the bound, so that nothing is collected."""
        self.put("counts-nothing")
        self.expect("bound", "ok: bound — 4 KiB")
        self.expect("gc", "fail: gc — 60 MiB was put in, nothing is collected, the daemon counts "
                    "4 KiB in all", "--gc-fill", "60MB")

    def test_the_volume_against_what_is_counted(self):
        self.expect("accounting", "skipped: accounting — df does not run in the pod")
        self.put("df", "Filesystem 1024-blocks Used\n/dev/sda 900000000 9000\n")
        self.expect("accounting", "skipped: accounting — the cache shares its file system")
        self.put("df", "Filesystem 1024-blocks Used\n/dev/sdb 10000000 9000\n")
        self.expect("accounting", "ok: accounting")
        self.put("df", "Filesystem 1024-blocks Used\n/dev/sdb 10000000 9000000\n")
        self.expect("accounting",
                    "fail: accounting — the volume holds 8.6 GiB, the daemon counts 4 KiB only")

    def test_the_smoke_job(self):
        self.expect("smoke", "skipped: smoke — there is no")
        self.put("smoke-build.yaml")
        self.put("job", "Complete")
        self.expect("smoke", "ok: smoke")
        calls = (self.home / "kubectl-calls").read_text()
        self.assertEqual(calls.count("delete -f"), 2)
        self.assertIn("apply -f", calls)
        self.put("job", "FailureTarget Failed")
        self.expect("smoke", "fail: smoke — the Job does not complete (FailureTarget Failed)")
        self.assertIn("the log of the Job", self.err)
        self.put("job", "")
        self.shorten("smoke_seconds")
        self.expect("smoke", "fail: smoke — the Job does not complete")

    def test_an_interrupted_run_leaves_nothing_behind(self):
        self.put("smoke-build.yaml")
        run = self.start("--only", "reach", "--only", "smoke")
        calls = self.home / "kubectl-calls"
        for _ in range(100):
            if calls.exists() and "get job" in calls.read_text():
                break
            time.sleep(0.1)
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=20)
        self.assertEqual(run.returncode, 143)
        self.assertIn("--wait=false", calls.read_text())
        self.leaves_nothing_behind()

    def test_words_that_it_does_not_know(self):
        for arguments, words in ((("--onl", "x"), "there is no argument `--onl`"),
                                 (("--only", "x"), "there is no step `x`"),
                                 (("--only",), "--only needs a value"),
                                 (("--gc-fill", "much"), "takes a size"),
                                 (("--gc-fill", "1MB"), "more than the bound of 47.7 MiB"),
                                 (("--image", "x\nRUN y"), "is no name of an image"),
                                 (("--marker", "a b"), "--marker takes"),
                                 (("--restart", "--address", "x:1"), "--restart-by"),
                                 (("--restart-by", "x"), "goes with --address")):
            _, err = self.run_script(*arguments, status=2)
            self.assertIn(words, err)
        self.leaves_nothing_behind()

    def test_programs_and_certificates_that_are_not_there(self):
        shutil.rmtree(self.certificates)
        _, err = self.run_script(status=3)
        self.assertIn("run create-certs.sh", err)
        for program in ("bash", "env", "dirname", "mktemp", "rm"):
            (self.programs / program).symlink_to(shutil.which(program))
        environment = {**self.environment(), "PATH": str(self.programs)}
        (self.programs / "kubectl").unlink()
        _, err = self.run_script(status=3, env=environment)
        self.assertIn("kubectl is missing", err)
        (self.programs / "buildctl").unlink()
        _, err = self.run_script(status=3, env=environment)
        self.assertIn("neither buildctl nor buildx", err)

    def test_shellcheck_is_quiet(self):
        self.check_shell()


CONFIG = """\
root = "{root}"
[grpc]
  address = ["tcp://127.0.0.1:{port}"]
  [grpc.tls]
    {ca}cert = "{store}/daemon/cert.pem"
    key = "{store}/daemon/key.pem"
[worker.oci]
  enabled = true
  gc = {gc}
  [[worker.oci.gcpolicy]]
    keepDuration = 2592000
    maxUsedSpace = 30000000
    filters = ["type==source.local", "type==exec.cachemount"]
  [[worker.oci.gcpolicy]]
    all = true
    maxUsedSpace = {limit}
    minFreeSpace = 1000000
[worker.containerd]
  enabled = false
[registry."127.0.0.1:{registry}"]
  http = true
"""


class OnARealDaemon(Verify):
    """buildkitd on loopback, with the certificates of create-certs.sh."""

    def setUp(self):
        super().setUp()
        daemon = sample.judge("buildkit-0.34", "buildkitd")
        if os.getuid() != 0:
            sample.missing("root, which this buildkitd needs,")
        if shutil.which("runc") is None:
            sample.missing("runc")
        for program in ("buildkitd", "buildctl"):
            (self.programs / program).symlink_to(daemon.parent / program)
        create_certs = self.write_script("create-certs", sample.emitted("create-certs"))
        subprocess.run([create_certs], check=True, capture_output=True, env=self.environment())
        self.port = self.free_port()
        self.put("daemon-port", str(self.port))
        self.registry = 1
        self.here = ("--address", f"127.0.0.1:{self.port}")

    def free_port(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            return server.getsockname()[1]

    def start_daemon(self, ca=True, gc="true", limit=50000000):
        store = self.certificates.parent.parent
        ca = f'ca = "{store}/ca.pem"\n    ' if ca else ""
        self.put("buildkitd.toml", CONFIG.format(root=self.home / "state", port=self.port, ca=ca,
                                                 store=store, gc=gc, limit=limit,
                                                 registry=self.registry))
        self.put("restart", f"""#!/usr/bin/env bash
set -eu
if [[ -e "{self.home}/pid" ]]; then
  kill "$(cat "{self.home}/pid")"
  while kill -0 "$(cat "{self.home}/pid")" 2>/dev/null; do sleep 0.1; done
fi
if [[ -e "{self.home}/loses-its-volume" ]]; then rm -rf "{self.home}/state"; fi
"{self.programs}/buildkitd" --config "{self.home}/buildkitd.toml" >"{self.home}/log" 2>&1 &
echo $! >"{self.home}/pid"
""")
        (self.home / "restart").chmod(0o755)
        subprocess.run([self.home / "restart"], check=True)
        self.addCleanup(self.stop_daemon)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.1)
        self.fail((self.home / "log").read_text())

    def stop_daemon(self):
        pid = int((self.home / "pid").read_text())
        os.kill(pid, signal.SIGTERM)
        for _ in range(100):
            if not pathlib.Path(f"/proc/{pid}").exists() or \
                    " Z " in pathlib.Path(f"/proc/{pid}/stat").read_text():
                return
            time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)

    def test_every_step(self):
        self.start_daemon()
        found = self.results(*self.here, "--gc-fill", "80MB", "--restart-by",
                             str(self.home / "restart"))
        skipped = {step for step, line in found.items() if line.startswith("skipped:")}
        self.assertEqual(skipped, {"pods", "run", "accounting", "smoke"})
        self.assertEqual({line.split(":")[0] for step, line in found.items()
                          if step not in skipped}, {"ok"}, found)
        self.leaves_nothing_behind()

    def test_every_step_through_a_forwarded_port(self):
        self.start_daemon()
        self.use_python_kubectl()
        shutil.copyfile(self.home / "restart", self.home / "on-delete")
        (self.home / "on-delete").chmod(0o755)
        found = self.results("--restart")
        skipped = {step for step, line in found.items() if line.startswith("skipped:")}
        self.assertEqual(skipped, {"run", "gc", "accounting", "smoke"}, found)

    def test_with_buildx_in_place_of_buildctl(self):
        buildx = sample.judge("buildx", "buildx")
        self.start_daemon()
        (self.programs / "buildctl").unlink()
        (self.programs / "buildx").symlink_to(buildx)
        self.stand_in("docker", "exit 1\n")
        self.environment = lambda: {"PATH": f"{self.programs}:/usr/bin:/bin",
                                    "HOME": str(self.home), "TMPDIR": str(self.home)}
        if shutil.which("buildctl", path="/usr/bin:/bin"):
            self.skipTest("a buildctl is installed with the system's programs")
        found = self.results(*self.here)
        for step in ("reach", "certificate", "build", "cached"):
            self.assertTrue(found[step].startswith("ok:"), found[step])
        for step in ("strangers", "policy", "bound"):
            self.assertIn("needs buildctl", found[step])
        self.assertFalse((self.home / ".docker").exists())

    def test_a_run_step(self):
        busybox = shutil.which("busybox")
        if busybox is None:
            sample.missing("busybox-static")
        server = registry.serve(pathlib.Path(busybox))
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.registry = server.server_address[1]
        self.start_daemon()
        image = f"127.0.0.1:{self.registry}/busybox:1"
        self.expect("run", f"ok: run — on {image}", *self.here, "--image", image)
        self.expect("run", "fail: run", *self.here, "--image", f"{image}2")

    def test_a_daemon_that_lets_strangers_in(self):
        self.start_daemon(ca=False)
        self.expect("strangers", "fail: strangers — a client without a certificate is let in",
                    *self.here)

    def test_a_daemon_that_does_not_collect(self):
        self.start_daemon(gc="false")
        self.shorten("sweep_seconds")
        found = self.results(*self.here, "--only", "gc", "--only", "policy", "--gc-fill", "60MB",
                             status=1)
        self.assertIn("fail: policy", found["policy"])
        self.assertIn("nothing is collected", found["gc"])
        self.expect("bound", "fail: bound", *self.here)

    def test_a_daemon_with_an_older_policy(self):
        self.start_daemon(limit=60000000)
        self.expect("policy", "fail: policy", *self.here)
        self.assertIn("> all=true keep=0 max=60000000", self.err)

    def test_a_daemon_that_loses_its_cache(self):
        self.start_daemon()
        self.put("loses-its-volume")
        self.expect("persisted", "fail: persisted — the same build is made again", *self.here,
                    "--restart-by", str(self.home / "restart"))

    def test_a_daemon_that_still_serves_the_old_certificate(self):
        self.start_daemon()
        self.expect("certificate", "ok: certificate", *self.here)
        subprocess.run([self.home / "create-certs.sh", "--renew", "daemon"], check=True,
                       capture_output=True, env=self.environment())
        self.expect("certificate", "fail: certificate — it is not the one in", *self.here)


if __name__ == "__main__":
    sample.main()
