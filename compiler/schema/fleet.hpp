// A fleet, whole: what `fleet "name" { … }` says.
#pragma once

#include "schema/cache.hpp"
#include "schema/daemon.hpp"
#include "schema/names.hpp"
#include "schema/row.hpp"
#include "schema/tls.hpp"
#include "schema/workload.hpp"

namespace bkfc::schema {

enum class Mode : std::uint8_t { rootless, userns, privileged };
enum class Workload : std::uint8_t { StatefulSet, Deployment, DaemonSet };
enum class PullPolicy : std::uint8_t { Always, IfNotPresent, Never };
enum class Entitlement : std::uint8_t { network_host, security_insecure, device };

// A manifest that is carried along; its label is its path.
struct Object {
  Head head;
};

struct Fleet {
  Head head;  // its label is the fleet's name
  Field<std::string> name_space;
  Field<bool> create_namespace;
  Field<std::string> cluster;
  Field<Range<std::int64_t>> replicas;
  Field<Mode> mode;
  Field<Workload> workload;
  Field<std::string> image;
  Field<PullPolicy> image_pull_policy;
  Field<std::vector<std::string>> image_pull_secrets;
  Field<std::string> buildkit;
  Field<std::string> kubernetes;
  Field<TextMap> labels;
  Field<TextMap> annotations;
  Field<bool> standard_labels;
  Field<TextMap> selector;
  Field<std::string> priority_class;
  Field<std::vector<Entitlement>> entitlements;

  Names names;
  Placement placement;
  Resources resources;
  Builds builds;
  Cache cache;
  Gc gc;
  History history;
  Worker worker;
  Log log;
  Listen listen;
  Tls tls;
  Probes probes;
  Rollout rollout;
  Disruption disruption;
  NetworkPolicy network_policy;
  SmokeBuild smoke_build;
  std::vector<Object> objects;
};

std::string_view to_text(Mode mode);
std::string_view to_text(PullPolicy policy);

extern const BlockType fleet_type;

}  // namespace bkfc::schema
