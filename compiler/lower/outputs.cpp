#include "lower/outputs.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "lower/artifacts.hpp"

namespace bkfc::lower {
namespace {

constexpr Output table[] = {
    {.name = "kustomization",
     .path = "deploy/{cluster}/{namespace}/{fleet}/kustomization.yaml",
     .doc = "What belongs to the fleet, for `kubectl apply -k`.",
     .lower = fleet_kustomization},
    {.name = "service-account",
     .path = "deploy/{cluster}/{namespace}/{fleet}/service-account.yaml",
     .doc = "An account without rights, so that a build has none.",
     .lower = service_account},
    {.name = "config",
     .path = "deploy/{cluster}/{namespace}/{fleet}/config.yaml",
     .doc = "The ConfigMap with `buildkitd.toml`.",
     .lower = config_map},
    {.name = "stateful-set",
     .path = "deploy/{cluster}/{namespace}/{fleet}/statefulset.yaml",
     .doc = "The daemons, each with a volume of its own.",
     .lower = stateful_set},
    {.name = "service",
     .path = "deploy/{cluster}/{namespace}/{fleet}/service.yaml",
     .doc = "The address that clients use: any daemon.",
     .lower = service},
    {.name = "service-headless",
     .path = "deploy/{cluster}/{namespace}/{fleet}/service-headless.yaml",
     .doc = "A name a pod: a certain daemon.",
     .lower = headless_service},
    {.name = "disruption-budget",
     .path = "deploy/{cluster}/{namespace}/{fleet}/disruption-budget.yaml",
     .doc = "How many daemons a drain of nodes may stop at once.",
     .lower = disruption_budget,
     .when = [](const model::Fleet& fleet) { return fleet.is().disruption.enabled.value; }},
    {.name = "network-policy",
     .path = "deploy/{cluster}/{namespace}/{fleet}/network-policy.yaml",
     .doc = "Who may connect, and where builds may go.",
     .lower = network_policy,
     .when = [](const model::Fleet& fleet) { return fleet.is().network_policy.enabled.value; }},
    {.name = "buildkitd-toml",
     .path = "kit/{cluster}/{namespace}/{fleet}/buildkitd.toml",
     .doc = "The text that is in the ConfigMap, to read and to compare.",
     .lower = buildkitd_toml},
    {.name = "create-certs",
     .path = "kit/{cluster}/{namespace}/{fleet}/create-certs.sh",
     .doc = "Makes and renews the certificates, and writes their Secrets.",
     .lower = create_certs,
     .when =
         [](const model::Fleet& fleet) {
           return fleet.tls.issuer == schema::Issuer::script && fleet.tls.authority == nullptr;
         },
     .executable = true},
    {.name = "smoke-build",
     .path = "kit/{cluster}/{namespace}/{fleet}/smoke-build.yaml",
     .doc = "A Job that builds an image through the fleet.",
     .lower = smoke_build,
     .when = [](const model::Fleet& fleet) { return fleet.is().smoke_build.enabled.value; }},
    {.name = "verify",
     .path = "kit/{cluster}/{namespace}/{fleet}/verify.sh",
     .doc = "Shows step by step that the fleet works: builds, caches, keeps and collects.",
     .lower = verify,
     .executable = true},
    {.name = "buildx",
     .path = "kit/{cluster}/{namespace}/{fleet}/clients/buildx.sh",
     .doc = "Makes a buildx builder of the fleet.",
     .lower = buildx,
     .executable = true},
};

emit::Artifact artifact(const Output& output, const model::Fleet& fleet) {
  emit::Artifact out;
  out.path = path_of(output, fleet.source->identity);
  out.subject = fleet.source->identity.text();
  out.executable = output.executable;
  out.content = output.lower(fleet);
  return out;
}

// Fleets in groups, in the order of the groups' names.
using Groups = std::map<std::string, std::vector<const model::Fleet*>>;

void add_shared(std::vector<emit::Artifact>& out, const std::vector<model::Fleet>& fleets) {
  Groups authorities;
  Groups clusters;
  Groups namespaces;
  for (const model::Fleet& fleet : fleets) {
    const ir::Identity& identity = fleet.source->identity;
    clusters[fmt::format("deploy/{}/kustomization.yaml", identity.cluster)].push_back(&fleet);
    if (fleet.is().create_namespace.value)
      namespaces[fmt::format("namespaces/{}/{}.yaml", identity.cluster, identity.name_space)]
          .push_back(&fleet);
    if (fleet.tls.authority != nullptr)
      authorities[fmt::format("kit/{}/create-certs.sh", fleet.tls.store)].push_back(&fleet);
  }
  for (const auto& [path, members] : namespaces)
    out.push_back({.path = path, .content = name_space(members)});
  for (const auto& [path, members] : clusters)
    out.push_back({.path = path, .content = cluster_kustomization(members)});
  for (const auto& [path, members] : authorities)
    out.push_back({.path = path, .executable = true, .content = shared_certs(members)});
}

void add_builders(std::vector<emit::Artifact>& out, const ir::Program& program,
                  const std::vector<model::Fleet>& fleets) {
  for (const ir::Builder& one : program.builders) {
    std::vector<const model::Fleet*> members;
    for (const std::size_t i : one.fleets)
      for (const model::Fleet& fleet : fleets)
        if (fleet.source == &program.fleets[i]) members.push_back(&fleet);
    const std::string& name = one.is.head.label;
    if (!members.empty() && !name.empty())
      out.push_back({.path = fmt::format("kit/builders/{}.sh", name),
                     .executable = true,
                     .content = builder(name, members)});
  }
}

}  // namespace

std::span<const Output> outputs() { return table; }

std::string path_of(const Output& output, const ir::Identity& fleet) {
  const std::pair<std::string_view, const std::string&> names[] = {
      {"{cluster}", fleet.cluster}, {"{namespace}", fleet.name_space}, {"{fleet}", fleet.name}};
  std::string path;
  std::string_view rest = output.path;
  while (!rest.empty()) {
    const auto name = std::find_if(std::begin(names), std::end(names),
                                   [&](const auto& one) { return rest.starts_with(one.first); });
    if (name == std::end(names)) {
      path += rest.front();
      rest.remove_prefix(1);
    } else {
      path += name->second;
      rest.remove_prefix(name->first.size());
    }
  }
  return path;
}

std::vector<emit::Artifact> all(const ir::Program& program,
                                const std::vector<model::Fleet>& fleets) {
  std::vector<emit::Artifact> out;
  add_shared(out, fleets);
  add_builders(out, program, fleets);
  for (const model::Fleet& fleet : fleets)
    for (const Output& output : outputs())
      if (output.wanted(fleet)) out.push_back(artifact(output, fleet));
  return out;
}

}  // namespace bkfc::lower
