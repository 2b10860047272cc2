#include "model/carried.hpp"

#include <fmt/core.h>

#include "base/path.hpp"

namespace bkfc::model {

std::string_view carried_name(const schema::Object& object) { return name_of(object.head.label); }

std::string carried_path(const Fleet& fleet, const schema::Object& object) {
  return fmt::format("deploy/{}/objects/{}", fleet.source->identity.text(), carried_name(object));
}

}  // namespace bkfc::model
