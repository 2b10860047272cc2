#include "support/tokens.hpp"

#include <algorithm>
#include <array>

namespace bkfc::tests {
namespace {

bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t sign_end(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> long_signs{
      "\"\"\"", "..", "==", "!=", "<=", ">=", "+="};
  for (const std::string_view sign : long_signs)
    if (text.substr(at).starts_with(sign)) return at + sign.size();
  return at + 1;
}

// Behind the quote that closes the text at `at`, escapes passed over; where its line ends if none.
std::size_t text_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\') ++i;
    if (i < text.size() && text[i] == '"') return i + 1;
  }
  return std::min(text.find('\n', at), text.size());
}

}  // namespace

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = sign_end(text, at);
    if (is_blank(text[at])) {
      at = end;
      continue;
    }
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (text[at] == '"' && end == at + 1) {
      end = text_end(text, at);
      out.push_back({at, at + 1});
      if (end - at > 2) out.push_back({at + 1, end - 1});
      out.push_back({end - 1, end});
    }
    out.push_back({at, end});
    at = end;
  }
  return out;
}

}  // namespace bkfc::tests
