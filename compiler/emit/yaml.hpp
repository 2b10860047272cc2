// Documents as YAML that every reader, of 1.1 and of 1.2, takes for the same data.
#pragma once

#include <string>
#include <string_view>

#include "emit/artifact.hpp"

namespace bkfc::emit {

// Two spaces a level, list items below their key, comments above what they speak of, texts of
// several lines as literal blocks, `---` between documents. No line is ever folded.
std::string print(const Yaml& yaml);

// Whether a text needs no quotes. The one rule: what any reader could take for anything but this
// text is quoted.
bool is_plain_in_yaml(std::string_view text);

}  // namespace bkfc::emit
