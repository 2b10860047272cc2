#include "report/edits.hpp"

namespace bkfc {

bool is_rest(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r");
  return at == text.npos || text[at] == '#';
}

Span lines_of(std::string_view text, Span span) {
  const std::size_t before = span.begin == 0 ? text.npos : text.rfind('\n', span.begin - 1);
  const std::size_t after = text.find('\n', span.end);
  return {span.file, before == text.npos ? 0 : static_cast<std::uint32_t>(before + 1),
          static_cast<std::uint32_t>(after == text.npos ? text.size() : after + 1)};
}

std::vector<Edit> delete_line(const Sources& sources, Span place) {
  const std::string_view text = sources.text(place.file);
  const Span lines = lines_of(text, place);
  const std::string_view before = text.substr(lines.begin, place.begin - lines.begin);
  if (before.find_first_not_of(" \t\r") != before.npos) return {};
  const std::string_view after = text.substr(place.end, lines.end - place.end);
  if (!is_rest(after.substr(0, after.find('\n')))) return {};
  return {{lines, ""}};
}

}  // namespace bkfc
