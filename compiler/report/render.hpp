// Diagnostics as people and machines read them: text, JSON lines, SARIF, GitHub and GitLab.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/diagnostic.hpp"

namespace bkfc {

enum class Format : std::uint8_t { text, json, sarif, github, gitlab };

// `text`, `json`, `sarif`, `github` or `gitlab`, as `--format` spells it.
std::optional<Format> format_named(std::string_view name);

enum class Look : std::uint8_t {
  plain,    // ASCII frames and `^^^^`: for files, pipes and goldens
  drawn,    // box characters, no colour: a terminal with NO_COLOR
  colored,  // box characters and colour
};

struct RenderOptions {
  Format format = Format::text;
  Look look = Look::plain;
  std::size_t error_limit = 0;  // text stops after so many errors; 0: no limit
  std::string version;          // of the program, for the formats that name it
  std::string uri;              // where the program is described; may be empty
  std::vector<RuleText> rules;  // what is known of the ids; only those that occur are written
};

// `sorted` is what `Report::sorted()` gives. The text ends with a summary line and is empty when
// there is nothing to say; the machine formats are complete documents even then.
std::string render(const std::vector<Diagnostic>& sorted, const Sources& sources,
                   const RenderOptions& options);

// `2 errors, 1 warning`; empty when there is nothing to count.
std::string summary(const std::vector<Diagnostic>& diagnostics);

}  // namespace bkfc
