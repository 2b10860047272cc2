// Holds the catalogue against a program: runs every rule, honours every `allow`, of the program's
// own policies too.
#pragma once

#include <span>
#include <string_view>

#include "ir/finding.hpp"
#include "model/carried.hpp"
#include "model/fleet.hpp"
#include "report/report.hpp"

namespace bkfc::rules {

struct Subject {
  const ir::Program& program;
  std::span<const model::Fleet> fleets;
  const Sources& sources;
  const Origins& origins;
  std::span<const model::CarriedObject> carried;
  std::string_view today;  // `2027-06-30`; empty: no `allow … until` has ended
  const ir::Held& held;    // what the policies found
};

void check(const Subject& subject, Report& report);

}  // namespace bkfc::rules
