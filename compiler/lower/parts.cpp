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

namespace {

constexpr std::string_view where_mounted =
    "the daemon and its tools look for it there, and write only where they must";

}  // namespace

Node object(const model::Fleet& fleet, const ObjectHead& head) {
  const OriginId origin = fleet.is().head.origin;
  Node out;
  out.comment = head_comment(fleet);
  out.origin = origin;
  constexpr std::string_view what =
      "every object says of which kind it is, and as of which version";
  out.set("apiVersion", Node(head.api_version).because(what));
  out.set("kind", Node(head.kind).because(what));
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
  Node out = std::move(selecting);
  const std::pair<std::string_view, std::string> standard[] = {
      {"app.kubernetes.io/name", std::string(app)},
      {"app.kubernetes.io/instance", fleet.names.instance()},
      {"app.kubernetes.io/component", std::string(component)},
      {"app.kubernetes.io/part-of", "buildkit"},
      {"app.kubernetes.io/managed-by", "bkfc"}};
  if (fleet.is().standard_labels.value)
    for (const auto& [key, value] : standard)
      if (out.find(key) == nullptr)
        out.set(key, Node(value).from(fleet.is().standard_labels.origin));
  for (emit::Entry& entry : text_map(fleet.is().labels).entries)
    out.set(entry.key, std::move(entry.value));
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
  return Node(std::move(text))
      .from(said.origin != OriginId::nowhere ? said.origin : fleet.is().head.origin);
}

Node text_map(const schema::Field<schema::TextMap>& field) {
  Node out;
  for (std::size_t i = 0; i < field.value.size(); ++i)
    out.set(field.value[i].first, Node(field.value[i].second).from(schema::item_origin(field, i)));
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
  return emit::map({{"name", name}, {"emptyDir", emit::map({{"sizeLimit", quantity(limit)}})}})
      .because(
          "the image is read-only, so what is written beside the cache has a folder of its own");
}

Node secret_volume(std::string_view name, const std::string& secret) {
  Node source = emit::map({{"secretName", secret}});
  source.set("defaultMode", 0440, "0440: for the group of `fsGroup`, and nobody else");
  return emit::map({{"name", name}, {"secret", std::move(source)}})
      .because("certificates come from a Secret, which alone is for the eyes of few");
}

Node mount(std::string_view volume, const std::string& path) {
  return emit::map({{"name", volume}, {"mountPath", path}}).because(where_mounted);
}

Node read_only_mount(std::string_view volume, const std::string& path) {
  return emit::map({{"name", volume}, {"mountPath", path}, {"readOnly", true}})
      .because(where_mounted);
}

}  // namespace bkfc::lower
