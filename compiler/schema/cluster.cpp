#include "schema/cluster.hpp"

namespace bkfc::schema {
namespace {

constexpr Attribute allocatable_rows[] = {
    attribute<&Allocatable::cpu>({.name = "cpu",
                                  .doc = "CPU that pods of one node may ask for.",
                                  .max = "4096",
                                  .example = "62"}),
    attribute<&Allocatable::memory>({.name = "memory",
                                     .doc = "Memory that pods of one node may ask for.",
                                     .example = "240GiB"}),
    attribute<&Allocatable::disk>({.name = "disk",
                                   .doc = "The disk of one node that local volumes lie on.",
                                   .example = "1800GiB"}),
};

constexpr BlockType allocatable_type{.name = "allocatable",
                                     .doc = "What one node of the pool has for pods.",
                                     .attributes = allocatable_rows,
                                     .example = "allocatable {\n  cpu = 62\n}",
                                     .head = head_of<Allocatable>()};

constexpr BlockType taint_type{.name = "taint",
                               .doc = "A taint of the pool's nodes, in kubectl's spelling.",
                               .label = "`key:Effect` or `key=value:Effect`",
                               .example = "taint \"dedicated=ci:NoSchedule\"",
                               .head = head_of<Taint>()};

constexpr Attribute node_pool_rows[] = {
    attribute<&NodePool::count>({.name = "count",
                                 .doc = "How many nodes; a range where they are scaled.",
                                 .min = "0",
                                 .max = "100000",
                                 .example = "3"}),
    attribute<&NodePool::os>({.name = "os",
                              .doc = "The nodes' system, for example `ubuntu` or `bottlerocket`.",
                              .example = R"("ubuntu")"}),
    attribute<&NodePool::kernel>({.name = "kernel",
                                  .doc = "The nodes' Linux release.",
                                  .example = R"("5.15")",
                                  .is_release = true}),
    attribute<&NodePool::runtime>({.name = "runtime",
                                   .doc = "The nodes' container runtime and its release.",
                                   .example = R"("containerd 2.0")"}),
    attribute<&NodePool::arch>({.name = "arch",
                                .doc = "The nodes' architecture, as `kubernetes.io/arch` says it.",
                                .example = R"("amd64")"}),
    attribute<&NodePool::labels>({.name = "labels", .doc = "The nodes' labels that matter here."}),
};

constexpr Child node_pool_children[] = {
    blocks<&NodePool::taints>(taint_type),
    block<&NodePool::allocatable>(allocatable_type),
};

constexpr BlockType node_pool_type{.name = "node_pool",
                                   .doc = "Nodes that are alike.",
                                   .attributes = node_pool_rows,
                                   .children = node_pool_children,
                                   .label = "the pool's name",
                                   .example = "node_pool \"builders\" {\n  count = 3\n}",
                                   .head = head_of<NodePool>()};

constexpr Attribute storage_class_rows[] = {
    attribute<&StorageClass::provisioner>(
        {.name = "provisioner",
         .doc = "Who makes the volumes. What the compiler knows of it need not be said.",
         .example = R"("openebs.io/local")"}),
    attribute<&StorageClass::is_default>({.name = "is_default",
                                          .doc = "Whether claims that name no class get this one.",
                                          .fallback = "false",
                                          .because = "most classes are not"}),
    attribute<&StorageClass::allow_expansion>(
        {.name = "allow_expansion", .doc = "Whether a claim may grow."}),
    attribute<&StorageClass::enforces_capacity>(
        {.name = "enforces_capacity",
         .doc = "Whether a volume is as small as its claim says, or as large as its node's disk.",
         .because = "what is known of the provisioner"}),
    attribute<&StorageClass::network>({.name = "network",
                                       .doc = "Whether it is a network or shared file system.",
                                       .because = "what is known of the provisioner"}),
};

constexpr BlockType storage_class_type{
    .name = "storage_class",
    .doc = "A storage class of the cluster.",
    .attributes = storage_class_rows,
    .label = "the class's name",
    .example = "storage_class \"local-path\" {\n  provisioner = \"rancher.io/local-path\"\n}",
    .head = head_of<StorageClass>()};

constexpr Choice pod_securities[] = {
    {"privileged", "everything is let in"},
    {"baseline", "known escalations are kept out; rootless BuildKit among them"},
    {"restricted", "only hardened pods are let in"},
};

constexpr Attribute namespace_rows[] = {
    attribute<&NamespaceFacts::pod_security>(
        {.name = "pod_security",
         .doc = "The Pod Security level that is enforced.",
         .choices = pod_securities,
         .field = "Namespace pod-security.kubernetes.io/enforce"}),
};

constexpr BlockType namespace_type{.name = "namespace",
                                   .doc = "What is known of a namespace.",
                                   .attributes = namespace_rows,
                                   .label = "the namespace's name",
                                   .example = "namespace \"ci\" {\n  pod_security = privileged\n}",
                                   .head = head_of<NamespaceFacts>()};

constexpr Attribute cluster_rows[] = {
    attribute<&Cluster::kubernetes>({.name = "kubernetes",
                                     .doc = "The Kubernetes release of its API server.",
                                     .because = "the newest known",
                                     .example = R"("1.31")",
                                     .is_release = true}),
    attribute<&Cluster::dns_domain>({.name = "dns_domain",
                                     .doc = "The domain of its Services' names.",
                                     .fallback = R"("cluster.local")",
                                     .because = "Kubernetes' own default"}),
};

constexpr Child cluster_children[] = {
    blocks<&Cluster::node_pools>(node_pool_type),
    blocks<&Cluster::storage_classes>(storage_class_type),
    blocks<&Cluster::namespaces>(namespace_type),
};

}  // namespace

std::string_view to_text(PodSecurity level) {
  return pod_securities[static_cast<std::size_t>(level)].name;
}

constexpr BlockType cluster_type{.name = "cluster",
                                 .doc = "What is known of a cluster that fleets run in.",
                                 .attributes = cluster_rows,
                                 .children = cluster_children,
                                 .label = "the cluster's name",
                                 .example = "cluster \"crater\" {\n  kubernetes = \"1.31\"\n}",
                                 .head = head_of<Cluster>()};

}  // namespace bkfc::schema
