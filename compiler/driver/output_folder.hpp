// What a run would change in an output folder, and what keeps it from doing so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "driver/lock.hpp"
#include "driver/transaction.hpp"
#include "driver/world.hpp"
#include "emit/artifact.hpp"
#include "report/report.hpp"

namespace bkfc::driver {

struct Output {
  std::string folder;
  std::vector<emit::File> files;
  Provenance made_from;
  std::string only;     // as `--only` says it; empty: all
  bool force = false;   // edited files are replaced
  bool relock = false;  // another program's folder is taken over
};

struct Plan {
  std::vector<Change> changes;  // sorted by path, the lock last
  std::size_t unchanged = 0;    // files that are as they would be written
  bool is_refused = false;      // the disk, not a person, is in the way
};

// Reads the folder and changes nothing. What is in the way is in the report: edited files, another
// program's folder, a folder where a file belongs. The bytes of what changes move into the plan.
Plan plan_output(World& world, Output& output, Report& report);

// Whether `--only CLUSTER/NAMESPACE/FLEET` names what lies at a path of the output folder. What
// several fleets share it does not name.
bool is_selected(std::string_view only, std::string_view path);

}  // namespace bkfc::driver
