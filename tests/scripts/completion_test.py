"""`bkfc completion`, in the shell itself: what a person is offered who types and presses Tab.

Usage: completion_test.py BKFC SHELL"""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SKIPPED = 77

BKFC = os.path.abspath(sys.argv[1])
SHELL = sys.argv[2]

OFFERED = {
    # What is typed: (what is offered, what is not).
    "bkfc ": ({"check", "explain", "fleet.bkfleet", "folder/"}, {"notes.txt", "--print"}),
    "bkfc ch": ({"check"}, {"explain", "fleet.bkfleet"}),
    "bkfc --pr": ({"--print"}, {"--fix"}),
    "bkfc --o": ({"--output", "--only"}, {"--print"}),
    "bkfc -o fo": ({"folder/"}, {"fleet.bkfleet"}),
    "bkfc fleet.bkfleet --set a=1 --d": ({"--diff", "--dry-run", "--dump"}, {"--check"}),
    "bkfc fleet.bkfleet ": ({"fleet.bkfleet", "other.bkfleet"}, {"check", "notes.txt"}),
    "bkfc check ": ({"fleet.bkfleet", "other.bkfleet", "folder/"}, {"notes.txt", "check"}),
    "bkfc check folder/": ({"folder/inner.bkfleet"}, {"folder/inner.txt"}),
    "bkfc check --f": ({"--fix", "--format"}, {"--force", "--check"}),
    "bkfc check --format ": ({"text", "json", "sarif"}, {"fleet.bkfleet", "check"}),
    "bkfc check --format s": ({"sarif"}, {"json"}),
    "bkfc --format json check --f": ({"--fix"}, {"--force"}),
    "bkfc --set-file no": ({"notes.txt"}, {"new"}),
    "bkfc -I ": ({"folder/"}, {"fleet.bkfleet", "notes.txt"}),
    "bkfc --dump mod": ({"modules", "model"}, {"tree"}),
    "bkfc explain fleet.gc.tier.k": ({"fleet.gc.tier.keep_duration"}, {"fleet.gc"}),
    "bkfc explain gc_tier_s": ({"gc_tier_shadowed"}, {"gc_disabled"}),
    "bkfc explain std/g": ({"std/gc"}, {"fleet.gc"}),
    "bkfc explain unt": ({"until"}, {"unset"}),
    "bkfc completion ": ({"bash", "zsh", "fish"}, {"check", "fleet.bkfleet"}),
    "bkfc reference ": ({"folder/"}, {"fleet.bkfleet"}),
    "bkfc new ": (set(), {"fleet.bkfleet", "check"}),
}


# Tab then prints what would be offered, one a line, and completes nothing.
SAY_OFFERS = """\
say_offers() { compadd() { local -a got; builtin compadd -A got "$@"; print -rl -- offered\\ $^got; builtin compadd "$@" }
_main_complete; unfunction compadd; compstate[insert]=''; compstate[list]=''; print all said }
zle -C say-offers complete-word say_offers
bindkey '^I' say-offers
"""


def printed(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def last_word(line):
    return line.rsplit(" ", 1)[-1]


class Terminal:
    """An interactive shell in a terminal of its own."""

    def __init__(self, *command, cwd):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(cwd)
            environment = {"PATH": os.environ["PATH"], "HOME": cwd, "TERM": "dumb", "PS1": "ready> ", "COLUMNS": "200"}
            os.execvpe(command[0], command, environment)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def read_until(self, pattern, patience=20):
        """What the shell says until then."""
        said, end = "", time.monotonic() + patience
        while not re.search(pattern, said):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                raise AssertionError(f"the shell does not say {pattern!r}, but {said!r}")
            said += os.read(self.terminal, 65536).decode(errors="replace")
        return said

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.process, 0)


