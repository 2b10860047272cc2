// Cases: one file with prose, a command line, its input files, and what comes out of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc::tests {

// `-- name (mark) (mark) --` and the lines below it.
struct Section {
  std::string name;
  std::vector<std::string> marks;  // `base64`, `no newline`, `unreadable`, …
  std::string content;
};

struct Case {
  std::string prose;
  std::vector<Section> sections;

  const Section* find(std::string_view name) const;
};

Case parse_case(std::string_view text);
std::string to_text(const Case& parsed);

// Words apart by blanks; `"…"` and `'…'` keep blanks. Nothing if a quote does not end.
std::optional<std::vector<std::string>> split_words(std::string_view line);

// What a case's file should hold: its own inputs, and what they come to now.
struct Renewed {
  std::string text;
  bool failed = false;                // some command line did not end with 0
  std::vector<std::string> mistakes;  // of the case file itself
};
Renewed renew(std::string_view text);

}  // namespace bkfc::tests
