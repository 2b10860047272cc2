"""python3 -m runner --bin DIR --scratch DIR [options] MANIFEST... [-- COMMAND...]

The MANIFESTs hold one StatefulSet, Deployment, DaemonSet, Job or Pod and the ConfigMaps and Secrets
that it names. COMMAND is run in the pod's network by the caller's user on the caller's files once
the pod is ready (a client beside it); --exec LINE is run inside the container as its user. Then
preStop, SIGTERM, the grace period, SIGKILL. A JSON report goes to standard output, the container's
output to SCRATCH/log. Exit status 0: it became ready, every probe and command gave 0, and it ended
by itself after SIGTERM."""

import argparse
import json
import os
import subprocess
import sys

from runner import Refused, image, manifest
from runner.session import Session

PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


def arguments(argv):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("manifests", nargs="+")
    parser.add_argument(
        "--bin",
        required=True,
        action="append",
        help="folder with buildkitd, buildctl, rootlesskit …",
    )
    parser.add_argument(
        "--scratch", required=True, help="folder for the root, the volumes and the log"
    )
    parser.add_argument("--workload", help="name, where the manifests hold several")
    parser.add_argument("--container", help="name (default: the first)")
    parser.add_argument("--image", choices=image.KINDS, help="kind of image (default: by its name)")
    parser.add_argument("--ordinal", type=int, default=0, help="which replica of a StatefulSet")
    parser.add_argument("--wait", type=float, default=30, help="seconds to become ready in")
    parser.add_argument(
        "--exec", action="append", default=[], metavar="LINE", help="shell line to run inside"
    )
    parser.add_argument(
        "--name", action="append", default=[], help="a name that is known as the pod's own address"
    )
    parser.add_argument("--grace", type=float, help="instead of the manifest's grace period")
    return parser.parse_args(argv)


def watch(session, options, client, report):
    """Lets the pod become ready, runs the commands, ends it. True if all went well."""
    report["ready"] = session.wait_ready(options.wait)
    if session.is_running():
        for name in (n for n in PROBES if n in session.spec):
            status, output = session.probe(name)
            report["probes"][name] = {"status": status, "output": output[-2000:]}
    if report["ready"] is not None:
        lines = [(["sh", "-c", line], True) for line in options.exec] + (
            [(client, False)] if client else []
        )
        for argv, inside in lines:
            status, output = session.run(argv, inside=inside)
            report["commands"].append(
                {"argv": argv, "inside": inside, "status": status, "output": output[-20000:]}
            )
    report["exit"] = session.stop()
    fine = not any(x["status"] for x in [*report["commands"], *report["probes"].values()])
    return report["ready"] is not None and fine and report["exit"]["by"] == "SIGTERM"


def main():
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    options, client = arguments(sys.argv[1:split]), sys.argv[split + 1 :]
    if os.geteuid() != 0:
        sys.exit("runner: this takes root")
    report = {"ready": None, "probes": {}, "commands": [], "exit": None}
    is_fine = False
    try:
        session = Session(
            manifest.read(options.manifests),
            options.scratch,
            options.bin,
            workload=options.workload,
            container=options.container,
            kind=options.image,
            ordinal=options.ordinal,
            grace=options.grace,
            names=options.name,
        )
        report.update(pod=session.pod.name, notes=session.pod.notes, log=str(session.log))
        with session:
            security = session.container.security
            report.update(
                argv=session.container.argv,
                uid=security.uid,
                gid=security.gid,
                groups=security.groups,
            )
            is_fine = watch(session, options, client, report)
    except (Refused, subprocess.SubprocessError) as error:
        report["refused"] = str(error)
    except image.MissingProgram as error:
        sys.exit(f"runner: {error}")
    json.dump(report, sys.stdout, indent=2, ensure_ascii=False)
    print()
    sys.exit(0 if is_fine else 1)


main()
