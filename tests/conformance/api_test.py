#!/usr/bin/env python3
"""The API server's own code takes every manifest: strict decoding, defaulting, validation of the
object and of its first pod, on the Kubernetes release that the fleet is for, with no field
dropped and the pod security level that is expected. kubeconform takes them too, kustomize
renders the folders to the same objects, and the linters are quiet but for what each manifest
excuses with a reason."""

import collections
import copy
import json
import unittest

import yaml

import harness
from harness import fleets, linters

NEWEST = fleets.KUBERNETES_JUDGED[-1]
WORKLOADS = ("StatefulSet", "Deployment", "DaemonSet", "Job")

# What a rootless daemon needs is beyond the baseline level in these two points, and no other.
BEYOND_BASELINE = {"seccompProfile", "forbidden AppArmor profile", "forbidden AppArmor profiles"}


def release_of(fleet):
    release = fleet.kubernetes or NEWEST
    if release not in fleets.KUBERNETES_JUDGED:
        raise AssertionError(
            f"{fleet}: no judge of Kubernetes {release}; there are {fleets.KUBERNETES_JUDGED}"
        )
    return release


def every_manifest(fleet):
    """All that is applied for a fleet: its folder, its namespace, and the Job that tries it."""
    out = fleets.manifest_files(fleet.deploy)
    smoke = fleet.kit / "smoke-build.yaml"
    namespace = fleet.out / "namespaces" / fleet.cluster / f"{fleet.namespace}.yaml"
    return out + [f for f in (smoke, namespace) if f.exists()]


def verdicts(release, files, namespace="default", **options):
    """What the API server of one release says, an entry for each document."""
    flags = [x for k, v in options.items() for x in (f"-{k}", v)]
    done = harness.run(
        [harness.judge(f"kubernetes-{release}/api"), "-namespace", namespace, *flags, *files]
    )
    if done.returncode not in (0, 1):
        raise AssertionError(harness.said(done))
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged_fleets(what):
    for fleet in fleets.compiled():
        release = release_of(fleet)
        if harness.has_judge(f"kubernetes-{release}/api", f"{what} by Kubernetes {release}"):
            yield fleet, release


class TheJudgeIsAwake(unittest.TestCase):
    """A judge that lets anything pass would let every fleet pass."""

    def refused(self, change, stages):
        """A workload of each release, broken by `change`, is refused at one of these stages."""
        for release in fleets.KUBERNETES_JUDGED:
            if not harness.has_judge(
                f"kubernetes-{release}/api", f"broken manifests by Kubernetes {release}"
            ):
                continue
            broken = copy.deepcopy(
                next(f for f in fleets.compiled() if release_of(f) == release).workload
            )
            change(broken)
            file = fleets.scratch() / "broken.yaml"
            file.write_text(yaml.safe_dump(broken))
            with self.subTest(release=release):
                found = verdicts(release, [file])[0]
                self.assertFalse(found["ok"])
                self.assertIn(found["stage"], stages, found)

    def test_refuses_a_misspelt_field(self):
        self.refused(lambda w: w["spec"].update(podManagmentPolicy="Parallel"), ["strict"])

    def test_refuses_a_mount_without_its_volume(self):
        mount = {"name": "nowhere", "mountPath": "/nowhere"}
        change = lambda w: w["spec"]["template"]["spec"]["containers"][0]["volumeMounts"].append(
            mount
        )
        self.refused(change, ["pod", "create"])  # old releases accept the set, and refuse its pods

    def test_refuses_a_selector_of_other_labels(self):
        self.refused(lambda w: w["spec"]["selector"]["matchLabels"].update(other="x"), ["create"])

    def test_refuses_a_quantity_in_the_spelling_of_toml(self):
        change = lambda w: w["spec"]["template"]["spec"]["containers"][0]["resources"][
            "requests"
        ].update(memory="1GiB")
        self.refused(change, ["decode"])

    def test_sees_a_field_that_the_release_drops(self):
        if not harness.has_judge("kubernetes-1.31/api", "dropped fields"):
            return
        changed = copy.deepcopy(
            next(f for f in fleets.compiled() if release_of(f) == "1.31").workload
        )
        changed["spec"]["updateStrategy"] = {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxUnavailable": 1},
        }
        file = fleets.scratch() / "dropped.yaml"
        file.write_text(yaml.safe_dump(changed))
        self.assertTrue(verdicts("1.31", [file])[0].get("dropped"))


