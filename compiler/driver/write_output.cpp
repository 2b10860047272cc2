#include "driver/write_output.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "driver/diff.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"

namespace bkfc::driver {
namespace {

// `1 file`, `2 files`.
std::string files(std::size_t count) {
  return fmt::format("{} file{}", count, count == 1 ? "" : "s");
}

bool is_put(const Change& change) { return change.kind == Change::Kind::put; }

std::string line_of(const Change& change) {
  if (change.kind == Change::Kind::remove) return fmt::format("- {}\n", change.path);
  if (change.kind == Change::Kind::access)
    return fmt::format("~ {} ({}executable)\n", change.path, change.executable ? "" : "not ");
  return fmt::format("{} {}\n", change.old_hash.empty() ? "+" : "~", change.path);
}

std::string listing(const Plan& plan) {
  std::string text;
  for (const Change& change : plan.changes) text += line_of(change);
  return text;
}

std::string without_last_newline(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string diff_of(World& world, const Output& output, const Plan& plan) {
  std::string text;
  for (const Change& change : plan.changes) {
    // The lock's hashes tell a reader nothing that the files do not.
    if (change.path == lock_name || change.kind == Change::Kind::access) continue;
    const std::string path = fmt::format("{}/{}", output.folder, change.path);
    const Result<std::string> old = world.read(path, 64 * 1024 * 1024);
    const bool stays = is_put(change);
    text += unified_diff(change.old_hash.empty() ? std::string() : path,
                         old ? std::string_view(old.value()) : std::string_view(),
                         stays ? path : std::string(), change.bytes);
  }
  return text;
}

std::string said_of(const Output& output, const Plan& plan) {
  const auto puts =
      static_cast<std::size_t>(std::count_if(plan.changes.begin(), plan.changes.end(), is_put));
  const auto removals = static_cast<std::size_t>(
      std::count_if(plan.changes.begin(), plan.changes.end(),
                    [](const Change& c) { return c.kind == Change::Kind::remove; }));
  if (plan.changes.empty())
    return fmt::format("{}: current, {}\n", output.folder, files(plan.unchanged));
  std::string text = fmt::format("{}: {} written", output.folder, files(puts));
  if (removals > 0) text += fmt::format(", {} removed", removals);
  if (plan.unchanged > 0) text += fmt::format(", {} as before", plan.unchanged);
  return text + "\n";
}

Exit show(World& world, Output& output, const Options& options, Report& report) {
  const Result<Interruption> found = interruption(world, output.folder);
  if (found && found.value() == Interruption::mixture)
    report.add(interrupted_run, output.folder)
        .note("the next run that writes there completes it or takes it back");
  const Plan plan = plan_output(world, output, report);
  Exit exit = plan.is_refused ? Exit::refused : Exit::done;
  std::string text;
  if (options.dry_run) text += listing(plan);
  if (options.diff) text += diff_of(world, output, plan);
  if (!text.empty())
    if (const Exit printed = print_result(text, world); printed != Exit::done) return printed;
  if (options.check && !plan.changes.empty()) {
    Report::Draft draft = report.add(not_current, output.folder, files(plan.changes.size()));
    if (!options.dry_run && !options.diff)
      draft.note("what would change:\n" + without_last_newline(listing(plan)));
  }
  if (exit == Exit::done && report.has_errors()) exit = Exit::errors;
  return exit;
}

// The folders that are missing above and at a path, a parent before its children.
std::vector<std::string> missing_folders(World& world, std::string_view path) {
  std::vector<std::string> missing;
  while (!path.empty() && path != "/") {
    const Result<Entry> entry = world.look(path);
    if (!entry || entry.value().kind != Kind::nothing) break;
    missing.emplace_back(path);
    const std::size_t slash = path.rfind('/');
    path = path.substr(0, slash == path.npos ? 0 : slash);
  }
  std::reverse(missing.begin(), missing.end());
  return missing;
}

Exit refuse(World& world, const Output& output, const std::vector<std::string>& made,
            std::string_view reason, Report& report) {
  for (std::size_t i = made.size(); i-- > 0;) static_cast<void>(world.remove(made[i]));
  report.add(unwritable_folder, output.folder, reason);
  return Exit::refused;
}

Exit write(World& world, Output& output, const Options& options, Report& report) {
  std::vector<std::string> made;
  for (std::string& folder : missing_folders(world, output.folder)) {
    const Outcome outcome = world.make_folder(folder);
    if (!outcome) return refuse(world, output, made, outcome.error(), report);
    made.push_back(std::move(folder));
  }
  if (const Outcome held = world.hold(output.folder); !held)
    return refuse(world, output, made, held.error(), report);
  if (const Outcome recovered = recover(world, output.folder); !recovered)
    return refuse(world, output, made, recovered.error(), report);

  const Plan plan = plan_output(world, output, report);
  if (plan.is_refused) return Exit::refused;
  if (report.has_errors()) return Exit::errors;
  if (!plan.changes.empty())
    if (const Outcome committed = commit(world, output.folder, plan.changes); !committed)
      return refuse(world, output, made, committed.error(), report);
  if (options.quiet) return Exit::done;
  return print_result(said_of(output, plan), world);
}

}  // namespace

Exit write_output(World& world, Output output, const Options& options, Report& report) {
  const Result<Entry> entry = world.look(output.folder);
  if (entry && entry.value().kind != Kind::nothing && !world.list(output.folder)) {
    report.add(unwritable_folder, output.folder, world.list(output.folder).error());
    return Exit::refused;
  }
  if (options.check || options.diff || options.dry_run) return show(world, output, options, report);
  return write(world, output, options, report);
}

}  // namespace bkfc::driver
