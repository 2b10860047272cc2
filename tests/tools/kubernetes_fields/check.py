"""Runs the generator again: is compiler/facts/kubernetes_field_rows.cpp what it writes?

Without Go or the pinned modules this is skipped, and fails with BKFC_TEST_REQUIRE_ALL=1."""

import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parents[2] / "compiler/facts/kubernetes_field_rows.cpp"
SKIPPED = 77
MODULE_MISSING = 3


def skip(why):
    print(f"SKIPPED: the table of Kubernetes fields is not held against k8s.io/api: {why}")
    sys.exit(1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)


def main():
    if not shutil.which("go"):
        skip("go is not installed")
    with tempfile.TemporaryDirectory() as folder:
        generator = pathlib.Path(folder) / "generator"
        subprocess.run(["go", "build", "-buildvcs=false", "-o", generator, "."], cwd=HERE, check=True)
        outcome = subprocess.run([generator], cwd=HERE, capture_output=True, text=True)
    if outcome.returncode == MODULE_MISSING:
        skip(outcome.stderr.strip())
    if outcome.returncode != 0:
        sys.exit(outcome.stderr)
    differences = list(
        difflib.unified_diff(
            TABLE.read_text().splitlines(), outcome.stdout.splitlines(), "checked in", "generated", lineterm=""
        )
    )
    if differences:
        print("\n".join(differences[:100]))
        sys.exit(f"{TABLE.name} is stale: run the generator as its main.go says")


main()
