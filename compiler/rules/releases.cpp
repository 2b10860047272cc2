// REL: what the releases that a fleet is for have, and which they are.
#include <algorithm>

#include "facts/releases.hpp"
#include "rules/catalogue.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

std::string_view to_text(Product product) {
  return product == Product::buildkit ? "BuildKit" : "Kubernetes";
}

const model::TargetRelease& target_of(const Fleet& fleet, Product product) {
  return product == Product::buildkit ? fleet.target.buildkit : fleet.target.kubernetes;
}

// Before 0.17, `keepBytes` and `gckeepstorage` say what these two do together: both are one number
// there, and nothing is lost.
bool has_older_key(const schema::BlockType& type, const schema::Attribute& row, Release release) {
  return (type.name == "tier" || type.name == "gc") && release >= Release{0, 4, 0} &&
         (row.name == "max_used_space" || row.name == "reserved_space");
}

void say(const Fleet& fleet, OriginId place, std::string_view what, const Gate& gate,
         Findings& out) {
  const model::TargetRelease& target = target_of(fleet, gate.product);
  const bool is_gone = gate.removed.known() && target.release >= gate.removed;
  auto draft =
      out.at(place, "`{}` {} {} {}, and this fleet is for {}", what,
             is_gone ? "is gone since" : "is there from", to_text(gate.product),
             bkfc::to_text(is_gone ? gate.removed : gate.since), bkfc::to_text(target.release));
  draft.label(target.origin, target.told ? "the release" : "the release is not said: the newest");
  if (gate.product == Product::buildkit)
    draft.note("the daemon ignores a key that it does not know, without a word");
}

void walk(const Fleet& fleet, const schema::BlockType& type, const void* block, Findings& out) {
  const schema::Head& head = *type.head(const_cast<void*>(block));
  if (!head.written) return;
  if (!type.gate.always() && !type.gate.open(target_of(fleet, type.gate.product).release))
    return say(fleet, head.origin, type.name, type.gate, out);
  for (const schema::Attribute& row : type.attributes) {
    const schema::StoredField field = row.load(block);
    const Release release = target_of(fleet, row.gate.product).release;
    if (field.state != schema::State::written || row.gate.open(release)) continue;
    if (!has_older_key(type, row, release)) say(fleet, field.origin, row.name, row.gate, out);
  }
  for (const schema::Child& child : type.children)
    for (std::size_t i = 0; i < child.count(block); ++i)
      walk(fleet, *child.type, child.at(block, i), out);
}

void not_in_release(const Context&, const Fleet& fleet, Findings& out) {
  walk(fleet, schema::fleet_type, &fleet.is(), out);
  // Its other values are as old as the attribute.
  const auto& entitlements = fleet.is().entitlements;
  const Gate gate = buildkit(0, 20);
  const bool wants_devices = std::find(entitlements.value.begin(), entitlements.value.end(),
                                       schema::Entitlement::device) != entitlements.value.end();
  if (wants_devices && !gate.open(fleet.target.buildkit.release))
    say(fleet, entitlements.origin, "device", gate, out);
}

void buildkit_assumed(const Context&, const Fleet& fleet, Findings& out) {
  const model::TargetRelease& target = fleet.target.buildkit;
  // Where no image is said either, the compiler chooses both, and they agree.
  if (target.told || !fleet.is().image.is_written()) return;
  out.at(fleet.is().image.origin,
         "this image does not tell its release: it is taken as BuildKit "
         "{}, the newest known",
         bkfc::to_text(target.release))
      .here("which keys are written depends on it")
      .note("say `buildkit = \"…\"` beside it");
}

void kubernetes_assumed(const Context&, const Fleet& fleet, Findings& out) {
  const model::TargetRelease& target = fleet.target.kubernetes;
  if (target.told || fleet.cluster == nullptr) return;
  out.at(fleet.cluster->head.origin,
         "the release of `{}` is taken as Kubernetes {}, the newest "
         "known",
         fleet.cluster->head.label, bkfc::to_text(target.release))
      .here("say `kubernetes = \"…\"`");
}

