// The characters of a text that is printed: which of them are shown as they are, and how comments
// are kept from breaking out of themselves.
#pragma once

#include <string>
#include <string_view>

namespace bkfc::emit {

// Takes the first code point off a text. The text is UTF-8 and not empty.
char32_t take_code_point(std::string_view& text);

// Whether a character is seen as what it is. False for controls (tab and line break too), for
// other line breaks, for what is invisible or turns the direction of writing, and for a byte order
// mark.
bool is_visible(char32_t code_point);

// Appends a text between double quotes, escaped as YAML and TOML both read it.
void append_double_quoted(std::string& out, std::string_view text);

// Appends a comment: each of its lines after `indent` spaces and `# `. What is not visible is
// shown as `?`, so that a value in a comment stays in it.
void append_comment(std::string& out, std::string_view lines, std::size_t indent = 0);

}  // namespace bkfc::emit
