// NAM: names that Kubernetes takes, and that do not meet.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/objects.hpp"
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

// What is said in `names`: each by the rule of its kind of object.
void hold_names(const schema::Names& said, Findings& out) {
  hold(said.workload, "StatefulSet", refuse_label, out);
  hold(said.claim, "volume", refuse_label, out);
  hold(said.service, "Service", refuse_label, out);
  hold(said.headless_service, "Service", refuse_label, out);
  hold(said.smoke_build, "Job", refuse_label, out);
  hold(said.config_map, "ConfigMap", refuse_subdomain, out);
  hold(said.service_account, "ServiceAccount", refuse_subdomain, out);
  hold(said.daemon_certs, "Secret", refuse_subdomain, out);
  hold(said.client_certs, "Secret", refuse_subdomain, out);
  hold(said.disruption_budget, "PodDisruptionBudget", refuse_subdomain, out);
  hold(said.network_policy, "NetworkPolicy", refuse_subdomain, out);
}

void names(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Fleet& is = fleet.is();
  // Dots are allowed in a StatefulSet's name, and not in its Service's.
  if (is.head.label.size() <= 63)
    if (const auto refusal = refuse_label(is.head.label))
      out.at(is.head.origin, "`{}` is no name of a fleet", is.head.label).here(*refusal);
  hold(is.name_space, "namespace", refuse_label, out);
  hold_names(is.names, out);
  hold(is.cache.storage_class, "storage class", refuse_subdomain, out);
  hold(is.priority_class, "priority class", refuse_subdomain, out);
  hold(is.image_pull_secrets, "Secret", refuse_subdomain, out);
  hold(is.network_policy.from_namespaces, "namespace", refuse_label, out);
  const schema::Authority* authority = fleet.tls.authority;
  for (const schema::Client& client : authority != nullptr ? authority->clients : is.tls.clients)
    if (const auto refusal = refuse_label(client.head.label))
      out.at(client.head.origin, "`{}` is no name of a client", client.head.label)
          .here(*refusal)
          .note("its Secret and its files are called after it");
  if (authority == nullptr) return;
  if (const auto refusal = refuse_label(authority->head.label))
    out.at(authority->head.origin, "`{}` is no name of an authority", authority->head.label)
        .here(*refusal)
        .note("its clients' Secrets and its files are called after it");
}

void shortened(const Context&, const Fleet& fleet, Findings& out) {
  const std::string& name = fleet.is().head.label;
  if (fleet.names.base() == name) return;
  out.at(fleet.is().head.origin, "the name `{}` is too long for a StatefulSet", name)
      .here(fmt::format("{} characters, and 52 fit", name.size()))
      .note(fmt::format("its objects are called `{}`", fleet.names.base()))
      .note(
          "the label `controller-revision-hash` of each pod is this name and eleven more, and a "
          "label's value has at most 63");
}

// Where a name is said; the fleet's own, after which it is called otherwise.
OriginId origin_of(const Fleet& fleet, const schema::Field<std::string>& said) {
  return said.is_set() ? said.origin : fleet.is().head.origin;
}

void service_digit(const Context&, const Fleet& fleet, Findings& out) {
  const model::TargetRelease& target = fleet.target.kubernetes;
  if (target.release >= Release{1, 36, 0}) return;
  const schema::Names& said = fleet.is().names;
  const std::pair<std::string, OriginId> services[] = {
      {fleet.names.service(), origin_of(fleet, said.service)},
      {fleet.names.headless_service(), origin_of(fleet, said.headless_service)}};
  for (const auto& [name, origin] : services) {
    if (name.empty() || name.front() < '0' || name.front() > '9') continue;
    out.at(origin, "a Service's name begins with a letter before Kubernetes 1.36")
        .here(fmt::format("its Service would be called `{}`", name))
        .label(target.origin, fmt::format("this fleet is for {}", to_text(target.release)));
    return;
  }
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
  hold_map(is.selector, "a label", true, out);
  hold_map(is.placement.node_selector, "a label", true, out);
  hold_map(is.annotations, "an annotation", false, out);
}

const std::string* value_of(const schema::TextMap& map, std::string_view key) {
  const auto at =
      std::find_if(map.begin(), map.end(), [&](const auto& entry) { return entry.first == key; });
  return at == map.end() ? nullptr : &at->second;
}

