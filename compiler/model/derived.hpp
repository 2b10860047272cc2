// Origins of what the model makes from other values.
#pragma once

#include <string>

#include "source/origin.hpp"

namespace bkfc::model {

// Made from the value at `from`, which stays the place that is shown.
OriginId derived(Origins& origins, OriginId from, std::string_view how);

}  // namespace bkfc::model
