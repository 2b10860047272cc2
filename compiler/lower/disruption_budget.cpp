#include "lower/artifacts.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {

using emit::Node;

Content disruption_budget(const model::Fleet& fleet) {
  const schema::Disruption& said = fleet.is().disruption;
  Node out = object(fleet, {"policy/v1", "PodDisruptionBudget", fleet.names.disruption_budget(),
                            fleet.is().names.disruption_budget.origin});
  Node& spec = out.set("spec", emit::map());
  spec.set("maxUnavailable", Node(said.max_unavailable.value).from(said.max_unavailable.origin));
  if (fleet.target.kubernetes.release >= has_eviction_policy)
    spec.set("unhealthyPodEvictionPolicy", "AlwaysAllow",
             "A daemon that does not run has no builds to lose, and must not block its node.");
  spec.set("selector", emit::map({{"matchLabels", selector(fleet)}}));
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
