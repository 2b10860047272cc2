#!/usr/bin/env python3
"""kill_by_strace.py BKFC   Kills the program itself before every system call that changes the disk, one run a call.

After each kill every file is the old one or the new one, `--check` does not call a mixture current, and the next run
ends with exactly the new output. Exit 77 (skipped) where processes may not be traced."""

import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CHANGING = ["open", "openat", "creat", "write", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir",
            "mkdirat", "rmdir", "chmod", "fchmod", "fchmodat"]

FLEET = """fleet "ci" {
  namespace = "ci"
  cache {
    size = %s
  }
  network_policy {
    enabled = %s
  }
  %s
}
"""
OLD = FLEET % ("200GiB", "true", "disruption { enabled = false }")
NEW = FLEET % ("300GiB", "false", "")


def run(program, folder, *options, trace=()):
    command = [*trace, program, "fleet.bkfleet", "-o", "out", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def say(text):
    print(text, flush=True)


def files(folder):
    out = folder / "out"
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*") if path.is_file() and ".bkfc-new" not in path.parts
    }


def calls_of(trace):
    """How often each changing call occurs, and which of its occurrences change something on the disk."""
    counts = collections.Counter()
    changing = []
    for line in trace.read_text().splitlines():
        match = re.match(r"(?:\d+\s+)?(\w+)\((.*)", line)
        if not match or match[1] not in CHANGING:
            continue
        call, rest = match.groups()
        counts[call] += 1
        # Reading a file and writing to the terminal change nothing.
        reads = call in ("open", "openat") and "O_CREAT" not in rest
        talks = call == "write" and rest.startswith(("1,", "2,"))
        if not reads and not talks:
            changing.append((call, counts[call]))
    return changing


class Scenario:
    def __init__(self, program, scratch, name, before, after):
        self.program, self.name = program, name
        self.start = scratch / name
        self.start.mkdir()
        self.before = self.compiled(before) if before else {}
        shutil.copytree(self.start, scratch / f"{name}-new")
        self.work = scratch / f"{name}-work"
        (self.start / "fleet.bkfleet").write_text(after)
        fresh = scratch / f"{name}-new"
        (fresh / "fleet.bkfleet").write_text(after)
        done = run(program, fresh)
        assert done.returncode == 0, done.stderr
        self.after = files(fresh)
        if before:
            kinds = {(path in self.before, path in self.after) for path in {*self.before, *self.after}}
            assert len(kinds) == 3, "the update does not write, replace and remove files"

    def compiled(self, text):
        (self.start / "fleet.bkfleet").write_text(text)
        done = run(self.program, self.start)
        assert done.returncode == 0, done.stderr
        return files(self.start)

    def reset(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.start, self.work, symlinks=True)

    def traced(self):
        self.reset()
        trace = self.work / "trace"
        done = run(self.program, self.work,
                   trace=["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=" + ",".join(CHANGING)])
        assert done.returncode == 0, done.stderr
        return calls_of(trace)

    def kill(self, call, when):
        self.reset()
        killed = run(self.program, self.work,
                     trace=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                            f"inject={call}:signal=KILL:when={when}"])
        assert killed.returncode in (-9, 137), f"not killed: {killed.returncode} {killed.stderr}"
        self.check_old_or_new()
        self.check_next_run()

    def check_old_or_new(self):
        now = files(self.work)
        for path in {*now, *self.before, *self.after}:
            assert now.get(path) in (self.before.get(path), self.after.get(path)), f"{path} is neither old nor new"
        checked = run(self.program, self.work, "--check")
        if now == self.after:
            return
        assert checked.returncode == 1, f"--check ends with {checked.returncode}"
        if now != self.before:
            assert "interrupted" in checked.stderr, f"--check does not tell the mixture: {checked.stderr}"

    def check_next_run(self):
        done = run(self.program, self.work)
        assert done.returncode == 0, f"the next run fails: {done.stderr}"
        assert files(self.work) == self.after, "the next run does not bring the new output"
        assert not (self.work / "out/.bkfc-new").exists(), "the next run leaves its staging folder"
        assert run(self.program, self.work, "--check").returncode == 0, "the next run's output is not current"

    def try_all(self):
        changing = self.traced()
        assert files(self.work) == self.after
        assert len(changing) > 25, f"only {len(changing)} calls were seen"
        for call, when in changing:
            try:
                self.kill(call, when)
            except AssertionError as failure:
                raise AssertionError(f"{self.name}, killed at {call} number {when}: {failure}") from None
        say(f"{self.name}: killed at each of {len(changing)} calls, nothing lost")


def main(program):
    program = str(pathlib.Path(program).resolve())
    if not shutil.which("strace") or subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
        say("SKIPPED: strace is not installed, or this user may not trace processes")
        return 77
    # LeakSanitizer traces the process itself, and only one may.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    quick = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bkfc-strace-", dir=quick) as scratch:
        for name, before, after in (("fresh", None, NEW), ("update", OLD, NEW)):
            Scenario(program, pathlib.Path(scratch), name, before, after).try_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