// Said once a cluster, at its first fleet.
void cluster_undeclared(const Context& context, Findings& out) {
  std::vector<std::string_view> said;
  for (const Fleet& fleet : context.fleets) {
    const std::string& name = fleet.source->identity.cluster;
    if (fleet.cluster != nullptr || std::find(said.begin(), said.end(), name) != said.end())
      continue;
    said.push_back(name);
    const model::TargetRelease& target = fleet.target.kubernetes;
    auto draft = out.at(fleet.is().head.origin, "nothing is known of the cluster `{}`", name);
    draft.here(target.told ? "nodes and storage are not checked"
                           : fmt::format("it is taken as Kubernetes {}, the newest known; nodes "
                                         "and storage are not checked",
                                         bkfc::to_text(target.release)));
    draft.note(fmt::format("declare it: `cluster \"{}\" {{ kubernetes = \"…\" }}`", name));
    for (const Fleet& other : context.fleets)
      if (other.source->identity.cluster == name) draft.about(other);
  }
}

// A release beyond those that are known, at either end.
void unknown_release(const Context&, const Fleet& fleet, Findings& out) {
  const auto hold = [&](const model::TargetRelease& target, std::string_view product,
                        Release oldest, Release newest) {
    if (!target.told) return;
    const Release minor{target.release.major_part, target.release.minor_part, 0};
    const Release newest_minor{newest.major_part, newest.minor_part, 0};
    if (minor < Release{oldest.major_part, oldest.minor_part, 0})
      out.at(target.origin, "{} {} is older than what this compiler knows", product,
             bkfc::to_text(target.release))
          .here(fmt::format("{} is the oldest", bkfc::to_text(oldest)));
    else if (minor > newest_minor)
      out.at(target.origin, "{} {} is newer than what this compiler knows", product,
             bkfc::to_text(target.release))
          .here(fmt::format("{} is the newest", bkfc::to_text(newest)));
  };
  hold(fleet.target.buildkit, "BuildKit", facts::buildkit_releases().front().release,
       facts::newest_buildkit());
  hold(fleet.target.kubernetes, "Kubernetes", facts::oldest_kubernetes(),
       facts::newest_kubernetes());
}

constexpr Rule rules[] = {
    {.id = "REL001",
     .name = "not_in_release",
     .title = "an attribute that the target release does not have",
     .why = "Each attribute knows the releases that have what it becomes. An older buildkitd "
            "ignores an unknown key without a word, so that a bound of its cache is none; an "
            "older API server refuses an unknown field, or drops it. What a release lacks and can "
            "say in another way is lowered to that instead.",
     .fleet = not_in_release},
    {.id = "REL002",
     .name = "buildkit_assumed",
     .severity = Severity::info,
     .title = "an image that does not tell its release",
     .why = "Keys and defaults depend on the release. A tag that is none of BuildKit's own, or a "
            "digest alone, does not tell it; the newest known release is assumed.",
     .fleet = buildkit_assumed},
    {.id = "REL003",
     .name = "kubernetes_assumed",
     .severity = Severity::info,
     .title = "a cluster that does not tell its release",
     .why = "Fields depend on the release of the API server. Where the cluster does not say it, "
            "the newest known release is assumed.",
     .fleet = kubernetes_assumed},
    {.id = "REL004",
     .name = "cluster_undeclared",
     .severity = Severity::info,
     .title = "nothing is known of the cluster",
     .why = "Without a `cluster` block its release is assumed, and nodes, storage classes and "
            "namespaces are unknown: what depends on them is not checked, and that is said once.",
     .program = cluster_undeclared},
    {.id = "REL005",
     .name = "release_unknown",
     .severity = Severity::warning,
     .title = "a release beyond those that are known",
     .why = "The compiler knows which keys and fields each release has, between the oldest and "
            "the newest that it knows. Beyond them it cannot tell whether what it writes is "
            "understood.",
     .fleet = unknown_release},
};

}  // namespace

std::span<const Rule> release_rules() { return rules; }

}  // namespace bkfc::rules
