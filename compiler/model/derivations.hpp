// What the compiler derives of a fleet, by name: for whoever shows a fleet whole.
#pragma once

#include <string_view>
#include <vector>

#include "model/fleet.hpp"
#include "schema/row.hpp"

namespace bkfc::model {

struct Derivation {
  // The attribute that would say it, `rollout.grace`; or a name of its own where none does.
  std::string_view path;
  bool is_attribute = true;
  schema::Type type = schema::Type::text;
  schema::Stored value;
  OriginId origin = OriginId::nowhere;
};

// Only what the fleet does not say itself.
std::vector<Derivation> derivations(const Fleet& fleet);

}  // namespace bkfc::model
