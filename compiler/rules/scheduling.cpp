// SCH: whether the cluster, as far as it is declared, takes the pods.
#include <algorithm>

#include "facts/node_systems.hpp"
#include "rules/catalogue.hpp"
#include "rules/findings.hpp"
#include "rules/nodes.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;
using schema::NodePool;

bool has_pools(const Fleet& fleet) {
  return fleet.cluster != nullptr && !fleet.cluster->node_pools.empty();
}

OriginId placement_of(const Fleet& fleet) {
  const schema::Placement& placement = fleet.is().placement;
  if (placement.node_selector.is_written()) return placement.node_selector.origin;
  return placement.arch.is_written() ? placement.arch.origin : placement.head.origin;
}

void no_pool(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_pools(fleet) || !pools_for(fleet).empty()) return;
  const auto& pools = fleet.cluster->node_pools;
  const bool is_tainted = std::any_of(pools.begin(), pools.end(), [&](const NodePool& pool) {
    return obstacle(fleet, pool)->kind == Obstacle::Kind::taint;
  });
  if (is_tainted) return;  // said by the next rule
  auto draft = out.at(placement_of(fleet),
                      "no node of the cluster `{}` is what this placement "
                      "asks for",
                      fleet.cluster->head.label);
  draft.here("the pods stay pending");
  for (const NodePool& pool : pools) {
    const Obstacle why = *obstacle(fleet, pool);
    draft.label(pool.head.origin, why.kind == Obstacle::Kind::arch
                                      ? fmt::format("its nodes are {}", why.what)
                                      : fmt::format("its nodes are not `{}`", why.what));
  }
}

void not_tolerated(const Context&, const Fleet& fleet, Findings& out) {
  if (!has_pools(fleet) || !pools_for(fleet).empty()) return;
  for (const NodePool& pool : fleet.cluster->node_pools) {
    const Obstacle why = *obstacle(fleet, pool);
    if (why.kind != Obstacle::Kind::taint) continue;
    auto draft = out.at(placement_of(fleet),
                        "the nodes that are left have a taint that the pods "
                        "do not tolerate");
    draft.here(fmt::format("say `placement {{ tolerate \"{}\" }}`", why.what));
    const auto taint =
        std::find_if(pool.taints.begin(), pool.taints.end(),
                     [&](const schema::Taint& one) { return one.head.label == why.what; });
    draft.label(taint->head.origin, fmt::format("on the nodes of `{}`", pool.head.label));
    draft.note("the pods stay pending");
    return;
  }
}

template <class T>
std::optional<T> request(const schema::Field<schema::Range<T>>& field) {
  return field.is_set() ? (field.value.min ? field.value.min : field.value.max) : std::nullopt;
}

// How many pods one node of a pool takes; nothing where its size is not known.
std::optional<std::int64_t> pods_on(const Fleet& fleet, const NodePool& pool) {
  const schema::Resources& wanted = fleet.is().resources;
  const schema::Allocatable& has = pool.allocatable;
  std::optional<std::int64_t> fit;
  const auto hold = [&](std::int64_t want, std::int64_t have) {
    if (want > 0) fit = std::min(fit.value_or(INT64_MAX), have / want);
  };
  if (const auto cpu = request(wanted.cpu); cpu && has.cpu.is_set())
    hold(cpu->millicores, has.cpu.value.millicores);
  if (const auto memory = request(wanted.memory); memory && has.memory.is_set())
    hold(memory->count, has.memory.value.count);
  return fit;
}

void too_large(const Context&, const Fleet& fleet, Findings& out) {
  const auto pools = pools_for(fleet);
  if (pools.empty()) return;
  for (const NodePool* pool : pools)
    if (pods_on(fleet, *pool).value_or(1) > 0) return;
  const schema::Resources& wanted = fleet.is().resources;
  const NodePool& pool = *pools.front();
  const auto cpu = request(wanted.cpu);
  const bool is_cpu = cpu && pool.allocatable.cpu.is_set() && *cpu > pool.allocatable.cpu.value;
  out.at(is_cpu ? wanted.cpu.origin : wanted.memory.origin,
         "no node has as much {} as one daemon asks for", is_cpu ? "CPU" : "memory")
      .here(is_cpu ? to_text(*cpu) : about(*request(wanted.memory)))
      .label(is_cpu ? pool.allocatable.cpu.origin : pool.allocatable.memory.origin,
             "a node has this much")
      .note("the pods stay pending");
}

