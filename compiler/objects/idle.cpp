#include "objects/idle.hpp"

#include <algorithm>

#include "report/edits.hpp"

namespace bkfc::objects {
namespace {

constexpr std::string_view blanks = " \t\r\n";

// Where the next thing stands that is neither blank nor comment; the text's end if nothing does.
std::size_t skip_blank(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    at = std::min(text.find_first_not_of(blanks, at), text.size());
    if (at == text.size() || text[at] != '#') return at;
    at = std::min(text.find('\n', at), text.size());
  }
  return at;
}

// Behind the name of an object, if one stands there.
std::size_t skip_name(std::string_view text, std::size_t at) {
  if (at == text.size() || text[at] != '"') return at;
  const std::size_t end = text.find('"', at + 1);
  return end == text.npos ? at : skip_blank(text, end + 1);
}

}  // namespace

std::vector<Edit> delete_patch(const Sources& sources, Span named, std::vector<Span> statements) {
  constexpr std::string_view word = "patch";
  const std::string_view text = sources.text(named.file);
  const std::string_view before =
      text.substr(0, text.find_last_not_of(blanks, named.begin - 1) + 1);
  if (!before.ends_with(word)) return {};
  std::size_t at = skip_name(text, skip_blank(text, named.end));
  if (at == text.size() || text[at] != '{') return {};
  at = skip_blank(text, at + 1);
  std::sort(statements.begin(), statements.end(), [](Span a, Span b) { return a.begin < b.begin; });
  for (const Span statement : statements) {
    if (statement.file != named.file || statement.begin != at) return {};
    at = skip_blank(text, statement.end);
  }
  if (at == text.size() || text[at] != '}') return {};
  return delete_line(sources, {named.file, static_cast<std::uint32_t>(before.size() - word.size()),
                               static_cast<std::uint32_t>(at + 1)});
}

}  // namespace bkfc::objects
