// Patches that change nothing, as fixes take them away.
#pragma once

#include <vector>

#include "report/diagnostic.hpp"

namespace bkfc::objects {

// A patch whose body holds these statements and comments alone, deleted with its lines; empty where
// it holds more. `named` is what stands behind its word `patch`: a kind, or a file.
std::vector<Edit> delete_patch(const Sources& sources, Span named, std::vector<Span> statements);

}  // namespace bkfc::objects
