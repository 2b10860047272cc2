#include "model/derived.hpp"

#include <utility>

namespace bkfc::model {

OriginId derived(Origins& origins, OriginId from, std::string how) {
  Origin origin = origins.at(from);
  origin.kind = Origin::Kind::derived;
  origin.note = std::move(how);
  return origins.add(std::move(origin));
}

}  // namespace bkfc::model
