// The examples of rules: the case that each is tested with, carried in the program.
#pragma once

#include <string_view>

#include "rules/rule.hpp"

namespace bkfc::rules {

// Two programs. Invariant: a rule of the catalogue has both.
struct Example {
  std::string_view bad;   // the rule's finding is on the line that `# here` marks
  std::string_view good;  // the same, mended
};

Example example_of(const Rule& rule);

}  // namespace bkfc::rules
