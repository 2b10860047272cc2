#include "emit/characters.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace bkfc::emit {
namespace {

// How many bytes the code point has that begins with this one.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

// `\b \t \n \f \r` are the short escapes that YAML, TOML and JSON share.
char short_escape(char32_t code_point) {
  switch (code_point) {
    case U'\b': return 'b';
    case U'\t': return 't';
    case U'\n': return 'n';
    case U'\f': return 'f';
    case U'\r': return 'r';
    case U'"': return '"';
    case U'\\': return '\\';
    default: return '\0';
  }
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = length_of(first);
  BKFC_ASSERT(length <= text.size(), "a text that is printed is UTF-8");
  char32_t code_point = length == 1 ? first : first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  }
  text.remove_prefix(length);
  return code_point;
}

bool is_visible(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  const bool is_control = c < 0x20 || within(0x7f, 0x9f);
  const bool is_space_or_mark = c == 0xa0 || c == 0xad || c == 0x61c || c == 0x180e ||
                                within(0x2000, 0x200f) || within(0x2028, 0x202f) ||
                                within(0x205f, 0x206f) || c == 0x3000;
  const bool is_no_character = c == 0xfeff || within(0xfff0, 0xffff) || within(0xfdd0, 0xfdef) ||
                               (c & 0xfffeU) == 0xfffeU || within(0xe0000, 0xe007f);
  return !is_control && !is_space_or_mark && !is_no_character;
}

void append_double_quoted(std::string& out, std::string_view text) {
  BKFC_ASSERT(!first_invalid_utf8(text), "a text that is printed is UTF-8");
  out += '"';
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = take_code_point(text);
    if (const char escape = short_escape(c); escape != '\0') {
      out += '\\';
      out += escape;
    } else if (is_visible(c)) {
      out += before.substr(0, before.size() - text.size());
    } else {
      const auto number = static_cast<unsigned>(c);
      out += number > 0xffff ? fmt::format("\\U{:08X}", number) : fmt::format("\\u{:04X}", number);
    }
  }
  out += '"';
}

void append_comment(std::string& out, std::string_view lines, std::size_t indent) {
  while (!lines.empty()) {
    std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    out.append(indent, ' ');
    out += line.empty() ? "#" : "# ";
    if (first_invalid_utf8(line)) line = "?";
    while (!line.empty()) {
      const std::string_view before = line;
      const bool visible = is_visible(take_code_point(line));
      out += visible ? before.substr(0, before.size() - line.size()) : std::string_view("?");
    }
    out += '\n';
  }
}

}  // namespace bkfc::emit
