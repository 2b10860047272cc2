#include "rules/edits.hpp"

namespace bkfc::rules {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == text.npos; }

// `name =` or `name +=`, and nothing else.
bool is_assignment(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  std::size_t at = 0;
  while (at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || text[at] == '_' ||
                              (text[at] >= '0' && text[at] <= '9')))
    ++at;
  if (at == 0) return false;
  text.remove_prefix(at);
  const std::size_t sign = text.find_first_not_of(" \t");
  if (sign == text.npos) return false;
  text.remove_prefix(sign);
  if (text.front() == '+') text.remove_prefix(1);
  return text.starts_with("=") && is_blank(text.substr(1));
}

}  // namespace

std::vector<Edit> replace(const Origins& origins, OriginId value, std::string text) {
  const Origin& origin = origins.at(value);
  if (origin.kind != Origin::Kind::written) return {};
  return {{origin.span, std::move(text)}};
}

std::vector<Edit> delete_attribute(const Sources& sources, const Origins& origins, OriginId value) {
  const Origin& origin = origins.at(value);
  if (origin.kind != Origin::Kind::written) return {};
  const std::string_view text = sources.text(origin.span.file);
  const Span lines = lines_of(text, origin.span);
  if (!is_assignment(text.substr(lines.begin, origin.span.begin - lines.begin))) return {};
  const std::string_view after = text.substr(origin.span.end, lines.end - origin.span.end);
  if (!is_rest(after.substr(0, after.find('\n')))) return {};
  return {{lines, ""}};
}

}  // namespace bkfc::rules
