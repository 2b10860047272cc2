#include "facts/kubernetes_fields.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "facts/kubernetes_field_rows.hpp"
#include "facts/releases.hpp"

namespace bkfc::facts {
namespace {

using Is = FieldAnswer::Kind;

// `spec.containers[buildkitd].image` as a path.
std::vector<Segment> split(std::string_view text) {
  std::vector<Segment> out;
  while (!text.empty()) {
    const bool is_element = text.starts_with('[');
    if (is_element || text.starts_with('.')) text.remove_prefix(1);
    const std::size_t end = std::min(text.find_first_of(is_element ? "]" : ".["), text.size());
    out.push_back(
        {is_element ? Segment::Kind::element : Segment::Kind::field, text.substr(0, end)});
    text.remove_prefix(std::min(end + (is_element ? 1 : 0), text.size()));
  }
  return out;
}

FieldAnswer ask(std::string_view kind, std::string_view path, Release release = {1, 31}) {
  return find_field(kind, split(path), release);
}

constexpr std::string_view container = "spec.template.spec.containers[buildkitd].";

}  // namespace

TEST_CASE("the table of Kubernetes fields holds together") {
  CHECK(std::is_sorted(type_rows().begin(), type_rows().end(),
                       [](const TypeRow& a, const TypeRow& b) { return a.name < b.name; }));
  std::size_t rows = 0;
  for (const TypeRow& type : type_rows()) {
    CAPTURE(type.name);
    CHECK(type.first == rows);
    rows += type.count;
    std::set<std::string_view> names;
    for (const Field& field : fields_of(type.name)) {
      CAPTURE(field.name);
      CHECK(names.insert(field.name).second);
      const bool is_of_objects =
          field.kind == FieldKind::object || field.element == FieldKind::object;
      CHECK(is_of_objects == !field.type.empty());
      CHECK((!field.removed.known() || field.since < field.removed));
      for (std::string_view keys = field.list_keys; !keys.empty();) {
        const std::string_view key = keys.substr(0, keys.find(','));
        CHECK(find_field(field.type, key) != nullptr);
        keys.remove_prefix(std::min(key.size() + 1, keys.size()));
      }
    }
  }
  CHECK(rows == field_rows().size());
}

TEST_CASE("every kind has its metadata, and every gate its field") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    CHECK(ask(kind.name, "metadata.labels").kind == Is::found);
    CHECK(ask(kind.name, "status").kind == Is::unknown_field);
  }
  for (const FieldGate& gate : field_gates()) {
    CAPTURE(gate.field);
    const Field* field = find_field(gate.type, gate.field);
    REQUIRE(field != nullptr);
    CHECK((!gate.on.known() || gate.on > std::max(field->since, Release{1, 25})));
  }
}

TEST_CASE("a field is found by its path, with its type") {
  const FieldAnswer limit = ask("StatefulSet", std::string(container) + "resources.limits[memory]");
  CHECK(limit.kind == Is::found);
  CHECK(limit.value == FieldKind::quantity);
  CHECK(ask("StatefulSet", "spec.replicas").value == FieldKind::integer);
  CHECK(ask("StatefulSet", "spec.template.spec.priorityClassName").value == FieldKind::text);
  CHECK(ask("StatefulSet", std::string(container) + "env[X].value").kind == Is::found);
  CHECK(ask("StatefulSet", std::string(container) + "args").field->list_keys.empty());
  CHECK(ask("StatefulSet", "spec.template.spec.volumes[x].emptyDir").type ==
        "EmptyDirVolumeSource");
  CHECK(ask("StatefulSet", "spec.template.metadata.annotations.a").value == FieldKind::text);
  CHECK(ask("Service", "spec.ports[1234].targetPort").value == FieldKind::int_or_text);
  CHECK(ask("Secret", "data[tls.key]").value == FieldKind::bytes);
  CHECK(ask("NetworkPolicy", "spec.ingress").kind == Is::found);
  CHECK(ask("StatefulSet", "spec.volumeClaimTemplates").field->list_keys.empty());
  CHECK(ask("Service", "").type == "Service");
}

