// Replaces one file of the user's at once: it is the old text or the new one, never half of either.
#pragma once

#include <string_view>

#include "driver/world.hpp"

namespace bkfc::driver {

// A link stays a link: what it leads to is replaced.
Outcome replace_file(World& world, std::string_view path, std::string_view bytes);

}  // namespace bkfc::driver
