// What is found in fleets, before it is known whether somebody allows it.
#pragma once

#include <string>
#include <vector>

#include "ir/program.hpp"
#include "report/diagnostic.hpp"

namespace bkfc::ir {

struct Finding {
  std::vector<const Fleet*> fleets;  // those that it is about
  Diagnostic diagnostic;             // its name is what `allow` silences it by
};

// A rule of the program's own.
struct Policy {
  std::string name;
  Span place{};      // of its name
  bool held = true;  // no: there is a fleet of which not all is known that it asks
};

// What became of the policies of a program.
struct Held {
  std::vector<Policy> policies;
  std::vector<Finding> findings;
};

}  // namespace bkfc::ir
