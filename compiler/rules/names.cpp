// NAM: names that Kubernetes takes, and that do not meet.
#include <map>
#include <tuple>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/spelling.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;
using Refuse = std::optional<std::string> (*)(std::string_view);

void hold(const schema::Field<std::string>& field, std::string_view what, Refuse refuse,
          Findings& out) {
  if (!field.is_written()) return;
  if (const auto refusal = refuse(field.value))
    out.at(field.origin, "`{}` is no name of a {}", field.value, what).here(*refusal);
}

void hold(const schema::Field<std::vector<std::string>>& field, std::string_view what,
          Refuse refuse, Findings& out) {
  for (const std::string& name : field.value)
    if (const auto refusal = refuse(name))
      out.at(field.origin, "`{}` is no name of a {}", name, what)
          .around(fmt::format("\"{}\"", name))
          .here(*refusal);
}

void names(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Fleet& is = fleet.is();
  // Dots are allowed in a StatefulSet's name, and not in its Service's.
  if (is.head.label.size() <= 63)
    if (const auto refusal = refuse_label(is.head.label))
      out.at(is.head.origin, "`{}` is no name of a fleet", is.head.label).here(*refusal);
  hold(is.name_space, "namespace", refuse_label, out);
  hold(is.cache.storage_class, "storage class", refuse_subdomain, out);
  hold(is.priority_class, "priority class", refuse_subdomain, out);
  hold(is.image_pull_secrets, "Secret", refuse_subdomain, out);
  hold(is.network_policy.from_namespaces, "namespace", refuse_label, out);
  for (const schema::Client& client : is.tls.clients)
    if (const auto refusal = refuse_label(client.head.label))
      out.at(client.head.origin, "`{}` is no name of a client", client.head.label)
          .here(*refusal)
          .note("its Secret and its files are called after it");
}

void shortened(const Context&, const Fleet& fleet, Findings& out) {
  const std::string& name = fleet.is().head.label;
  if (fleet.names.workload() == name) return;
  out.at(fleet.is().head.origin, "the name `{}` is too long for a StatefulSet", name)
      .here(fmt::format("{} characters, and 52 fit", name.size()))
      .note(fmt::format("its objects are called `{}`", fleet.names.workload()))
      .note(
          "the label `controller-revision-hash` of each pod is this name and eleven more, and a "
          "label's value has at most 63");
}

void service_digit(const Context&, const Fleet& fleet, Findings& out) {
  const std::string& name = fleet.is().head.label;
  const model::TargetRelease& target = fleet.target.kubernetes;
  if (name.empty() || name.front() < '0' || name.front() > '9') return;
  if (target.release >= Release{1, 36, 0}) return;
  out.at(fleet.is().head.origin, "a Service's name begins with a letter before Kubernetes 1.36")
      .here(fmt::format("its Service would be called `{}`", fleet.names.service()))
      .label(target.origin, fmt::format("this fleet is for {}", to_text(target.release)));
}

void hold_map(const schema::Field<schema::TextMap>& map, std::string_view what, bool are_labels,
              Findings& out) {
  if (!map.is_set()) return;
  for (const auto& [key, value] : map.value) {
    if (const auto refusal = refuse_label_key(key)) {
      out.at(map.origin, "`{}` is no key of {}", key, what)
          .around(fmt::format("\"{}\"", key))
          .here(*refusal);
    } else if (const auto wrong = are_labels ? refuse_label_value(value) : std::nullopt) {
      out.at(map.origin, "`{}` is no value of {}", value, what)
          .around(fmt::format("\"{}\"", value))
          .here(*wrong);
    }
  }
}

void labels(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Fleet& is = fleet.is();
  hold_map(is.labels, "a label", true, out);
  hold_map(is.placement.node_selector, "a label", true, out);
  hold_map(is.annotations, "an annotation", false, out);
}

// By these the objects of a fleet find its pods.
void selecting_labels(const Context&, const Fleet& fleet, Findings& out) {
  const auto& labels = fleet.is().labels;
  for (const auto& [key, value] : labels.value)
    if (key == "app.kubernetes.io/name" || key == "app.kubernetes.io/instance")
      out.at(labels.origin, "the label `{}` is the fleet's own", key)
          .around(fmt::format("\"{}\"", key))
          .here("Services and the StatefulSet find their pods by it")
          .note("the API server refuses a StatefulSet whose pods it does not select");
}

