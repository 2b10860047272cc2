// What is said to the user, as data. It owns its strings, so it outlives every stage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/sources.hpp"

namespace bkfc {

enum class Severity : std::uint8_t { error, warning, info };

std::string_view to_text(Severity severity);

// A place, and what is to be said right there.
struct Label {
  Span span;
  std::string text;
};

// Replace the bytes of `span` by `text`.
struct Edit {
  Span span;
  std::string text;
};

struct Fix {
  std::string title;  // "write `keep_duration`"
  std::vector<Edit> edits;
  bool certain = true;  // applied by `--fix`; an uncertain one is only offered
};

struct Diagnostic {
  std::string id;    // `E0201`, `GC004`: never reused
  std::string name;  // of a rule, as `allow` names it; empty for a message of the language
  Severity severity = Severity::error;
  std::string sentence;
  std::optional<Label> primary;  // none: it is about the command or the world, not about a text
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Fix> fixes;
  std::vector<std::string> subjects;  // the fleets it is about, where one place serves several
};

// What a machine format says of an id besides the single finding.
struct RuleText {
  std::string id;    // `GC004`
  std::string name;  // `gc_tier_never_collects`; empty for a message of the language
  Severity severity = Severity::error;
  std::string title;  // one sentence
  std::string help;   // a paragraph: why it is so, and what to write instead
};

}  // namespace bkfc
