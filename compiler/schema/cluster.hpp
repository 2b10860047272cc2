// What is known of a cluster. What is not said is unknown, never assumed.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

enum class PodSecurity : std::uint8_t { privileged, baseline, restricted };

struct Allocatable {
  Head head;
  Field<Cpu> cpu;
  Field<Bytes> memory;
  Field<Bytes> disk;
};

// A taint of a node; its label is kubectl's spelling.
struct Taint {
  Head head;
};

struct NodePool {
  Head head;
  Field<Range<std::int64_t>> count;
  Field<std::string> os;
  Field<std::string> kernel;
  Field<std::string> runtime;
  Field<std::string> arch;
  Field<TextMap> labels;
  std::vector<Taint> taints;
  Allocatable allocatable;
};

struct StorageClass {
  Head head;
  Field<std::string> provisioner;
  Field<bool> is_default;
  Field<bool> allow_expansion;
  Field<bool> enforces_capacity;
  Field<bool> network;
};

struct NamespaceFacts {
  Head head;
  Field<PodSecurity> pod_security;
};

struct Cluster {
  Head head;
  Field<std::string> kubernetes;
  Field<std::string> dns_domain;
  std::vector<NodePool> node_pools;
  std::vector<StorageClass> storage_classes;
  std::vector<NamespaceFacts> namespaces;
};

std::string_view to_text(PodSecurity level);

extern const BlockType cluster_type;

}  // namespace bkfc::schema
