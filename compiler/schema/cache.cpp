#include "schema/cache.hpp"

namespace bkfc::schema {
namespace {

constexpr Choice cache_kinds[] = {
    {"persistent", "a volume of its own for each daemon, which outlives its pod"},
    {"ephemeral", "an `emptyDir` on the node's disk, gone with the pod", false},
    {"memory", "an `emptyDir` in memory, counted against the memory limit", false},
    {"host_path", "a folder of the node, kept between pods", false},
};

constexpr Choice access_modes[] = {
    {"ReadWriteOnce", "one node at a time"},
    {"ReadWriteOncePod", "one pod at a time: Kubernetes itself keeps a second daemon away"},
    {"ReadWriteMany", "many nodes: a network or cluster file system"},
    {"ReadOnlyMany", "many nodes, none of which may write"},
};

constexpr Choice retentions[] = {
    {"Retain", "the claim stays, and with it the cache"},
    {"Delete", "the claim goes, and with it the cache"},
};

constexpr Attribute cache_rows[] = {
    attribute<&Cache::kind>({.name = "kind",
                             .doc = "What holds the cache.",
                             .fallback = "persistent",
                             .because = "a cache that is gone after every restart is none",
                             .choices = cache_kinds}),
    attribute<&Cache::storage_class>(
        {.name = "storage_class",
         .doc = "The class of the daemons' volumes. Without it, the cluster's default class.",
         .field = "StatefulSet spec.volumeClaimTemplates[].spec.storageClassName",
         .example = R"("openebs-hostpath")",
         .also = "storage_class_name class",
         .only_with = "persistent"}),
    attribute<&Cache::size>({.name = "size",
                             .doc = "The size of each daemon's volume.",
                             .required = true,
                             .min = "1GiB",
                             .max = "64TiB",
                             .field = "StatefulSet spec.volumeClaimTemplates[].spec.resources",
                             .example = "500GiB",
                             .also = "storage capacity"}),
    attribute<&Cache::access_mode>(
        {.name = "access_mode",
         .doc = "Who may mount the volume. Two daemons cannot share one.",
         .fallback = "ReadWriteOnce",
         .because = "a daemon locks its cache, so no second one can use it",
         .choices = access_modes,
         .field = "StatefulSet spec.volumeClaimTemplates[].spec.accessModes",
         .only_with = "persistent"}),
    attribute<&Cache::when_deleted>(
        {.name = "when_deleted",
         .doc = "What becomes of the claims when the workload is deleted.",
         .fallback = "Retain",
         .because = "a deleted cache cannot be had back",
         .choices = retentions,
         .gate = kubernetes(1, 27),
         .field = "StatefulSet spec.persistentVolumeClaimRetentionPolicy.whenDeleted",
         .only_with = "persistent"}),
    attribute<&Cache::when_scaled>(
        {.name = "when_scaled",
         .doc = "What becomes of the claims of the replicas that a smaller `replicas` drops.",
         .fallback = "Retain",
         .because = "a deleted cache cannot be had back",
         .choices = retentions,
         .gate = kubernetes(1, 27),
         .field = "StatefulSet spec.persistentVolumeClaimRetentionPolicy.whenScaled",
         .only_with = "persistent"}),
};

constexpr Choice record_types[] = {
    {"source.local", "contexts that clients sent"},
    {"exec.cachemount", "what `RUN --mount=type=cache` keeps"},
    {"source.git.checkout", "checked out git repositories"},
    {"regular", "layers: everything that is none of the others"},
    {"internal", "BuildKit's own; only with `all`"},
    {"frontend", "images of frontends; only with `all`"},
};

constexpr Attribute tier_rows[] = {
    attribute<&GcTier::all>(
        {.name = "all",
         .doc = "Also collect what BuildKit keeps for itself: internal records and frontends.",
         .fallback = "false",
         .because = "buildkitd's own default",
         .gate = buildkit(0, 3),
         .toml = "all"}),
    attribute<&GcTier::types>(
        {.name = "types",
         .doc = "Collect only records of any of these types. Becomes one filter a type.",
         .choices = record_types,
         .gate = buildkit(0, 3),
         .example = "[source.local, exec.cachemount]"}),
    attribute<&GcTier::filters>(
        {.name = "filters",
         .doc = "Collect only records that any of these filters matches, in containerd's grammar: "
                "`,` is and, list elements are or.",
         .gate = buildkit(0, 3),
         .example = R"(["type==regular,description~=/apt/"])"}),
    attribute<&GcTier::keep_duration>(
        {.name = "keep_duration",
         .doc = "Records used within this time are not collected by this tier.",
         .min = "1m",
         .max = "8760h",
         .gate = buildkit(0, 3),
         .toml = "keepDuration",
         .example = "30d",
         .also = "max_age age"}),
    attribute<&GcTier::reserved_space>(
        {.name = "reserved_space",
         .doc = "This much is never collected by this tier. Above `max_used_space` it wins.",
         .gate = buildkit(0, 17),
         .toml = "reservedSpace",
         .example = "50GiB"}),
    attribute<&GcTier::max_used_space>(
        {.name = "max_used_space",
         .doc = "Collect while the whole cache, not only what this tier matches, is larger.",
         .gate = buildkit(0, 17),
         .toml = "maxUsedSpace",
         .example = "70%"}),
    attribute<&GcTier::min_free_space>(
        {.name = "min_free_space",
         .doc = "Collect while the disk has less free space, whoever uses it.",
         .gate = buildkit(0, 17),
         .toml = "minFreeSpace",
         .example = "50GiB"}),
};

constexpr BlockType tier_type{
    .name = "tier",
    .doc =
        "One policy of the garbage collection. Tiers run in order, after builds, at most once a "
        "minute; each collects the least used records that it matches.",
    .attributes = tier_rows,
    .label = "a name for people",
    .toml = "worker.oci.gcpolicy",
    .example = "tier \"everything\" {\n  all            = true\n  max_used_space = 70%\n}",
    .also = "policy gcpolicy rule",
    .ordered = true,
    .head = head_of<GcTier>()};

constexpr Attribute gc_rows[] = {
    attribute<&Gc::enabled>({.name = "enabled",
                             .doc = "Whether the daemon collects garbage by itself.",
                             .fallback = "true",
                             .because = "a cache that only grows fills its volume",
                             .gate = buildkit(0, 4),
                             .toml = "gc"}),
    attribute<&Gc::reserved_space>(
        {.name = "reserved_space",
         .doc = "Of buildkitd's default policy: never collected. Not beside tiers.",
         .gate = buildkit(0, 17),
         .toml = "reservedSpace"}),
    attribute<&Gc::max_used_space>(
        {.name = "max_used_space",
         .doc = "Of buildkitd's default policy: collected above. Not beside tiers.",
         .gate = buildkit(0, 17),
         .toml = "maxUsedSpace"}),
    attribute<&Gc::min_free_space>(
        {.name = "min_free_space",
         .doc = "Of buildkitd's default policy: kept free on the disk. Not beside tiers.",
         .gate = buildkit(0, 17),
         .toml = "minFreeSpace"}),
};

constexpr Child gc_children[] = {blocks<&Gc::tiers>(tier_type)};

constexpr Attribute history_rows[] = {
    attribute<&History::max_age>(
        {.name = "max_age",
         .doc = "A record of a build goes when it is older than this and beyond `max_entries`.",
         .fallback = "48h",
         .because =
             "buildkitd's own default; it holds only while the whole section is absent, so it "
             "is written out",
         .min = "1m",
         .gate = buildkit(0, 11),
         .toml = "maxAge"}),
    attribute<&History::max_entries>(
        {.name = "max_entries",
         .doc = "So many newest records of builds stay whatever their age.",
         .fallback = "50",
         .because =
             "buildkitd's own default; it holds only while the whole section is absent, so it "
             "is written out",
         .min = "0",
         .max = "1000000",
         .gate = buildkit(0, 11),
         .toml = "maxEntries"}),
};

}  // namespace

std::string_view to_text(RecordType type) {
  return record_types[static_cast<std::size_t>(type)].name;
}

constexpr BlockType cache_type{.name = "cache",
                               .doc = "Where each daemon keeps its cache.",
                               .attributes = cache_rows,
                               .example = "cache {\n  size = 500GiB\n}",
                               .also = "storage volume pvc persistence",
                               .chosen_by = "kind",
                               .head = head_of<Cache>()};

constexpr BlockType gc_type{
    .name = "gc",
    .doc =
        "What the daemon throws away by itself: tiers in order, or the three spaces of "
        "buildkitd's default policy.",
    .attributes = gc_rows,
    .children = gc_children,
    .toml = "worker.oci",
    .example =
        "gc {\n  tier \"everything\" {\n    all            = true\n    max_used_space = 70%\n  "
        "}\n}",
    .head = head_of<Gc>()};

constexpr BlockType history_type{.name = "history",
                                 .doc = "How long the records of builds are kept.",
                                 .attributes = history_rows,
                                 .toml = "history",
                                 .gate = buildkit(0, 11),
                                 .example = "history {\n  max_age = 4d\n}",
                                 .head = head_of<History>()};

}  // namespace bkfc::schema
