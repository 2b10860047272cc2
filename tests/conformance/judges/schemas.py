#!/usr/bin/env python3
"""schemas.py OUT MODULE_FOLDER...

Makes kubeconform's JSON schemas for each Kubernetes release whose module folder is named. The
source is api/openapi-spec/swagger.json of the k8s.io/kubernetes module, which the Go client fetches
and checks: the very module that the API judge of that release is built from. Writes
OUT/VERSION-standalone[-strict]/KIND-GROUP-VERSION.json. Each file stands alone: the definitions
that it needs are kept under "definitions" and found by a local $ref, so recursive types work."""

import copy
import json
import os
import subprocess
import sys

INT_OR_STRING = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
QUANTITY = {"oneOf": [{"type": "string"}, {"type": "number"}]}


def convert_node(node, strict, required=True):
    """One node of the OpenAPI text as JSON Schema draft 7."""
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # null is allowed by the definition itself
    out = {
        k: v
        for k, v in node.items()
        if not k.startswith("x-") and k not in ("description", "default")
    }
    if out.get("format") == "int-or-string":
        return (
            copy.deepcopy(INT_OR_STRING)
            if required
            else {"oneOf": INT_OR_STRING["oneOf"] + [{"type": "null"}]}
        )
    out.pop("format", None)
    if "properties" in out:
        needed = set(out.get("required", []))
        out["properties"] = {
            k: convert_node(v, strict, k in needed) for k, v in out["properties"].items()
        }
        if strict and "additionalProperties" not in out:
            out["additionalProperties"] = False
    for key in ("additionalProperties", "items"):
        if isinstance(out.get(key), dict):
            out[key] = convert_node(out[key], strict, False)
    for key in ("allOf", "anyOf", "oneOf"):
        if key in out:
            out[key] = [convert_node(x, strict) for x in out[key]]
    if not required and isinstance(out.get("type"), str):
        out["type"] = [out["type"], "null"]
    return out


def convert_definition(name, node, strict):
    if name.endswith("api.resource.Quantity"):
        return QUANTITY
    if name.endswith("util.intstr.IntOrString"):
        return INT_OR_STRING
    out = convert_node(node, strict)
    if isinstance(
        out.get("type"), str
    ):  # `securityContext:` left empty is null: the API server takes it
        out["type"] = [out["type"], "null"]
    return out


def references(node, found):
    """Adds the names of the definitions that a node refers to."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                found.add(value.rsplit("/", 1)[1])
            else:
                references(value, found)
    elif isinstance(node, list):
        for value in node:
            references(value, found)
    return found


def reachable(name, direct):
    seen, waiting = set(), [name]
    while waiting:
        for other in direct[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return sorted(seen)


def write_schemas(version, source, out, strict):
    with open(f"{source}/api/openapi-spec/swagger.json") as file:
        definitions = json.load(file)["definitions"]
    converted = {k: convert_definition(k, v, strict) for k, v in definitions.items()}
    direct = {k: references(v, set()) for k, v in converted.items()}
    folder = f"{out}/{version}-standalone{'-strict' if strict else ''}"
    os.makedirs(folder, exist_ok=True)
    for name, node in definitions.items():
        kinds = node.get("x-kubernetes-group-version-kind", [])
        if len(kinds) != 1 or "kind" not in node.get("properties", {}):
            continue
        group, release, kind = (kinds[0][k] for k in ("group", "version", "kind"))
        schema = copy.deepcopy(converted[name])
        schema["type"] = "object"
        api_version = f"{group}/{release}" if group else release
        schema["properties"]["apiVersion"] = {"type": "string", "enum": [api_version]}
        schema["properties"]["kind"] = {"type": "string", "enum": [kind]}
        schema["required"] = sorted(set(schema.get("required", [])) | {"apiVersion", "kind"})
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
        schema["definitions"] = {x: converted[x] for x in reachable(name, direct)}
        suffix = (f"-{group.split('.')[0]}" if group else "") + f"-{release}"
        with open(f"{folder}/{kind.lower()}{suffix.lower()}.json", "w") as file:
            json.dump(schema, file, separators=(",", ":"))


def module(folder):
    """The version and the folder of the k8s.io/kubernetes module that a go.mod requires."""
    subprocess.check_call(["go", "mod", "download", "k8s.io/kubernetes"], cwd=folder)
    ask = ["go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", "k8s.io/kubernetes"]
    return subprocess.check_output(ask, cwd=folder, text=True).split()


if __name__ == "__main__":
    for module_folder in sys.argv[2:]:
        module_version, module_source = module(module_folder)
        for is_strict in (True, False):
            write_schemas(module_version, module_source, sys.argv[1], is_strict)
        print(f"  {module_version}")
