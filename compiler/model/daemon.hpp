// What one buildkitd is told, as plain data: made from a fleet, or from a file that somebody wrote.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/release.hpp"
#include "gc/policy.hpp"
#include "schema/fleet.hpp"

namespace bkfc::model {

// One policy of the garbage collection, as buildkitd gets it. A field that is not set is 0 there.
struct GcPolicy {
  std::string name;  // the tier's label; empty: of the default policy, or of somebody's file
  OriginId origin = OriginId::nowhere;
  schema::Field<bool> all;
  schema::Field<std::vector<std::string>> filters;  // any of them; `type==regular`
  schema::Field<Duration> keep_duration;
  schema::Field<Bytes> reserved_space;  // `keepBytes`, before the others were there
  schema::Field<Bytes> max_used_space;
  schema::Field<Bytes> min_free_space;
};

struct Daemon {
  Release release;  // which buildkitd reads it

  schema::Field<bool> gc;
  // The spaces of the worker, which only the default policy reads.
  schema::Field<Bytes> reserved_space;
  schema::Field<Bytes> max_used_space;
  schema::Field<Bytes> min_free_space;
  // In the order in which they run. Empty where `gc` is false.
  std::vector<GcPolicy> policies;
  // No tier is said: `policies` are what buildkitd makes up for a disk of `volume`.
  bool has_default_policy = false;
  // The disk that the default policy was computed for: what the cache's volume claims.
  Bytes volume;

  schema::Field<Duration> history_max_age;
  schema::Field<std::int64_t> history_max_entries;

  schema::Field<schema::LogLevel> log_level;
  schema::Field<schema::LogFormat> log_format;

  bool rootless = false;
  bool process_sandbox = true;
  schema::Field<std::int64_t> max_parallelism;  // unset: unlimited
  schema::Field<schema::Snapshotter> snapshotter;
  schema::Field<std::vector<std::string>> platforms;
  schema::Field<schema::TextMap> labels;
  schema::Field<std::vector<schema::Entitlement>> entitlements;
};

// The numbers of a policy, for the arithmetic of `gc/`.
gc::Policy arithmetic(const GcPolicy& policy);

// What collection keeps the whole cache under, between builds. 0: nothing does.
Bytes cache_limit(const Daemon& daemon);

// The policies of a release that is told none, on a disk of this size. The daemon's own spaces take
// the place of the computed ones as soon as one of them is set.
std::vector<GcPolicy> default_policy(const Daemon& daemon, Bytes disk);

}  // namespace bkfc::model
