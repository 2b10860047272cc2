// The garbage collection that a fleet asks for, in the bytes that buildkitd gets.
#pragma once

#include "model/daemon.hpp"

namespace bkfc::model {

// A space in bytes: a percentage is of the cache's volume, rounded down. One that buildkitd takes
// of its own disk is told as if that were the volume, by buildkitd's arithmetic.
Bytes bytes_of(const schema::Space& space, Bytes volume);

// Fills in `gc`, the spaces and the policies of a daemon whose release and volume are known.
void add_gc(Daemon& daemon, const schema::Gc& gc, Origins& origins);

}  // namespace bkfc::model
