"""The man page, read by mandoc and groff. Usage: man_test.py BKFC"""

import os
import re
import shutil
import subprocess
import sys

SKIPPED = 77

# The same input gives the same bytes: there is no date to say.
ALLOWED = ["missing date"]


def findings(*command, page):
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if not any(text in line for text in ALLOWED)]


def main():
    page = subprocess.run([sys.argv[1], "man"], check=True, capture_output=True, text=True).stdout
    status = 0
    for command in (["mandoc", "-T", "lint"], ["groff", "-man", "-ww", "-T", "utf8", "-z"]):
        if not shutil.which(command[0]):
            print(f"{command[0]} is not on this machine")
            status = status or (1 if os.environ.get("BKFC_TEST_REQUIRE_ALL") == "1" else SKIPPED)
            continue
        for finding in findings(*command, page=page):
            print(f"{command[0]}: {finding}")
            status = 1
    if shutil.which("mandoc"):
        shown = subprocess.run(["mandoc", "-T", "ascii"], input=page, check=True, capture_output=True, text=True).stdout
        shown = re.sub(".\b", "", shown)  # bold and underlined letters are typed over
        for text in ("--output FOLDER", "bkfc explain", "EXIT STATUS"):
            if text not in shown:
                print(f"the page does not show {text!r}")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
