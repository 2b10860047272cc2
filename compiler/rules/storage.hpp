// What the compiler knows of the storage that a fleet's caches lie on.
#pragma once

#include <optional>
#include <string>

#include "facts/storage.hpp"
#include "rules/rule.hpp"

namespace bkfc::rules {

struct Storage {
  std::string class_name;                    // empty: the cluster's default class, not declared
  const schema::StorageClass* is = nullptr;  // where the cluster declares it
  const facts::Provisioner* provisioner = nullptr;  // where something is known of it
  std::optional<facts::ClassHint> hint;             // what the mere name gives away
  OriginId origin = OriginId::nowhere;              // where the fleet says it

  // Nothing: not known.
  std::optional<bool> network() const;
  std::optional<bool> enforces_capacity() const;
};

Storage storage_of(const model::Fleet& fleet);

// The disk that the daemon sees below its cache: the volume, or the node's disk where the class
// does not enforce capacity. Nothing where that disk is not known.
std::optional<Bytes> disk_of(const Context& context, const model::Fleet& fleet);

}  // namespace bkfc::rules
