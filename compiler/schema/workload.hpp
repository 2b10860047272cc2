// Where the daemons' pods run, what they may use, how they are watched, replaced and reached.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

enum class Spread : std::uint8_t { host, zone, none };
enum class PodManagement : std::uint8_t { Parallel, OrderedReady };

// A toleration; its label is kubectl's spelling, `key=value:Effect` or `key:Effect`.
struct Tolerate {
  Head head;
  Field<Duration> seconds;
};

struct Placement {
  Head head;
  Field<TextMap> node_selector;
  Field<std::string> arch;
  Field<Spread> spread;
  std::vector<Tolerate> tolerations;
};

struct Resources {
  Head head;
  Field<Range<Cpu>> cpu;
  Field<Range<Bytes>> memory;
  Field<Range<Bytes>> ephemeral_storage;
};

// What runs here.
struct Builds {
  Head head;
  Field<Duration> longest;
  Field<Bytes> footprint;
  Field<Bytes> step_memory;
  Field<std::int64_t> concurrency;
};

struct Probes {
  Head head;
  Field<Duration> startup;  // how long a start may take
  Field<Duration> timeout;
};

struct Rollout {
  Head head;
  Field<PodManagement> pod_management;
  Field<std::int64_t> partition;
  Field<Duration> grace;
  Field<Duration> drain;
};

struct Disruption {
  Head head;
  Field<bool> enabled;
  Field<std::int64_t> max_unavailable;
};

struct NetworkPolicy {
  Head head;
  Field<bool> enabled;
  Field<std::vector<std::string>> from_namespaces;
  Field<bool> metadata_service;
};

struct SmokeBuild {
  Head head;
  Field<bool> enabled;
};

extern const BlockType placement_type;
extern const BlockType resources_type;
extern const BlockType builds_type;
extern const BlockType probes_type;
extern const BlockType rollout_type;
extern const BlockType disruption_type;
extern const BlockType network_policy_type;
extern const BlockType smoke_build_type;

}  // namespace bkfc::schema
