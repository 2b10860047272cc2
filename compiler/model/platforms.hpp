// For which platforms a fleet builds, as far as it says so.
#pragma once

#include <string>
#include <vector>

#include "model/fleet.hpp"

namespace bkfc::model {

// `linux/amd64`: what the worker is told, else the architecture of its nodes. Empty: neither is
// said.
std::vector<std::string> platforms_of(const Fleet& fleet);

}  // namespace bkfc::model
