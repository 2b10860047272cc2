// The pod that a daemon runs in, whatever kind of workload makes it.
#pragma once

#include "emit/document.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

// `metadata` and `spec` of a pod template. The cache's volume is the workload's matter.
emit::Node pod_template(const model::Fleet& fleet);

// What linters are told of the fleet's pods, and the fleet's own annotations.
emit::Node workload_annotations(const model::Fleet& fleet);

}  // namespace bkfc::lower
