#!/usr/bin/env python3
"""new_kubernetes_release.py vX.Y.Z   Makes modules/kubernetes-X.Y/ for another Kubernetes release.

k8s.io/kubernetes cannot be required alone: its go.mod asks for k8s.io/api and some thirty more at
v0.0.0 and points them to folders of its own repository. The same replaces, pointing to the
published modules, do. The Go client then fills in the rest and writes go.sum."""

import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main(version):
    major, minor, patch = re.fullmatch(r"v(\d+)\.(\d+)\.(\d+)", version).groups()
    download = ["go", "mod", "download", "-json", f"k8s.io/kubernetes@{version}"]
    fetched = json.loads(subprocess.check_output(download, cwd="/"))
    upstream = json.loads(subprocess.check_output(["go", "mod", "edit", "-json", fetched["GoMod"]]))

    lines = [
        "module judges/kubernetes",
        "",
        "go 1.26.0",
        "",
        "require (",
        f"\tk8s.io/kubernetes {version}",
    ]
    lines += [f"\t{r['Path']} {r['Version']}" for r in upstream["Require"]] + [")", "", "replace ("]
    for replace in upstream.get("Replace") or []:
        old, new = replace["Old"]["Path"], replace["New"]
        is_staged = new["Path"].startswith("./staging/")
        target = f"{old} v0.{minor}.{patch}" if is_staged else f"{new['Path']} {new['Version']}"
        lines.append(f"\t{old} => {target}")
    lines.append(")")

    folder = f"{HERE}/modules/kubernetes-{major}.{minor}"
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/go.mod", "w") as file:
        file.write("\n".join(lines) + "\n")
    subprocess.check_call(["go", "mod", "tidy", f"-modfile={folder}/go.mod"], cwd=f"{HERE}/api")


if __name__ == "__main__":
    main(sys.argv[1])
