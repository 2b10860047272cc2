#!/usr/bin/env python3
"""bench.py --bkfc BINARY [--runs N] [--fleet FILE]   How fast bkfc is, as ratios measured side by side.

Prints one JSON object a line: {"case", "median_ms", "min_ms", "ratio", "to"}. All contenders of a group run in turn,
so that what else the machine does falls on all alike. Peers that are not installed are said, and left out.

  print       `bkfc --print` of the fleet, beside a static program that does nothing, and beside jsonnet and
              `helm template`, which print the same manifests from literals (that they are the same is checked)
  folder      `-o` into an empty place, and again into the same, beside `cp -r` of the result
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import yaml

HERE = pathlib.Path(__file__).resolve().parent
EMPTY = "int main(void) { return 0; }\n"


def timed(action):
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def measure(contenders, runs):
    """{name: [ms]} of (prepare, action) pairs, each run once a round; the first round warms up."""
    times = {name: [] for name in contenders}
    for turn in range(runs + 1):
        for name, (prepare, action) in contenders.items():
            prepare()
            spent = timed(action)
            if turn:
                times[name].append(spent)
    return times


def tell(times, to):
    base = statistics.median(times[to])
    for name, spent in times.items():
        median = statistics.median(spent)
        print(json.dumps({"case": name, "median_ms": round(median, 3), "min_ms": round(min(spent), 3),
                          "ratio": round(median / base, 2), "to": to}), flush=True)


def run(*argv):
    return lambda: subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)


def output_of(argv):
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def documents(text):
    found = [d for d in yaml.safe_load_all(text) if d]
    return sorted(found, key=lambda d: (d["kind"], d["metadata"]["name"]))


def nothing():
    pass


def empty_program(scratch):
    (scratch / "empty.c").write_text(EMPTY)
    subprocess.run(["cc", "-O2", "-static", "-o", scratch / "empty", scratch / "empty.c"], check=True)
    return str(scratch / "empty")


def jsonnet(scratch, manifests):
    """The manifests as literals: less work than any real program in jsonnet has."""
    program = scratch / "peer.jsonnet"
    program.write_text(f"std.manifestYamlStream({json.dumps(manifests)})\n")
    return ["jsonnet", "-S", str(program)]


def helm(scratch, manifests):
    """A chart whose templates are the manifests, with the names taken from values."""
    chart = scratch / "peer"
    (chart / "templates").mkdir(parents=True)
    (chart / "Chart.yaml").write_text("apiVersion: v2\nname: peer\nversion: 0.1.0\n")
    (chart / "values.yaml").write_text(f"namespace: {manifests[0]['metadata']['namespace']}\n")
    for i, manifest in enumerate(manifests):
        text = yaml.safe_dump(manifest, sort_keys=False)
        line = f"namespace: {manifest['metadata']['namespace']}\n"
        text = text.replace("{{", "{{ `{{` }}").replace(line, "namespace: {{ .Values.namespace }}\n", 1)
        (chart / "templates" / f"{i}.yaml").write_text(text)
    return ["helm", "template", "peer", str(chart)]


def bench_print(bkfc, fleet, scratch, runs):
    ours = [bkfc, fleet, "--print", "-q"]
    manifests = documents(output_of(ours))
    contenders = {"empty static process": (nothing, run(empty_program(scratch))), "bkfc --print": (nothing, run(*ours))}
    for name, make in (("jsonnet", jsonnet), ("helm", helm)):
        if not shutil.which(name):
            print(f"SKIPPED: {name} is not installed", file=sys.stderr)
            continue
        argv = make(scratch, manifests)
        if documents(output_of(argv)) != manifests:
            sys.exit(f"bench: {name} does not print the same manifests")
        contenders[name] = (nothing, run(*argv))
    tell(measure(contenders, runs), "empty static process")


def bench_folder(bkfc, fleet, scratch, runs):
    out, copy, kept = scratch / "out", scratch / "copy", scratch / "kept"
    subprocess.run([bkfc, fleet, "-o", kept, "-q"], check=True)
    gone = lambda folder: lambda: shutil.rmtree(folder, ignore_errors=True)
    tell(measure({
        "cp -r": (gone(copy), run("cp", "-r", str(kept), str(copy))),
        "bkfc -o, fresh": (gone(out), run(bkfc, fleet, "-o", str(out), "-q")),
        "bkfc -o, unchanged": (nothing, run(bkfc, fleet, "-o", str(kept), "-q")),
    }, runs), "cp -r")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bkfc", required=True)
    parser.add_argument("--fleet", default=str(HERE.parent.parent / "examples/crater/fleet.bkfleet"))
    parser.add_argument("--runs", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        bkfc = os.path.abspath(args.bkfc)
        bench_print(bkfc, args.fleet, scratch, args.runs)
        bench_folder(bkfc, args.fleet, scratch, args.runs)


if __name__ == "__main__":
    main()
