"""Runs one container of an emitted workload on this machine as a cluster would.

The container gets the manifest's own argv, environment, user, groups, capabilities and mounts, as
the first process of private mount, network (loopback only), pid, uts, ipc and cgroup namespaces,
over a throw-away root that is laid out like BuildKit's image. A path, mode, owner or name that is
wrong in the manifest therefore fails here too.

    manifest.py   the objects: which pod, with which environment
    volumes.py    its volumes, as folders with the owner and modes that the kubelet gives
    image.py      the throw-away root
    linux.py      the system calls that Python has no words for
    container.py  one container: its security, and its life in namespaces
    session.py    a pod's run: start, probes, commands inside and beside, the end
    __main__.py   the same from the command line

Not acted on, and said in the notes of the run: seccomp and AppArmor profiles, resource limits,
hostUsers, hostPath but for /dev/fuse, httpGet and grpc probes, sidecars. There is no network but
loopback. Takes root."""


class Refused(Exception):
    """The kubelet would not start this container either."""
