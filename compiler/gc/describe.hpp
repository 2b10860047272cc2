// What a policy of the garbage collection does, in plain words and numbers.
#pragma once

#include <string>
#include <vector>

#include "gc/policy.hpp"

namespace bkfc::gc {

struct Description {
  std::string matches;  // "records of type source.local or exec.cachemount, not used for 30d"
  std::string acts;     // "while the whole cache is 200 GiB or larger"
  std::string stops;    // "below 200 GiB, or when nothing that it matches is left"
  std::vector<std::string> remarks;  // what surprises people about it
};

Description describe(const Policy& policy, Release buildkit);

// What holds for every sweep, whatever the policies.
std::vector<std::string> about_sweeps();

}  // namespace bkfc::gc
