#include "lower/artifacts.hpp"
#include "lower/parts.hpp"
#include "lower/pod.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

constexpr std::string_view access_mode_names[] = {"ReadWriteOnce", "ReadWriteOncePod",
                                                  "ReadWriteMany", "ReadOnlyMany"};
constexpr std::string_view retention_names[] = {"Retain", "Delete"};
constexpr std::string_view pod_management_names[] = {"Parallel", "OrderedReady"};

template <class Enum, std::size_t size>
Node choice(const schema::Field<Enum>& field, const std::string_view (&names)[size]) {
  return Node(names[static_cast<std::size_t>(field.value)]).from(field.origin);
}

// No `apiVersion`, no `kind`: the API server drops them, and every comparison would show them.
Node claim(const model::Fleet& fleet) {
  const schema::Cache& cache = fleet.is().cache;
  Node spec;
  spec.set("accessModes", emit::list({choice(cache.access_mode, access_mode_names)}));
  if (cache.storage_class.is_set())
    spec.set("storageClassName", Node(cache.storage_class.value).from(cache.storage_class.origin));
  Node storage = emit::map({{"storage", Node(quantity(cache.size.value)).from(cache.size.origin)}});
  spec.set("resources", emit::map({{"requests", std::move(storage)}}));
  Node out;
  // Without labels: the controller gives each claim those of the selector.
  out.set("metadata", emit::map({{"name", object_name(fleet, fleet.names.cache_volume(),
                                                      fleet.is().names.claim)}}));
  out.set("spec", std::move(spec));
  return out;
}

Node claim_retention(const schema::Cache& cache) {
  Node out;
  out.set("whenDeleted", choice(cache.when_deleted, retention_names));
  out.set("whenScaled", choice(cache.when_scaled, retention_names));
  return out;
}

Node update_strategy(const schema::Rollout& rollout) {
  Node out = emit::map(
      {{"type", Node("RollingUpdate").because("one daemon after the other, by its readiness")}});
  if (rollout.partition.is_set())
    out.set(
        "rollingUpdate",
        emit::map({{"partition", Node(rollout.partition.value).from(rollout.partition.origin)}}));
  return out;
}

}  // namespace

Content stateful_set(const model::Fleet& fleet) {
  const schema::Fleet& is = fleet.is();
  Node out =
      object(fleet, {"apps/v1", "StatefulSet", fleet.names.workload(), is.names.workload.origin});
  Node annotations = workload_annotations(fleet);
  if (!annotations.entries.empty())
    out.find("metadata")->set("annotations", std::move(annotations));
  Node& spec = out.set("spec", emit::map());
  spec.set("serviceName",
           object_name(fleet, fleet.names.headless_service(), is.names.headless_service));
  spec.set("replicas", Node(fleet.replicas).from(is.replicas.origin));
  spec.set("selector", emit::map({{"matchLabels", selector(fleet)}}));
  spec.set("updateStrategy", update_strategy(is.rollout));
  spec.set("podManagementPolicy", choice(is.rollout.pod_management, pod_management_names));
  if (fleet.target.kubernetes.release >= has_claim_retention)
    spec.set("persistentVolumeClaimRetentionPolicy", claim_retention(is.cache));
  spec.set("template", pod_template(fleet));
  spec.set("volumeClaimTemplates", emit::list({claim(fleet)}));
  return emit::Yaml{{std::move(out)}};
}

}  // namespace bkfc::lower