class Completion(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ["fleet.bkfleet", "other.bkfleet", "notes.txt", "folder/inner.bkfleet", "folder/inner.txt"]:
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text("")
        self.script = self.folder / f".bkfc.{SHELL}"
        self.script.write_text(printed(BKFC, "completion", SHELL))

    def check(self, offered_for):
        for line, (expected, unexpected) in OFFERED.items():
            with self.subTest(line):
                offered = offered_for(line)
                self.assertLessEqual(expected, offered)
                self.assertFalse(offered & unexpected, offered)

    def terminal(self, *command):
        terminal = Terminal(*command, cwd=str(self.folder))
        self.addCleanup(terminal.close)
        return terminal

    def finish_words(self, terminal, prepare):
        """Each is the only one that begins so: Tab completes it."""
        terminal.type(prepare)
        terminal.read_until("prepared")
        for typed, word in {
            "bkfc com": "completion",
            "bkfc check oth": "other.bkfleet",
            "bkfc check --form": "--format",
            "bkfc explain gc_tier_sh": "gc_tier_shadowed",
        }.items():
            terminal.type(typed + "\t")
            terminal.read_until(re.escape(typed) + r"[^\n]*" + re.escape(word[len(last_word(typed)) :]))
            terminal.type("\x15\n")


class Bash(Completion):
    def test_offers_when_told_by_its_variables(self):
        ask = """
            source "$1"
            shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _bkfc
            printf '%s\\n' "${COMPREPLY[@]}"
        """

        def offered_for(line):
            said = printed("bash", "--norc", "-c", ask, "-", self.script, *line.split(" "), cwd=self.folder)
            # Bash itself marks what is a folder.
            return {word + "/" if (self.folder / word).is_dir() else word for word in said.splitlines()}

        self.check(offered_for)
        with self.subTest("an option and its value in one word, which bash cuts at `=`"):
            self.assertEqual({"sarif"}, offered_for("bkfc check --format = s"))
            self.assertIn("json", offered_for("bkfc check --format ="))
            self.assertIn("--fix", offered_for("bkfc --format = json check --f"))

    def test_completes_words_in_a_terminal(self):
        terminal = self.terminal("bash", "--norc", "--noprofile", "-i")
        terminal.read_until("ready> ")
        self.finish_words(terminal, f"source {self.script}; echo prep''ared\n")

    def test_script_is_without_a_finding(self):
        printed("shellcheck", "-s", "bash", self.script)


class Zsh(Completion):
    def test_offers_in_a_terminal(self):
        terminal = self.terminal("zsh", "-f", "-i")
        terminal.type(f"autoload -U compinit; compinit -u -D; source {self.script}; setopt no_beep; echo prep''ared\n")
        terminal.read_until("prepared")
        terminal.type(SAY_OFFERS + "echo prep''ared2\n")
        terminal.read_until("prepared2")

        def in_full(word, line):
            """Zsh offers a file without the folder that is typed, and a folder without its slash."""
            begun = last_word(line)
            path = begun[: begun.rfind("/") + 1] + word
            if not (self.folder / path).exists():
                return word
            return path + "/" if (self.folder / path).is_dir() else path

        def offered_for(line):
            terminal.type(line + "\t")
            said = terminal.read_until("all said")
            terminal.type("\x15\n")
            return {in_full(word, line) for word in re.findall(r"offered ([^\r\n]+)", said)}

        self.check(offered_for)

    def test_completes_words(self):
        terminal = self.terminal("zsh", "-f", "-i")
        self.finish_words(terminal, f"autoload -U compinit; compinit -u -D; source {self.script}; echo prep''ared\n")


class Fish(Completion):
    def test_offers(self):
        def offered_for(line):
            said = printed("fish", "--no-config", "-c", f"source {self.script}; complete -C '{line}'", cwd=self.folder)
            return {word.split("\t")[0] for word in said.splitlines()}

        self.check(offered_for)


if __name__ == "__main__":
    if not shutil.which(SHELL):
        print(f"{SHELL} is not on this machine")
        sys.exit(1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)
    unittest.main(argv=[sys.argv[0], SHELL.capitalize()])
