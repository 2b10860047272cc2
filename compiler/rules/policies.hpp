// The policies of a daemon as the arithmetic of garbage collection takes them.
#pragma once

#include <optional>
#include <vector>

#include "gc/policy.hpp"
#include "model/daemon.hpp"

namespace bkfc::rules {

std::vector<gc::Policy> policies_of(const model::Daemon& daemon);

// Whether a policy collects layers at all: records of type `regular`.
bool collects_layers(const gc::Policy& policy);

// The size that the cache does not exceed between builds on a disk of this size, which nothing
// else uses. 0: nothing bounds it, or only the free space of a disk whose size is not known.
Bytes ceiling(const std::vector<gc::Policy>& policies, std::optional<Bytes> disk);

// Whether a policy bounds the cache as a whole: layers of any age, by size or by free space.
bool bounds_the_cache(const gc::Policy& policy);

}  // namespace bkfc::rules
