// BLD: builders of buildx over several fleets.
#include <algorithm>

#include "base/text.hpp"
#include "model/platforms.hpp"
#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/nodes.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

// The models of a builder's fleets. Empty where one of them could not be modelled.
std::vector<const Fleet*> fleets_of(const Context& context, const ir::Builder& builder) {
  std::vector<const Fleet*> out;
  for (const std::size_t i : builder.fleets)
    for (const Fleet& fleet : context.fleets)
      if (fleet.source == &context.program.fleets[i]) out.push_back(&fleet);
  if (out.size() != builder.fleets.size()) out.clear();
  return out;
}

// What is said, or what all nodes that take the pods are. Empty: nothing tells it.
std::vector<std::string> known_platforms(const Fleet& fleet) {
  std::vector<std::string> out = model::platforms_of(fleet);
  if (!out.empty()) return out;
  const std::vector<const schema::NodePool*> pools = pools_for(fleet);
  for (const schema::NodePool* pool : pools)
    if (!pool->arch.is_set() || pool->arch.value != pools.front()->arch.value) return {};
  if (!pools.empty()) out.push_back("linux/" + pools.front()->arch.value);
  return out;
}

Draft at_fleets(const ir::Builder& builder, const std::vector<const Fleet*>& fleets, Draft draft) {
  draft.label(builder.is.head.origin, "for this builder");
  for (const Fleet* fleet : fleets) draft.about(*fleet);
  return draft;
}

void platform_taken(const Context& context, Findings& out) {
  for (const ir::Builder& builder : context.program.builders) {
    const std::vector<const Fleet*> fleets = fleets_of(context, builder);
    for (std::size_t i = 0; i < fleets.size(); ++i) {
      const std::vector<std::string> mine = known_platforms(*fleets[i]);
      const auto is_before = [&](const Fleet* other) {
        const std::vector<std::string> theirs = known_platforms(*other);
        return std::any_of(mine.begin(), mine.end(), [&](const std::string& platform) {
          return std::find(theirs.begin(), theirs.end(), platform) != theirs.end();
        });
      };
      const auto end = fleets.begin() + static_cast<std::ptrdiff_t>(i);
      const auto other = std::find_if(fleets.begin(), end, is_before);
      if (other == end) continue;
      at_fleets(
          builder, {*other, fleets[i]},
          out.at(builder.is.fleets.origin, "`{}` has a platform that `{}` before it has as well",
                 fleets[i]->names.fleet(), (*other)->names.fleet()))
          .around(fmt::format("\"{}\"", fleets[i]->names.fleet()))
          .here("no build for it comes here")
          .note(fmt::format("`{}` builds for {}", fleets[i]->names.fleet(),
                            listed(std::vector<std::string_view>(mine.begin(), mine.end()))))
          .note("more daemons for one platform are more `replicas` of one fleet");
    }
  }
}

void across_clusters(const Context& context, Findings& out) {
  for (const ir::Builder& builder : context.program.builders) {
    const std::vector<const Fleet*> fleets = fleets_of(context, builder);
    const auto other = std::find_if(fleets.begin(), fleets.end(), [&](const Fleet* fleet) {
      return fleet->source->identity.cluster != fleets.front()->source->identity.cluster;
    });
    if (other == fleets.end()) continue;
    at_fleets(builder, fleets,
              out.at(builder.is.fleets.origin, "no place reaches all fleets of this builder"))
        .here(fmt::format("`{}` is in the cluster `{}`, `{}` in `{}`",
                          fleets.front()->names.fleet(), fleets.front()->source->identity.cluster,
                          (*other)->names.fleet(), (*other)->source->identity.cluster))
        .note("say where each is reached when the builder is made: `--endpoint FLEET=URL`");
  }
}

void different_authorities(const Context& context, Findings& out) {
  for (const ir::Builder& builder : context.program.builders) {
    const std::vector<const Fleet*> fleets = fleets_of(context, builder);
    const auto other = std::find_if(fleets.begin(), fleets.end(), [&](const Fleet* fleet) {
      return fleet->tls.store != fleets.front()->tls.store;
    });
    if (other == fleets.end()) continue;
    at_fleets(builder, fleets,
              out.at(builder.is.fleets.origin, "who uses this builder needs several certificates"))
        .here(fmt::format("`{}` and `{}` have different CAs", fleets.front()->names.fleet(),
                          (*other)->names.fleet()))
        .note(
            "with `authority \"…\" { client \"…\" }` and `tls { authority = \"…\" }` in the "
            "fleets, one certificate is good for all");
  }
}

void platform_unknown(const Context& context, Findings& out) {
  for (const ir::Builder& builder : context.program.builders) {
    const std::vector<const Fleet*> fleets = fleets_of(context, builder);
    if (fleets.size() < 2) continue;
    for (const Fleet* fleet : fleets)
      if (known_platforms(*fleet).empty())
        at_fleets(builder, {fleet},
                  out.at(fleet->is().head.origin, "nothing tells for which platform `{}` builds",
                         fleet->names.fleet()))
            .here("say `placement { arch = \"…\" }`");
  }
}

constexpr Rule rules[] = {
    {.id = "BLD001",
     .name = "builder_platform_taken",
     .severity = Severity::warning,
     .title = "two fleets of one builder for one platform",
     .why = "Of a builder's nodes buildx takes the first that has the platform of a build, every "
            "time. It does not spread builds over nodes: the second has nothing to do. (buildx "
            "build/resolver.) Builds are spread over the replicas of a fleet.",
     .program = platform_taken},
    {.id = "BLD002",
     .name = "builder_across_clusters",
     .severity = Severity::warning,
     .title = "a builder over fleets of different clusters",
     .why = "The names of Services mean something in their own cluster only, so a pod of one does "
            "not reach the daemons of another by them. From elsewhere each fleet is reached by an "
            "address of its own, a forwarded port for instance.",
     .program = across_clusters},
    {.id = "BLD003",
     .name = "builder_authorities",
     .severity = Severity::info,
     .title = "a builder over fleets with different CAs",
     .why = "buildx takes a certificate for each node, so it works. But each pipeline needs the "
            "Secrets of a client of each fleet, and each is renewed by itself. Fleets that share "
            "an `authority` let in the same clients.",
     .program = different_authorities},
    {.id = "BLD004",
     .name = "builder_platform_unknown",
     .severity = Severity::info,
     .title = "a fleet of a builder whose platform nothing tells",
     .why = "`worker.platforms`, `placement.arch` or the node pools that take the pods tell what a "
            "fleet builds for. Where nothing does, the builder's node gets no platform, and buildx "
            "has to reach the daemon to know it; whether two fleets are for the same one is not "
            "checked.",
     .program = platform_unknown},
};

}  // namespace

std::span<const Rule> builder_rules() { return rules; }

}  // namespace bkfc::rules
