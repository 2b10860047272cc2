"""One container: what the manifest lets it do, and its life in namespaces of its own."""

import os
import pathlib

from runner import Refused, image, linux
from runner.linux import sh
from runner.manifest import expand

MASKED = [
    "/proc/asound",
    "/proc/acpi",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/timer_list",
    "/proc/scsi",
    "/sys/firmware",
]
READ_ONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
DEVICES = ["null", "zero", "full", "random", "urandom", "tty"]


class Security:
    """The pod's security context with the container's over it."""

    def __init__(self, pod, container, kind):
        merged = {k: v for k, v in pod.security.items() if v is not None}
        merged.update(container.get("securityContext") or {})
        self.uid = merged.get("runAsUser", kind["uid"])
        self.gid = merged.get("runAsGroup", kind["gid"] if self.uid == kind["uid"] else 0)
        if merged.get("runAsNonRoot") and self.uid == 0:
            raise Refused("runAsNonRoot, and the user is root")
        groups = [*(pod.security.get("supplementalGroups") or []), pod.security.get("fsGroup")]
        self.groups = [g for g in groups if g is not None]
        self.privileged = bool(merged.get("privileged"))
        self.capabilities = set(linux.CAPABILITIES) if self.privileged else capabilities(merged)
        self.no_new_privileges = merged.get("allowPrivilegeEscalation") is False
        self.read_only = bool(merged.get("readOnlyRootFilesystem"))
        self.unmasked = self.privileged or merged.get("procMount") == "Unmasked"
        for key in ("seccompProfile", "appArmorProfile", "seLinuxOptions"):
            wanted = (merged.get(key) or {}).get("type", "Unconfined")
            if wanted != "Unconfined":
                pod.notes.append(f"{key} {wanted} is not applied")


def capabilities(security):
    change = security.get("capabilities") or {}
    drop, add = ({n.removeprefix("CAP_") for n in change.get(k) or []} for k in ("drop", "add"))
    if "ALL" in add:
        return set(linux.CAPABILITIES)
    kept = set() if "ALL" in drop else linux.RUNTIME_CAPABILITIES - drop
    return kept | add


