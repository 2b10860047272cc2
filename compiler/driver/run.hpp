// The entry of the program: a command line in, an exit status out.
#pragma once

#include <span>
#include <string>

#include "driver/world.hpp"

namespace bkfc::driver {

// `arguments` without the program's name.
int run(std::span<const std::string> arguments, World& world);

}  // namespace bkfc::driver