// By these the objects of a fleet find its pods.
void selecting_labels(const Context&, const Fleet& fleet, Findings& out) {
  const auto& labels = fleet.is().labels;
  for (const auto& [key, value] : labels.value)
    if (value_of(fleet.selector.value, key) != nullptr)
      out.at(labels.origin, "the label `{}` is the fleet's own", key)
          .around(fmt::format("\"{}\"", key))
          .here("Services and the StatefulSet find their pods by it")
          .note("the API server refuses a StatefulSet whose pods it does not select");
}

}  // namespace

std::vector<OwnObject> own_objects(const Fleet& fleet) {
  const model::Names& names = fleet.names;
  const schema::Fleet& is = fleet.is();
  const schema::Names& said = is.names;
  const auto at = [&](const schema::Field<std::string>& field) { return origin_of(fleet, field); };
  std::vector<OwnObject> out = {
      {"StatefulSet", names.workload(), at(said.workload)},
      {"Service", names.service(), at(said.service)},
      {"Service", names.headless_service(), at(said.headless_service)},
      {"ConfigMap", names.config_map(), at(said.config_map)},
      {"Secret", names.daemon_certificates(), at(said.daemon_certs)},
      {"ServiceAccount", names.service_account(), at(said.service_account)}};
  for (const model::Client& client : fleet.tls.clients)
    out.push_back({"Secret", client.secret, at(said.client_certs)});
  if (is.disruption.enabled.value)
    out.push_back({"PodDisruptionBudget", names.disruption_budget(), at(said.disruption_budget)});
  if (is.network_policy.enabled.value)
    out.push_back({"NetworkPolicy", names.network_policy(), at(said.network_policy)});
  if (!is.smoke_build.enabled.value) return out;
  out.push_back({"Job", names.smoke_build(), at(said.smoke_build)});
  if (is.network_policy.enabled.value)
    out.push_back({"NetworkPolicy", names.smoke_build(), at(said.smoke_build)});
  return out;
}

namespace {

struct Taken {
  const Fleet* fleet = nullptr;
  OriginId origin = OriginId::nowhere;
};

void say_clash(const OwnObject& object, const Taken& before, const Fleet& fleet, Findings& out) {
  if (before.fleet == &fleet) {
    out.at(object.origin, "this fleet has two objects of kind {} called `{}`", object.kind,
           object.name)
        .about(fleet)
        .label(before.origin, "the other one")
        .note("one would overwrite the other; give it another name in `names`");
    return;
  }
  out.at(object.origin, "two fleets of one namespace both have a {} `{}`", object.kind, object.name)
      .about(*before.fleet)
      .about(fleet)
      .label(before.origin, "the other fleet")
      .note("give one of them another name");
}

// The clients of an authority are its fleets' together.
bool is_shared(const Fleet& fleet, const Fleet& other, const std::string& secret) {
  const auto client_of = [&](const Fleet& one) {
    return std::find_if(one.tls.clients.begin(), one.tls.clients.end(),
                        [&](const model::Client& client) { return client.secret == secret; });
  };
  const auto mine = client_of(fleet);
  const auto theirs = client_of(other);
  return fleet.tls.authority != nullptr && fleet.tls.authority == other.tls.authority &&
         mine != fleet.tls.clients.end() && theirs != other.tls.clients.end() &&
         mine->name == theirs->name;
}

void clash(const Context& context, Findings& out) {
  using Key = std::tuple<std::string, std::string, std::string_view, std::string>;
  std::map<Key, Taken> taken;
  for (const Fleet& fleet : context.fleets) {
    for (const OwnObject& object : own_objects(fleet)) {
      const ir::Identity& identity = fleet.source->identity;
      const auto [entry, is_new] =
          taken.try_emplace({identity.cluster, identity.name_space, object.kind, object.name},
                            Taken{&fleet, object.origin});
      const Fleet& before = *entry->second.fleet;
      // One fleet said twice is the language's matter.
      if (is_new || (&before != &fleet && before.source->identity == identity)) continue;
      if (&before != &fleet && is_shared(fleet, before, object.name)) continue;
      say_clash(object, entry->second, fleet, out);
      break;
    }
  }
}

// All labels of a fleet's pods.
schema::TextMap pod_labels(const Fleet& fleet) {
  schema::TextMap out = fleet.selector.value;
  const auto add = [&](const std::string& key, const std::string& value) {
    if (value_of(out, key) == nullptr) out.emplace_back(key, value);
  };
  for (const auto& [key, value] : fleet.is().labels.value) add(key, value);
  if (!fleet.is().standard_labels.value) return out;
  add("app.kubernetes.io/name", std::string(model::Names::app));
  add("app.kubernetes.io/instance", fleet.names.instance());
  return out;
}

// The fleets of each cluster and namespace by every label of their pods.
class Labelled {
 public:
  explicit Labelled(const Context& context) {
    for (const Fleet& fleet : context.fleets)
      for (const auto& label : pod_labels(fleet)) fleets_[key_of(fleet, label)].push_back(&fleet);
  }

