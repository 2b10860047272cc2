// What a rule is: a row with its reasons and its check, and what a check sees.
#pragma once

#include <span>
#include <string_view>

#include "model/carried.hpp"
#include "model/fleet.hpp"
#include "report/diagnostic.hpp"

namespace bkfc::rules {

class Findings;

// What rules look at. They never see syntax: places come from origins, texts from sources.
struct Context {
  const ir::Program& program;
  std::span<const model::Fleet> fleets;  // those that could be modelled: nothing of them is unknown
  const Sources& sources;
  const Origins& origins;
  std::span<const model::CarriedObject> carried;

  std::string_view text(OriginId origin) const { return sources.text(origins.at(origin).span); }
};

// An opinion about fleets. Its example is the case of its name in `tests/cases/rules`.
struct Rule {
  std::string_view id;    // of its family, never reused: `GC004`
  std::string_view name;  // by which `allow` silences it
  Severity severity = Severity::error;
  std::string_view title;  // what is wrong, as a clause
  // The mechanism, where it is to be seen, in which releases it is so, and what to write instead.
  std::string_view why;

  // One of these: what it finds in one fleet, or across the fleets of the program.
  void (*fleet)(const Context&, const model::Fleet&, Findings&) = nullptr;
  void (*program)(const Context&, Findings&) = nullptr;
};

}  // namespace bkfc::rules
