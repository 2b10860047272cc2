// Spells what was parsed, for the tests: an expression with parentheses around all that has parts.
#pragma once

#include <string>
#include <string_view>

#include "syntax/ast.hpp"

namespace bkfc::tests {

std::string spell(const syntax::ast::Expr& e);

// The tree of a text that must be free of errors. `text` must outlive it.
syntax::Tree parse_well(std::string_view text);

// The only statement of a file.
syntax::ast::Item only_item(const syntax::Tree& tree);

template <class T>
T only(const syntax::Tree& tree) {
  return only_item(tree).as<T>();
}

}  // namespace bkfc::tests
