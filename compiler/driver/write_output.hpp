// Brings an output folder up to date, or says what that would take.
#pragma once

#include "driver/options.hpp"
#include "driver/output_folder.hpp"
#include "driver/world.hpp"

namespace bkfc::driver {

// `--check`, `--diff` and `--dry-run` of the options write nothing. The caller tells the report.
Exit write_output(World& world, Output output, const Options& options, Report& report);

}  // namespace bkfc::driver
