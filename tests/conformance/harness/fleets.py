"""The fleets that the judges are shown, compiled, with what the output says of each of them."""

import dataclasses
import functools
import pathlib
import re
import shutil
import tempfile

import yaml

import harness

BUILDKIT_JUDGED = ["0.12", "0.17", "0.24", "0.34"]
KUBERNETES_JUDGED = ["1.26", "1.31", "1.37"]


@dataclasses.dataclass(frozen=True)
class Fleet:
    """One compiled fleet."""

    source: pathlib.Path
    out: pathlib.Path
    cluster: str
    namespace: str
    name: str

    @property
    def deploy(self):
        return self.out / "deploy" / self.cluster / self.namespace / self.name

    @property
    def kit(self):
        return self.out / "kit" / self.cluster / self.namespace / self.name

    @property
    def create_certs(self):
        """The script that makes its certificates: its own, or its authority's."""
        own = self.kit / "create-certs.sh"
        shared = f"daemons/{self.cluster}/{self.namespace}/{self.name}"
        for script in self.out.glob("kit/authorities/*/create-certs.sh"):
            if re.search(rf"\b{re.escape(shared)}[\s)]", script.read_text()):
                return script
        return own

    @property
    def toml(self):
        return self.kit / "buildkitd.toml"

    def __str__(self):
        return (
            f"{self.source.relative_to(harness.ROOT)}: {self.cluster}/{self.namespace}/{self.name}"
        )

    @functools.cached_property
    def documents(self):
        """Every object of the deploy folder."""
        return [
            d for f in manifest_files(self.deploy) for d in yaml.safe_load_all(f.read_text()) if d
        ]

    def only(self, kind):
        found = [d for d in self.documents if d["kind"] == kind]
        if len(found) != 1:
            raise AssertionError(f"{self}: {len(found)} objects of kind {kind}")
        return found[0]

    @property
    def workload(self):
        return next(
            d for d in self.documents if d["kind"] in ("StatefulSet", "Deployment", "DaemonSet")
        )

    @property
    def container(self):
        return self.workload["spec"]["template"]["spec"]["containers"][0]

    def service(self):
        """The name of the Service that clients use: the one that is not headless."""
        found = [
            d
            for d in self.documents
            if d["kind"] == "Service" and d["spec"].get("clusterIP") != "None"
        ]
        return found[0]["metadata"]["name"]

    @property
    def buildkit(self):
        """The BuildKit release that the image is of, as `0.34`."""
        found = re.search(r":v(\d+\.\d+)", self.container["image"])
        if not found:
            raise AssertionError(f"{self}: no release in {self.container['image']}")
        return found[1]

    @property
    def kubernetes(self):
        """The release of the fleet's cluster, as the source says it; None where it does not."""
        text = self.source.read_text()
        found = re.search(
            r'cluster "%s" \{.*?kubernetes\s*=\s*"([0-9.]+)"' % re.escape(self.cluster), text, re.S
        )
        found = found or re.search(r'^\s*kubernetes\s*=\s*"([0-9.]+)"', text, re.M)
        return ".".join(found[1].split(".")[:2]) if found else None


def manifest_files(folder):
    return sorted(f for f in folder.rglob("*.yaml") if f.name != "kustomization.yaml")


def sources():
    """Every fleet file that is judged: the examples, and the ones that stand here for other
    releases and modes."""
    found = sorted(harness.ROOT.glob("examples/*/*.bkfleet")) + sorted(
        harness.HERE.glob("fleets/*.bkfleet")
    )
    return [
        f
        for f in found
        if f.name == "fleet.bkfleet" or f.parent.name == "fleets" or 'fleet "' in f.read_text()
    ]


@functools.cache
def scratch():
    """A folder for this run, removed when it ends well."""
    import atexit

    path = pathlib.Path(tempfile.mkdtemp(prefix="bkfc-conformance-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def compile_source(source, out):
    """Compiles one file into a folder and lists the fleets that came out."""
    done = harness.run([harness.bkfc(), source, "-o", out])
    if done.returncode:
        raise AssertionError("does not compile: " + harness.said(done))
    tomls = sorted(out.glob("kit/*/*/*/buildkitd.toml"))
    if not tomls:
        raise AssertionError(f"{source}: no kit/*/*/*/buildkitd.toml in the output")
    return [Fleet(source, out, *t.parent.parts[-3:]) for t in tomls]


@functools.cache
def compiled():
    """Every fleet that is judged. Compiled once a run."""
    out = []
    for number, source in enumerate(sources()):
        out += compile_source(
            source, scratch() / "out" / f"{number}-{source.parent.name}-{source.stem}"
        )
    if not out:
        raise AssertionError("no fleets to judge")
    return out


def named(stem):
    """The one fleet of fleets/STEM.bkfleet, or of examples/STEM."""
    found = [f for f in compiled() if stem in (f.source.stem, f.source.parent.name)]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} fleets come of {stem}")
    return found[0]
