#include "model/platforms.hpp"

#include <algorithm>

namespace bkfc::model {

std::vector<std::string> platforms_of(const Fleet& fleet) {
  if (fleet.daemon.platforms.is_set() && !fleet.daemon.platforms.value.empty())
    return fleet.daemon.platforms.value;
  const schema::Placement& placement = fleet.is().placement;
  if (placement.arch.is_set()) return {"linux/" + placement.arch.value};
  for (const auto& [label, value] : placement.node_selector.value)
    if (label == "kubernetes.io/arch") return {"linux/" + value};
  return {};
}

}  // namespace bkfc::model
