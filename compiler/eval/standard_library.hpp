// The standard library: the modules of `import "std/…"`, carried in the program.
#pragma once

#include <span>
#include <string_view>

#include "base/embedded.hpp"

namespace bkfc::eval {

// `gc` is what `import "std/gc"` reads. Sorted by name.
std::span<const EmbeddedText> standard_library();

// Null if there is no module of the name.
const EmbeddedText* find_standard_module(std::string_view name);

}  // namespace bkfc::eval
