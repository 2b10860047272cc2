// What the language has and this release does not compile yet: said at its place, never passed
// over.
#pragma once

#include <string_view>

namespace bkfc::eval {

// Whether a block of this name is in the language but not in the table yet.
bool is_later_block(std::string_view name);

}  // namespace bkfc::eval
