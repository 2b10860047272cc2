// What a written string comes to: escapes decoded, the indentation of a `"""` taken away.
#pragma once

#include <string>
#include <string_view>

namespace bkfc::syntax {

// Decodes the escapes of a piece of a string and ends its lines with LF. An escape that the
// language does not know stays as it is written.
std::string decode(std::string_view written);

// The blanks before the closing `"""`; nothing if other text stands there.
std::string_view closing_indentation(std::string_view block_string);

// Takes `indentation` from the beginning of each line. `at_line_start` says whether the piece
// begins a line.
std::string without_indentation(std::string_view piece, std::string_view indentation,
                                bool at_line_start);

}  // namespace bkfc::syntax
