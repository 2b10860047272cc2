// `bkfc gc`: the effective policy of each daemon, in plain words and numbers.
#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"
#include "gc/describe.hpp"

namespace bkfc::driver {
namespace {

// `200 GiB = 214748364800`; what is not said is 0 to the daemon.
std::string numbers_of(const gc::Policy& policy) {
  std::string text;
  const auto add = [&](std::string_view name, std::int64_t number) {
    if (number != 0) text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, number);
  };
  add("reservedSpace", policy.reserved_space.count);
  add("maxUsedSpace", policy.max_used_space.count);
  add("minFreeSpace", policy.min_free_space.count);
  add("keepDuration", policy.keep_duration.seconds);
  return text;
}

std::string policy_text(std::size_t number, const model::GcPolicy& row, Release release) {
  const gc::Policy policy = model::arithmetic(row);
  const gc::Description said = gc::describe(policy, release);
  std::string text =
      fmt::format("  {}. {}{}\n", number, row.name.empty() ? "" : row.name + ": ", said.matches);
  text += fmt::format("     deletes {}\n     stops {}\n", said.acts, said.stops);
  for (const std::string& remark : said.remarks) text += fmt::format("     note: {}\n", remark);
  if (const std::string numbers = numbers_of(policy); !numbers.empty())
    text += fmt::format("     {}\n", numbers);
  return text;
}

std::string head_of(const model::Fleet& fleet) {
  const model::Daemon& daemon = fleet.daemon;
  std::string text =
      fmt::format("{}: BuildKit {}", fleet.source->identity.text(), to_text(daemon.release));
  if (daemon.volume.count != 0) text += fmt::format(", a cache of {}", about(daemon.volume));
  return text + "\n";
}

std::string fleet_text(const model::Fleet& fleet) {
  const model::Daemon& daemon = fleet.daemon;
  std::string text = head_of(fleet);
  if (daemon.policies.empty()) return text + "  nothing is ever collected: `gc.enabled` is false\n";
  if (daemon.has_default_policy)
    text +=
        "  no tier is said: these are the policies that buildkitd makes for a disk of this size\n";
  std::vector<gc::Policy> policies;
  for (const model::GcPolicy& row : daemon.policies) {
    policies.push_back(model::arithmetic(row));
    text += policy_text(policies.size(), row, daemon.release);
  }
  const Bytes ceiling = gc::ceiling(policies);
  if (ceiling.count == 0) return text + "  nothing bounds the size of the cache\n";
  return text + fmt::format("  after a sweep the cache is below {}, but for what is in use\n",
                            about(ceiling));
}

nlohmann::ordered_json policy_json(const model::GcPolicy& row) {
  const gc::Policy policy = model::arithmetic(row);
  return {{"name", row.name},
          {"all", policy.all},
          {"filters", policy.filters},
          {"keepDuration", policy.keep_duration.seconds},
          {"reservedSpace", policy.reserved_space.count},
          {"maxUsedSpace", policy.max_used_space.count},
          {"minFreeSpace", policy.min_free_space.count}};
}

// For other programs: bytes and seconds, as the daemon reports them.
std::string fleets_json(const std::vector<const model::Fleet*>& fleets) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const model::Fleet* fleet : fleets) {
    nlohmann::ordered_json policies = nlohmann::ordered_json::array();
    for (const model::GcPolicy& row : fleet->daemon.policies) policies.push_back(policy_json(row));
    all.push_back({{"fleet", fleet->source->identity.text()},
                   {"buildkit", to_text(fleet->daemon.release)},
                   {"volume", fleet->daemon.volume.count},
                   {"default", fleet->daemon.has_default_policy},
                   {"policies", std::move(policies)}});
  }
  return all.dump(2) + "\n";
}

std::string fleets_text(const std::vector<const model::Fleet*>& fleets) {
  std::string text;
  for (const model::Fleet* fleet : fleets) text += fleet_text(*fleet) + "\n";
  text += "Every sweep:\n";
  for (const std::string& sentence : gc::about_sweeps()) text += fmt::format("  {}\n", sentence);
  return text;
}

}  // namespace

Exit gc_policies(const Options& options, World& world) {
  Session session;
  if (options.words.empty()) {
    session.report.add(no_files, "bkfc gc");
    tell(session, options, world);
    return Exit::usage;
  }
  NamedFiles files(world, options);
  const Analysis analysis = analyse(session.sources, session.origins, files,
                                    request_of(options, options.words), session.report);
  std::vector<const model::Fleet*> fleets;
  for (const model::Fleet& fleet : analysis.fleets)
    if (options.only.empty() || is_named(fleet.source->identity.text(), options.only))
      fleets.push_back(&fleet);
  if (fleets.empty() && !session.report.has_errors())
    session.report.add(nothing_to_write, files_of(options));
  tell(session, options, world);
  if (is_stopped(session.report, options)) return files.refused() ? Exit::refused : Exit::errors;
  return print_result(options.format == Format::json ? fleets_json(fleets) : fleets_text(fleets),
                      world);
}

}  // namespace bkfc::driver
