// Braces that do not balance: where the indentation first says otherwise.
#pragma once

#include <optional>

#include "syntax/tree.hpp"

namespace bkfc::syntax {

// What is to be said of a text whose braces do not balance; nothing if they do.
std::optional<SyntaxError> unbalanced_braces(const Tree& tree);

}  // namespace bkfc::syntax
