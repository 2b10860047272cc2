#include "schema/workload.hpp"

namespace bkfc::schema {
namespace {

constexpr Attribute tolerate_rows[] = {
    attribute<&Tolerate::seconds>(
        {.name = "seconds",
         .doc = "How long a `NoExecute` taint is tolerated. Without it, for ever.",
         .field = "tolerations[].tolerationSeconds",
         .example = "300s"}),
};

constexpr BlockType tolerate_type{
    .name = "tolerate",
    .doc = "A taint that the pods tolerate, in kubectl's spelling.",
    .attributes = tolerate_rows,
    .label = "`key:Effect` or `key=value:Effect`",
    .example = "tolerate \"node-role.kubernetes.io/control-plane:NoSchedule\"",
    .also = "toleration tolerations",
    .head = head_of<Tolerate>()};

constexpr Choice spreads[] = {
    {"host", "no two daemons on one node, where that can be"},
    {"zone", "daemons apart by zone and by node, where that can be"},
    {"none", "wherever the scheduler puts them"},
};

constexpr Attribute placement_rows[] = {
    attribute<&Placement::node_selector>({.name = "node_selector",
                                          .doc = "Labels that a node must have.",
                                          .field = "spec.nodeSelector"}),
    attribute<&Placement::arch>({.name = "arch",
                                 .doc = "The nodes' architecture, as `kubernetes.io/arch` says it.",
                                 .field = "spec.nodeSelector",
                                 .example = R"("amd64")"}),
    attribute<&Placement::spread>(
        {.name = "spread",
         .doc = "How the daemons keep apart. It is a preference: it never keeps a pod pending.",
         .fallback = "host",
         .because = "two daemons on one node share its disk and its failure",
         .choices = spreads,
         .field = "spec.affinity, spec.topologySpreadConstraints"}),
};

constexpr Child placement_children[] = {blocks<&Placement::tolerations>(tolerate_type)};

constexpr Attribute resources_rows[] = {
    attribute<&Resources::cpu>({.name = "cpu",
                                .doc = "CPU of each daemon, requests..limits.",
                                .min = "0.1",
                                .max = "1024",
                                .field = "resources",
                                .example = "6..12",
                                .also = "cpus cores"}),
    attribute<&Resources::memory>(
        {.name = "memory",
         .doc = "Memory of each daemon and all the steps in it, requests..limits.",
         .min = "128MiB",
         .max = "64TiB",
         .field = "resources",
         .example = "48GiB..96GiB"}),
    attribute<&Resources::ephemeral_storage>(
        {.name = "ephemeral_storage",
         .doc = "The node's disk for logs and what is written outside the cache, requests..limits.",
         .fallback = "1GiB..4GiB",
         .because = "the cache is on its volume; logs and temporary files are all that is left",
         .min = "64MiB",
         .max = "64TiB",
         .field = "resources"}),
};

constexpr Attribute builds_rows[] = {
    attribute<&Builds::longest>(
        {.name = "longest",
         .doc = "The longest build. A rollout waits so long before it ends a daemon.",
         .fallback = "30m",
         .because = "few builds take longer; say what yours take",
         .min = "1m",
         .max = "7d",
         .example = "45m"}),
    attribute<&Builds::footprint>(
        {.name = "footprint",
         .doc = "What one build adds to the cache. Nothing is collected while builds run, so the "
                "volume needs this much above the largest tier.",
         .min = "1MiB",
         .max = "64TiB",
         .example = "40GiB"}),
    attribute<&Builds::step_memory>(
        {.name = "step_memory",
         .doc =
             "What the hungriest step takes. With the memory limit it bounds how many run at once.",
         .min = "1MiB",
         .max = "64TiB",
         .example = "12GiB"}),
    attribute<&Builds::concurrency>({.name = "concurrency",
                                     .doc = "How many builds one daemon runs at once.",
                                     .min = "1",
                                     .max = "10000",
                                     .example = "4"}),
};

constexpr Attribute probes_rows[] = {
    attribute<&Probes::startup>(
        {.name = "startup",
         .doc = "How long a daemon may take to start. It reads its whole cache's metadata first.",
         .because = "two minutes, and one more for each 100GiB of cache",
         .min = "10s",
         .max = "2h",
         .field = "startupProbe"}),
    attribute<&Probes::timeout>(
        {.name = "timeout",
         .doc = "How long a probe waits for an answer. Kubernetes' own default of 1s kills busy "
                "daemons.",
         .fallback = "60s",
         .because = "a daemon under load answers late, and buildx waits as long",
         .min = "5s",
         .max = "10m",
         .field = "readinessProbe, livenessProbe"}),
};

constexpr Choice pod_managements[] = {
    {"Parallel", "all daemons start and stop at once; a rollout still goes one by one"},
    {"OrderedReady", "each waits for the one before it"},
};

constexpr Attribute rollout_rows[] = {
    attribute<&Rollout::pod_management>({.name = "pod_management",
                                         .doc = "How the daemons are started at first.",
                                         .fallback = "Parallel",
                                         .because = "daemons do not need each other",
                                         .choices = pod_managements,
                                         .field = "StatefulSet spec.podManagementPolicy"}),
    attribute<&Rollout::partition>(
        {.name = "partition",
         .doc = "Only daemons with this ordinal and above get a change.",
         .min = "0",
         .max = "10000",
         .field = "StatefulSet spec.updateStrategy.rollingUpdate.partition",
         .example = "2"}),
    attribute<&Rollout::grace>(
        {.name = "grace",
         .doc = "How long a daemon that is told to stop may finish its builds.",
         .because = "`builds.longest`, the drain, and one minute",
         .min = "30s",
         .max = "8d",
         .field = "spec.terminationGracePeriodSeconds",
         .example = "1h",
         .also = "termination_grace_period_seconds grace_period"}),
    attribute<&Rollout::drain>(
        {.name = "drain",
         .doc = "How long a daemon still takes new builds after its pod has begun to stop, so that "
                "no client is sent to one that no longer listens.",
         .fallback = "15s",
         .because =
             "endpoints and DNS records are gone everywhere a few seconds after the pod stops",
         .min = "0s",
         .max = "10m",
         .field = "lifecycle.preStop"}),
};

constexpr Attribute disruption_rows[] = {
    attribute<&Disruption::enabled>(
        {.name = "enabled",
         .doc = "Whether a disruption budget is written.",
         .fallback = "true",
         .because = "a drain of nodes should not stop all daemons at once"}),
    attribute<&Disruption::max_unavailable>(
        {.name = "max_unavailable",
         .doc = "How many daemons a drain of nodes may stop at once.",
         .fallback = "1",
         .because = "one by one loses the least",
         .min = "1",
         .max = "10000",
         .field = "PodDisruptionBudget spec.maxUnavailable"}),
};

constexpr Attribute network_policy_rows[] = {
    attribute<&NetworkPolicy::enabled>({.name = "enabled",
                                        .doc = "Whether a network policy is written.",
                                        .fallback = "true",
                                        .because = "only the clients' port need be reachable"}),
    attribute<&NetworkPolicy::from_namespaces>(
        {.name = "from_namespaces",
         .doc =
             "Namespaces whose pods may connect. Without it, every pod of the cluster; its client "
             "certificate decides.",
         .field = "NetworkPolicy spec.ingress[].from",
         .example = R"(["ci"])"}),
    attribute<&NetworkPolicy::metadata_service>(
        {.name = "metadata_service",
         .doc = "Whether builds may reach the cloud's metadata service, which hands out the node's "
                "credentials.",
         .fallback = "false",
         .because =
             "a `RUN` step shares the pod's network, and should not get the node's credentials",
         .field = "NetworkPolicy spec.egress[].to[].ipBlock.except"}),
};

constexpr Attribute smoke_build_rows[] = {
    attribute<&SmokeBuild::enabled>(
        {.name = "enabled",
         .doc = "Whether the kit has a Job that builds an image through the fleet.",
         .fallback = "true",
         .because = "a fleet that runs is not yet one that builds"}),
};

}  // namespace

constexpr BlockType placement_type{.name = "placement",
                                   .doc = "Which nodes the daemons run on.",
                                   .attributes = placement_rows,
                                   .children = placement_children,
                                   .example = "placement {\n  arch = \"amd64\"\n}",
                                   .also = "affinity scheduling",
                                   .head = head_of<Placement>()};

constexpr Elsewhere resources_elsewhere[] = {
    {"requests limits", "both are one range: `cpu = 2..4` requests 2 and is limited to 4"},
};

constexpr BlockType resources_type{
    .name = "resources",
    .doc = "What each daemon, with all the steps in it, may use.",
    .attributes = resources_rows,
    .example = "resources {\n  cpu    = 6..12\n  memory = 48GiB..96GiB\n}",
    .elsewhere = resources_elsewhere,
    .head = head_of<Resources>()};

constexpr BlockType builds_type{
    .name = "builds",
    .doc = "What runs here: it sizes the headroom, the parallelism and the grace period.",
    .attributes = builds_rows,
    .example = "builds {\n  longest = 45m\n}",
    .head = head_of<Builds>()};

constexpr BlockType probes_type{.name = "probes",
                                .doc = "How Kubernetes asks whether a daemon is well.",
                                .attributes = probes_rows,
                                .example = "probes {\n  startup = 10m\n}",
                                .head = head_of<Probes>()};

constexpr BlockType rollout_type{.name = "rollout",
                                 .doc = "How daemons are replaced without losing builds.",
                                 .attributes = rollout_rows,
                                 .example = "rollout {\n  grace = 1h\n}",
                                 .head = head_of<Rollout>()};

constexpr BlockType disruption_type{.name = "disruption",
                                    .doc = "How many daemons a drain of nodes may stop.",
                                    .attributes = disruption_rows,
                                    .example = "disruption {\n  max_unavailable = 2\n}",
                                    .head = head_of<Disruption>()};

constexpr BlockType network_policy_type{
    .name = "network_policy",
    .doc = "Who may connect to the daemons, and where builds may go.",
    .attributes = network_policy_rows,
    .example = "network_policy {\n  from_namespaces = [\"ci\"]\n}",
    .head = head_of<NetworkPolicy>()};

constexpr BlockType smoke_build_type{
    .name = "smoke_build",
    .doc =
        "A Job that builds an image through the fleet, as a user's "
        "pod would.",
    .attributes = smoke_build_rows,
    .example = "smoke_build {\n  enabled = false\n}",
    .head = head_of<SmokeBuild>()};

}  // namespace bkfc::schema
