#include "model/derived.hpp"

namespace bkfc::model {

OriginId derived(Origins& origins, OriginId from, std::string_view how) {
  Origin origin = origins.at(from);
  origin.kind = Origin::Kind::derived;
  origin.note = how;
  return origins.add(origin);
}

}  // namespace bkfc::model
