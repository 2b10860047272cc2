// The objects that are written for a fleet, by what they are known by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"

namespace bkfc::rules {

struct OwnObject {
  std::string_view kind;
  std::string name;
  OriginId origin = OriginId::nowhere;  // of what gives the name
};

// What two fleets of one namespace may not both have, nor one fleet twice: a kind and a name.
std::vector<OwnObject> own_objects(const model::Fleet& fleet);

}  // namespace bkfc::rules
