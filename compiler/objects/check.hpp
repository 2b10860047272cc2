// What the written objects must hold together: mounts and volumes, selectors and labels, ports,
// names and their lengths.
#pragma once

#include <vector>

#include "emit/artifact.hpp"
#include "model/fleet.hpp"
#include "report/report.hpp"
#include "source/origin.hpp"

namespace bkfc::objects {

// Each finding stands at the line of a patch that brought it about, if one did: `lowered` is what
// there was before the patches, and `patched` after them.
void check(const std::vector<model::Fleet>& fleets, const std::vector<emit::Artifact>& lowered,
           const std::vector<emit::Artifact>& patched, const Sources& sources,
           const Origins& origins, Report& report);

}  // namespace bkfc::objects
