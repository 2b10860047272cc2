// A program as `bkfc expand` prints it: merged, in the language itself, with origins as comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "driver/session.hpp"
#include "ir/roots.hpp"

namespace bkfc::driver {

// Invariant: the text compiles by itself, to the same objects. `only` names fleets; empty: all.
std::string expanded_text(const Analysis& analysis, const Session& session, std::string_view only);

// The root blocks that a text for those fleets holds: they, and what they refer to.
std::vector<ir::Root> roots_for(const Analysis& analysis, std::string_view only);

// The model of a fleet; null if it could not be modelled.
const model::Fleet* model_of(const Analysis& analysis, const ir::Fleet* fleet);

}  // namespace bkfc::driver
