"""The throw-away root that stands for BuildKit's image."""

import os
import re
import shutil
import struct
import subprocess

from runner.linux import CAPABILITIES, sh
from runner.manifest import PATH

# What the two kinds of BuildKit image bring along.
KINDS = {
    "root": {
        "uid": 0,
        "gid": 0,
        "entry": ["buildkitd"],
        "state": "/var/lib/buildkit",
        "environment": {"BUILDKIT_SETUP_CGROUPV2_ROOT": "1"},
        "programs": ["buildkitd", "buildctl", "runc"],
    },
    "rootless": {
        "uid": 1000,
        "gid": 1000,
        "entry": ["rootlesskit", "buildkitd"],
        "state": "/home/user/.local/share/buildkit",
        "environment": {
            "HOME": "/home/user",
            "USER": "user",
            "XDG_RUNTIME_DIR": "/run/user/1000",
            "TMPDIR": "/home/user/.local/tmp",
            "BUILDKIT_HOST": "unix:///run/user/1000/buildkit/buildkitd.sock",
        },
        "programs": ["buildkitd", "buildctl", "runc", "rootlesskit", "newuidmap", "newgidmap"],
    },
}

FOLDERS = """bin sbin usr/bin usr/sbin etc proc sys dev tmp root run var/lib var/run home lib lib64
    usr/lib""".split()


class MissingProgram(Exception):
    pass


def kind_of(container):
    return "rootless" if "rootless" in container.get("image", "") else "root"


def hosts(names):
    """An /etc/hosts in which these names are this pod: they stand for the cluster's DNS."""
    return f"127.0.0.1 localhost {' '.join(names)}\n"


def lay(root, kind, hostname, bins, names=()):
    """Fills the folder `root` anew with the programs found in `bins`, else on this machine."""
    shutil.rmtree(root, ignore_errors=True)
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    os.chmod(root / "tmp", 0o1777)
    write_etc(root / "etc", hostname, names)
    shutil.copy(find("busybox", bins), root / "bin/busybox")
    sh("chroot", root, "/bin/busybox", "--install", "-s", "/bin")
    for name in KINDS[kind]["programs"]:
        install(find(name, bins), root)
    (root / KINDS[kind]["state"][1:]).mkdir(parents=True)
    if kind == "rootless":
        for folder in ("run/user/1000", "home/user/.local/tmp"):
            (root / folder).mkdir(parents=True)
        sh("chown", "-R", "1000:1000", root / "run/user/1000", root / "home/user")
    return root


def write_etc(etc, hostname, names):
    for name, text in {
        "passwd": "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000:user:/home/user:/bin/sh\n",
        "group": "root:x:0:\nuser:x:1000:\n",
        "subuid": "user:100000:65536\n",
        "subgid": "user:100000:65536\n",
        "hosts": hosts([hostname, *names]),
        "hostname": f"{hostname}\n",
        "resolv.conf": "",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    }.items():
        (etc / name).write_text(text)


def find(name, bins):
    for folder in bins:
        if (folder / name).is_file():
            return folder / name
    found = shutil.which(name, path=PATH)
    if not found:
        raise MissingProgram(f"{name} is neither in {', '.join(map(str, bins))} nor installed")
    return found


def install(source, root):
    target = root / "usr/bin" / os.path.basename(source)
    shutil.copy(source, target)
    libraries = subprocess.run(
        ["ldd", str(source)], capture_output=True, text=True, check=False
    ).stdout
    for library in re.findall(r"(/\S+\.so\S*) \(", libraries):
        (root / library[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library[1:])
    if target.name in ("newuidmap", "newgidmap"):
        # A file capability: with a setuid bit, as Debian has it, SYS_ADMIN would be needed in the
        # bounding set too.
        os.chmod(target, 0o755)
        capability = 1 << CAPABILITIES.index("SETUID" if target.name == "newuidmap" else "SETGID")
        os.setxattr(
            target, "security.capability", struct.pack("<5I", 0x02000001, capability, 0, 0, 0)
        )