void too_many(const Context&, const Fleet& fleet, Findings& out) {
  std::int64_t room = 0;
  bool has_fitting = false;
  const auto pools = pools_for(fleet);
  for (const NodePool* pool : pools) {
    const auto nodes = most_nodes(*pool);
    const auto each = pods_on(fleet, *pool);
    if (!nodes || (!each && *nodes > 0)) return;  // nobody knows
    has_fitting |= each.value_or(1) > 0;
    if (*nodes == 0 || *each == 0) continue;
    if (*nodes > 1'000'000'000 / *each) return;
    room += *nodes * *each;
  }
  const auto& replicas = fleet.is().replicas;
  const std::int64_t most = replicas.value.max.value_or(replicas.value.min.value_or(1));
  // Where not even one fits any node, that is said instead.
  if (!has_fitting || room >= most) return;
  auto draft = out.at(replicas.origin, "{} of {} daemons find room in the cluster", room, most);
  draft.here("by what they request");
  for (const NodePool* pool : pools) draft.label(pool->head.origin, "these nodes");
  draft.note("the others stay pending");
}

void toleration_spelling(const Context&, const Fleet& fleet, Findings& out) {
  for (const schema::Tolerate& toleration : fleet.is().placement.tolerations) {
    const auto text = parse_taint(toleration.head.label);
    if (!text) {
      out.at(toleration.head.origin, "`{}` is no taint", toleration.head.label)
          .here("`key:Effect` or `key=value:Effect`")
          .note("the effect is `NoSchedule`, `PreferNoSchedule` or `NoExecute`");
    } else if (toleration.seconds.is_written() && text->effect != "NoExecute") {
      out.at(toleration.seconds.origin, "`seconds` are for `NoExecute` taints only")
          .here(fmt::format("this one is `{}`", text->effect))
          .note("the API server refuses the pod");
    }
  }
}

void taint_spelling(const Context& context, Findings& out) {
  for (const schema::Cluster& cluster : context.program.clusters)
    for (const NodePool& pool : cluster.node_pools)
      for (const schema::Taint& taint : pool.taints)
        if (!parse_taint(taint.head.label))
          out.at(taint.head.origin, "`{}` is no taint", taint.head.label)
              .here("`key:Effect` or `key=value:Effect`")
              .note("the effect is `NoSchedule`, `PreferNoSchedule` or `NoExecute`");
}

void pod_security(const Context&, const Fleet& fleet, Findings& out) {
  if (fleet.cluster == nullptr || fleet.is().create_namespace.value) return;
  for (const schema::NamespaceFacts& facts : fleet.cluster->namespaces) {
    if (facts.head.label != fleet.name_space() || !facts.pod_security.is_set()) continue;
    if (facts.pod_security.value == schema::PodSecurity::privileged) return;
    out.at(fleet.is().name_space.origin, "the namespace `{}` does not let the daemons in",
           fleet.name_space())
        .here("a rootless daemon needs seccomp and AppArmor off: level `privileged`")
        .label(facts.pod_security.origin,
               fmt::format("level `{}` is enforced", to_text(facts.pod_security.value)))
        .note("no pod is made, and the StatefulSet's events say why");
  }
}

// What a rootless daemon needs of the node's system before it starts.
void node_setting(const Context&, const Fleet& fleet, Findings& out) {
  if (!fleet.daemon.rootless) return;
  for (const NodePool* pool : pools_for(fleet)) {
    if (!pool->os.is_set()) continue;
    const facts::NodeSystem* system = facts::find_node_system(pool->os.value);
    if (system == nullptr || system->sysctl.empty() || system->affects != "all") continue;
    auto draft = out.at(pool->os.origin,
                        "on {} a rootless daemon does not start before its nodes "
                        "allow it",
                        system->os_image);
    draft.here(fmt::format("set `{}` on them", system->sysctl));
    if (!system->note.empty()) draft.note(std::string(system->note));
    draft.note(fmt::format("else it ends with \"{}\"", system->error));
  }
}

void old_kernel(const Context&, const Fleet& fleet, Findings& out) {
  const auto& snapshotter = fleet.is().worker.snapshotter;
  if (!fleet.daemon.rootless || snapshotter.value == schema::Snapshotter::native) return;
  for (const NodePool* pool : pools_for(fleet)) {
    const auto kernel = pool->kernel.is_set() ? parse_release(pool->kernel.value) : std::nullopt;
    if (!kernel || *kernel >= Release{5, 11, 0}) continue;
    // Their kernels had it before the others.
    if (pool->os.is_set() && (pool->os.value == "ubuntu" || pool->os.value == "debian")) continue;
    out.at(pool->kernel.origin, "a rootless daemon has no overlayfs on Linux {}", to_text(*kernel))
        .here("it is there from 5.11")
        .label(placement_of(fleet), "these pods run there")
        .note(
            "the daemon takes `native` instead, which copies every layer whole: slow, and "
            "several times as large");
  }
}

void nodes_unknown(const Context&, const Fleet& fleet, Findings& out) {
  if (fleet.cluster == nullptr || has_pools(fleet)) return;
  out.at(fleet.cluster->head.origin, "nothing is known of the nodes of `{}`",
         fleet.cluster->head.label)
      .here("whether the pods find room is not checked")
      .note(
          "say `node_pool \"…\" { count = … }`, or have it written from `kubectl get nodes -o "
          "json`");
}

constexpr Rule rules[] = {
    {.id = "SCH001",
     .name = "no_node_matches",
     .title = "no node is what the placement asks for",
     .why = "A pod whose node selector or architecture fits no node stays pending for ever. Held "
            "against the cluster's `node_pool`s; labels that every node has, like its zone, are "
            "taken to fit where a pool does not say them.",
     .fleet = no_pool},
    {.id = "SCH002",
     .name = "taint_not_tolerated",
     .title = "the nodes have a taint that the pods do not tolerate",
     .why = "A `NoSchedule` or `NoExecute` taint keeps every pod away that does not tolerate it; "
            "if all nodes that the selector leaves have one, the pods stay pending.",
     .fleet = not_tolerated},
    {.id = "SCH003",
     .name = "daemon_over_node",
     .title = "a daemon asks for more than any node has",
     .why = "The scheduler places pods by what they request, against what a node has allocatable. "
            "A request above that of every node is never met.",
     .fleet = too_large},
    {.id = "SCH004",
     .name = "daemons_over_pools",
     .title = "more daemons than the nodes have room for",
     .why = "Each node takes as many daemons as their requests fit into its allocatable CPU and "
            "memory. With all nodes of all pools that match, fewer fit than `replicas` says, "
            "whatever else runs there.",
     .fleet = too_many},
    {.id = "SCH005",
     .name = "toleration_spelling",
     .title = "a toleration that is none",
     .why = "Taints and tolerations are spelt as kubectl spells them. `tolerationSeconds` with "
            "another effect than `NoExecute` is refused by the API server.",
     .fleet = toleration_spelling},
    {.id = "SCH006",
     .name = "taint_spelling",
     .title = "a taint that is none",
     .why = "A taint that cannot be read keeps nothing away here, while the real one does: the "
            "placement would look possible and is not.",
     .program = taint_spelling},
    {.id = "SCH007",
     .name = "namespace_keeps_out",
     .title = "the namespace's Pod Security level keeps the daemons out",
     .why = "Rootless daemons make user namespaces and mount, which the default profiles of "
            "seccomp and AppArmor forbid; levels `baseline` and `restricted` forbid to turn them "
            "off. (docs/rootless.md of moby/buildkit; the Pod Security Standards.) The level is "
            "that of the cluster's `namespace`.",
     .fleet = pod_security},
    {.id = "SCH008",
     .name = "nodes_unknown",
     .severity = Severity::info,
     .title = "nothing is known of the cluster's nodes",
     .why = "Placement and requests are held against the cluster's `node_pool`s. Where none is "
            "declared, nothing is checked, and that is said.",
     .fleet = nodes_unknown},
    {.id = "SCH009",
     .name = "node_setting",
     .severity = Severity::warning,
     .title = "nodes on which a rootless daemon does not start by default",
     .why = "Some systems ship with no user namespaces allowed. A rootless daemon there ends at "
            "once, and its pod restarts for ever, until a sysctl is set on the node. "
            "(docs/rootless.md of moby/buildkit.) Once the nodes are set, say so in an `allow`.",
     .fleet = node_setting},
    {.id = "SCH010",
     .name = "kernel_without_overlayfs",
     .severity = Severity::warning,
     .title = "a kernel without overlayfs for users",
     .why = "Overlayfs in a user namespace is there from Linux 5.11, and earlier in Ubuntu's and "
            "Debian's kernels. Without it `auto` falls to `native`. (docs/rootless.md of "
            "moby/buildkit.)",
     .fleet = old_kernel},
};

}  // namespace

std::span<const Rule> scheduling_rules() { return rules; }

}  // namespace bkfc::rules
