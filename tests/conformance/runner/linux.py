"""The system calls that Python has no words for, and the names of capabilities."""

import ctypes
import os
import subprocess
import traceback

libc = ctypes.CDLL(None, use_errno=True)

NAMESPACES = {
    "mnt": 0x20000,
    "cgroup": 0x2000000,
    "uts": 0x4000000,
    "ipc": 0x8000000,
    "net": 0x40000000,
}
NEW_PID = 0x20000000
MNT_DETACH = 2
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38

# In the order of their numbers.
CAPABILITIES = """CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP
    LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER
    SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE
    SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
    MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF
    CHECKPOINT_RESTORE""".split()

# What a container runtime gives when the manifest says nothing.
RUNTIME_CAPABILITIES = frozenset(
    """CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP
    NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE""".split()
)


def sh(*argv):
    subprocess.run([str(a) for a in argv], check=True)


def fail(call):
    raise OSError(ctypes.get_errno(), call)


def unshare(flags):
    if libc.unshare(flags):
        fail("unshare")


def unshare_pid():
    """Children from now on are born in a new pid namespace; the first of them is its pid 1."""
    unshare(NEW_PID)


def setns(fd, kind=0):
    if libc.setns(fd, kind):
        fail("setns")


def join(pid, name):
    """This process enters a namespace of another one."""
    fd = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY)
    try:
        setns(fd)
    finally:
        os.close(fd)


def join_pid(pid):
    """Children from now on are born in that process's pid namespace ("self": this process's own
    again)."""
    join(pid, "pid")


def pivot_root(root):
    os.chdir(root)
    if libc.pivot_root(b".", b".") or libc.umount2(b".", MNT_DETACH):
        fail("pivot_root")


def limit_capabilities(kept):
    """Drops every other capability from the bounding set."""
    for number, name in enumerate(CAPABILITIES):
        if name not in kept:
            libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)


def set_no_new_privileges():
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def popen(argv, enter, **options):
    """A command that calls `enter` between fork and exec; its output is one stream of text."""

    def enter_aloud():
        try:
            enter()
        except Exception:
            traceback.print_exc()
            raise

    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, **options}
    return subprocess.Popen(
        [str(a) for a in argv],
        preexec_fn=enter_aloud,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        **options,
    )
