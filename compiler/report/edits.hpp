// Edits of source texts for fixes, made from places alone.
#pragma once

#include <string_view>
#include <vector>

#include "report/diagnostic.hpp"

namespace bkfc {

// The whole line or lines of a span, with the last one's end.
Span lines_of(std::string_view text, Span span);

// Whether a text may follow a statement on its line: nothing, or a comment.
bool is_rest(std::string_view text);

// The statement that begins at a place or holds it, deleted with its line; empty where the line
// holds more than it.
std::vector<Edit> delete_line(const Sources& sources, Span place);

}  // namespace bkfc
