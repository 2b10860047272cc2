// The files of one fleet among all artifacts, as patches and checks meet them.
#pragma once

#include <string_view>
#include <vector>

#include "emit/artifact.hpp"
#include "model/fleet.hpp"

namespace bkfc::objects {

// Invariant: points into the artifacts that it was made from, while they neither move nor change.
struct FleetFiles {
  std::vector<emit::Node*> objects;  // of kinds that are known, in the order of the artifacts
  std::size_t deployed = 0;  // so many of them, the first, are deployed; the others are of the kit
  emit::Toml* config = nullptr;
};

FleetFiles files_of(const model::Fleet& fleet, std::vector<emit::Artifact>& artifacts);

// What stands at a path of map keys; null if nothing does.
emit::Node* find(emit::Node& root, std::initializer_list<std::string_view> path);
const emit::Node* find(const emit::Node& root, std::initializer_list<std::string_view> path);

// A text at a path; empty if there is none.
std::string_view text_at(const emit::Node& root, std::initializer_list<std::string_view> path);

inline std::string_view kind_of(const emit::Node& object) { return text_at(object, {"kind"}); }
inline std::string_view name_of(const emit::Node& object) {
  return text_at(object, {"metadata", "name"});
}

// Writes the configuration's text and mark anew where they stand: in the ConfigMap and on the pods.
void renew_config(const model::Fleet& fleet, const FleetFiles& files);

}  // namespace bkfc::objects
