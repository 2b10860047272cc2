// What the daemon reads at its start.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "model/fleet.hpp"

namespace bkfc::lower {

emit::Toml config_of(const model::Fleet& fleet);

}  // namespace bkfc::lower
