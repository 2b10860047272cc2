// A text that the program carries, by its name.
#pragma once

#include <string_view>

namespace bkfc {

struct EmbeddedText {
  std::string_view name;  // of its file, without the ending
  std::string_view text;
};

}  // namespace bkfc