// What two fleets of one namespace may not both be called: kind and name.
std::vector<std::pair<std::string_view, std::string>> objects(const Fleet& fleet) {
  const model::Names& names = fleet.names;
  std::vector<std::pair<std::string_view, std::string>> out = {
      {"StatefulSet", names.workload()},
      {"Service", names.service()},
      {"Service", names.headless_service()},
      {"ConfigMap", names.config_map()},
      {"Secret", names.daemon_certificates()},
      {"ServiceAccount", names.service_account()},
      {"Job", names.smoke_build()}};
  for (const model::Client& client : fleet.tls.clients) out.emplace_back("Secret", client.secret);
  return out;
}

void clash(const Context& context, Findings& out) {
  using Key = std::tuple<std::string, std::string, std::string_view, std::string>;
  std::map<Key, const Fleet*> taken;
  for (const Fleet& fleet : context.fleets) {
    for (const auto& [kind, name] : objects(fleet)) {
      const ir::Identity& identity = fleet.source->identity;
      const auto [entry, is_new] =
          taken.try_emplace({identity.cluster, identity.name_space, kind, name}, &fleet);
      // One fleet said twice is the language's matter.
      if (is_new || entry->second->source->identity == identity) continue;
      out.at(fleet.is().head.origin, "two fleets of one namespace both have a {} `{}`", kind, name)
          .about(*entry->second)
          .about(fleet)
          .label(entry->second->is().head.origin, "the other fleet")
          .note("give one of them another name");
      break;
    }
  }
}

constexpr Rule rules[] = {
    {.id = "NAM001",
     .name = "name_spelling",
     .title = "a name that Kubernetes does not take",
     .why = "Names of namespaces, Services and clients are DNS labels: small letters, digits and "
            "`-`, at most 63, with a letter or digit at both ends (RFC 1123). Names of Secrets and "
            "classes may have dots and 253 characters. The API server refuses any other.",
     .fleet = names},
    {.id = "NAM002",
     .name = "name_shortened",
     .severity = Severity::warning,
     .title = "a fleet's name that is longer than a StatefulSet's may be",
     .why = "The StatefulSet controller writes the label `controller-revision-hash` to each pod: "
            "the set's name, `-`, and up to ten more. A label's value has at most 63 characters, "
            "so that with a name beyond 52 no pod is ever made. (kubernetes/kubernetes#64023.) The "
            "compiler shortens the name, with eight letters that tell it apart.",
     .fleet = shortened},
    {.id = "NAM003",
     .name = "service_name_digit",
     .title = "a Service's name that begins with a digit",
     .why = "Before Kubernetes 1.36 a Service's name begins with a letter (RFC 1035); the Services "
            "of a fleet are called like it. (RelaxedServiceNameValidation, on from 1.36.)",
     .fleet = service_digit},
    {.id = "NAM004",
     .name = "label_spelling",
     .title = "a label or annotation that Kubernetes does not take",
     .why = "A key is a name of at most 63 letters, digits, `-`, `_` and `.`, with an optional "
            "domain and `/` before it; a label's value is the same or empty. The API server "
            "refuses any other object, and a node selector with one matches no node.",
     .fleet = labels},
    {.id = "NAM005",
     .name = "names_clash",
     .title = "two fleets whose objects have the same name",
     .why = "The objects of a fleet are called after it: `ci` has the Services `ci` and "
            "`ci-headless`. A fleet `ci-headless` beside it would overwrite one of them, and "
            "clients would reach the wrong daemons.",
     .program = clash},
    {.id = "NAM006",
     .name = "label_of_selector",
     .title = "a label by which a fleet finds its pods",
     .why = "`app.kubernetes.io/name` and `app.kubernetes.io/instance` are in the selectors of the "
            "StatefulSet, the Services, the disruption budget and the network policy. With another "
            "value on the pods, the API server refuses the workload: \"selector does not match "
            "template labels\".",
     .fleet = selecting_labels},
};

}  // namespace

std::span<const Rule> name_rules() { return rules; }

}  // namespace bkfc::rules
