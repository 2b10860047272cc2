"""Holds printed documents against Python's readers: PyYAML, a reader of YAML 1.1, and tomllib."""

import json
import os
import subprocess
import sys

SKIPPED = 77

try:
    import tomllib

    import yaml
except ImportError as missing:
    print(f"SKIPPED: Python's readers are not asked: {missing} (apt-get install python3-yaml; Python 3.11)")
    sys.exit(1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)


def equal(a, b):
    """Equal in value and kind: True is not 1, and no text is a number."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(equal(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b


def differences(sample):
    try:
        if not equal(list(yaml.safe_load_all(sample["yaml"])), [sample["data"]] * 2):
            yield "PyYAML reads other data"
    except yaml.YAMLError as error:
        yield f"PyYAML refuses it: {error}"
    try:
        if not equal(tomllib.loads(sample["toml"]), sample["data"]):
            yield "tomllib reads other data"
    except tomllib.TOMLDecodeError as error:
        yield f"tomllib refuses it: {error}"


samples = json.loads(subprocess.run([sys.argv[1]], check=True, capture_output=True).stdout)
failures = 0
for number, sample in enumerate(samples):
    for difference in differences(sample):
        failures += 1
        print(f"sample {number}: {difference}")
print(f"{len(samples)} documents, {failures} differences")
sys.exit(1 if failures or not samples else 0)
