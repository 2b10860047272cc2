// The user's own fields in what is written: each held against what Kubernetes and buildkitd know.
#pragma once

#include <vector>

#include "emit/artifact.hpp"
#include "model/fleet.hpp"
#include "report/report.hpp"
#include "source/origin.hpp"

namespace bkfc::objects {

// The artifacts with every fleet's patches applied. What cannot be applied is reported and left.
std::vector<emit::Artifact> apply_patches(const std::vector<model::Fleet>& fleets,
                                          std::vector<emit::Artifact> lowered,
                                          const Sources& sources, const Origins& origins,
                                          Report& report);

}  // namespace bkfc::objects
