// Bodies that are told by their indentation alone, as in YAML and Python.
#pragma once

#include <optional>
#include <vector>

#include "syntax/saying.hpp"

namespace bkfc::syntax {

// The first header whose lines are indented below it, but stand in no braces.
std::optional<Extent> indented_header(const Tree& tree);

// The braces that such a file lacks.
std::vector<Edit> braces_by_indentation(const Saying& s);

}  // namespace bkfc::syntax
