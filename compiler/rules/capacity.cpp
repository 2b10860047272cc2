// CAP: whether the cache fits where it lies.
#include <algorithm>
#include <map>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/nodes.hpp"
#include "rules/policies.hpp"
#include "rules/storage.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

// Where a fleet says what bounds its cache: the tightest bound's field, or the volume.
OriginId place_of_bound(const Fleet& fleet, Bytes bound) {
  if (fleet.daemon.has_default_policy) {
    const auto& max = fleet.daemon.max_used_space;
    return max.is_set() ? max.origin : fleet.is().cache.size.origin;
  }
  for (const model::GcPolicy& tier : fleet.daemon.policies) {
    if (!bounds_the_cache(arithmetic(tier))) continue;
    for (const auto* field : {&tier.max_used_space, &tier.reserved_space})
      if (field->is_set() && field->value == bound) return field->origin;
  }
  for (const model::GcPolicy& tier : fleet.daemon.policies)
    if (bounds_the_cache(arithmetic(tier)) && tier.min_free_space.is_set())
      return tier.min_free_space.origin;
  return fleet.is().gc.head.origin;
}

Bytes part(Bytes whole, std::int64_t percent) {
  return {whole.count / 100 * percent + whole.count % 100 * percent / 100};
}

bool fills_the_volume(Bytes bound, Bytes volume) { return bound >= part(volume, 95); }

// What a fleet means its cache to be. 0: nothing, or a contradiction that is said elsewhere.
Bytes planned_bound(const Context& context, const Fleet& fleet) {
  const auto policies = policies_of(fleet.daemon);
  for (const gc::Policy& policy : policies)
    if (policy.max_used_space.count != 0 && policy.reserved_space > policy.max_used_space)
      return {};
  return ceiling(policies, disk_of(context, fleet));
}

void cap_over_volume(const Context& context, const Fleet& fleet, Findings& out) {
  const Bytes volume = fleet.daemon.volume;
  const Bytes bound = planned_bound(context, fleet);
  if (volume.count == 0 || bound.count == 0 || !fills_the_volume(bound, volume)) return;
  out.at(place_of_bound(fleet, bound), "the volume is used up before anything is collected")
      .here(fmt::format("collects from {} on", about(bound)))
      .label(fleet.is().cache.size.origin, fmt::format("the volume has {}", about(volume)))
      .note(fmt::format("say at most 75%, {}, and keep room for what one build adds",
                        about(part(volume, 75))));
}

void headroom(const Context& context, const Fleet& fleet, Findings& out) {
  const Bytes volume = fleet.daemon.volume;
  const Bytes bound = planned_bound(context, fleet);
  if (volume.count == 0 || bound.count == 0 || fills_the_volume(bound, volume)) return;
  const schema::Builds& builds = fleet.is().builds;
  const std::int64_t at_once =
      builds.concurrency.is_set() ? std::max<std::int64_t>(1, builds.concurrency.value) : 1;
  // A product that does not fit is larger than any volume.
  const Bytes added = builds.footprint.value.count > volume.count / at_once
                          ? volume
                          : Bytes{builds.footprint.value.count * at_once};
  // The default policy's own percentages round up to whole GB: a bound of 80 % is taken as that.
  const Bytes uncounted = part(volume, 18);
  const Bytes left{volume.count - bound.count};
  if (left.count >= added.count + uncounted.count) return;
  auto draft = out.at(place_of_bound(fleet, bound),
                      "{} above the cache's bound are little for a volume of {}", about(left),
                      about(volume));
  draft.here(fmt::format("collects from {} on", about(bound)));
  if (added.count != 0)
    draft.label(builds.footprint.origin,
                at_once > 1 ? fmt::format("{} builds at once add {}", at_once, about(added))
                            : fmt::format("one build adds {}", about(added)));
  draft.label(fleet.is().cache.size.origin, "the volume");
  draft.note(
      "nothing is collected while builds run, and about a fifth of the volume goes to what "
      "the daemon does not count: build records, databases, half unpacked layers");
  const std::int64_t fits = volume.count - added.count - part(volume, 20).count;
  if (fits > 0) draft.note(fmt::format("a bound of {} leaves enough", about({fits})));
}

