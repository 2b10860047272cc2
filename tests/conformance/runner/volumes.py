"""A pod's volumes, as folders below the scratch folder with the owner and the modes that the
kubelet gives."""

import os
import pathlib
import shutil

from runner import Refused
from runner.linux import sh
from runner.manifest import expand


class Volumes:
    """Claims keep their content in SCRATCH/pvc between runs; everything else is made anew in
    SCRATCH/run."""

    def __init__(self, pod, scratch):
        self.pod, self.scratch = pod, pathlib.Path(scratch)
        self.in_memory = []
        self.fs_group = pod.security.get("fsGroup")

    def unmount(self):
        for folder in self.in_memory:
            sh("umount", folder)
        self.in_memory = []

    def mounts(self, container, environment):
        """[(source, path in the container, read only)], outer paths first."""
        out = []
        for mount in container.get("volumeMounts") or []:
            source, read_only = self.volume(mount["name"])
            sub = mount.get("subPath") or expand(mount.get("subPathExpr") or "", environment)
            if sub:
                source = source / sub
                if not source.exists():
                    if read_only:
                        name = mount["name"]
                        self.pod.notes.append(
                            f"subPath {sub} is not in volume {name}: an empty folder is mounted"
                        )
                    source.mkdir(parents=True)
                source = source.resolve()
            out.append((str(source), mount["mountPath"], read_only or bool(mount.get("readOnly"))))
        return sorted(out, key=lambda m: m[1].count("/"))

    def volume(self, name):
        """(folder, whether the kubelet mounts it read-only)"""
        if name in self.pod.claims:
            return self.claim(self.pod.claims[name]), False
        volume = next((v for v in self.pod.spec.get("volumes") or [] if v["name"] == name), None)
        if volume is None:
            raise Refused(f'volume "{name}" is not declared')
        if "persistentVolumeClaim" in volume:
            return self.claim(volume["persistentVolumeClaim"]["claimName"]), False
        if "emptyDir" in volume:
            return self.empty(name, volume["emptyDir"] or {}), False
        if "hostPath" in volume:
            path = volume["hostPath"]["path"]
            if path != "/dev/fuse":
                raise Refused(f"hostPath {path}: the runner gives no files of this machine")
            return pathlib.Path(path), False
        if "projected" in volume:
            mode, files = volume["projected"].get("defaultMode", 0o644), {}
            for source in volume["projected"]["sources"]:
                files.update(self.files(source, mode))
        else:
            of = volume.get("configMap") or volume.get("secret") or volume.get("downwardAPI") or {}
            files = self.files(volume, of.get("defaultMode", 0o644))
        return self.content(name, files), True

    def files(self, source, mode):
        """{path: (content, mode)} of one configMap, secret or downwardAPI source."""
        if "downwardAPI" in source:
            items = source["downwardAPI"]["items"]
            field = lambda i: self.pod.field(i["fieldRef"]["fieldPath"]).encode()
            return {i["path"]: (field(i), i.get("mode", mode)) for i in items}
        if "serviceAccountToken" in source:
            return {source["serviceAccountToken"]["path"]: (b"no-token", 0o600)}
        kind = {"configMap": "ConfigMap", "secret": "Secret"}.get(
            next((k for k in source if k in ("configMap", "secret")), "")
        )
        if kind is None:
            raise Refused(
                f"volume source {[k for k in source if k != 'name']}: not known to the runner"
            )
        ref = source.get("configMap") or source.get("secret")
        data = self.pod.data(kind, ref.get("name") or ref.get("secretName"), ref.get("optional"))
        if not ref.get("items"):
            return {k: (content, mode) for k, content in data.items()}
        out = {}
        for item in ref["items"]:
            if item["key"] in data:
                out[item["path"]] = (data[item["key"]], item.get("mode", mode))
            elif not ref.get("optional"):
                raise Refused(f'{kind.lower()} volume: no key {item["key"]}')
        return out

    def content(self, name, files):
        """Laid out as the kubelet does it: the files in a dated folder, reached through ..data and
        a link each."""
        folder = self.scratch / "run/volumes" / name
        shutil.rmtree(folder, ignore_errors=True)
        dated = folder / "..2000_01_01"
        dated.mkdir(parents=True)
        (folder / "..data").symlink_to(dated.name)
        for path, (content, mode) in files.items():
            file = dated / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            os.chown(file, 0, self.fs_group or 0)
            os.chmod(file, mode | (0o440 if self.fs_group is not None else 0))
            top = path.split("/")[0]
            if not (folder / top).is_symlink():
                (folder / top).symlink_to(f"..data/{top}")
        os.chown(folder, 0, self.fs_group or 0)
        os.chmod(folder, 0o777 if self.fs_group is None else 0o3777)
        return folder

    def empty(self, name, empty_dir):
        folder = self.scratch / "run/volumes" / name
        if folder.exists():  # init containers see the same one
            return folder
        folder.mkdir(parents=True)
        if empty_dir.get("medium") == "Memory":
            sh("mount", "-t", "tmpfs", "-o", "mode=777", "tmpfs", folder)
            self.in_memory.append(folder)
        os.chown(folder, 0, self.fs_group or 0)
        os.chmod(folder, 0o777 if self.fs_group is None else 0o2777)
        return folder

    def claim(self, name):
        """A new file system belongs to root; fsGroup hands it over to that group, as a rule at
        every start."""
        folder = self.scratch / "pvc" / name
        if not folder.exists():
            folder.mkdir(parents=True)
            os.chmod(folder, 0o755)
        if self.fs_group is None:
            return folder
        is_handed_over = (
            folder.stat().st_gid == self.fs_group and folder.stat().st_mode & 0o2070 == 0o2070
        )
        if self.pod.security.get("fsGroupChangePolicy") == "OnRootMismatch" and is_handed_over:
            return folder
        for top, _, files in os.walk(folder):
            for path in [top] + [os.path.join(top, f) for f in files]:
                if not os.path.islink(path):
                    mode = os.lstat(path).st_mode & 0o7777
                    os.chown(path, -1, self.fs_group)
                    os.chmod(path, mode | (0o2770 if path == top else 0o660))
        return folder
