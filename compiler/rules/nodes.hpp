// Which nodes of a cluster a fleet's pods may run on, as far as the cluster is declared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"

namespace bkfc::rules {

// `key=value:Effect` or `key:Effect`, taken apart.
struct TaintText {
  std::string key;
  std::optional<std::string> value;
  std::string effect;
};

// Nothing where the spelling is another.
std::optional<TaintText> parse_taint(std::string_view text);

// Why a pool's nodes are not for a fleet: the first label that differs, or the first taint.
struct Obstacle {
  enum class Kind : std::uint8_t { label, arch, taint };
  Kind kind = Kind::label;
  std::string what;  // the label or taint, as it is written
};
std::optional<Obstacle> obstacle(const model::Fleet& fleet, const schema::NodePool& pool);

// The pools whose nodes take the fleet's pods. Empty also where none is declared.
std::vector<const schema::NodePool*> pools_for(const model::Fleet& fleet);

// How many nodes a pool may have at most.
std::optional<std::int64_t> most_nodes(const schema::NodePool& pool);

}  // namespace bkfc::rules
