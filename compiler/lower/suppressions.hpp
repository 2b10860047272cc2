// What linters object to in a fleet's pods, silenced one by one, each with its reason.
#pragma once

#include <vector>

#include "emit/document.hpp"
#include "facts/linters.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

// What the image of a fleet needs, in whatever pod it runs.
std::vector<facts::Need> needs_of_image(const model::Fleet& fleet);

// The annotations that the linters read.
void add_suppressions(emit::Node& annotations, const std::vector<facts::Need>& needs);

}  // namespace bkfc::lower
