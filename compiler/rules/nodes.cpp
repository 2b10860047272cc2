#include "rules/nodes.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace bkfc::rules {
namespace {

constexpr std::string_view arch_label = "kubernetes.io/arch";

// Labels that every node has, whatever a pool's declaration says of them.
constexpr std::array<std::string_view, 7> everywhere{"kubernetes.io/os",
                                                     "kubernetes.io/hostname",
                                                     "topology.kubernetes.io/zone",
                                                     "topology.kubernetes.io/region",
                                                     "node.kubernetes.io/instance-type",
                                                     "failure-domain.beta.kubernetes.io/zone",
                                                     "failure-domain.beta.kubernetes.io/region"};

const std::string* find(const schema::TextMap& map, std::string_view key) {
  for (const auto& [name, value] : map)
    if (name == key) return &value;
  return nullptr;
}

bool tolerates(const schema::Placement& placement, const TaintText& taint) {
  return std::any_of(placement.tolerations.begin(), placement.tolerations.end(),
                     [&](const schema::Tolerate& toleration) {
                       const std::optional<TaintText> text = parse_taint(toleration.head.label);
                       // What cannot be read may tolerate anything: that is said elsewhere.
                       if (!text) return true;
                       return text->key == taint.key && text->effect == taint.effect &&
                              (!text->value || *text->value == taint.value.value_or(""));
                     });
}

bool keeps_away(const TaintText& taint) { return taint.effect != "PreferNoSchedule"; }

}  // namespace

std::optional<TaintText> parse_taint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  TaintText out;
  out.effect = text.substr(colon + 1);
  if (out.effect != "NoSchedule" && out.effect != "PreferNoSchedule" && out.effect != "NoExecute")
    return std::nullopt;
  const std::string_view front = text.substr(0, colon);
  const std::size_t equals = front.find('=');
  out.key = front.substr(0, equals);
  if (equals != front.npos) out.value = std::string(front.substr(equals + 1));
  if (out.key.empty()) return std::nullopt;
  return out;
}

std::optional<Obstacle> obstacle(const model::Fleet& fleet, const schema::NodePool& pool) {
  const schema::Placement& placement = fleet.is().placement;
  if (pool.labels.is_unknown() || pool.arch.is_unknown()) return std::nullopt;
  const auto has_arch = [&](std::string_view wanted) {
    return !pool.arch.is_set() || pool.arch.value == wanted;
  };
  if (placement.arch.is_set() && !has_arch(placement.arch.value))
    return Obstacle{Obstacle::Kind::arch, pool.arch.value};
  for (const auto& [key, value] : placement.node_selector.value) {
    const std::string* said = find(pool.labels.value, key);
    if (said == nullptr && key == arch_label) {
      if (!has_arch(value)) return Obstacle{Obstacle::Kind::arch, pool.arch.value};
      continue;
    }
    const bool may_have_it =
        std::find(everywhere.begin(), everywhere.end(), key) != everywhere.end();
    if (said == nullptr ? !may_have_it : *said != value)
      return Obstacle{Obstacle::Kind::label,
                      value.empty() ? key : fmt::format("{}={}", key, value)};
  }
  for (const schema::Taint& taint : pool.taints) {
    const std::optional<TaintText> text = parse_taint(taint.head.label);
    if (text && keeps_away(*text) && !tolerates(placement, *text))
      return Obstacle{Obstacle::Kind::taint, taint.head.label};
  }
  return std::nullopt;
}

std::vector<const schema::NodePool*> pools_for(const model::Fleet& fleet) {
  std::vector<const schema::NodePool*> out;
  if (fleet.cluster == nullptr) return out;
  for (const schema::NodePool& pool : fleet.cluster->node_pools)
    if (!obstacle(fleet, pool)) out.push_back(&pool);
  return out;
}

std::optional<std::int64_t> most_nodes(const schema::NodePool& pool) {
  if (!pool.count.is_set()) return std::nullopt;
  return pool.count.value.max;
}

}  // namespace bkfc::rules
