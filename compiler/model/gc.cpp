#include "model/gc.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "gc/policy.hpp"
#include "model/derived.hpp"

namespace bkfc::model {
namespace {

using schema::Field;

constexpr Release has_spaces{0, 17, 0};  // before: `keepBytes` alone

Field<Bytes> in_bytes(const Field<schema::Space>& space, Bytes volume, Origins& origins) {
  if (!space.is_set()) return {{}, space.origin, space.state};
  OriginId origin = space.origin;
  if (space.value.percent)
    origin = derived(
        origins, origin,
        fmt::format("{} of {}, {}", to_text(*space.value.percent),
                    space.value.of_daemons_disk ? "the disk that buildkitd sees, if it is that of "
                                                  "`cache.size`"
                                                : "`cache.size`",
                    to_text(volume)));
  return {bytes_of(space.value, volume), origin, space.state};
}

Field<std::vector<std::string>> filters_of(const schema::GcTier& tier) {
  Field<std::vector<std::string>> filters = tier.filters;
  if (!tier.types.is_set()) return filters;
  // The elements of the list are alternatives: one for each type.
  std::vector<std::string> each;
  for (const schema::RecordType type : tier.types.value)
    each.push_back(fmt::format("type=={}", to_text(type)));
  each.insert(each.end(), filters.value.begin(), filters.value.end());
  return {std::move(each), tier.types.origin, tier.types.state};
}

// `keepBytes` is a reserve, and a reserve without a maximum is a cap: both as one number.
void merge_to_keep_bytes(Field<Bytes>& reserved, Field<Bytes>& used) {
  if (used.is_set() && (!reserved.is_set() || used.value > reserved.value)) reserved = used;
  used = {};
}

GcPolicy lower_tier(const schema::GcTier& tier, const Daemon& daemon, Origins& origins) {
  GcPolicy policy;
  policy.name = tier.head.label;
  policy.origin = tier.head.origin;
  policy.all = tier.all;
  policy.filters = filters_of(tier);
  policy.keep_duration = tier.keep_duration;
  policy.reserved_space = in_bytes(tier.reserved_space, daemon.volume, origins);
  policy.max_used_space = in_bytes(tier.max_used_space, daemon.volume, origins);
  policy.min_free_space = in_bytes(tier.min_free_space, daemon.volume, origins);
  if (daemon.release < has_spaces)
    merge_to_keep_bytes(policy.reserved_space, policy.max_used_space);
  return policy;
}

}  // namespace

Bytes bytes_of(const schema::Space& space, Bytes volume) {
  if (!space.percent) return space.bytes;
  if (space.of_daemons_disk) return gc::daemon_percent(space.percent->thousandths / 1000, volume);
  return {part(*space.percent, volume.count).value_or(0)};
}

void add_gc(Daemon& daemon, const schema::Gc& gc, Origins& origins) {
  daemon.gc = gc.enabled;
  daemon.reserved_space = in_bytes(gc.reserved_space, daemon.volume, origins);
  daemon.max_used_space = in_bytes(gc.max_used_space, daemon.volume, origins);
  daemon.min_free_space = in_bytes(gc.min_free_space, daemon.volume, origins);
  if (daemon.release < has_spaces)
    merge_to_keep_bytes(daemon.reserved_space, daemon.max_used_space);
  daemon.has_default_policy = gc.tiers.empty();
  if (gc.enabled.is_set() && !gc.enabled.value) return;
  for (const schema::GcTier& tier : gc.tiers)
    daemon.policies.push_back(lower_tier(tier, daemon, origins));
  if (daemon.has_default_policy) daemon.policies = default_policy(daemon, daemon.volume);
}

}  // namespace bkfc::model
