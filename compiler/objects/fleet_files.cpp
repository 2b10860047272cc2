#include "objects/fleet_files.hpp"

#include "emit/checksum.hpp"
#include "emit/toml.hpp"
#include "facts/kubernetes_fields.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;

// The same value, and where it was: only the data is new.
void replace_text(Node* node, std::string text, OriginId origin) {
  if (node == nullptr || node->text == text) return;
  node->text = std::move(text);
  node->origin = origin;
}

}  // namespace

const Node* find(const Node& root, std::initializer_list<std::string_view> path) {
  const Node* node = &root;
  for (const std::string_view key : path)
    if (node != nullptr) node = node->find(key);
  return node;
}

Node* find(Node& root, std::initializer_list<std::string_view> path) {
  return const_cast<Node*>(find(static_cast<const Node&>(root), path));
}

std::string_view text_at(const Node& root, std::initializer_list<std::string_view> path) {
  const Node* node = find(root, path);
  return node == nullptr ? std::string_view{} : std::string_view(node->text);
}

FleetFiles files_of(const model::Fleet& fleet, std::vector<emit::Artifact>& artifacts) {
  FleetFiles files;
  std::vector<Node*> kit;
  const std::string subject = fleet.source->identity.text();
  for (emit::Artifact& artifact : artifacts) {
    if (artifact.subject != subject) continue;
    if (auto* toml = std::get_if<emit::Toml>(&artifact.content)) files.config = toml;
    auto* yaml = std::get_if<emit::Yaml>(&artifact.content);
    if (yaml == nullptr) continue;
    for (Node& document : yaml->documents)
      if (facts::find_kind(kind_of(document)) != nullptr)
        (artifact.path.starts_with("deploy/") ? files.objects : kit).push_back(&document);
  }
  files.deployed = files.objects.size();
  files.objects.insert(files.objects.end(), kit.begin(), kit.end());
  return files;
}

void renew_config(const model::Fleet& fleet, const FleetFiles& files) {
  if (files.config == nullptr) return;
  const OriginId origin = files.config->table.origin;
  for (Node* object : files.objects) {
    if (kind_of(*object) == "ConfigMap" && name_of(*object) == fleet.names.config_map())
      replace_text(find(*object, {"data", model::Names::config_key}), emit::print(*files.config),
                   origin);
    replace_text(find(*object, {"spec", "template", "metadata", "annotations",
                                model::Names::config_checksum}),
                 emit::checksum(*files.config), origin);
  }
}

}  // namespace bkfc::objects