class Container:
    def __init__(self, pod, spec, volumes, kind_name, root, network):
        kind = image.KINDS[kind_name]
        self.pod, self.spec, self.root, self.network = pod, spec, root, network
        self.scratch = volumes.scratch
        self.security = Security(pod, spec, kind)
        self.environment = pod.environment(spec, kind["environment"])
        part = lambda key: [expand(a, self.environment) for a in spec.get(key) or []]
        self.argv = (part("command") or kind["entry"]) + part("args")
        self.folder = spec.get("workingDir") or "/"
        if "postStart" in (spec.get("lifecycle") or {}):
            pod.notes.append("postStart is not run")
        self.mounts = volumes.mounts(spec, self.environment)
        if not any(path == kind["state"] for _, path, _ in self.mounts):  # the image's VOLUME
            folder = self.scratch / "run/image-volume"
            folder.mkdir(parents=True, exist_ok=True)
            os.chown(folder, kind["uid"], kind["gid"])
            self.mounts.append((str(folder), kind["state"], False))
        self.process = None

    def start(self, log):
        """A child of this process, and pid 1 of its namespaces."""
        linux.unshare_pid()
        try:
            self.process = linux.popen(
                self.argv, self.enter_new_namespaces, env=self.environment, stdout=log, stderr=log
            )
        finally:
            linux.join_pid("self")
        return self.process

    def popen(self, argv, **options):
        """A command in the running container, as its user."""
        fds = [os.open(f"/proc/{self.process.pid}/ns/{n}", os.O_RDONLY) for n in linux.NAMESPACES]

        def enter():
            for fd in fds:
                linux.setns(fd)
            self.become()

        options["env"] = {**self.environment, **(options.get("env") or {})}
        try:
            linux.join_pid(self.process.pid)
            return linux.popen(argv, enter, **options)
        finally:
            linux.join_pid("self")
            for fd in fds:
                os.close(fd)

    def enter_new_namespaces(self):
        linux.join(self.network.pid, "net")
        linux.unshare(sum(v for k, v in linux.NAMESPACES.items() if k != "net"))
        sh("mount", "--make-rprivate", "/")
        sh("hostname", self.pod.name)
        root = self.lay_root()
        self.mount_system(lambda path: f"{root}{path}")
        self.mount_volumes(lambda path: f"{root}{path}")
        if not self.security.unmasked:
            mask(lambda path: f"{root}{path}")
        if self.security.read_only:
            sh("mount", "-o", "remount,bind,ro", root)
        linux.pivot_root(root)
        self.become()

    def lay_root(self):
        """The image's root below a layer in memory, as a container runtime stacks them."""
        root, layer = self.scratch / "run/root", self.scratch / "run/layer"
        root.mkdir(parents=True, exist_ok=True)
        layer.mkdir(parents=True, exist_ok=True)
        sh("mount", "-t", "tmpfs", "tmpfs", layer)
        for folder in ("up", "work"):
            (layer / folder).mkdir(mode=0o755)
        stack = f"lowerdir={self.root},upperdir={layer}/up,workdir={layer}/work"
        sh("mount", "-t", "overlay", "-o", stack, "overlay", root)
        return root

    def mount_system(self, at):
        is_privileged = self.security.privileged
        sh("mount", "-t", "proc", "-o", "nosuid,nodev,noexec", "proc", at("/proc"))
        sys_mode = "rw" if is_privileged else "ro"
        sh("mount", "-t", "sysfs", "-o", f"nosuid,nodev,noexec,{sys_mode}", "sysfs", at("/sys"))
        sh("mount", "--rbind", "/sys/fs/cgroup", at("/sys/fs/cgroup"))
        if not is_privileged:
            for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
                if line.split()[1].startswith(at("/sys/fs/cgroup")):
                    sh("mount", "-o", "remount,bind,ro", line.split()[1])
        sh("mount", "-t", "tmpfs", "-o", "nosuid,mode=755", "tmpfs", at("/dev"))
        for folder in ("/dev/pts", "/dev/shm", "/dev/mqueue"):
            os.mkdir(at(folder))
        sh(
            "mount",
            "-t",
            "devpts",
            "-o",
            "newinstance,ptmxmode=0666,mode=0620",
            "devpts",
            at("/dev/pts"),
        )
        sh(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "nosuid,nodev,noexec,mode=1777,size=65536k",
            "tmpfs",
            at("/dev/shm"),
        )
        sh("mount", "-t", "mqueue", "mqueue", at("/dev/mqueue"))
        for name in DEVICES + (["fuse", "kmsg"] if is_privileged else []):
            open(at(f"/dev/{name}"), "w", encoding="utf-8").close()
            sh("mount", "--bind", f"/dev/{name}", at(f"/dev/{name}"))
        links = {
            "ptmx": "pts/ptmx",
            "fd": "/proc/self/fd",
            "stdin": "fd/0",
            "stdout": "fd/1",
            "stderr": "fd/2",
        }
        for name, target in links.items():
            os.symlink(target, at(f"/dev/{name}"))

    def mount_volumes(self, at):
        for source, path, is_read_only in self.mounts:
            target = pathlib.Path(at(path))
            if os.path.isdir(source):
                target.mkdir(parents=True, exist_ok=True)
            elif not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.touch()
            sh("mount", "--bind", source, target)
            if is_read_only:
                sh("mount", "-o", "remount,bind,ro", target)

    def become(self):
        os.chdir(self.folder)
        linux.limit_capabilities(self.security.capabilities)
        os.setgroups(self.security.groups)
        os.setresgid(*[self.security.gid] * 3)
        os.setresuid(*[self.security.uid] * 3)
        os.umask(0o022)
        if self.security.no_new_privileges:
            linux.set_no_new_privileges()


def mask(at):
    """Hides what a container runtime hides of /proc and /sys."""
    for path in MASKED:
        if os.path.isdir(at(path)):
            sh("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", at(path))
        elif os.path.exists(at(path)):
            sh("mount", "--bind", "/dev/null", at(path))
    for path in READ_ONLY:
        if os.path.exists(at(path)):
            sh("mount", "--bind", at(path), at(path))
            sh("mount", "-o", "remount,bind,ro", at(path))
