// Values and the table make the program: every field typed, defaulted, with its origin.
#pragma once

#include "eval/evaluate.hpp"
#include "ir/program.hpp"

namespace bkfc::ir {

// A wrong value is reported and its field unknown; a missing one that must be there is reported.
Program build(const eval::Values& values, const Sources& sources, Origins& origins, Report& report);

// For `--dump=ir`: every field of every fleet, with where it comes from.
std::string dump(const Program& program, const Sources& sources, const Origins& origins);

}  // namespace bkfc::ir
