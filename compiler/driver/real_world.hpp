// The world as POSIX shows it.
#pragma once

#include <memory>

#include "driver/world.hpp"

namespace bkfc::driver {

std::unique_ptr<World> real_world();

}  // namespace bkfc::driver
