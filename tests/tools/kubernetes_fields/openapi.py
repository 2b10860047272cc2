"""Holds the table of Kubernetes fields against the OpenAPI text of the releases that are judged:
the same fields, types, list keys and requirements stand at every path of every kind. The same for
custom resources, whose definitions the operators' modules have.

The first argument is the program that prints the table. Without Go or the pinned modules this is
skipped, and fails with BKFC_TEST_REQUIRE_ALL=1."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent
MODULES = HERE.parents[1] / "conformance/judges/modules"
SKIPPED = 77

# Definitions that are written otherwise than as an object.
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int_or_text",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "any",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "any",
}
SCALARS = {"string": "text", "integer": "integer", "boolean": "boolean", "number": "number"}
FORMATS = {"byte": "bytes", "date-time": "time", "int-or-string": "int_or_text"}


def skip(why):
    print(f"SKIPPED: the table of Kubernetes fields is not held against OpenAPI: {why}")
    sys.exit(1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)


def release(text):
    return tuple(int(part) for part in text.split("."))


class Table:
    """The rows that the program prints."""

    def __init__(self, printer):
        self.kinds, self.fields = {}, {}
        for line in subprocess.check_output([printer, "fields"], text=True).splitlines():
            what, *words = line.split("\t")
            if what == "kind":
                self.kinds[words[0]] = words[1:]
            else:
                self.fields.setdefault(words[0], []).append(words[1:])

    def is_custom(self, kind):
        return "." in self.kinds[kind][1]

    def of(self, kind, at):
        """The fields of a type in a release, by name: kind, element, type, keys, is a set, is
        required."""
        found = {}
        for name, *told, since, removed in self.fields.get(kind, []):
            if release(since) <= at and (removed == "0.0" or at < release(removed)):
                found[name] = told
        return found


class Differences:
    """Of one release, or of one operator. The table tells of each field what the newest release
    that has it declares, so what it requires is held against the newest release alone."""

    def __init__(self, table, definitions, at, is_newest=True):
        self.table, self.definitions, self.at, self.is_newest = table, definitions, at, is_newest
        self.found, self.seen = [], set()

    def say(self, path, text):
        self.found.append(f"{'.'.join(map(str, self.at))} {path}: {text}")

    def resolved(self, node):
        """The name and the text of the definition that a property is of, if it is of one."""
        references = [part["$ref"] for part in [node, *node.get("allOf", [])] if "$ref" in part]
        if not references:
            return None, node
        name = references[0].rsplit("/", 1)[1]
        return name, self.definitions[name]

    def kind_of(self, node):
        """A property as the table tells it: kind, element, and what its objects are."""
        name, node = self.resolved(node)
        if name in SPECIAL:
            return SPECIAL[name], "text", None
        if node.get("x-kubernetes-int-or-string"):
            return "quantity" if "pattern" in node else "int_or_text", "text", None
        if node.get("type") == "array":
            element, _, inner = self.kind_of(node["items"])
            return "list", element, inner
        if isinstance(node.get("additionalProperties"), dict):
            element, _, inner = self.kind_of(node["additionalProperties"])
            return "map", element, inner
        if node.get("x-kubernetes-preserve-unknown-fields") and "properties" not in node:
            return "any", "text", None
        if node.get("type", "object") == "object":
            return "object", "text", node
        return FORMATS.get(node.get("format"), SCALARS[node["type"]]), "text", None

    def keys_of(self, node):
        keys = node.get("x-kubernetes-list-map-keys")
        merge = node.get("x-kubernetes-patch-merge-key")
        if not keys and merge and node.get("x-kubernetes-list-type") != "atomic":
            keys = [merge]
        return ",".join(keys or [])

    def hold(self, path, kind, node):
        if (kind, id(node)) in self.seen:
            return
        self.seen.add((kind, id(node)))
        here = self.table.of(kind, self.at)
        there = node.get("properties", {})
        for name in sorted(here.keys() | (there.keys() - {"status"})):
            required = name in node.get("required", [])
            self.hold_field(f"{path}.{name}", here.get(name), there.get(name), required)

    def hold_field(self, path, row, node, required):
        if row is None or node is None:
            self.say(path, "is in the OpenAPI text alone" if row is None else "is in the table alone")
            return
        kind, element, kind_of_objects, keys, is_set, is_required = row
        wanted = self.kind_of(node)
        # What a module declares that the generator does not read may be anything.
        if "any" not in (kind, element) and (kind, element) != wanted[:2]:
            self.say(path, f"is {kind} of {element} in the table, {wanted[0]} of {wanted[1]} there")
        keys_there = self.keys_of(node) if element == "object" else ""
        if keys != keys_there:
            self.say(path, f"has the keys `{keys}` in the table, `{keys_there}` there")
        if self.is_newest:
            if (is_set == "true") != (node.get("x-kubernetes-list-type") == "set"):
                self.say(path, f"is a set: {is_set} in the table")
            if (is_required == "true") != required:
                self.say(path, f"is required: {is_required} in the table, {required} there")
        # A CRD leaves the metadata to the API server.
        if wanted[2] and kind_of_objects and wanted[2].get("properties"):
            self.hold(path, kind_of_objects, wanted[2])


def definitions_of(folder):
    """The OpenAPI definitions of the k8s.io/kubernetes module that a go.mod requires."""
    for ask in (
        ["go", "mod", "download", "k8s.io/kubernetes"],
        ["go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/kubernetes"],
    ):
        done = subprocess.run(ask, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            skip(f"{folder.name}: {done.stderr.strip()}")
    swagger = pathlib.Path(done.stdout.strip()) / "api/openapi-spec/swagger.json"
    return json.loads(swagger.read_text())["definitions"]


def definition_of(definitions, kind, api_version):
    group, _, version = api_version.rpartition("/")
    wanted = {"group": group, "kind": kind, "version": version}
    for name, node in definitions.items():
        if wanted in node.get("x-kubernetes-group-version-kind", []) and "kind" in node.get(
            "properties", {}
        ):
            return name
    return None


def hold_releases(table):
    """Against the OpenAPI text of the releases of Kubernetes that are judged."""
    found, compared = [], 0
    folders = {release(f.name.removeprefix("kubernetes-")): f for f in MODULES.glob("kubernetes-*")}
    for at, folder in sorted(folders.items()):
        definitions = definitions_of(folder)
        differences = Differences(table, definitions, at, at == max(folders))
        for kind, (api_version, type_name) in table.kinds.items():
            if table.is_custom(kind):
                continue
            definition = definition_of(definitions, kind, api_version)
            if definition is None:
                differences.say(kind, "is no kind of this release")
            else:
                differences.hold(kind, type_name, definitions[definition])
        found += differences.found
        compared += len(differences.seen)
    print(f"{compared} types of {len(folders)} releases are compared")
    return found if compared > 300 else [*found, "too few types to be all"]


def custom_resources():
    """The schema of each version of every custom resource in the operators' modules that have
    their definitions, by kind and API version."""
    found = {}
    for line in (HERE / "operators.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        module, version, _ = line.split()
        ask = ["go", "mod", "download", "-json", f"{module}@{version}"]
        folder = json.loads(subprocess.run(ask, capture_output=True, text=True).stdout).get("Dir")
        if not folder:
            skip(f"{module} cannot be had")
        for pattern in ("deploy/crds/*.yaml", "config/crd/bases/*.yaml", "config/crds/bases/*.yaml"):
            for file in pathlib.Path(folder).glob(pattern):
                for crd in yaml.safe_load_all(file.read_text()):
                    if not crd or crd["kind"] != "CustomResourceDefinition":
                        continue
                    for one in crd["spec"]["versions"]:
                        key = crd["spec"]["names"]["kind"], f"{crd['spec']['group']}/{one['name']}"
                        found[key] = one["schema"]["openAPIV3Schema"]
    return found


def hold_operators(table):
    """Against the definitions of the custom resources, where an operator's module has them."""
    found, compared = [], 0
    schemas = custom_resources()
    for kind, (api_version, type_name) in table.kinds.items():
        schema = schemas.get((kind, api_version))
        if schema is None:
            if table.is_custom(kind) and not type_name.startswith("prometheus."):
                found.append(f"{kind}: no definition of {api_version}")
            continue
        differences = Differences(table, {}, (99, 99))
        differences.hold(kind, type_name, schema)
        found += [f.split(" ", 1)[1] for f in differences.found]
        compared += 1
    print(f"{compared} custom resources are compared")
    return found


def main():
    if not shutil.which("go"):
        skip("go is not installed")
    table = Table(sys.argv[1])
    found = hold_releases(table) + hold_operators(table)
    if found:
        sys.exit("\n".join(found))


main()
