"""What the tests of the scripts share: the emitted script of the sample fleet, and a run of it."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PRINT_SCRIPT = ""


def main():
    """Runs the tests of the calling file; the first argument is the program that prints scripts."""
    global PRINT_SCRIPT
    sys.modules["sample"].PRINT_SCRIPT = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)


def judge(folder, program):
    """A real program: on the path, or where the judges keep theirs. Its test is skipped without."""
    cache = pathlib.Path(os.environ.get("BKFC_CACHE") or pathlib.Path.home() / ".cache/bkfc")
    judges = pathlib.Path(os.environ.get("BKFC_JUDGES") or cache / "judges")
    found = pathlib.Path(shutil.which(program) or judges / folder / program)
    if not found.exists():
        missing(program)
    return found


def missing(program):
    """Skips the test, or fails it where nothing may be skipped."""
    if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1":
        raise AssertionError(f"{program} is missing, and nothing may be skipped here")
    raise unittest.SkipTest(f"{program} is not on this machine")


def emitted(name):
    return subprocess.run([PRINT_SCRIPT, name], check=True, capture_output=True, text=True).stdout


def with_values(script, **values):
    """The script with other values in its assignments, which are words of the shell here."""
    for name, word in values.items():
        script, count = re.subn(rf"^{name}=(\((?:\n.*?\n)?.*?\)|\S+)$", lambda _: f"{name}={word}",
                                script, count=1, flags=re.M | re.S)
        assert count == 1, f"the script does not assign {name}"
    return script


class ScriptTest(unittest.TestCase):
    """A folder of its own, a home in it, and stand-ins that are found before the real programs."""

    script = ""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="bkfc scripts "))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.programs = self.home / "programs"
        self.programs.mkdir()
        self.path = self.write_script(self.emitted_name, emitted(self.emitted_name))

    def write_script(self, name, text):
        path = self.home / f"{name}.sh"
        path.write_text(text)
        path.chmod(0o755)
        return path

    def use_values(self, **values):
        self.write_script(self.emitted_name, with_values(emitted(self.emitted_name), **values))

    def stand_in(self, program, text):
        path = self.programs / program
        path.write_text("#!/usr/bin/env bash\n" + text)
        path.chmod(0o755)

    def environment(self):
        return {"PATH": f"{self.programs}:{os.environ['PATH']}", "HOME": str(self.home),
                "TMPDIR": str(self.home)}

    def start(self, *arguments, **options):
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
                   "stderr": subprocess.PIPE, "text": True, "env": self.environment(), **options}
        return subprocess.Popen([str(self.path), *arguments], **options)

    def check_shell(self):
        if shutil.which("shellcheck") is None:
            missing("shellcheck")
        subprocess.run(["shellcheck", str(self.path)], check=True)

    def run_script(self, *arguments, status=0, **options):
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, f"{arguments}\n{out}\n{err}")
        return out, err
