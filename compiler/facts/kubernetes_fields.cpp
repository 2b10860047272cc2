#include "facts/kubernetes_fields.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "facts/kubernetes_field_rows.hpp"

namespace bkfc::facts {
namespace {

// From pkg/features/kube_features.go of Kubernetes v1.37.2; gates that are gone there, v1.31.0 and
// v1.26.15. A field is dropped where its gate is off by pkg/api/pod/util.go and the strategies.
constexpr FieldGate gates[] = {
    {"ConfigMapVolumeSource", "defaultUser", "AtomicWriteVolumeUserFields"},
    {"Container", "resizePolicy", "InPlacePodVerticalScaling", {1, 33}},
    {"Container", "restartPolicy", "SidecarContainers", {1, 29}},
    {"Container", "restartPolicyRules", "ContainerRestartRules", {1, 35}},
    {"DownwardAPIVolumeSource", "defaultUser", "AtomicWriteVolumeUserFields"},
    {"DownwardAPIVolumeFile", "user", "AtomicWriteVolumeUserFields"},
    {"EmptyDirVolumeSource", "mode", "EmptyDirVolumeMode"},
    {"EnvVarSource", "fileKeyRef", "EnvFiles", {1, 35}},
    {"GRPCAction", "mode", "GRPCContainerProbeTLS"},
    {"HPAScalingRules", "tolerance", "HPAConfigurableTolerance", {1, 35}},
    {"HTTPGetAction", "protocol", "H2CContainerProbe"},
    {"JobSpec", "backoffLimitPerIndex", "JobBackoffLimitPerIndex", {1, 29}},
    {"JobSpec", "managedBy", "JobManagedBy", {1, 32}},
    {"JobSpec", "maxFailedIndexes", "JobBackoffLimitPerIndex", {1, 29}},
    {"JobSpec", "podFailurePolicy", "JobPodFailurePolicy", {1, 26}},
    {"JobSpec", "podReplacementPolicy", "JobPodReplacementPolicy", {1, 29}},
    {"JobSpec", "successPolicy", "JobSuccessPolicy", {1, 31}},
    {"KeyToPath", "user", "AtomicWriteVolumeUserFields"},
    {"Lifecycle", "stopSignal", "ContainerStopSignals"},
    {"LifecycleHandler", "sleep", "PodLifecycleSleepAction", {1, 30}},
    {"PersistentVolumeClaimSpec", "volumeAttributesClassName", "VolumeAttributesClass", {1, 34}},
    {"PodAffinityTerm", "matchLabelKeys", "MatchLabelKeysInPodAffinity", {1, 31}},
    {"PodAffinityTerm", "mismatchLabelKeys", "MatchLabelKeysInPodAffinity", {1, 31}},
    {"PodDisruptionBudgetSpec",
     "unhealthyPodEvictionPolicy",
     "PDBUnhealthyPodEvictionPolicy",
     {1, 27}},
    {"PodSecurityContext", "seLinuxChangePolicy", "SELinuxChangePolicy", {1, 33}},
    {"PodSecurityContext", "supplementalGroupsPolicy", "SupplementalGroupsPolicy", {1, 33}},
    {"PodSpec", "evictionResponders", "EvictionRequestAPI"},
    {"PodSpec", "hostUsers", "UserNamespacesSupport", {1, 33}},
    {"PodSpec", "hostnameOverride", "HostnameOverride", {1, 35}},
    {"PodSpec", "resourceClaims", "DynamicResourceAllocation", {1, 34}},
    {"PodSpec", "resources", "PodLevelResources", {1, 34}},
    {"PodSpec", "schedulingGates", "PodSchedulingReadiness", {1, 27}},
    {"PodSpec", "schedulingGroup", "GenericWorkload"},
    {"ProjectedVolumeSource", "defaultUser", "AtomicWriteVolumeUserFields"},
    {"RollingUpdateStatefulSetStrategy", "maxUnavailable", "MaxUnavailableStatefulSet", {1, 37}},
    {"SecretVolumeSource", "defaultUser", "AtomicWriteVolumeUserFields"},
    {"SecurityContext", "procMount", "ProcMountType", {1, 33}},
    {"ServiceSpec", "trafficDistribution", "ServiceTrafficDistribution", {1, 31}},
    {"StatefulSetSpec", "ordinals", "StatefulSetStartOrdinal", {1, 27}},
    {"StatefulSetSpec",
     "persistentVolumeClaimRetentionPolicy",
     "StatefulSetAutoDeletePVC",
     {1, 27}},
    {"TopologySpreadConstraint", "matchLabelKeys", "MatchLabelKeysInPodTopologySpread", {1, 27}},
    {"TopologySpreadConstraint", "minDomains", "MinDomainsInPodTopologySpread", {1, 27}},
    {"TopologySpreadConstraint",
     "nodeAffinityPolicy",
     "NodeInclusionPolicyInPodTopologySpread",
     {1, 26}},
    {"TopologySpreadConstraint",
     "nodeTaintsPolicy",
     "NodeInclusionPolicyInPodTopologySpread",
     {1, 26}},
    {"Volume", "image", "ImageVolume", {1, 35}},
    {"VolumeMount", "bindMountOptions", "VolumeBindMountOptions"},
    {"VolumeMount", "recursiveReadOnly", "RecursiveReadOnlyMounts", {1, 31}},
    {"VolumeProjection", "clusterTrustBundle", "ClusterTrustBundleProjection", {1, 37}},
    {"VolumeProjection", "podCertificate", "PodCertificateRequest", {1, 37}},
};

bool is_open(const Field& field, Release release) {
  return Gate{Product::kubernetes, field.since, field.removed}.open(release);
}

// What a release has beside the name that is not known.
void offer(FieldAnswer& answer, std::string_view name, Release release) {
  for (const Field& field : fields_of(answer.type)) {
    if (is_open(field, release)) answer.names.push_back(field.name);
  }
  answer.nearest = nearest(name, answer.names);
}

FieldAnswer::Kind enter_field(FieldAnswer& answer, std::string_view name, Release release) {
  if (answer.value == FieldKind::list) return FieldAnswer::Kind::needs_element;
  const Field* field = answer.value == FieldKind::object ? find_field(answer.type, name) : nullptr;
  if (field == nullptr) {
    if (answer.value == FieldKind::object) offer(answer, name, release);
    return FieldAnswer::Kind::unknown_field;
  }
  answer.field = field;
  if (!is_open(*field, release)) return FieldAnswer::Kind::not_in_release;
  if (answer.gate == nullptr) answer.gate = find_gate(answer.type, name, release);
  answer.value = field->kind;
  answer.type = field->type;
  return FieldAnswer::Kind::found;
}

FieldAnswer::Kind enter_element(FieldAnswer& answer) {
  const bool has_keys = answer.value == FieldKind::list && !answer.field->list_keys.empty();
  if (answer.value != FieldKind::map && !has_keys) return FieldAnswer::Kind::no_element;
  answer.value = answer.field->element;
  return FieldAnswer::Kind::found;
}

FieldAnswer unknown_kind(std::string_view name) {
  FieldAnswer answer{.kind = FieldAnswer::Kind::unknown_kind};
  for (const Kind& kind : kinds()) answer.names.push_back(kind.name);
  answer.nearest = nearest(name, answer.names);
  return answer;
}

}  // namespace

std::string_view to_text(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "a text";
    case FieldKind::integer: return "an integer";
    case FieldKind::boolean: return "true or false";
    case FieldKind::number: return "a number";
    case FieldKind::quantity: return "a quantity";
    case FieldKind::int_or_text: return "an integer or a text";
    case FieldKind::bytes: return "bytes in base64";
    case FieldKind::time: return "a time";
    case FieldKind::object: return "an object";
    case FieldKind::list: return "a list";
    case FieldKind::map: return "a map";
    case FieldKind::any: return "anything";
  }
  return {};
}

