// Policies held against fleets: what a program itself requires of them.
#pragma once

#include "eval/modules.hpp"
#include "eval/names.hpp"
#include "ir/finding.hpp"
#include "report/report.hpp"

namespace bkfc::policies {

struct Program {
  const eval::Modules& modules;
  const eval::Names& names;
  const ir::Program& program;
  const Sources& sources;
};

// Holds every policy, whichever module says it, against every fleet. What is wrong with a policy
// is reported, and so is what nobody knows; what a fleet lacks is a finding.
ir::Held hold(const Program& program, Origins& origins, Report& report);

}  // namespace bkfc::policies