  // Another fleet whose pods have all labels of a fleet's selector; null if there is none.
  const Fleet* found_by(const Fleet& fleet) const {
    const schema::TextMap& selector = fleet.selector.value;
    const std::vector<const Fleet*>* fewest = nullptr;
    for (const auto& label : selector) {
      const std::vector<const Fleet*>& all = fleets_.at(key_of(fleet, label));
      if (fewest == nullptr || all.size() < fewest->size()) fewest = &all;
    }
    for (const Fleet* other : *fewest)
      if (!(other->source->identity == fleet.source->identity) && has_all(*other, selector))
        return other;
    return nullptr;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string>;

  static Key key_of(const Fleet& fleet, const std::pair<std::string, std::string>& label) {
    const ir::Identity& identity = fleet.source->identity;
    return {identity.cluster, identity.name_space, label.first, label.second};
  }

  static bool has_all(const Fleet& fleet, const schema::TextMap& selector) {
    const schema::TextMap labels = pod_labels(fleet);
    return std::all_of(selector.begin(), selector.end(), [&](const auto& label) {
      const std::string* value = value_of(labels, label.first);
      return value != nullptr && *value == label.second;
    });
  }

  std::map<Key, std::vector<const Fleet*>> fleets_;
};

// Only a selector that is said can find the pods of others: no two fleets have one instance.
void selectors(const Context& context, Findings& out) {
  const auto says = [](const Fleet& fleet) { return fleet.selector.is_written(); };
  if (std::none_of(context.fleets.begin(), context.fleets.end(), says)) return;
  const Labelled labelled(context);
  for (const Fleet& fleet : context.fleets) {
    const Fleet* other = says(fleet) ? labelled.found_by(fleet) : nullptr;
    if (other == nullptr) continue;
    out.at(fleet.selector.origin, "the selector of `{}` finds the pods of `{}` too",
           fleet.names.fleet(), other->names.fleet())
        .about(fleet)
        .about(*other)
        .label(other->is().head.origin, "its pods have all of these labels")
        .note("its Service would send clients to the other fleet's daemons");
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
     .title = "two objects that have the same name",
     .why = "The objects of a fleet are called after it: `ci` has the Services `ci` and "
            "`ci-headless`. A fleet `ci-headless` beside it would overwrite one of them, and "
            "clients would reach the wrong daemons. The same goes for what is said in `names`, of "
            "two fleets or of one.",
     .program = clash},
    {.id = "NAM006",
     .name = "label_of_selector",
     .title = "a label by which a fleet finds its pods",
     .why = "`app.kubernetes.io/name` and `app.kubernetes.io/instance`, or what the fleet's "
            "`selector` says instead, are in the selectors of the StatefulSet, the Services, the "
            "disruption budget and the network policy. With another value on the pods, the API "
            "server refuses the workload: \"selector does not match template labels\".",
     .fleet = selecting_labels},
    {.id = "NAM007",
     .name = "selector_overlap",
     .title = "a selector that finds the pods of another fleet",
     .why = "A Service sends its clients to every pod of its namespace that has the labels of its "
            "selector, and a disruption budget counts them all. Labels that two fleets share mix "
            "their daemons, whose caches and certificates differ. Two controllers whose selectors "
            "overlap are told apart by their pods' owner alone.",
     .program = selectors},
};

}  // namespace

std::span<const Rule> name_rules() { return rules; }

}  // namespace bkfc::rules