const Kind* find_kind(std::string_view name) {
  const std::span<const Kind> all = kinds();
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const Kind& kind) { return kind.name == name; });
  return at == all.end() ? nullptr : &*at;
}

std::span<const Field> fields_of(std::string_view type) {
  const std::span<const TypeRow> types = type_rows();
  const auto at =
      std::lower_bound(types.begin(), types.end(), type,
                       [](const TypeRow& row, std::string_view name) { return row.name < name; });
  if (at == types.end() || at->name != type) return {};
  return field_rows().subspan(at->first, at->count);
}

const Field* find_field(std::string_view type, std::string_view name) {
  const std::span<const Field> fields = fields_of(type);
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](const Field& field) { return field.name == name; });
  return at == fields.end() ? nullptr : &*at;
}

std::span<const FieldGate> field_gates() { return gates; }

const FieldGate* find_gate(std::string_view type, std::string_view field, Release kubernetes) {
  const auto at = std::find_if(std::begin(gates), std::end(gates), [&](const FieldGate& gate) {
    return gate.type == type && gate.field == field;
  });
  if (at == std::end(gates) || (at->on.known() && kubernetes >= at->on)) return nullptr;
  return at;
}

FieldAnswer find_field(std::string_view kind, std::span<const Segment> path, Release kubernetes) {
  const Kind* known = find_kind(kind);
  if (known == nullptr) return unknown_kind(kind);
  FieldAnswer answer{.type = known->type};
  for (const Segment& segment : path) {
    if (answer.value == FieldKind::any) break;
    const bool is_element =
        segment.kind == Segment::Kind::element || answer.value == FieldKind::map;
    answer.kind =
        is_element ? enter_element(answer) : enter_field(answer, segment.name, kubernetes);
    if (answer.kind != FieldAnswer::Kind::found) return answer;
    ++answer.known;
  }
  answer.known = path.size();
  if (answer.gate != nullptr) answer.kind = FieldAnswer::Kind::gated;
  return answer;
}

}  // namespace bkfc::facts
