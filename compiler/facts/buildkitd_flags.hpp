// The flags of buildkitd, with the releases that brought them and the keys that they override.
#pragma once

#include <span>
#include <string_view>

#include "base/release.hpp"

namespace bkfc::facts {

struct BuildkitdFlag {
  std::string_view name;  // without dashes
  Release since{};
  std::string_view key{};  // the key of buildkitd.toml that it overrides, if any
  std::string_view note{};
  bool takes_value = true;
  Release deprecated{};
};

std::span<const BuildkitdFlag> buildkitd_flags();
// With or without its dashes; null if buildkitd has none of this name.
const BuildkitdFlag* find_buildkitd_flag(std::string_view name);

}  // namespace bkfc::facts
