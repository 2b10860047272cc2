// Source text as it can be shown on a terminal, and how many columns it takes there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bkfc {

struct Visible {
  std::string text;
  std::size_t width = 0;  // in columns of a terminal
};

// One line made harmless: control bytes and what is not UTF-8 as `\x1b`, code points that reorder
// or hide text as `\u{202e}`, a tab as four spaces. Everything else stays as it is.
Visible visible(std::string_view line);

// The same for a sentence of several lines: line ends stay.
std::string visible_text(std::string_view text);

}  // namespace bkfc
