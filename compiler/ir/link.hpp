// The names by which declarations of a program mean each other: a fleet's authority, a builder's
// fleets.
#pragma once

#include "ir/program.hpp"
#include "report/report.hpp"

namespace bkfc::ir {

// A name that means nothing, or more than one thing, is reported; what needs it is not whole then.
void link(Program& program, const Sources& sources, const Origins& origins, Report& report);

// What findings in a root block that a loop made are said of.
Report::Context turn_of(OriginId block, std::string_view label, const Origins& origins);

}  // namespace bkfc::ir
