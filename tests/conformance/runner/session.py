"""A pod's run on this machine: start it, ask its probes, run commands in and beside it, end it."""

import pathlib
import shutil
import signal
import subprocess
import sys
import time

from runner import Refused, image, linux, manifest
from runner.container import Container
from runner.volumes import Volumes


class Network:
    """A pod's network: loopback and nothing else, held by a process that does nothing, as a
    cluster's pause container holds it. It outlives the pod's containers, and clients beside the
    pod are in it too."""

    def __enter__(self):
        def enter():
            linux.unshare(linux.NAMESPACES["net"])
            linux.sh("ip", "link", "set", "lo", "up")

        self.process = subprocess.Popen(["sleep", "infinity"], preexec_fn=enter)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    @property
    def pid(self):
        return self.process.pid


class Session:
    """Use it in a `with`; the container is gone afterwards, whatever happened.

    `grace` stands in for the manifest's grace period. `bins` are folders with buildkitd, buildctl,
    and what else the image brings; what they lack is taken from this machine. `names` are known in
    the pod and beside it as the pod's own address, as the cluster's DNS would have it. Without a
    `network` the pod has one of its own."""

    def __init__(
        self,
        documents,
        scratch,
        bins,
        *,
        workload=None,
        container=None,
        kind=None,
        ordinal=0,
        grace=None,
        names=(),
        network=None,
    ):
        self.scratch = pathlib.Path(scratch).resolve()
        self.bins = [pathlib.Path(b).resolve() for b in bins]
        self.pod = manifest.Pod(documents, ordinal, workload)
        self.spec = self.pod.container(container)
        self.kind = kind or image.kind_of(self.spec)
        self.grace = self.pod.grace() if grace is None else grace
        self.names, self.network, self.own_network = list(names), network, None
        self.log = self.scratch / "log"
        self.volumes = self.container = None

    def __enter__(self):
        shutil.rmtree(self.scratch / "run", ignore_errors=True)
        (self.scratch / "run").mkdir(parents=True)
        if self.network is None:
            self.network = self.own_network = Network().__enter__()
        self.volumes = Volumes(self.pod, self.scratch)
        try:
            root = image.lay(
                self.scratch / f"image-{self.kind}", self.kind, self.pod.name, self.bins, self.names
            )
            (self.scratch / "run/hosts").write_text(image.hosts(self.names))
            with open(self.log, "wb") as log:
                for spec in self.pod.spec.get("initContainers") or []:
                    self.run_init(spec, root, log)
                self.container = Container(
                    self.pod, self.spec, self.volumes, self.kind, root, self.network
                )
                self.container.start(log)
        except BaseException:
            self.leave()
            raise
        return self

    def __exit__(self, *_):
        if self.is_running():
            self.container.process.kill()
            self.container.process.wait()
        self.leave()

    def leave(self):
        self.volumes.unmount()
        if self.own_network:
            self.own_network.__exit__()
            self.network = self.own_network = None

    def run_init(self, spec, root, log):
        if spec.get("restartPolicy") == "Always":
            self.pod.notes.append(f'sidecar {spec["name"]} is not run')
            return
        process = Container(self.pod, spec, self.volumes, self.kind, root, self.network).start(log)
        try:
            status = process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        if status:
            raise Refused(f'init container {spec["name"]} ended with {status}')

    def is_running(self):
        return self.container is not None and self.container.process.poll() is None

    def output(self):
        return self.log.read_text(errors="replace")

    def popen(self, argv, inside=True, **options):
        """A command in the container, or (inside=False) beside it: in its network, with the
        caller's user and files."""
        if inside:
            return self.container.popen(argv, **options)
        return popen_beside(self.network, argv, self.scratch / "run/hosts", **options)

    def run(self, argv, timeout=300, inside=True, **options):
        """The same, to its end. Gives (status, output)."""
        try:
            process = self.popen(argv, inside, **options)
        except OSError as error:
            return 127, str(error)
        try:
            output, _ = process.communicate(timeout=timeout)
            return process.returncode, output
        except subprocess.TimeoutExpired:
            process.kill()
            return 124, "timed out\n" + process.communicate()[0]

    def probe(self, name, patience=0):
        """Asks one of the manifest's probes once. Gives (status, output)."""
        probe = self.spec[name]
        limit = probe.get("timeoutSeconds", 1) + patience
        if "exec" in probe:
            return self.run(probe["exec"]["command"], limit)
        if "tcpSocket" in probe:
            port = probe["tcpSocket"]["port"]
            named = [
                p["containerPort"] for p in self.spec.get("ports") or [] if p.get("name") == port
            ]
            number = int((named or [port])[0])
            connect = f"import socket; socket.create_connection(('127.0.0.1', {number}), 1)"
            return self.run([sys.executable, "-c", connect], limit, inside=False)
        return 1, f"{sorted(probe)}: not known to the runner"

    def wait_ready(self, seconds=30):
        """Asks the readiness probe until it answers. Gives the seconds that it took, or None."""
        begin = time.monotonic()
        name = next((n for n in ("readinessProbe", "startupProbe") if n in self.spec), None)
        while self.is_running() and time.monotonic() - begin < seconds:
            if name is None or self.probe(name, patience=4)[0] == 0:
                return round(time.monotonic() - begin, 1)
            time.sleep(0.2)
        return None

    def stop(self, with_hook=True):
        """preStop, SIGTERM, the grace period, SIGKILL. Gives how it ended."""
        begin = time.monotonic()
        if not self.is_running():
            return {"by": "itself", "status": self.container.process.returncode, "seconds": 0}
        hook_status = self.run_hook() if with_hook else None
        process = self.container.process
        process.send_signal(signal.SIGTERM)
        by = "SIGTERM"
        try:
            process.wait(max(2, self.grace - (time.monotonic() - begin)))
        except subprocess.TimeoutExpired:
            by = "SIGKILL after the grace period"
            process.kill()
            process.wait()
        ended = {
            "by": by,
            "status": process.returncode,
            "seconds": round(time.monotonic() - begin, 1),
        }
        return ended if hook_status is None else {**ended, "pre_stop": hook_status}

    def run_hook(self):
        """preStop's status, or None where there is none."""
        hook = (self.spec.get("lifecycle") or {}).get("preStop") or {}
        if "exec" in hook:
            return self.run(hook["exec"]["command"], self.grace)[0]
        if "sleep" in hook:
            time.sleep(min(hook["sleep"]["seconds"], self.grace))
            return 0
        if hook:
            self.pod.notes.append(f"preStop {sorted(hook)} is not run")
        return None


def popen_beside(network, argv, hosts, **options):
    """A command in a pod's network, with the caller's user and files, who sees the file `hosts` as
    /etc/hosts."""

    def enter():
        linux.join(network.pid, "net")
        linux.unshare(linux.NAMESPACES["mnt"])
        linux.sh("mount", "--make-rprivate", "/")
        linux.sh("mount", "--bind", hosts, "/etc/hosts")

    return linux.popen(argv, enter, **options)
