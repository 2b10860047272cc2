// The words of the language, told: its keywords, and the names of its types.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bkfc::syntax {

struct Word {
  enum class Kind : std::uint8_t { keyword, type };

  Kind kind;
  std::string_view word;
  std::string_view form;     // how it is written, `for NAME in LIST { … }`
  std::string_view doc;      // a sentence or two
  std::string_view example;  // a whole program
};

// Keywords first, then types; in the order in which one learns them.
std::span<const Word> words();

}  // namespace bkfc::syntax