TEST_CASE("custom resources have their fields, with types that are not those of Kubernetes") {
  const FieldAnswer issuer = ask("Certificate", "spec.issuerRef");
  CHECK(issuer.type == "certmanager.meta.IssuerReference");
  CHECK(find_field("certmanager.CertificateSpec", "issuerRef")->required);
  CHECK(ask("Certificate", "spec.dnsName").nearest == "dnsNames");
  CHECK(ask("Issuer", "spec.ca.secretName").kind == Is::found);
  CHECK(ask("Issuer", "spec.selfSigned").value == FieldKind::object);
  CHECK(ask("ServiceMonitor", "spec.selector.matchLabels.app").value == FieldKind::text);
  CHECK(ask("ServiceMonitor", "spec.endpoints").field->element == FieldKind::object);
  CHECK(ask("PrometheusRule", "spec.groups[buildkit].rules").kind == Is::found);
  CHECK(ask("ScaledObject", "spec.advanced.horizontalPodAutoscalerConfig.behavior").type ==
        "HorizontalPodAutoscalerBehavior");
  CHECK(ask("ExternalSecret", "spec.secretStoreRef.name", {1, 25}).kind == Is::found);
}

TEST_CASE("an unknown field has its nearest one") {
  const FieldAnswer misspelt = ask("StatefulSet", "spec.template.spec.priorityClass");
  CHECK(misspelt.kind == Is::unknown_field);
  CHECK(misspelt.known == 3);
  CHECK(misspelt.type == "PodSpec");
  CHECK(ask("StatefulSet", "spec.replica").nearest == "replicas");
  CHECK(ask("StatefulSets", "spec").kind == Is::unknown_kind);
  CHECK(ask("StatefulSets", "spec").nearest == "StatefulSet");
  CHECK(ask("StatefulSet", "spec.replicas.x").kind == Is::unknown_field);
}

TEST_CASE("a list is entered by the key of an element, if it has keys") {
  CHECK(ask("StatefulSet", "spec.template.spec.containers.image").kind == Is::needs_element);
  CHECK(ask("StatefulSet", std::string(container) + "args[--debug]").kind == Is::no_element);
  CHECK(ask("StatefulSet", "spec[x]").kind == Is::no_element);
}

TEST_CASE("what a release lacks is told from what no release has") {
  const std::string profile = std::string(container) + "securityContext.appArmorProfile.type";
  CHECK(ask("StatefulSet", profile, {1, 29}).kind == Is::not_in_release);
  CHECK(ask("StatefulSet", profile, {1, 29}).field->since == Release{1, 30});
  CHECK(ask("StatefulSet", profile, {1, 30}).kind == Is::found);
  CHECK(ask("StatefulSet", "spec.template.spec.workloadRef", {1, 35}).kind == Is::found);
  CHECK(ask("StatefulSet", "spec.template.spec.workloadRef", {1, 36}).kind == Is::not_in_release);
  // The type of a claim's resources was renamed in 1.29; its fields were there before.
  CHECK(ask("PersistentVolumeClaim", "spec.resources.requests[storage]", {1, 25}).kind ==
        Is::found);
}

TEST_CASE("a field that a release drops is told with its gate") {
  const FieldAnswer users = ask("StatefulSet", "spec.template.spec.hostUsers", {1, 32});
  CHECK(users.kind == Is::gated);
  CHECK(users.gate->gate == "UserNamespacesSupport");
  CHECK(ask("StatefulSet", "spec.template.spec.hostUsers", {1, 33}).kind == Is::found);
  CHECK(ask("StatefulSet", "spec.updateStrategy.rollingUpdate.maxUnavailable", {1, 36}).kind ==
        Is::gated);
  CHECK(ask("StatefulSet", "spec.updateStrategy.rollingUpdate.maxUnavailable", {1, 37}).kind ==
        Is::found);
  CHECK(ask("Pod", "spec.volumes[x].emptyDir.mode", {1, 37}).kind == Is::gated);
  CHECK(ask("Pod", "spec.volumes[x].emptyDir.mode", {1, 36}).kind == Is::not_in_release);
}

}  // namespace bkfc::facts
