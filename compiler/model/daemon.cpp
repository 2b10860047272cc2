#include "model/daemon.hpp"

#include <algorithm>

namespace bkfc::model {
namespace {

using schema::Field;

constexpr Release has_spaces{0, 17, 0};     // before: `keepBytes` alone
constexpr Release filters_apart{0, 31, 0};  // before: one filter that no record matches
constexpr std::int64_t small_cache = 512'000'000;

template <class T>
Field<T> made(T value) {
  return {std::move(value), OriginId::nowhere, schema::State::defaulted};
}

struct Caps {
  Field<Bytes> reserved;
  Field<Bytes> used;
  Field<Bytes> free;
};

// `DetectDefaultGCCap` of cmd/buildkitd/config/gcpolicy.go.
Caps detected_caps(Release release, Bytes disk) {
  const Bytes tenth = daemon_percent(disk, 10);
  if (release < has_spaces) return {made(tenth), {}, {}};
  return {made(std::min(tenth, Bytes{10'000'000'000})),
          made(std::min(daemon_percent(disk, 80), Bytes{100'000'000'000})),
          made(daemon_percent(disk, 20))};
}

Caps caps_of(const Daemon& daemon, Bytes disk) {
  const bool is_said = daemon.reserved_space.is_set() || daemon.max_used_space.is_set() ||
                       daemon.min_free_space.is_set();
  if (!is_said) return detected_caps(daemon.release, disk);
  return {daemon.reserved_space, daemon.max_used_space, daemon.min_free_space};
}

GcPolicy capped(const Caps& caps) {
  GcPolicy policy;
  policy.reserved_space = caps.reserved;
  policy.max_used_space = caps.used;
  policy.min_free_space = caps.free;
  return policy;
}

// What is cheap to make again, and idle for two days.
GcPolicy cheap_records(Release release) {
  GcPolicy policy;
  policy.filters = made<std::vector<std::string>>(
      release < filters_apart
          ? std::vector<std::string>{"type==source.local,type==exec.cachemount,"
                                     "type==source.git.checkout"}
          : std::vector<std::string>{"type==source.local", "type==exec.cachemount",
                                     "type==source.git.checkout"});
  policy.keep_duration = made(Duration{48 * 3600});
  (release < has_spaces ? policy.reserved_space : policy.max_used_space) = made(Bytes{small_cache});
  return policy;
}

}  // namespace

Bytes daemon_percent(Bytes disk, int percent) {
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30;
  const std::int64_t part = disk.count / 100 * percent + disk.count % 100 * percent / 100;
  return {(part / gibibyte + 1) * 1'000'000'000};
}

std::vector<GcPolicy> default_policy(const Daemon& daemon, Bytes disk) {
  const Caps caps = caps_of(daemon, disk);
  std::vector<GcPolicy> policies = {cheap_records(daemon.release), capped(caps), capped(caps),
                                    capped(caps)};
  policies[1].keep_duration = made(Duration{60 * 24 * 3600});
  policies[3].all = made(true);
  return policies;
}

}  // namespace bkfc::model