class EveryManifest(unittest.TestCase):
    def test_is_accepted_whole_and_without_a_warning(self):
        for fleet, release in judged_fleets("every manifest"):
            for found in verdicts(release, every_manifest(fleet), fleet.namespace):
                with self.subTest(
                    str(fleet), release=release, file=found["file"], name=found.get("name")
                ):
                    self.assertTrue(found["ok"], found)
                    self.assertEqual([], found.get("dropped", []))
                    self.assertEqual([], found.get("warnings", []))

    def test_names_its_namespace(self):
        for fleet in fleets.compiled():
            for file in every_manifest(fleet):
                for document in yaml.safe_load_all(file.read_text()):
                    with self.subTest(str(fleet), file=file.name):
                        if document["kind"] != "Namespace":
                            self.assertEqual(fleet.namespace, document["metadata"].get("namespace"))

    def test_every_release_has_a_fleet(self):
        self.assertEqual(set(fleets.KUBERNETES_JUDGED), {release_of(f) for f in fleets.compiled()})

    def test_needs_the_pod_security_level_that_is_expected(self):
        for fleet, release in judged_fleets("pod security"):
            for found in verdicts(release, every_manifest(fleet), fleet.namespace):
                if not found.get("psa"):
                    continue
                kind = found["gvk"].rsplit("/", 1)[-1]
                with self.subTest(str(fleet), release=release, kind=kind):
                    for version, said in found["psa"].items():
                        broken = {
                            reason.partition(" (")[0]
                            for reason in said.get("baselineViolations", [])
                        }
                        if kind == "Job":
                            self.assertEqual(
                                set(),
                                broken,
                                f"the Job of a client needs no privileges ({version})",
                            )
                        else:
                            self.assertLessEqual(broken, BEYOND_BASELINE, version)
                            self.assertIn("seccompProfile", broken, version)

    def test_is_taken_by_kubeconform(self):
        if not harness.has_judge("kubeconform/kubeconform", "schemas") or not harness.has_judge(
            "schemas", "schemas"
        ):
            return
        location = str(
            harness.JUDGES
            / "schemas"
            / "{{ .NormalizedKubernetesVersion }}-standalone{{ .StrictSuffix }}"
            / "{{ .ResourceKind }}{{ .KindSuffix }}.json"
        )
        for fleet in fleets.compiled():
            version = schema_version(release_of(fleet))
            with self.subTest(str(fleet), version=version):
                done = harness.run(
                    [
                        harness.judge("kubeconform/kubeconform"),
                        "-strict",
                        "-summary",
                        "-kubernetes-version",
                        version,
                        "-schema-location",
                        location,
                        *every_manifest(fleet),
                    ]
                )
                self.assertEqual(0, done.returncode, harness.said(done))
                self.assertRegex(done.stdout, r"Invalid: 0, Errors: 0, Skipped: 0")


def schema_version(release):
    """`1.31.0` for `1.31`, as the schemas' folder has it."""
    found = sorted((harness.JUDGES / "schemas").glob(f"v{release}.*-standalone-strict"))
    if len(found) != 1:
        raise AssertionError(f"{len(found)} schemas of Kubernetes {release}")
    return found[0].name.removeprefix("v").removesuffix("-standalone-strict")


class Kustomize(unittest.TestCase):
    def build(self, folder):
        done = harness.run([harness.judge("kustomize/kustomize"), "build", folder])
        self.assertEqual(0, done.returncode, harness.said(done))
        self.assertEqual("", done.stderr)
        return [d for d in yaml.safe_load_all(done.stdout) if d]

    def test_renders_each_folder_to_what_its_files_say(self):
        if not harness.has_judge("kustomize/kustomize", "rendering the folders"):
            return
        for fleet in fleets.compiled():
            with self.subTest(str(fleet)):
                self.assertEqual(by_name(fleet.documents), by_name(self.build(fleet.deploy)))

    def test_renders_the_cluster_to_the_sum_of_its_fleets(self):
        if not harness.has_judge("kustomize/kustomize", "rendering the folders"):
            return
        clusters = collections.defaultdict(list)
        for fleet in fleets.compiled():
            clusters[fleet.out / "deploy" / fleet.cluster] += fleet.documents
        for folder, documents in clusters.items():
            with self.subTest(folder=str(folder)):
                self.assertEqual(by_name(documents), by_name(self.build(folder)))


def by_name(documents):
    out = {
        (d["apiVersion"], d["kind"], d["metadata"].get("namespace"), d["metadata"]["name"]): d
        for d in documents
    }
    if len(out) != len(documents):
        raise AssertionError("two objects of one name")
    return out


