// What the language has and this release does not compile yet: said at its place, never passed
// over.
#pragma once

#include <optional>
#include <string_view>

#include "syntax/ast.hpp"

namespace bkfc::eval {

// "`param`s", for a statement that is not compiled yet.
std::optional<std::string_view> later_statement(syntax::ast::Item::Kind kind);

// Whether a block of this name is in the language but not in the table yet.
bool is_later_block(std::string_view name);

}  // namespace bkfc::eval
