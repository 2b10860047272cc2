// Names with `*` in them, as the tables spell families of names.
#pragma once

#include <string_view>

namespace bkfc::facts {

// Whether a name fits a pattern in which `*` stands for any run of characters.
constexpr bool fits(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0;
  std::size_t star = pattern.npos, after = 0;  // the last `*`, and where what it takes ends
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != pattern.npos) {
      p = star + 1;
      n = ++after;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace bkfc::facts
