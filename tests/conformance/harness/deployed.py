"""A fleet that is set up as its user would: certificates from the emitted script, clients by the
emitted files, and the pod run by the runner."""

import json
import os
import pathlib
import shutil

import yaml

import harness
from runner.session import Session

PORT = 1234


def daemons_there(what):
    """The BuildKit releases whose daemons are built. The newest is always asked for, the others
    where they are there or where everything is required."""
    out = []
    for release in ("0.34", "0.24", "0.17"):
        is_asked_for = (
            release == "0.34"
            or harness.REQUIRE_ALL
            or harness.judge(f"buildkit-{release}/buildkitd")
        )
        if not is_asked_for:
            harness.missing(f"{what} on {release}", f"buildkit-{release} is not built")
        elif harness.has_judge(f"buildkit-{release}/buildkitd", f"{what} on {release}"):
            out.append(release)
    return out


def can_run(what):
    """Is all that running a pod takes on this machine?"""
    needed = {
        "busybox": "busybox-static",
        "runc": "runc",
        "newuidmap": "uidmap",
        "ip": "iproute2",
        "openssl": "openssl",
    }
    return harness.is_root(what) and all(
        harness.has_program(p, package, what) for p, package in needed.items()
    )


def bins(release):
    """Where the pod's root takes its programs from."""
    folders = [harness.JUDGES / f"buildkit-{release}"]
    if harness.judge("rootlesskit/rootlesskit"):
        folders.append(harness.JUDGES / "rootlesskit")
    return folders


class Deployed:
    """One fleet with its certificates, in a scratch folder of its own."""

    def __init__(self, fleet, scratch, release=None):
        self.fleet, self.release = fleet, release or fleet.buildkit
        self.scratch = pathlib.Path(scratch)
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.store = self.scratch / "certs"
        self.secrets = self.issue(self.store)
        self.documents = [*fleet.documents, *self.secrets]

    def issue(self, store, *arguments):
        """Runs the emitted create-certs.sh and gives the Secrets that it prints."""
        done = harness.run(
            [
                "bash",
                self.fleet.create_certs,
                "--ca-dir",
                store,
                *arguments,
                "--manifests",
            ]
        )
        if done.returncode:
            raise AssertionError(harness.said(done))
        return [d for d in yaml.safe_load_all(done.stdout) if d]

    def session(self, scratch=None, **options):
        """The pod, not yet started. Its volumes stay in the scratch folder from one session to the
        next."""
        options = {
            "workload": self.fleet.workload["metadata"]["name"],
            "names": self.names(),
            **options,
        }
        return Session(
            self.documents, scratch or self.scratch / "pod", bins(self.release), **options
        )

    def claim_folder(self):
        """Where the runner keeps the cache's volume of the first daemon."""
        workload = self.fleet.workload
        template = workload["spec"]["volumeClaimTemplates"][0]["metadata"]["name"]
        return self.scratch / "pod/pvc" / f"{template}-{workload['metadata']['name']}-0"

    def names(self):
        """Every name that the manifests themselves give to the daemons in a cluster: of each
        Service, and of each pod below the headless one."""
        workload = self.fleet.workload
        services = {
            d["metadata"]["name"]: d for d in self.fleet.documents if d["kind"] == "Service"
        }
        hosts = list(services)
        headless = workload["spec"].get("serviceName")
        if headless:
            hosts += [
                f"{workload['metadata']['name']}-{i}.{headless}"
                for i in range(workload["spec"].get("replicas", 1))
            ]
        namespace = self.fleet.namespace
        suffixes = ["", f".{namespace}", f".{namespace}.svc", f".{namespace}.svc.cluster.local"]
        return [h + s for h in hosts for s in suffixes]

    @property
    def client(self):
        """The folder of the fleet's first client: ca.pem, cert.pem, key.pem."""
        return next(iter(sorted((self.store / "clients").iterdir())))

    def buildctl(self, *arguments, client=None, host="127.0.0.1", ca=None):
        """A buildctl of the daemon's own release, as a client beside the pod calls it.
        client=False: without a certificate of its own."""
        folder = self.client if client in (None, False) else client
        argv = [
            harness.judge(f"buildkit-{self.release}/buildctl"),
            "--addr",
            f"tcp://{host}:{PORT}",
        ]
        argv += ["--tlscacert", ca or folder / "ca.pem"]
        if client is not False:
            argv += ["--tlscert", folder / "cert.pem", "--tlskey", folder / "key.pem"]
        return [*argv, *arguments]

    def workers(self, session):
        """What the daemon says of itself, over mutual TLS."""
        status, output = session.run(
            self.buildctl("debug", "workers", "--format", "{{json .}}"), inside=False
        )
        if status:
            raise AssertionError(f"buildctl debug workers: {output}\n{session.output()}")
        return json.loads(output)


def docker_stand_in(folder):
    """A folder for PATH with a `docker` that knows `docker buildx` and nothing else: it calls the
    buildx that is built here, as Docker's own client does."""
    folder.mkdir(parents=True, exist_ok=True)
    buildx = harness.judge("buildx/buildx")
    script = (
        "#!/bin/sh\n"
        '[ "$1" = buildx ] || { echo "a stand-in that knows buildx only, not: $*" >&2; exit 1; }\n'
        f'shift\nexec "{buildx}" "$@"\n'
    )
    (folder / "docker").write_text(script)
    (folder / "docker").chmod(0o755)
    return folder


def base_image(folder):
    """A build context whose image is made of busybox: it has a shell and needs no registry."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(shutil.which("busybox"), folder / "busybox")
    (folder / "Dockerfile").write_text(
        "FROM scratch AS base\n"
        "COPY busybox /bin/busybox\n"
        'RUN ["/bin/busybox", "--install", "-s", "/bin"]\n'
        "FROM base\n"
        "RUN echo built > /built\n"
    )
    return folder


def client_environment(folder, **more):
    """A home of its own for a client, so that nothing of this machine's user is read or written."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "HOME": str(folder),
        "BUILDX_CONFIG": str(folder / "buildx"),
        "DOCKER_CONFIG": str(folder / "docker"),
        "BUILDKIT_PROGRESS": "plain",
        **more,
    }
