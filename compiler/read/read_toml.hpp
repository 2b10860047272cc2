// TOML 1.0 as a document, with its keys in the order in which they are written.
#pragma once

#include <string_view>

#include "read/reading.hpp"

namespace bkfc::read {

// One document: the table at the top.
Reading read_toml(std::string_view text, Places places = {});

}  // namespace bkfc::read
