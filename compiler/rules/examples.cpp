#include "rules/examples.hpp"

#include <span>

#include "base/embedded.hpp"

// Made by the build from `tests/cases/rules`.
namespace bkfc::rules::cases {

extern const EmbeddedText texts[];
extern const unsigned text_count;

}  // namespace bkfc::rules::cases

namespace bkfc::rules {
namespace {

// A section of a case: from the line `-- name --` to the next such line.
std::string_view section(std::string_view text, std::string_view head) {
  std::size_t at = text.find(head);
  if (at == text.npos) return {};
  at += head.size();
  const std::size_t end = text.find("\n-- ", at - 1);
  return text.substr(at, end == text.npos ? text.npos : end + 1 - at);
}

}  // namespace

Example example_of(const Rule& rule) {
  for (const EmbeddedText& one : std::span(cases::texts, cases::text_count)) {
    std::string_view name = one.name;
    // An error's case is called by what its commands do: fail.
    if (rule.severity == Severity::error && name.starts_with("bad_")) name.remove_prefix(4);
    if (name == rule.name)
      return {section(one.text, "\n-- bad.bkfleet --\n"),
              section(one.text, "\n-- good.bkfleet --\n")};
  }
  return {};
}

}  // namespace bkfc::rules
