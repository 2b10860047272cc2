// ROL: how daemons are replaced.
#include "rules/catalogue.hpp"
#include "rules/edits.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

void grace(const Context& context, const Fleet& fleet, Findings& out) {
  const auto& grace = fleet.is().rollout.grace;
  if (!grace.is_written()) return;
  const Duration needed{fleet.stopping.longest.seconds + fleet.stopping.drain.seconds};
  if (grace.value >= needed) return;
  const auto& longest = fleet.is().builds.longest;
  auto draft = out.at(grace.origin, "a build of {} does not end within {}",
                      to_text(fleet.stopping.longest), to_text(grace.value));
  draft.here("then it is killed, and so is every rollout's last build");
  if (longest.is_written()) {
    draft.label(longest.origin, "the longest build");
  } else {
    draft.only(Severity::warning).note("`builds.longest` is not said: its default is 30m");
  }
  draft
      .note(
          fmt::format("the drain of {} is part of the grace period", to_text(fleet.stopping.drain)))
      .note("leave `grace` out: it is then made from `builds.longest`")
      .suggest("delete `grace`", delete_attribute(context.sources, context.origins, grace.origin));
}

void partition(const Context&, const Fleet& fleet, Findings& out) {
  const auto& partition = fleet.is().rollout.partition;
  const auto& replicas = fleet.is().replicas;
  if (!partition.is_written() || partition.value == 0) return;
  const std::int64_t most = replicas.value.max.value_or(replicas.value.min.value_or(1));
  if (partition.value < most) return;
  out.at(partition.origin, "no daemon gets any change")
      .here(fmt::format("only those from number {} on do", partition.value))
      .label(replicas.origin, fmt::format("the last one has number {}", most - 1));
}

void disruption(const Context&, const Fleet& fleet, Findings& out) {
  const schema::Disruption& budget = fleet.is().disruption;
  if (!budget.max_unavailable.is_written() || !budget.enabled.value) return;
  const std::int64_t least = fleet.is().replicas.value.min.value_or(1);
  if (least < 2 || budget.max_unavailable.value < least) return;
  out.at(budget.max_unavailable.origin, "all daemons may be stopped at once")
      .here("a drain of nodes need not wait")
      .label(fleet.is().replicas.origin, "the daemons");
}

constexpr Rule rules[] = {
    {.id = "ROL001",
     .name = "grace_too_short",
     .title = "a grace period shorter than the longest build",
     .why = "On SIGTERM buildkitd takes no new builds and lets those that run come to their end, "
            "however long that takes; Kubernetes kills it when the grace period is over, and the "
            "drain before the signal counts. (GracefulStop in cmd/buildkitd/main.go, tried on "
            "0.24; moby/buildkit#4090.)",
     .fleet = grace},
    {.id = "ROL002",
     .name = "partition_holds_all",
     .severity = Severity::warning,
     .title = "a partition that no daemon reaches",
     .why = "A StatefulSet updates the pods whose ordinal is at least the partition. With one that "
            "is not below `replicas`, new configurations are applied and never used.",
     .fleet = partition},
    {.id = "ROL003",
     .name = "disruption_of_all",
     .severity = Severity::warning,
     .title = "a disruption budget that allows everything",
     .why = "A budget whose `max_unavailable` reaches the number of daemons holds nothing back: a "
            "node drain may stop them all at once, with every build.",
     .fleet = disruption},
};

}  // namespace

std::span<const Rule> rollout_rules() { return rules; }

}  // namespace bkfc::rules
