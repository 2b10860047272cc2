// The project that a file is of: what imports may read, and what paths in a lock count from.
#pragma once

#include <string>
#include <string_view>

#include "driver/world.hpp"

namespace bkfc::driver {

// The nearest folder above a file that holds a `.bkfc` or a `.git`, else the file's own folder.
std::string project_root(World& world, std::string_view path);

// A file's path from its project's root; `-`, and what does not exist, as it is.
std::string path_in_project(World& world, std::string_view path);

}  // namespace bkfc::driver
