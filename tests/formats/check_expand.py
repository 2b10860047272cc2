#!/usr/bin/env python3
"""Holds what `bkfc expand --json` prints against its schema in docs/reference.

Usage: check_expand.py BKFC SCHEMA FILE...

A FILE is a program that BKFC, the compiler, expands. Where `jsonschema` is missing the check is
skipped, with exit status 77.
"""

import copy
import json
import os
import subprocess
import sys

SKIPPED = 77


def load(path):
    """The validator, or nothing where the package is missing."""
    try:
        import jsonschema
    except ImportError as missing:
        print(f"skipped: {missing}; install with: pip install jsonschema")
        return None
    with open(path, encoding="utf-8") as text:
        schema = json.load(text)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def expanded(bkfc, path):
    done = subprocess.run([bkfc, "expand", "--json", "-q", path], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def spoilt(program):
    """The same program with one thing wrong each time; the schema must refuse them all."""
    for change in (
        lambda p: p.update(version=p["version"] + 1),
        lambda p: p.pop("blocks"),
        lambda p: p["blocks"][0].update(surprise=1),
        lambda p: p["blocks"][0]["origin"].update(kind="elsewhere"),
        lambda p: p["blocks"][0]["origin"].pop("line"),
        lambda p: next(iter(p["blocks"][0]["attributes"].values())).pop("origin"),
        lambda p: next(iter(p["blocks"][0]["attributes"].values())).update(type="int", value="1"),
    ):
        wrong = copy.deepcopy(program)
        change(wrong)
        yield wrong


def main(bkfc, schema, *paths):
    validator = load(schema)
    if validator is None:
        return 1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED
    failed = 0
    for path in paths:
        program = expanded(bkfc, path)
        errors = list(validator.iter_errors(program))
        for error in errors:
            print(f"{path}: {'/'.join(str(part) for part in error.absolute_path)}: {error.message}")
        accepted = [number for number, wrong in enumerate(spoilt(program)) if validator.is_valid(wrong)]
        for number in accepted:
            print(f"{path}: the schema takes mistake {number}")
        failed += bool(errors or accepted)
        print(f"{path}: {'refused' if errors else 'valid'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
