// What does not hold together in the objects of one fleet, as data.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "objects/fleet_files.hpp"
#include "source/origin.hpp"

namespace bkfc::objects {

struct Problem {
  enum class Kind : std::uint8_t {
    mount_without_volume,
    selector_misses,
    no_such_port,
    no_governing_service,
    too_long,
    repeated,
    bad_label,
  };
  Kind kind{};
  std::string what;   // the thing that is wrong
  std::string which;  // which one of it, or where
  std::string why;
  std::vector<std::string> askers;  // the objects that show it
  std::size_t length = 0;
  std::size_t limit = 0;
  OriginId origin = OriginId::nowhere;  // of the node that shows it

  bool is_same(const Problem& other) const {
    return kind == other.kind && what == other.what && which == other.which;
  }
};

// Each once, whichever objects show it.
std::vector<Problem> problems_of(const FleetFiles& files);

}  // namespace bkfc::objects
