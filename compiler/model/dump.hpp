// The models as text, for `--dump=model`.
#pragma once

#include <string>
#include <vector>

#include "model/fleet.hpp"

namespace bkfc::model {

std::string dump(const std::vector<Fleet>& fleets);

}  // namespace bkfc::model
