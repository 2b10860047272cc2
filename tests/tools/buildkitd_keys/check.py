"""Holds the tables of buildkitd's keys and flags against its sources, at the releases that are pinned.

The argument is the program that prints the tables. Without Go or the pinned modules this is skipped,
and fails with BKFC_TEST_REQUIRE_ALL=1."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77
MODULE_MISSING = 3

# Of Windows' service manager alone.
LEFT_OUT = {"log-file", "register-service", "run-service", "service-name", "unregister-service"}


def skip(why):
    print(f"SKIPPED: the tables of buildkitd's keys and flags are not held against its sources: {why}")
    sys.exit(1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)


def read_sources():
    """What each release has, as lines without the release."""
    if not shutil.which("go"):
        skip("go is not installed")
    with tempfile.TemporaryDirectory() as folder:
        reader = pathlib.Path(folder) / "reader"
        subprocess.run(["go", "build", "-buildvcs=false", "-o", reader, "."], cwd=HERE, check=True)
        outcome = subprocess.run([reader], cwd=HERE, capture_output=True, text=True)
    if outcome.returncode == MODULE_MISSING:
        skip(outcome.stderr.strip())
    if outcome.returncode != 0:
        sys.exit(outcome.stderr)
    releases = {}
    for line in outcome.stdout.splitlines():
        release, what, name, kind = line.split()
        if name not in LEFT_OUT:
            releases.setdefault(release, set()).add((what, name, kind))
    return releases


def read_tables(program):
    lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    return [tuple(line.split()) for line in lines]


def numbers(release):
    return [int(part) for part in release.lstrip("v").split(".")]


def main():
    tables = read_tables(sys.argv[1])
    releases = read_sources()
    differences = 0
    for release, sources in releases.items():
        told = {row[:3] for row in tables if numbers(row[3]) <= numbers(release)}
        for row in sorted(told ^ sources):
            differences += 1
            print(f"{release}: {' '.join(row)}: only in the {'table' if row in told else 'sources'}")
    print(f"{len(tables)} rows, {len(releases)} releases, {differences} differences")
    sys.exit(1 if differences or not releases else 0)


main()
