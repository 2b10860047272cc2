// RES: what the daemons may use.
#include "rules/catalogue.hpp"
#include "rules/findings.hpp"

namespace bkfc::rules {
namespace {

using model::Fleet;

void memory_unsaid(const Context&, const Fleet& fleet, Findings& out) {
  const auto& memory = fleet.is().resources.memory;
  if (memory.is_set() && memory.value.max) return;
  const OriginId place = memory.is_set() ? memory.origin : fleet.is().resources.head.origin;
  out.at(place, "nothing limits the memory of a daemon and of the builds in it")
      .here("a build may take all of its node's memory")
      .note("say `resources { memory = 8GiB..16GiB }`: requests..limits");
}

void step_over_memory(const Context&, const Fleet& fleet, Findings& out) {
  const auto& step = fleet.is().builds.step_memory;
  const auto& memory = fleet.is().resources.memory;
  if (!step.is_written() || !memory.value.max || step.value <= *memory.value.max) return;
  out.at(step.origin, "one step takes more memory than the whole daemon has")
      .here(fmt::format("{} for a step", about(step.value)))
      .label(memory.origin, fmt::format("{} for the daemon", about(*memory.value.max)))
      .note("the kernel ends the daemon, and with it all builds");
}

void steps_over_memory(const Context&, const Fleet& fleet, Findings& out) {
  const auto& parallelism = fleet.is().worker.max_parallelism;
  const auto& step = fleet.is().builds.step_memory;
  const auto& memory = fleet.is().resources.memory;
  if (!parallelism.is_written() || !step.is_set() || !memory.value.max) return;
  if (step.value.count <= 0 || step.value > *memory.value.max) return;
  const std::int64_t fits = memory.value.max->count / step.value.count;
  if (parallelism.value <= fits) return;
  out.at(parallelism.origin, "{} steps at once need more memory than the daemon has",
         parallelism.value)
      .here(fmt::format("{} fit", fits))
      .label(step.origin, fmt::format("each takes {}", about(step.value)))
      .label(memory.origin, fmt::format("{} for all", about(*memory.value.max)))
      .note("leave `max_parallelism` out: it is then made from the other two");
}

void parallelism_unlimited(const Context&, const Fleet& fleet, Findings& out) {
  const auto& memory = fleet.is().resources.memory;
  if (fleet.daemon.max_parallelism.is_set() || !memory.is_written() || !memory.value.max) return;
  out.at(memory.origin, "any number of steps shares this memory")
      .here("whoever starts one too many ends all of them")
      .note(
          "say `builds { step_memory = … }`, from which the number of steps is made, or "
          "`worker { max_parallelism = … }`");
}

constexpr Rule rules[] = {
    {.id = "RES001",
     .name = "memory_unlimited",
     .severity = Severity::warning,
     .title = "no limit of memory",
     .why = "Steps of builds run in the daemon's own cgroup. Without a limit one of them can take "
            "all memory of its node; without a request the pod is among the first that a node "
            "under pressure evicts. (Rootless daemons cannot limit single steps: "
            "util/rootless/specconv deletes their resources.)",
     .fleet = memory_unsaid},
    {.id = "RES002",
     .name = "step_over_memory",
     .title = "a step that does not fit into the daemon's memory",
     .why = "Rootless daemons run steps in their own cgroup: a step that needs more than the "
            "daemon's limit ends in the kernel's out-of-memory kill, which may hit the daemon "
            "itself.",
     .fleet = step_over_memory},
    {.id = "RES003",
     .name = "steps_over_memory",
     .severity = Severity::warning,
     .title = "more steps at once than the memory holds",
     .why = "`max_parallelism` counts the steps of all builds on a daemon. If so many of the "
            "hungriest do not fit under the memory limit, a busy daemon is killed. "
            "(`max-parallelism`, from BuildKit 0.9.)",
     .fleet = steps_over_memory},
    {.id = "RES004",
     .name = "parallelism_unlimited",
     .severity = Severity::warning,
     .title = "a memory limit, and no limit of steps",
     .why = "buildkitd runs as many steps at once as builds have ready, without a limit of its "
            "own. Under a memory limit, the busiest hour ends with the kernel killing the daemon "
            "and all its builds. (`max-parallelism` is 0, unlimited, by default.)",
     .fleet = parallelism_unlimited},
};

}  // namespace

std::span<const Rule> resource_rules() { return rules; }

}  // namespace bkfc::rules
