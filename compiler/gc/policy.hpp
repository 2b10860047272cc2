// buildkitd's arithmetic of garbage collection, as pure functions of numbers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/release.hpp"
#include "base/units.hpp"

namespace bkfc::gc {

// One policy as the daemon holds it after its start: percentages are bytes by then, and 0 is what
// was not said.
struct Policy {
  bool all = false;
  std::vector<std::string> filters;  // a record is matched by any of them; none: every record is
  Duration keep_duration;
  Bytes reserved_space;
  Bytes max_used_space;
  Bytes min_free_space;

  bool operator==(const Policy&) const = default;

  bool is_bounded() const {
    return reserved_space.count != 0 || max_used_space.count != 0 || min_free_space.count != 0;
  }
};

// What a sweep starts from: the size of the cache as the daemon counts it, and the free space of
// the disk.
struct Usage {
  Bytes total;
  Bytes free;
};

// The size at which a sweep with this policy stops. 0: it has no bound, and all that it matches
// goes.
Bytes keep_bytes(const Policy& policy, Usage usage, Release buildkit);

// What the daemon makes of a percentage of its disk: it counts GiB and pays out GB.
Bytes daemon_percent(std::int64_t percent, Bytes disk);

// The spaces of the worker, from which the daemon makes its default policies. All 0: its own.
struct Spaces {
  Bytes reserved_space;
  Bytes max_used_space;
  Bytes min_free_space;

  bool operator==(const Spaces&) const = default;
};

// What the daemon does where no policy is written.
std::vector<Policy> default_policies(Spaces spaces, Bytes disk, Release buildkit);

// Whether the earlier policy has always done what the later one is for. Sufficient, not necessary:
// filters are compared as texts. A later policy with `min_free_space` that is shadowed is not idle:
// it frees the same shortage once more, since the free space is measured before deleted layers
// leave the disk.
bool shadows(const Policy& earlier, const Policy& later);

// The largest size that the cache keeps between sweeps: the smallest bound of the policies that
// collect records of any type and age. 0: nothing bounds it.
Bytes ceiling(const std::vector<Policy>& policies);

}  // namespace bkfc::gc
