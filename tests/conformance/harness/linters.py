"""What the linters object to in a rootless BuildKit, and how each is told that it is meant.

kube-score and checkov are run. kube-linter and polaris are not to be had as packages, so the
annotations for them are held against the names of their checks, and each check that matters here is
written down as a question about the pod."""

KUBE_LINTER_CHECKS = frozenset(
    """access-to-create-pods access-to-secrets cluster-admin-role-binding dangling-
    horizontalpodautoscaler dangling-ingress dangling-networkpolicy dangling-
    networkpolicypeer-podselector dangling-service dangling-servicemonitor default-service-
    account deprecated-service-account-field dnsconfig-options docker-sock drop-net-raw-
    capability duplicate-env-var env-value-from env-var-secret exposed-services host-ipc host-
    network host-pid hpa-minimum-three-replicas invalid-target-ports job-ttl-seconds-after-
    finished latest-tag liveness-port minimum-three-replicas mismatching-selector no-anti-
    affinity no-extensions-v1beta no-liveness-probe no-node-affinity no-read-only-root-fs no-
    readiness-probe no-rolling-update-strategy non-existent-service-account non-isolated-pod
    pdb-max-unavailable pdb-min-available pdb-unhealthy-pod-eviction-policy priority-class-
    name privilege-escalation-container privileged-container privileged-ports read-secret-
    from-env-var readiness-port required-annotation-email required-label-owner restart-policy
    run-as-non-root scc-deny-privileged-container schema-validation sensitive-host-mounts
    sorted-keys ssh-port startup-port unsafe-proc-mount unsafe-sysctls unset-cpu-requirements
    unset-memory-requirements use-namespace wildcard-in-rules writable-host-mount""".split()
)

POLARIS_CHECKS = frozenset(
    """automountServiceAccountToken cpuLimitsMissing cpuRequestsMissing dangerousCapabilities
    deploymentMissingReplicas hostIPCSet hostNetworkSet hostPIDSet hostPathSet hostPortSet
    hostProcess hpaMaxAvailability hpaMinAvailability insecureCapabilities linuxHardening
    livenessProbeMissing memoryLimitsMissing memoryRequestsMissing
    metadataAndInstanceMismatched missingNetworkPolicy missingPodDisruptionBudget
    notReadOnlyRootFilesystem pdbDisruptionsIsZero pdbMinAvailableGreaterThanHPAMinReplicas
    priorityClassNotSet privilegeEscalationAllowed procMount pullPolicyNotAlways
    readinessProbeMissing runAsPrivileged runAsRootAllowed sensitiveConfigmapContent
    sensitiveContainerEnvVar tagNotSpecified tlsSettingsMissing topologySpreadConstraint""".split()
)

# What may be excused: what a rootless daemon cannot do without, what other modes are, and how its
# image is pinned.
KUBE_SCORE_EXCUSED = frozenset(
    """container-security-context-user-group-id container-security-context-readonlyrootfilesystem
    container-security-context-privileged container-image-pull-policy""".split()
)
CHECKOV_EXCUSED = frozenset(f"CKV_K8S_{n}" for n in (15, 16, 20, 22, 25, 31, 40, 43))

# And what a fleet that gives its daemons no CPU limit chooses.
WITHOUT_CPU_LIMIT = frozenset(["container-resources", "CKV_K8S_11", "cpuLimitsMissing"])


def containers(pod):
    return [*(pod.get("initContainers") or []), *pod["containers"]]


def security(pod, container):
    return {**(pod.get("securityContext") or {}), **(container.get("securityContext") or {})}


def host_paths(pod):
    return [v for v in pod.get("volumes") or [] if "hostPath" in v]


def lacks(container, which, what):
    return what not in ((container.get("resources") or {}).get(which) or {})


# check -> does it fail on this container of this pod?
KUBE_LINTER_FAILS = {
    "privilege-escalation-container": lambda pod, c: (
        security(pod, c).get("allowPrivilegeEscalation") is True
        or security(pod, c).get("privileged") is True
        or "SYS_ADMIN" in (security(pod, c).get("capabilities") or {}).get("add", [])
    ),
    "no-read-only-root-fs": lambda pod, c: security(pod, c).get("readOnlyRootFilesystem")
    is not True,
    "privileged-container": lambda pod, c: security(pod, c).get("privileged") is True,
    "run-as-non-root": lambda pod, c: (
        security(pod, c).get("runAsUser") in (0, None)
        and security(pod, c).get("runAsNonRoot") is not True
    ),
    "sensitive-host-mounts": lambda pod, c: bool(host_paths(pod)),
    "unset-cpu-requirements": lambda pod, c: lacks(c, "requests", "cpu"),
    "unset-memory-requirements": lambda pod, c: lacks(c, "limits", "memory")
    or lacks(c, "requests", "memory"),
    "drop-net-raw-capability": lambda pod, c: not (
        {"ALL", "NET_RAW"} & set((security(pod, c).get("capabilities") or {}).get("drop", []))
    ),
    "latest-tag": lambda pod, c: c["image"].endswith(":latest")
    or ":" not in c["image"].rsplit("/", 1)[-1],
    "env-var-secret": lambda pod, c: any(
        "SECRET" in e["name"].upper() and "value" in e for e in c.get("env") or []
    ),
}

