#include "lower/parts.hpp"

#include <optional>

#include <fmt/core.h>

namespace bkfc::lower {

using emit::Node;

std::string head_comment(const model::Fleet& fleet) {
  std::string out = fmt::format(
      "Written by bkfc for fleet `{}`. Change the fleet, not this file: it is written anew.",
      fleet.names.fleet());
  if (!fleet.source->documentation.empty()) out += '\n';
  for (const std::string& line : fleet.source->documentation) out += '\n' + line;
  return out;
}

Node object(const model::Fleet& fleet, const ObjectHead& head) {
  const OriginId origin = fleet.is().head.origin;
  Node out;
  out.comment = head_comment(fleet);
  out.origin = origin;
  out.set("apiVersion", Node(head.api_version).from(origin));
  out.set("kind", Node(head.kind).from(origin));
  Node& metadata = out.set("metadata", emit::map());
  metadata.set("name",
               Node(head.name).from(head.origin != OriginId::nowhere ? head.origin : origin));
  metadata.set("namespace", Node(fleet.name_space()).from(fleet.is().name_space.origin));
  metadata.set("labels", labels(fleet));
  return out;
}

Node selector_of(const model::Fleet& fleet, std::string_view app) {
  const OriginId origin = fleet.is().head.origin;
  return emit::map({{"app.kubernetes.io/name", Node(app).from(origin)},
                    {"app.kubernetes.io/instance", Node(fleet.names.instance()).from(origin)}});
}

Node selector(const model::Fleet& fleet) { return text_map(fleet.selector); }

namespace {

// The selecting labels, the standard ones that they leave, and the fleet's own.
Node with_labels(Node selecting, const model::Fleet& fleet, std::string_view app,
                 std::string_view component) {
  const OriginId origin = fleet.is().head.origin;
  Node out = std::move(selecting);
  const std::pair<std::string_view, std::string> standard[] = {
      {"app.kubernetes.io/name", std::string(app)},
      {"app.kubernetes.io/instance", fleet.names.instance()},
      {"app.kubernetes.io/component", std::string(component)},
      {"app.kubernetes.io/part-of", "buildkit"},
      {"app.kubernetes.io/managed-by", "bkfc"}};
  if (fleet.is().standard_labels.value)
    for (const auto& [key, value] : standard)
      if (out.find(key) == nullptr) out.set(key, Node(value).from(origin));
  for (const auto& [key, value] : fleet.is().labels.value)
    out.set(key, Node(value).from(fleet.is().labels.origin));
  return out;
}

}  // namespace

Node labels_of(const model::Fleet& fleet, std::string_view app, std::string_view component) {
  return with_labels(selector_of(fleet, app), fleet, app, component);
}

Node labels(const model::Fleet& fleet) {
  return with_labels(selector(fleet), fleet, daemon_app, "daemon");
}

Node object_name(const model::Fleet& fleet, std::string text,
                 const schema::Field<std::string>& said) {
  return Node(std::move(text)).from(said.is_set() ? said.origin : fleet.is().head.origin);
}

Node text_map(const schema::Field<schema::TextMap>& field) {
  Node out;
  for (const auto& [key, value] : field.value) out.set(key, Node(value).from(field.origin));
  return out;
}

Node resources(const schema::Resources& said) {
  Node requests;
  Node limits;
  const auto add = [&](std::string_view name, const auto& field) {
    if (!field.is_set()) return;
    if (field.value.min) requests.set(name, Node(quantity(*field.value.min)).from(field.origin));
    if (field.value.max) limits.set(name, Node(quantity(*field.value.max)).from(field.origin));
  };
  add("cpu", said.cpu);
  add("memory", said.memory);
  add("ephemeral-storage", said.ephemeral_storage);
  Node out;
  if (!requests.entries.empty()) out.set("requests", std::move(requests));
  if (!limits.entries.empty()) out.set("limits", std::move(limits));
  return out;
}

Node toleration(const schema::Tolerate& said) {
  std::string_view rest = said.head.label;
  const OriginId origin = said.head.origin;
  std::optional<std::string_view> effect;
  std::optional<std::string_view> value;
  if (const std::size_t colon = rest.rfind(':'); colon != std::string_view::npos) {
    effect = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
  }
  if (const std::size_t equals = rest.find('='); equals != std::string_view::npos) {
    value = rest.substr(equals + 1);
    rest = rest.substr(0, equals);
  }
  Node out;
  out.origin = origin;
  if (!rest.empty()) out.set("key", Node(rest).from(origin));
  out.set("operator", Node(value ? "Equal" : "Exists").from(origin));
  if (value) out.set("value", Node(*value).from(origin));
  if (effect && !effect->empty()) out.set("effect", Node(*effect).from(origin));
  if (said.seconds.is_set())
    out.set("tolerationSeconds", Node(said.seconds.value.seconds).from(said.seconds.origin));
  return out;
}

Node temporary_folder(std::string_view name, Bytes limit) {
  return emit::map({{"name", name}, {"emptyDir", emit::map({{"sizeLimit", quantity(limit)}})}});
}

Node secret_volume(std::string_view name, const std::string& secret) {
  Node source = emit::map({{"secretName", secret}});
  source.set("defaultMode", 0440, "0440: for the group of `fsGroup`, and nobody else");
  return emit::map({{"name", name}, {"secret", std::move(source)}});
}

Node mount(std::string_view volume, const std::string& path) {
  return emit::map({{"name", volume}, {"mountPath", path}});
}

Node read_only_mount(std::string_view volume, const std::string& path) {
  return emit::map({{"name", volume}, {"mountPath", path}, {"readOnly", true}});
}

}  // namespace bkfc::lower
