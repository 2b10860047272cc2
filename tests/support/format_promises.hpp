// What formatting promises, held against one text.
#pragma once

#include <string>
#include <string_view>

namespace bkfc::tests {

// What is broken of the promises, with the place; empty if none is, or if the text does not parse.
std::string broken_promise(std::string_view text);

}  // namespace bkfc::tests
