#include "gc/policy.hpp"

#include <algorithm>
#include <limits>

namespace bkfc::gc {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;
constexpr std::int64_t gb = 1'000'000'000;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t no_cap = std::numeric_limits<std::int64_t>::max();

constexpr Release spaces_came{0, 17, 0};        // reservedSpace, maxUsedSpace, minFreeSpace
constexpr Release enough_free_keeps{0, 21, 0};  // before, minFreeSpace alone purged
constexpr Release default_filter_fixed{0, 31, 0};

// The bound that `max_used_space` stands for where free space asks for nothing.
std::int64_t cap(const Policy& policy) {
  if (policy.max_used_space.count != 0) return policy.max_used_space.count;
  return policy.min_free_space.count != 0 ? no_cap : policy.reserved_space.count;
}

bool matches_all_of(const Policy& wide, const Policy& narrow) {
  if (wide.filters.empty()) return true;
  if (narrow.filters.empty()) return false;
  return std::all_of(narrow.filters.begin(), narrow.filters.end(), [&](const std::string& filter) {
    return std::find(wide.filters.begin(), wide.filters.end(), filter) != wide.filters.end();
  });
}

// Before BuildKit 0.31 the three types stood in one filter, where a comma is "and": it never
// matched.
std::vector<std::string> easily_reproduced(Release buildkit) {
  if (buildkit.known() && buildkit < default_filter_fixed)
    return {"type==source.local,type==exec.cachemount,type==source.git.checkout"};
  return {"type==source.local", "type==exec.cachemount", "type==source.git.checkout"};
}

// The daemon's own spaces, for a disk.
Spaces detected(Bytes disk, bool old) {
  if (old) return {daemon_percent(10, disk), {}, {}};
  return {std::min(daemon_percent(10, disk), Bytes{10 * gb}),
          std::min(daemon_percent(80, disk), Bytes{100 * gb}), daemon_percent(20, disk)};
}

}  // namespace

Bytes keep_bytes(const Policy& policy, Usage usage, Release buildkit) {
  if (!policy.is_bounded()) return {};
  std::int64_t keep = policy.max_used_space.count;
  const std::int64_t shortage = policy.min_free_space.count - usage.free.count;
  if (policy.min_free_space.count != 0 && shortage > 0) {
    const std::int64_t without = usage.total.count - shortage;
    keep = keep == 0 ? without : std::min(keep, without);
  } else if (policy.min_free_space.count != 0 && keep == 0) {
    if (!buildkit.known() || buildkit >= enough_free_keeps) keep = usage.total.count;
  }
  return {std::max(keep, policy.reserved_space.count)};
}

Bytes daemon_percent(std::int64_t percent, Bytes disk) {
  if (percent == 0) return {};
  if (disk.count == 0) return {2 * gb};
  // In two parts, so that a disk of exabytes does not overflow.
  const std::int64_t part = disk.count / 100 * percent + disk.count % 100 * percent / 100;
  return {(part / gib + 1) * gb};
}

std::vector<Policy> default_policies(Spaces spaces, Bytes disk, Release buildkit) {
  const bool old = buildkit.known() && buildkit < spaces_came;
  if (spaces == Spaces{}) spaces = detected(disk, old);
  const Policy layers{.reserved_space = spaces.reserved_space,
                      .max_used_space = spaces.max_used_space,
                      .min_free_space = spaces.min_free_space};
  Policy reproduced{.filters = easily_reproduced(buildkit), .keep_duration = {48 * hour}};
  (old ? reproduced.reserved_space : reproduced.max_used_space) = {512'000'000};
  Policy aged = layers;
  aged.keep_duration = {60 * 24 * hour};
  Policy everything = layers;
  everything.all = true;
  return {reproduced, aged, layers, everything};
}

bool shadows(const Policy& earlier, const Policy& later) {
  const bool has_its_candidates =
      matches_all_of(earlier, later) && (earlier.all || !later.all) &&
      (earlier.keep_duration.seconds == 0 || earlier.keep_duration <= later.keep_duration);
  if (!has_its_candidates) return false;
  if (!earlier.is_bounded()) return true;
  if (!later.is_bounded()) return false;
  // With `min_free_space` alone a record goes in each sweep, however small the cache: only its
  // like does the same.
  if (cap(later) == no_cap && cap(earlier) != no_cap) return false;
  return earlier.reserved_space <= later.reserved_space && cap(earlier) <= cap(later) &&
         earlier.min_free_space >= later.min_free_space;
}

Bytes ceiling(const std::vector<Policy>& policies) {
  std::int64_t least = no_cap;
  for (const Policy& policy : policies) {
    if (!policy.filters.empty() || policy.keep_duration.seconds != 0 || !policy.is_bounded())
      continue;
    least = std::min(
        least, cap(policy) == no_cap ? no_cap : std::max(cap(policy), policy.reserved_space.count));
  }
  return {least == no_cap ? 0 : least};
}

}  // namespace bkfc::gc
