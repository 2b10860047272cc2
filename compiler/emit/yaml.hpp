// Documents as YAML that every reader, of 1.1 and of 1.2, takes for the same data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/marks.hpp"

namespace bkfc::emit {

// Two spaces a level, list items below their key, comments above what they speak of, texts of
// several lines as literal blocks, `---` between documents. No line is ever folded.
// Where `marks` is given, what each value is made from is added to it.
std::string print(const Yaml& yaml, std::vector<Mark>* marks = nullptr);

// Whether a text needs no quotes. The one rule: what any reader could take for anything but this
// text is quoted.
bool is_plain_in_yaml(std::string_view text);

}  // namespace bkfc::emit
