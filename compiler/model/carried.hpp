// The objects that a fleet carries along from manifests of its user: what they are known by.
#pragma once

#include <string>
#include <string_view>

#include "model/fleet.hpp"

namespace bkfc::model {

struct CarriedObject {
  const Fleet* fleet = nullptr;
  std::string file;  // as its `object` says it
  std::string api_version;
  std::string kind;
  std::string name_space;  // empty: it says none
  std::string name;
  bool is_known = false;                  // its fields are known, and were checked
  bool has_namespace = true;              // objects of its kind are in one, as far as that is known
  OriginId origin = OriginId::nowhere;    // the `object` that carries it
  OriginId document = OriginId::nowhere;  // where it stands in the manifest
};

// The name of the file that an `object` is written to: its own.
std::string_view carried_name(const schema::Object& object);
// `deploy/crater/ci/buildkitd/objects/route.yaml`.
std::string carried_path(const Fleet& fleet, const schema::Object& object);

}  // namespace bkfc::model
