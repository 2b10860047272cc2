// YAML as documents, with the scalars that Kubernetes' own reader sees.
#pragma once

#include <string_view>

#include "read/reading.hpp"

namespace bkfc::read {

// Every document of a text but empty ones. A key said twice in one map is refused, aliases and
// `<<` are expanded as far as they stay in proportion to the text, tags beyond YAML's own are
// refused. As in Kubernetes, `yes` and `off` are booleans and `0755` is octal where they are not
// quoted.
Reading read_yaml(std::string_view text, Places places = {});

}  // namespace bkfc::read
