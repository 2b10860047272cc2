#include "lower/pod.hpp"

#include <fmt/core.h>

#include "emit/checksum.hpp"
#include "lower/buildkitd_toml.hpp"
#include "lower/container.hpp"
#include "lower/parts.hpp"
#include "lower/suppressions.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

constexpr std::int64_t rootless_user = 1000;
constexpr std::string_view host_key = "kubernetes.io/hostname";
constexpr std::string_view zone_key = "topology.kubernetes.io/zone";

std::vector<Excuse> excuses_of(const model::Fleet& fleet) {
  using facts::Need;
  std::vector<Excuse> out;
  for (const Need need : {Need::privilege_escalation, Need::seccomp_unconfined,
                          Need::apparmor_unconfined, Need::low_user_id, Need::added_capabilities})
    out.push_back(excuse(need));
  for (Excuse& one : excuses_of_image(fleet)) out.push_back(std::move(one));
  for (Excuse& one : excuses_of_resources(fleet)) out.push_back(std::move(one));
  return out;
}

Node metadata(const model::Fleet& fleet) {
  Node annotations = text_map(fleet.is().annotations);
  annotations.set(model::Names::config_checksum,
                  Node(emit::checksum(config_of(fleet))).from(fleet.is().head.origin),
                  "buildkitd reads its configuration once: another one makes other pods.");
  if (fleet.target.kubernetes.release < has_apparmor_field)
    annotations.set(
        fmt::format("container.apparmor.security.beta.kubernetes.io/{}", model::Names::container),
        Node("unconfined").from(fleet.is().mode.origin));
  Node out = emit::map({{"labels", labels(fleet)}});
  out.set("annotations", std::move(annotations));
  return out;
}

Node security_context(const model::Fleet& fleet) {
  const OriginId mode = fleet.is().mode.origin;
  Node out;
  out.set("runAsUser", Node(rootless_user).from(mode),
          "The image's own user: its subordinate ids are in the image.");
  out.set("runAsGroup", Node(rootless_user).from(mode));
  out.set("runAsNonRoot", Node(true).from(mode));
  out.set("fsGroup", Node(rootless_user).from(mode),
          "Makes the cache's volume writable for the daemon.");
  out.set("fsGroupChangePolicy", Node("OnRootMismatch").from(mode),
          "The default, Always, rewrites owners and modes of cached layers at every mount.");
  out.set("seccompProfile", emit::map({{"type", Node("Unconfined").from(mode)}}),
          "The default profile blocks unshare and mount, with which rootless begins.");
  return out;
}

Node match_pods(const model::Fleet& fleet) { return emit::map({{"matchLabels", selector(fleet)}}); }

// A preference: it never keeps a pod pending.
Node affinity(const model::Fleet& fleet) {
  Node term;
  term.set("topologyKey", host_key);
  term.set("labelSelector", match_pods(fleet));
  Node weighted = emit::map({{"weight", 100}});
  weighted.set("podAffinityTerm", std::move(term));
  Node anti;
  anti.set("preferredDuringSchedulingIgnoredDuringExecution", emit::list({std::move(weighted)}));
  Node out = emit::map({{"podAntiAffinity", std::move(anti)}});
  out.origin = fleet.is().placement.spread.origin;
  return out;
}

Node spread_over(const model::Fleet& fleet, std::string_view key) {
  Node out = emit::map({{"maxSkew", 1}, {"topologyKey", key}});
  out.set("whenUnsatisfiable", "ScheduleAnyway");
  out.set("labelSelector", match_pods(fleet));
  out.origin = fleet.is().placement.spread.origin;
  return out;
}

void add_spread(Node& spec, const model::Fleet& fleet) {
  const schema::Spread spread = fleet.is().placement.spread.value;
  if (spread == schema::Spread::none) return;
  spec.set("affinity", affinity(fleet));
  Node constraints = emit::list();
  if (spread == schema::Spread::zone) constraints.push(spread_over(fleet, zone_key));
  constraints.push(spread_over(fleet, host_key));
  spec.set("topologySpreadConstraints", std::move(constraints));
}

void add_placement(Node& spec, const model::Fleet& fleet) {
  const schema::Placement& said = fleet.is().placement;
  Node selector = text_map(said.node_selector);
  if (said.arch.is_set())
    selector.set("kubernetes.io/arch", Node(said.arch.value).from(said.arch.origin));
  if (!selector.entries.empty()) spec.set("nodeSelector", std::move(selector));
  if (!said.tolerations.empty()) {
    Node tolerations = emit::list();
    for (const schema::Tolerate& one : said.tolerations) tolerations.push(toleration(one));
    spec.set("tolerations", std::move(tolerations));
  }
  add_spread(spec, fleet);
}

void add_grace(Node& spec, const model::Stopping& stopping) {
  const schema::Field<Duration>& grace = stopping.grace;
  Node& value =
      spec.set("terminationGracePeriodSeconds", Node(grace.value.seconds).from(grace.origin));
  if (!grace.is_written())
    value.comment = fmt::format("The longest build ({}), the drain ({}), and one minute.",
                                to_text(stopping.longest), to_text(stopping.drain));
}

Node volumes(const model::Fleet& fleet) {
  Node config =
      emit::map({{"name", config_volume},
                 {"configMap", emit::map({{"name", object_name(fleet, fleet.names.config_map(),
                                                               fleet.is().names.config_map)}})}})
          .because("the daemon reads buildkitd.toml from the ConfigMap");
  return emit::list({std::move(config), secret_volume(certificates_volume, fleet.tls.daemon_secret),
                     temporary_folder(runtime_volume, fleet.scratch),
                     temporary_folder(user_tmp_volume, fleet.scratch),
                     temporary_folder(tmp_volume, fleet.scratch)});
}

}  // namespace

Node workload_annotations(const model::Fleet& fleet) {
  Node out = text_map(fleet.is().annotations);
  add_suppressions(out, excuses_of(fleet));
  return out;
}

Node pod_template(const model::Fleet& fleet) {
  const schema::Fleet& is = fleet.is();
  Node spec;
  spec.set("serviceAccountName",
           object_name(fleet, fleet.names.service_account(), is.names.service_account));
  spec.set("automountServiceAccountToken",
           Node(false).because("a build step could use the token: it shares the pod's network"));
  spec.set("enableServiceLinks", false,
           "Else every Service of the namespace comes as variables of the daemon.");
  if (!is.image_pull_secrets.value.empty()) {
    Node secrets = emit::list();
    for (const std::string& name : is.image_pull_secrets.value)
      secrets.push(emit::map({{"name", Node(name).from(is.image_pull_secrets.origin)}}));
    spec.set("imagePullSecrets", std::move(secrets));
  }
  if (is.priority_class.is_set())
    spec.set("priorityClassName", Node(is.priority_class.value).from(is.priority_class.origin));
  add_grace(spec, fleet.stopping);
  add_placement(spec, fleet);
  spec.set("securityContext", security_context(fleet));
  spec.set("containers", emit::list({daemon_container(fleet)}));
  spec.set("volumes", volumes(fleet));
  Node out;
  out.set("metadata", metadata(fleet));
  out.set("spec", std::move(spec));
  return out;
}

}  // namespace bkfc::lower
