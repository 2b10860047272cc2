"""What the manifests say: the workload, its pod, and the ConfigMaps and Secrets that it names."""

import base64
import re

import yaml

from runner import Refused

WORKLOADS = ("StatefulSet", "Deployment", "DaemonSet", "Job", "Pod")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def read(files):
    """Every object of the files, those inside a List too."""
    documents = [d for f in files for d in yaml.safe_load_all(open(f, encoding="utf-8")) if d]
    return [i for d in documents for i in (d["items"] if d["kind"] == "List" else [d])]


def expand(text, environment):
    """$(NAME) as Kubernetes expands it; $$(NAME) stays $(NAME)."""
    known = lambda m: "$" if m[0] == "$$" else environment.get(m[1], m[0])
    return re.sub(r"\$\$|\$\(([^)]+)\)", known, text)


class Pod:
    """The pod that a workload's controller would make."""

    def __init__(self, documents, ordinal=0, workload=None):
        self.objects = {(d["kind"], d["metadata"]["name"]): d for d in documents}
        found = [
            d
            for d in documents
            if d["kind"] in WORKLOADS and workload in (None, d["metadata"]["name"])
        ]
        if len(found) != 1:
            raise Refused(f"{len(found)} workloads in the manifests; one is needed")
        work = found[0]
        template = work if work["kind"] == "Pod" else work["spec"]["template"]
        self.metadata, self.spec = template.get("metadata") or {}, template["spec"]
        suffix = f"-{ordinal}" if work["kind"] == "StatefulSet" else ""
        self.name = work["metadata"]["name"] + suffix
        self.namespace = work["metadata"].get("namespace", "default")
        claims = work["spec"].get("volumeClaimTemplates") or []
        self.claims = {
            c["metadata"]["name"]: f"{c['metadata']['name']}-{self.name}" for c in claims
        }
        self.security = self.spec.get("securityContext") or {}
        self.notes = []
        self.note_what_is_not_acted_on()

    def note_what_is_not_acted_on(self):
        for key in ("hostNetwork", "hostPID", "runtimeClassName"):
            if self.spec.get(key):
                self.notes.append(f"{key} is not acted on")
        if len(self.spec["containers"]) > 1:
            self.notes.append("only one container is run")
        if self.spec.get("hostUsers") is False:
            self.notes.append(
                "hostUsers: false is not acted on: the pod's root is this machine's root"
            )

    def container(self, name=None):
        return next(c for c in self.spec["containers"] if name in (None, c["name"]))

    def grace(self):
        return self.spec.get("terminationGracePeriodSeconds", 30)

    def data(self, kind, name, optional=False):
        """The content of a ConfigMap or a Secret, as bytes by key."""
        found = self.objects.get((kind, name))
        if found is None:
            if optional:
                return {}
            raise Refused(f'{kind.lower()} "{name}" not found')
        plain, encoded = {
            **(found.get("data") or {}),
            **(found.get("stringData") or {}),
        }, found.get("binaryData") or {}
        if kind == "Secret":
            plain, encoded = found.get("stringData") or {}, {**(found.get("data") or {}), **encoded}
        return {
            **{k: base64.b64decode(v) for k, v in encoded.items()},
            **{k: v.encode() for k, v in plain.items()},
        }

    def field(self, path):
        """What the downward API says."""
        fixed = {
            "metadata.name": self.name,
            "metadata.namespace": self.namespace,
            "metadata.uid": "00000000-0000-0000-0000-000000000000",
            "spec.nodeName": "this-machine",
            "spec.serviceAccountName": self.spec.get("serviceAccountName", "default"),
        }
        if path in fixed:
            return fixed[path]
        if path in ("status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs"):
            return "127.0.0.1"
        found = re.fullmatch(r"metadata\.(labels|annotations)\['(.+)'\]", path)
        if not found:
            raise Refused(f"fieldRef {path}: not known to the runner")
        return (self.metadata.get(found[1]) or {}).get(found[2], "")

    def environment(self, container, image_environment):
        out = {"PATH": PATH, "HOSTNAME": self.name, "HOME": "/root", **image_environment}
        for source in container.get("envFrom") or []:
            kind, ref = reference(source, "configMapRef", "secretRef")
            data = self.data(kind, ref["name"], ref.get("optional"))
            out.update({source.get("prefix", "") + k: v.decode() for k, v in data.items()})
        for entry in container.get("env") or []:
            value = self.value(entry, out)
            if value is not None:
                out[entry["name"]] = value
        return out

    def value(self, entry, environment):
        """One variable's value, or None where it is optional and absent."""
        source = entry.get("valueFrom") or {}
        if not source:
            return expand(entry.get("value") or "", environment)
        if "fieldRef" in source:
            return self.field(source["fieldRef"]["fieldPath"])
        if "resourceFieldRef" in source:
            raise Refused("resourceFieldRef: not known to the runner")
        kind, ref = reference(source, "configMapKeyRef", "secretKeyRef")
        found = self.data(kind, ref["name"], ref.get("optional")).get(ref["key"])
        if found is None and not ref.get("optional"):
            raise Refused(f'no key {ref["key"]} in {kind.lower()} {ref["name"]}')
        return None if found is None else found.decode()


def reference(source, config_map, secret):
    return ("ConfigMap", source[config_map]) if config_map in source else ("Secret", source[secret])
