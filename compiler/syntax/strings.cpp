#include "syntax/strings.hpp"

#include <charconv>

#include "base/text.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// The code point of `\u{…}` that begins at `at`, and where it ends; nothing where it is none.
struct CodePoint {
  char32_t value = 0;
  std::size_t end = 0;
};

CodePoint code_point(std::string_view written, std::size_t at) {
  const std::size_t close = written.find('}', at);
  if (close == npos || !written.substr(at).starts_with("\\u{")) return {};
  const std::string_view digits = written.substr(at + 3, close - at - 3);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, close + 1};
}

// Appends the escape at `at` and gives the place after it.
std::size_t decode_escape(std::string_view written, std::size_t at, std::string& out) {
  const char which = at + 1 < written.size() ? written[at + 1] : '\0';
  switch (which) {
    case '"':
    case '\\':
    case '$': out += which; return at + 2;
    case 'n': out += '\n'; return at + 2;
    case 't': out += '\t'; return at + 2;
    default: break;
  }
  if (const CodePoint code = code_point(written, at); code.end > 0) {
    append_utf8(out, code.value);
    return code.end;
  }
  out += '\\';
  return at + 1;
}

}  // namespace

std::string decode(std::string_view written) {
  std::string out;
  out.reserve(written.size());
  for (std::size_t at = 0; at < written.size();) {
    if (written[at] == '\\') {
      at = decode_escape(written, at, out);
    } else if (written.substr(at).starts_with("\r\n")) {
      out += '\n';
      at += 2;
    } else {
      out += written[at++];
    }
  }
  return out;
}

std::string_view closing_indentation(std::string_view block_string) {
  if (block_string.size() < 6 || !block_string.ends_with("\"\"\"")) return {};
  const std::string_view inside = block_string.substr(0, block_string.size() - 3);
  const std::size_t line = inside.rfind('\n');
  if (line == npos) return {};
  const std::string_view before = inside.substr(line + 1);
  return before.find_first_not_of(" \t") == npos ? before : std::string_view{};
}

std::string without_indentation(std::string_view piece, std::string_view indentation,
                                bool at_line_start) {
  std::string out;
  out.reserve(piece.size());
  while (!piece.empty()) {
    if (at_line_start) {
      std::size_t taken = 0;
      while (taken < indentation.size() && taken < piece.size() &&
             piece[taken] == indentation[taken])
        ++taken;
      piece.remove_prefix(taken);
    }
    const std::size_t line = piece.find('\n');
    out += piece.substr(0, line == npos ? npos : line + 1);
    piece.remove_prefix(line == npos ? piece.size() : line + 1);
    at_line_start = true;
  }
  return out;
}

}  // namespace bkfc::syntax