POLARIS_FAILS = {
    "privilegeEscalationAllowed": lambda pod, c: security(pod, c).get("allowPrivilegeEscalation")
    is not False,
    "notReadOnlyRootFilesystem": lambda pod, c: security(pod, c).get("readOnlyRootFilesystem")
    is not True,
    "runAsRootAllowed": lambda pod, c: (
        security(pod, c).get("runAsNonRoot") is not True
        and security(pod, c).get("runAsUser") in (0, None)
    ),
    "runAsPrivileged": lambda pod, c: security(pod, c).get("privileged") is True,
    "pullPolicyNotAlways": lambda pod, c: c.get("imagePullPolicy") != "Always",
    "tagNotSpecified": lambda pod, c: c["image"].endswith(":latest")
    or ":" not in c["image"].rsplit("/", 1)[-1],
    "dangerousCapabilities": lambda pod, c: bool(
        {"ALL", "SYS_ADMIN", "NET_ADMIN"}
        & set((security(pod, c).get("capabilities") or {}).get("add", []))
    ),
    "insecureCapabilities": lambda pod, c: "ALL"
    not in (security(pod, c).get("capabilities") or {}).get("drop", []),
    "cpuRequestsMissing": lambda pod, c: lacks(c, "requests", "cpu"),
    "cpuLimitsMissing": lambda pod, c: lacks(c, "limits", "cpu"),
    "memoryRequestsMissing": lambda pod, c: lacks(c, "requests", "memory"),
    "memoryLimitsMissing": lambda pod, c: lacks(c, "limits", "memory"),
    "readinessProbeMissing": lambda pod, c: "readinessProbe" not in c,
    "livenessProbeMissing": lambda pod, c: "livenessProbe" not in c,
    "hostPathSet": lambda pod, c: bool(host_paths(pod)),
    "procMount": lambda pod, c: security(pod, c).get("procMount") not in (None, "Default"),
    "priorityClassNotSet": lambda pod, c: "priorityClassName" not in pod,
    "topologySpreadConstraint": lambda pod, c: not pod.get("topologySpreadConstraints"),
    "automountServiceAccountToken": lambda pod, c: pod.get("automountServiceAccountToken")
    is not False,
}

# Warnings about what only the fleet's owner can say; the compiler neither invents it nor excuses
# it.
POLARIS_LEFT_TO_THE_FLEET = frozenset(["priorityClassNotSet", "topologySpreadConstraint"])

# Probes are of no use to a pod that runs once.
NOT_FOR_JOBS = frozenset(
    ["readinessProbeMissing", "livenessProbeMissing", "topologySpreadConstraint"]
)

KUBE_LINTER_PREFIX = "ignore-check.kube-linter.io/"
POLARIS_PREFIX = "polaris.fairwinds.com/"
CHECKOV_PREFIX = "checkov.io/skip"
KUBE_SCORE_KEY = "kube-score/ignore"


def annotations(document):
    """Those of the object, with those of its pods."""
    template = (document.get("spec") or {}).get("template") or {}
    of = lambda d: (d.get("metadata") or {}).get("annotations") or {}
    return {**of(document), **of(template)}


def pod_of(document):
    spec = document.get("spec") or {}
    return spec if document["kind"] == "Pod" else (spec.get("template") or {}).get("spec")


def kube_linter_suppressed(document):
    """{check: reason}"""
    found = annotations(document).items()
    return {
        k.removeprefix(KUBE_LINTER_PREFIX): v for k, v in found if k.startswith(KUBE_LINTER_PREFIX)
    }


def polaris_suppressed(document):
    """{check: value}"""
    found = annotations(document).items()
    short = lambda key: key.removeprefix(POLARIS_PREFIX).removesuffix("-exempt")
    return {short(k): v for k, v in found if k.startswith(POLARIS_PREFIX) and k.endswith("-exempt")}


def checkov_suppressed(document):
    """{check: reason}"""
    found = [v for k, v in annotations(document).items() if k.startswith(CHECKOV_PREFIX)]
    return {v.partition("=")[0]: v.partition("=")[2] for v in found}


def kube_score_suppressed(document):
    value = annotations(document).get(KUBE_SCORE_KEY, "")
    return {c.strip() for c in value.split(",") if c.strip()}


def has_cpu_limit(document):
    pod = pod_of(document)
    return pod is None or not any(lacks(c, "limits", "cpu") for c in containers(pod))


def may_excuse(checks, document):
    """The checks of a linter that an object may excuse."""
    return checks if has_cpu_limit(document) else checks | WITHOUT_CPU_LIMIT


def fails(questions, document):
    """The checks among the questions that fail on some container of the object's pods."""
    pod = pod_of(document)
    skipped = NOT_FOR_JOBS if document["kind"] in ("Job", "Pod") else frozenset()
    return {
        check
        for check, does_fail in questions.items()
        if check not in skipped and any(does_fail(pod, c) for c in containers(pod))
    }
