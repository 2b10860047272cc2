// How two texts differ, line by line, as `diff -u` shows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bkfc::driver {

// Hunks with three lines of context; empty if the texts are equal.
std::string unified_hunks(std::string_view before, std::string_view after);

// The same under `---` and `+++` lines. An empty name is `/dev/null`.
std::string unified_diff(std::string_view before_name, std::string_view before,
                         std::string_view after_name, std::string_view after);

}  // namespace bkfc::driver
