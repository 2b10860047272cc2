"""What every judge's test shares: where things are, what is skipped aloud, and the fleets that are
judged.

Environment: BKFC is the compiler; BKFC_JUDGES the folder that `build` filled (default: the cache);
with BKFC_TEST_REQUIRE_ALL=1 a judge that is missing is a failure and not a skip."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
CACHE = pathlib.Path(os.environ.get("BKFC_CACHE") or pathlib.Path.home() / ".cache/bkfc")
JUDGES = pathlib.Path(os.environ.get("BKFC_JUDGES") or CACHE / "judges")
REQUIRE_ALL = os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1"
SKIPPED_STATUS = 77  # meson's

skipped = []


def missing(what, why):
    """Says that something cannot be judged here. True, so that a test can return; fails where all
    is required."""
    if REQUIRE_ALL:
        raise AssertionError(f"{what} cannot be judged, and everything is required: {why}")
    if (what, why) not in skipped:
        skipped.append((what, why))
        print(f"SKIPPED: {what} because {why}", flush=True)
    return True


def judge(name):
    """The path of a judge's program, `folder/program`, or None if it is not built."""
    path = JUDGES / name
    return path if path.exists() else None


def has_judge(name, what):
    """Is this judge there? If not, what it would have judged is skipped aloud."""
    if judge(name):
        return True
    missing(what, f"{JUDGES / name} is not built (tests/conformance/build {name.split('/')[0]})")
    return False


def has_program(name, package, what):
    if shutil.which(name):
        return True
    missing(what, f"{name} is not installed (apt-get install {package})")
    return False


def is_root(what):
    if os.geteuid() == 0:
        return True
    missing(what, "running a pod takes root")
    return False


def bkfc():
    path = os.environ.get("BKFC")
    if not path:
        sys.exit("BKFC is not set: it names the compiler, for example BKFC=build/bkfc")
    return str(pathlib.Path(path).resolve())


def run(argv, **options):
    """A command's outcome, as text, with standard error apart."""
    options = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([str(a) for a in argv], **options)


def said(outcome):
    """A command's outcome for a failure message."""
    argv = " ".join(map(str, outcome.args))
    return f"{argv}\nstatus {outcome.returncode}\n{outcome.stdout}\n{outcome.stderr or ''}"


def main():
    """Runs the tests of the calling script. Exit status: 0, 1 for a failure, 77 if something was
    skipped."""
    # Whoever ends a test that takes too long ends it by this signal: pods and disks are put away
    # first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    program = unittest.main(module="__main__", exit=False, verbosity=2)
    for what, why in skipped:
        print(f"SKIPPED: {what} because {why}")
    if not program.result.wasSuccessful():
        sys.exit(1)
    if program.result.testsRun == 0:
        sys.exit("no test ran")
    sys.exit(SKIPPED_STATUS if skipped else 0)
