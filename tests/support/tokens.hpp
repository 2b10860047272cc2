// The tokens of a `.bkfleet`, as a person sees them: what can be left out or written twice.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace bkfc::tests {

struct Token {
  std::size_t begin;
  std::size_t end;
};

// Words, signs, and of a text its quotes, what stands between them, and the whole. Comments are
// none.
std::vector<Token> tokens(std::string_view text);

}  // namespace bkfc::tests
