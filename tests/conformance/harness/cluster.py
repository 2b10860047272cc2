"""A stand-in for a cluster: a `kubectl` that knows what the emitted scripts ask of it, for one pod
that is really run.

Everything about the pod is true: its readiness, commands in it, its deletion and return. What a
cluster adds is stood in for: the list of pods, and a forwarded port, which here is the pod's own,
since the caller is in its network."""

import itertools
import json
import pathlib
import socketserver
import sys
import threading

import yaml

from runner.session import Network, Session

CLIENT = """#!{python}
import json, socket, sys, time
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect({socket!r})
    connection.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n")
    answer = json.loads(connection.makefile().read())
sys.stdout.write(answer["output"])
sys.stdout.flush()
if answer.get("stays"):
    time.sleep(600)
sys.exit(answer["status"])
"""


class Cluster:
    """Use it in a `with`. `kubectl` is the folder that goes in front of PATH."""

    def __init__(self, subject, scratch):
        self.subject, self.scratch = subject, pathlib.Path(scratch)
        self.kubectl = self.scratch / "kubectl"
        self.asked = []
        self.session = self.job = self.job_status = None
        self.uids = itertools.count(1)

    def __enter__(self):
        self.kubectl.mkdir(parents=True)
        socket = self.scratch / "api.sock"
        script = self.kubectl / "kubectl"
        script.write_text(CLIENT.format(python=sys.executable, socket=str(socket)))
        script.chmod(0o755)
        self.network = Network().__enter__()
        self.hosts = self.scratch / "hosts"
        self.hosts.write_text("127.0.0.1 localhost\n")
        self.server = socketserver.ThreadingUnixStreamServer(str(socket), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.start_pod()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        for session in (self.job, self.session):
            if session:
                session.__exit__()
        self.network.__exit__()

    def start_pod(self):
        self.uid = f"uid-{next(self.uids)}"
        self.session = self.subject.session(network=self.network).__enter__()
        if self.session.wait_ready() is None:
            raise AssertionError(self.session.output())

    def handler(self):
        cluster = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                argv = json.loads(self.rfile.readline())
                cluster.asked.append(argv)
                try:
                    answer = cluster.answer(argv)
                except Exception as error:  # the script must not wait for ever
                    answer = 1, f"stand-in for kubectl: {error!r}\n"
                status, output, *stays = answer
                self.wfile.write(
                    json.dumps({"status": status, "output": output, "stays": bool(stays)}).encode()
                )

        return Handler

    def answer(self, argv):
        """(status, output), and a third where kubectl stays until it is ended."""
        if argv[:2] != ["--namespace", self.subject.fleet.namespace]:
            return 1, f"stand-in for kubectl: not the fleet's namespace: {argv}\n"
        verb, *rest = argv[2:]
        known = {
            "get": self.get,
            "exec": self.exec,
            "port-forward": self.forward,
            "delete": self.delete,
            "apply": self.apply,
            "logs": lambda _: (0, self.job.output() if self.job else ""),
        }
        if verb not in known:
            return 1, f"stand-in for kubectl: it does not know {argv}\n"
        return known[verb](rest)

    def get(self, rest):
        if rest[0] == "pods":
            ready = self.session.is_running() and self.session.probe("readinessProbe")[0] == 0
            return 0, f"{self.session.pod.name} {self.uid} {ready} deleted=\n"
        if rest[0] == "job":
            return 0, {None: "", 0: "Complete"}.get(self.job_status, "Failed")
        return 1, f"stand-in for kubectl: it does not list {rest[0]}\n"

    def exec(self, rest):
        separator = rest.index("--")
        if rest[0] != self.session.pod.name:
            return 1, f"Error from server (NotFound): pods {rest[0]} not found\n"
        return self.session.run(rest[separator + 1 :])

    def forward(self, rest):
        remote = rest[1].removeprefix(":")
        return 0, f"Forwarding from 127.0.0.1:{remote} -> {remote}\n", True

    def delete(self, rest):
        if rest[0] == "pod":
            self.session.stop(with_hook=False)
            self.session.__exit__()
            self.start_pod()
            return 0, f'pod "{self.session.pod.name}" deleted\n'
        if self.job:
            self.job.__exit__()
            self.job = self.job_status = None
        return 0, ""

    def apply(self, rest):
        documents = [
            d for d in yaml.safe_load_all(pathlib.Path(rest[rest.index("-f") + 1]).read_text()) if d
        ]
        from harness import deployed

        self.job = Session(
            documents + self.subject.secrets,
            self.scratch / "job",
            deployed.bins(self.subject.release),
            names=self.subject.names(),
            network=self.network,
        ).__enter__()
        threading.Thread(target=self.watch, args=[self.job], daemon=True).start()
        return 0, "job created\n"

    def watch(self, job):
        self.job_status = job.container.process.wait()
