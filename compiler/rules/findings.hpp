// What rules find, each with its place and the fleet that it is about.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "ir/finding.hpp"
#include "rules/rule.hpp"

namespace bkfc::rules {

using ir::Finding;

// Adds to a finding just made. Valid until the next one is made.
class Draft {
 public:
  Draft(Finding& finding, const Context& context) : finding_(&finding), context_(&context) {}

  // What is said right at the place.
  Draft& here(std::string text);
  // Another place that belongs to it. One that no text has is left out.
  Draft& label(OriginId origin, std::string text);
  Draft& note(std::string text);
  // A fix that `--fix` applies. Without edits there is none.
  Draft& fix(std::string title, std::vector<Edit> edits);
  // One that is only offered.
  Draft& suggest(std::string title, std::vector<Edit> edits);
  // The finding is less sure than its rule.
  Draft& only(Severity severity);
  // Narrows the place to the first occurrence of a text in it, or in the body that it opens, if
  // there is one.
  Draft& around(std::string_view text);
  // A certain fix that replaces what `around` found; none if it found nothing.
  Draft& fix_around(std::string title, std::string text);
  Draft& about(const model::Fleet& fleet);

 private:
  Finding* finding_;
  const Context* context_;
  bool narrowed_ = false;
};

class Findings {
 public:
  explicit Findings(const Context& context) : context_(&context) {}

  void begin(const Rule& rule, const model::Fleet* fleet) {
    rule_ = &rule;
    fleet_ = fleet;
  }

  template <class... Args>
  Draft at(OriginId origin, fmt::format_string<Args...> text, Args&&... args) {
    return add(origin, fmt::vformat(text, fmt::make_format_args(args...)));
  }

  std::vector<Finding> take() && { return std::move(findings_); }

 private:
  Draft add(OriginId origin, std::string sentence);

  const Context* context_;
  const Rule* rule_ = nullptr;
  const model::Fleet* fleet_ = nullptr;
  std::vector<Finding> findings_;
};

}  // namespace bkfc::rules
