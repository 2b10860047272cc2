// A tree as text, for `--dump=tree` and for tests.
#pragma once

#include <string>

#include "syntax/tree.hpp"

namespace bkfc::syntax {

// One node a line, indented by depth: its kind, its extent, and what it says if it has no parts.
// The errors follow, each with its extent.
std::string dump(const Tree& tree);

}  // namespace bkfc::syntax