// The most that the caches of a fleet may take of one node's disk.
Bytes on_one_node(const Fleet& fleet, std::int64_t nodes) {
  const Bytes bound = ceiling(policies_of(fleet.daemon), std::nullopt);
  const Bytes each = std::max(bound, fleet.daemon.volume);
  const schema::Range<std::int64_t>& range = fleet.is().replicas.value;
  const std::int64_t replicas = range.max.value_or(range.min.value_or(1));
  const bool spreads = fleet.is().placement.spread.value != schema::Spread::none;
  const std::int64_t together = spreads && nodes > 0 ? (replicas + nodes - 1) / nodes : replicas;
  if (together > 0 && each.count > INT64_MAX / 4 / together) return {INT64_MAX / 4};
  return {each.count * together};
}

void node_disk(const Context& context, Findings& out) {
  for (const schema::Cluster& cluster : context.program.clusters) {
    for (const schema::NodePool& pool : cluster.node_pools) {
      if (!pool.allocatable.disk.is_set()) continue;
      std::vector<const Fleet*> here;
      Bytes sum;
      for (const Fleet& fleet : context.fleets) {
        if (fleet.cluster != &cluster || storage_of(fleet).enforces_capacity().value_or(true))
          continue;
        const auto pools = pools_for(fleet);
        // A fleet that may go elsewhere need not fill this pool.
        if (pools.size() != 1 || pools.front() != &pool) continue;
        here.push_back(&fleet);
        sum.count += on_one_node(fleet, most_nodes(pool).value_or(0)).count;
      }
      if (here.empty() || sum <= pool.allocatable.disk.value) continue;
      auto draft = out.at(here.front()->is().cache.size.origin,
                          "the caches on one node may take {}, and its disk has {}", about(sum),
                          about(pool.allocatable.disk.value));
      draft.here(
          "volumes of this class are folders of the node's disk: nothing holds them to "
          "their size");
      for (const Fleet* fleet : here) {
        draft.about(*fleet);
        if (fleet != here.front()) draft.label(fleet->is().cache.size.origin, "and these");
      }
      draft.label(pool.allocatable.disk.origin, "the disk");
    }
  }
}

constexpr Rule rules[] = {
    {.id = "CAP001",
     .name = "cache_fills_volume",
     .title = "the volume is full before the cache reaches its bound",
     .why = "A bound of 95 % of the volume or more is never met: builds fail with \"no space left "
            "on device\" first. The daemon counts the layers of its cache only, not the records of "
            "builds, its databases, or what a running build unpacks. (moby/buildkit#5459, #4218.) "
            "Say a percentage: it is taken of `cache.size`.",
     .fleet = cap_over_volume},
    {.id = "CAP002",
     .name = "cache_headroom",
     .severity = Severity::warning,
     .title = "little room above the cache's bound",
     .why = "Nothing is collected while builds run, so the cache exceeds its bound by what they "
            "add: `builds.footprint`, times `builds.concurrency` where that is said. And about a "
            "fifth of a volume goes to what the daemon does not count, more with the `native` "
            "snapshotter. (control/control.go; moby/buildkit#4218, #5459, #6931.)",
     .fleet = headroom},
    {.id = "CAP003",
     .name = "caches_over_node_disk",
     .severity = Severity::warning,
     .title = "the caches on one node may outgrow its disk",
     .why = "Where a storage class gives folders of the node's disk, no volume has a limit, and "
            "all of them share one disk with the kubelet. When it is full, pods are evicted. "
            "(openebs/openebs#3319, rancher.io/local-path.) The sum is of the sizes that the "
            "fleets claim, for as many daemons as a node gets when they spread.",
     .program = node_disk},
};

}  // namespace

std::span<const Rule> capacity_rules() { return rules; }

}  // namespace bkfc::rules
