#include "schema/fleet.hpp"

namespace bkfc::schema {
namespace {

constexpr Choice modes[] = {
    {"rootless", "as user 1000, by rootlesskit: no privilege on the node"},
    {"userns", "as root of a user namespace that Kubernetes makes", false},
    {"privileged", "as root of the node", false},
};

constexpr Choice workloads[] = {
    {"StatefulSet", "daemons with names and volumes of their own"},
    {"Deployment", "daemons without names", false},
    {"DaemonSet", "a daemon on each node", false},
};

constexpr Choice pull_policies[] = {
    {"Always", "ask the registry at every start"},
    {"IfNotPresent", "take what the node has"},
    {"Never", "only what the node has"},
};

constexpr Choice entitlement_names[] = {
    {"network.host", "steps may use the daemon's network"},
    {"security.insecure", "steps may run with all of the daemon's privileges"},
    {"device", "steps may use CDI devices"},
};

constexpr Attribute fleet_rows[] = {
    attribute<&Fleet::name_space>({.name = "namespace",
                                   .doc = "The namespace of everything that is written.",
                                   .required = true,
                                   .field = "metadata.namespace",
                                   .example = R"("ci")",
                                   .also = "ns"}),
    attribute<&Fleet::create_namespace>(
        {.name = "create_namespace",
         .doc = "Whether the namespace is written too, apart from what is deployed: deleting it "
                "deletes every cache.",
         .fallback = "false",
         .because = "a namespace is mostly there already"}),
    attribute<&Fleet::cluster>(
        {.name = "cluster",
         .doc = "The cluster that it runs in, one of the program's `cluster` blocks.",
         .because = "the program's only `cluster`, else `default`",
         .example = R"("crater")"}),
    attribute<&Fleet::replicas>({.name = "replicas",
                                 .doc = "How many daemons. Each has a cache of its own.",
                                 .fallback = "1",
                                 .because = "one daemon, one cache: nothing is built twice",
                                 .min = "0",
                                 .max = "10000",
                                 .field = "StatefulSet spec.replicas",
                                 .also = "count instances scale"}),
    attribute<&Fleet::mode>({.name = "mode",
                             .doc = "With which privilege the daemons run.",
                             .fallback = "rootless",
                             .because = "a build should not own its node",
                             .choices = modes}),
    attribute<&Fleet::workload>({.name = "workload",
                                 .doc = "The kind of object that runs the daemons.",
                                 .fallback = "StatefulSet",
                                 .because = "daemons keep their names and their caches",
                                 .choices = workloads,
                                 .also = "kind controller"}),
    attribute<&Fleet::image>(
        {.name = "image",
         .doc = "The daemon's image. Its tag tells the BuildKit release.",
         .because = "the newest known release of `moby/buildkit`, for the mode",
         .field = "containers[].image",
         .example = R"("moby/buildkit:v0.34.2-rootless")"}),
    attribute<&Fleet::image_pull_policy>(
        {.name = "image_pull_policy",
         .doc = "When the node asks the registry for the image.",
         .because = "`IfNotPresent` for a digest or a release's tag, `Always` for a moving one",
         .choices = pull_policies,
         .field = "containers[].imagePullPolicy"}),
    attribute<&Fleet::image_pull_secrets>({.name = "image_pull_secrets",
                                           .doc = "Secrets with which the node pulls the image.",
                                           .field = "spec.imagePullSecrets",
                                           .example = R"(["harbor"])"}),
    attribute<&Fleet::buildkit>(
        {.name = "buildkit",
         .doc = "The BuildKit release, where the image's tag does not tell it.",
         .because = "the image's tag, else the newest known",
         .example = R"("0.24.0")",
         .is_release = true,
         .also = "buildkit_version"}),
    attribute<&Fleet::kubernetes>({.name = "kubernetes",
                                   .doc = "The Kubernetes release, where no `cluster` tells it.",
                                   .because = "the cluster's, else the newest known",
                                   .example = R"("1.31")",
                                   .is_release = true,
                                   .also = "kubernetes_version k8s version"}),
    attribute<&Fleet::labels>({.name = "labels",
                               .doc = "Further labels of everything that is written.",
                               .field = "metadata.labels"}),
    attribute<&Fleet::annotations>({.name = "annotations",
                                    .doc = "Further annotations of the workload and its pods.",
                                    .field = "metadata.annotations"}),
    attribute<&Fleet::standard_labels>(
        {.name = "standard_labels",
         .doc = "Whether everything has the labels `app.kubernetes.io/…` that Kubernetes "
                "recommends.",
         .fallback = "true",
         .because = "dashboards and tools look for them",
         .field = "metadata.labels"}),
    attribute<&Fleet::selector>(
        {.name = "selector",
         .doc = "The labels by which the workload, the Services and the policies find the pods, "
                "which get them. No workload can change its own: say them to adopt a live one.",
         .because = "`app.kubernetes.io/name` and `app.kubernetes.io/instance`",
         .field = "StatefulSet spec.selector.matchLabels, Service spec.selector",
         .also = "match_labels"}),
    attribute<&Fleet::priority_class>({.name = "priority_class",
                                       .doc = "The priority of the pods.",
                                       .field = "spec.priorityClassName",
                                       .example = R"("ci")",
                                       .also = "priority_class_name"}),
    attribute<&Fleet::entitlements>({.name = "entitlements",
                                     .doc = "What a build may ask for beyond the usual.",
                                     .choices = entitlement_names,
                                     .gate = buildkit(0, 5),
                                     .toml = "insecure-entitlements",
                                     .example = "[network.host]"}),
};

constexpr BlockType object_type{
    .name = "object",
    .doc =
        "A manifest of your own that is written and deployed with the fleet, as it is. Fields "
        "of known kinds are checked.",
    .label = "its path, from the folder of the file that says it",
    .example = "object \"extra/tcproute.yaml\"",
    .also = "manifest resource extra_deploy",
    .head = head_of<Object>()};

constexpr Elsewhere fleet_elsewhere[] = {
    {"metadata spec template containers api_version",
     "a fleet is no manifest: `bkfc explain fleet` lists what it says"},
    {"for_each dynamic", "`for name in list { … }` says what is in it once for each element"},
    {"provider depends_on lifecycle", "there is nothing to order here: the fleet is all there is"},
};

constexpr Child fleet_children[] = {
    block<&Fleet::names>(names_type),
    block<&Fleet::placement>(placement_type),
    block<&Fleet::resources>(resources_type),
    block<&Fleet::builds>(builds_type),
    block<&Fleet::cache>(cache_type),
    block<&Fleet::gc>(gc_type),
    block<&Fleet::history>(history_type),
    block<&Fleet::worker>(worker_type),
    block<&Fleet::log>(log_type),
    block<&Fleet::listen>(listen_type),
    block<&Fleet::tls>(tls_type),
    block<&Fleet::probes>(probes_type),
    block<&Fleet::rollout>(rollout_type),
    block<&Fleet::disruption>(disruption_type),
    block<&Fleet::network_policy>(network_policy_type),
    block<&Fleet::smoke_build>(smoke_build_type),
    blocks<&Fleet::objects>(object_type),
};

}  // namespace

std::string_view to_text(Mode mode) { return modes[static_cast<std::size_t>(mode)].name; }

std::string_view to_text(PullPolicy policy) {
  return pull_policies[static_cast<std::size_t>(policy)].name;
}

constexpr BlockType fleet_type{
    .name = "fleet",
    .doc = "A set of BuildKit daemons that are the same but for their caches.",
    .attributes = fleet_rows,
    .children = fleet_children,
    .label = "the fleet's name",
    .example = "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    .elsewhere = fleet_elsewhere,
    .head = head_of<Fleet>()};

}  // namespace bkfc::schema
