#include <fmt/core.h>

#include "lower/artifacts.hpp"
#include "lower/parts.hpp"

namespace bkfc::lower {

using emit::Node;

emit::Yaml name_space(const std::vector<const model::Fleet*>& fleets) {
  const model::Fleet& first = *fleets.front();
  const OriginId origin = first.is().create_namespace.origin;
  Node out = emit::map(
      {{"apiVersion", Node("v1").from(origin)}, {"kind", Node("Namespace").from(origin)}});
  out.comment =
      "Written by bkfc. Deleting this namespace deletes every cache in it, so it is not among\n"
      "what is deployed.";
  out.origin = origin;
  Node& metadata = out.set("metadata", emit::map());
  metadata.set("name", Node(first.name_space()).from(first.is().name_space.origin));
  Node labels;
  labels.why = "what reads a namespace, Pod Security too, goes by its labels";
  labels.set("app.kubernetes.io/managed-by", "bkfc");
  labels.set("pod-security.kubernetes.io/enforce", "privileged",
             "A rootless daemon needs seccomp and AppArmor unconfined, which `baseline` forbids.");
  labels.set("pod-security.kubernetes.io/audit", "baseline");
  labels.set("pod-security.kubernetes.io/warn", "baseline");
  metadata.set("labels", std::move(labels));
  return {{std::move(out)}};
}

}  // namespace bkfc::lower