class Linters(unittest.TestCase):
    maxDiff = None

    def kube_score(self, fleet, *flags):
        """{(kind, name, check)} of what kube-score is not content with."""
        done = harness.run(
            [
                harness.judge("kube-score/kube-score"),
                "score",
                "--output-format",
                "json",
                "--kubernetes-version",
                f"v{release_of(fleet)}",
                *flags,
                *every_manifest(fleet),
            ]
        )
        self.assertEqual("", done.stderr)
        return {
            (o["type_meta"]["kind"], o["object_meta"]["name"], c["check"]["id"])
            for o in json.loads(done.stdout)
            for c in o["checks"]
            if not c["skipped"] and c["grade"] < 10
        }

    def test_kube_score_is_quiet_but_for_what_is_excused(self):
        if not harness.has_judge("kube-score/kube-score", "kube-score's checks"):
            return
        for fleet in fleets.compiled():
            with self.subTest(str(fleet)):
                self.assertEqual(set(), self.kube_score(fleet))
                documents = [
                    d for f in every_manifest(fleet) for d in yaml.safe_load_all(f.read_text())
                ]
                excused = {
                    (d["kind"], d["metadata"]["name"], c)
                    for d in documents
                    for c in linters.kube_score_suppressed(d)
                }
                found = self.kube_score(fleet, "--disable-ignore-checks-annotations")
                self.assertEqual(found, excused, "what is excused is what fails without the excuse")

    def checkov(self, documents, name):
        """({(resource, check)} that fail, the same that are skipped)"""
        folder = fleets.scratch() / "checkov" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "all.yaml").write_text(yaml.safe_dump_all(documents))
        done = harness.run(
            [
                harness.judge("checkov/checkov"),
                "-d",
                folder,
                "--framework",
                "kubernetes",
                "--skip-download",
                "-o",
                "json",
                "--compact",
            ]
        )
        if done.returncode not in (0, 1) or not done.stdout.startswith("{"):
            raise AssertionError(harness.said(done))
        said = json.loads(done.stdout)
        self.assertEqual(0, said["summary"]["parsing_errors"])
        results = said["results"]
        pick = lambda key: {(c["resource"], c["check_id"]) for c in results.get(key, [])}
        return pick("failed_checks"), pick("skipped_checks")

    def test_checkov_is_quiet_but_for_what_is_excused(self):
        if not harness.has_judge("checkov/checkov", "checkov's checks"):
            return
        every, bare = [], []
        for number, fleet in enumerate(fleets.compiled()):
            for file in every_manifest(fleet):
                for document in yaml.safe_load_all(file.read_text()):
                    # One run for all fleets: a namespace for each keeps their objects apart.
                    if document["kind"] != "Namespace":
                        document["metadata"]["namespace"] = f"{fleet.namespace}-{number}"
                    every.append(document)
                    bare.append(without_checkov_annotations(document))
        failed, skipped = self.checkov(every, "as-written")
        failed_bare, _ = self.checkov(bare, "without-annotations")
        self.assertEqual(set(), failed)
        self.assertEqual(failed_bare, skipped, "what is excused is what fails without the excuse")

    def each_workload(self):
        for fleet in fleets.compiled():
            for file in every_manifest(fleet):
                for document in yaml.safe_load_all(file.read_text()):
                    if document["kind"] in WORKLOADS:
                        yield fleet, document

    def test_nothing_is_excused_but_what_the_daemon_needs(self):
        for fleet, document in self.each_workload():
            with self.subTest(str(fleet), kind=document["kind"]):
                for excused, allowed in (
                    (linters.kube_score_suppressed(document), linters.KUBE_SCORE_EXCUSED),
                    (set(linters.checkov_suppressed(document)), linters.CHECKOV_EXCUSED),
                ):
                    self.assertLessEqual(excused, linters.may_excuse(allowed, document))

    def test_every_excuse_has_a_reason(self):
        for fleet, document in self.each_workload():
            reasons = {
                **linters.checkov_suppressed(document),
                **linters.kube_linter_suppressed(document),
            }
            for check, reason in reasons.items():
                with self.subTest(str(fleet), kind=document["kind"], check=check):
                    self.assertGreater(len(reason.split()), 3, "a reason is a sentence")

    def test_kube_linter_is_told_what_fails_and_nothing_else(self):
        for fleet, document in self.each_workload():
            with self.subTest(str(fleet), kind=document["kind"]):
                excused = set(linters.kube_linter_suppressed(document))
                self.assertEqual(set(), excused - linters.KUBE_LINTER_CHECKS, "no such check")
                fails = linters.fails(linters.KUBE_LINTER_FAILS, document)
                self.assertEqual(set(), excused - fails, "excused, and would not fail")
                self.assertEqual(set(), fails - excused, "fails, and is not excused")

    def test_polaris_is_told_what_fails_and_nothing_else(self):
        for fleet, document in self.each_workload():
            with self.subTest(str(fleet), kind=document["kind"]):
                excused = linters.polaris_suppressed(document)
                self.assertEqual(set(), set(excused) - linters.POLARIS_CHECKS, "no such check")
                self.assertEqual({"true"} if excused else set(), set(excused.values()))
                fails = linters.fails(linters.POLARIS_FAILS, document)
                self.assertEqual(set(), set(excused) - fails, "excused, and would not fail")
                self.assertEqual(
                    set(),
                    fails - set(excused) - linters.POLARIS_LEFT_TO_THE_FLEET,
                    "fails, and is not excused",
                )


def without_checkov_annotations(document):
    out = copy.deepcopy(document)
    for place in (out, (out.get("spec") or {}).get("template") or {}):
        annotations = (place.get("metadata") or {}).get("annotations")
        if annotations:
            kept = {
                k: v for k, v in annotations.items() if not k.startswith(linters.CHECKOV_PREFIX)
            }
            place["metadata"]["annotations"] = kept
    return out


if __name__ == "__main__":
    harness.main()
