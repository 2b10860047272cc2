// The main job: `bkfc FILE… -o out/` and `--print`.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/project.hpp"
#include "driver/session.hpp"
#include "driver/write_output.hpp"

namespace bkfc::driver {
namespace {

constexpr std::string_view first_steps =
    "a newcomer starts with one of these:\n"
    "  bkfc check fleet.bkfleet          what is right and wrong with it; writes nothing\n"
    "  bkfc fleet.bkfleet -o out/        the folder of manifests, scripts and certificates' tools\n"
    "  bkfc fleet.bkfleet --print        all manifests on standard output, for kubectl apply -f "
    "-\n";

// `deploy/crater/ci/…` is of cluster `crater`; empty where a file is of no cluster.
std::string_view cluster_of(std::string_view path) {
  for (const std::string_view folder : {"namespaces/", "deploy/"})
    if (path.starts_with(folder)) {
      path.remove_prefix(folder.size());
      return path.substr(0, path.find('/'));
    }
  return {};
}

bool is_manifest(const emit::File& file) {
  return !cluster_of(file.path).empty() && file.path.ends_with(".yaml") &&
         !file.path.ends_with("kustomization.yaml");
}

// Namespaces first: what comes after lies in them.
std::string joined_manifests(std::vector<const emit::File*> files) {
  std::stable_sort(files.begin(), files.end(), [](const emit::File* a, const emit::File* b) {
    const auto rank = [](const emit::File* f) { return !f->path.starts_with("namespaces/"); };
    return std::pair(rank(a), std::string_view(a->path)) <
           std::pair(rank(b), std::string_view(b->path));
  });
  std::string text;
  for (const emit::File* file : files) {
    if (!file->bytes.starts_with("---\n")) text += "---\n";
    text += file->bytes;
    if (!text.ends_with('\n')) text += '\n';
  }
  return text;
}

Exit print_manifests(const std::vector<emit::File>& files, Session& session, const Options& options,
                     World& world) {
  std::vector<const emit::File*> manifests;
  std::vector<std::string_view> clusters;
  for (const emit::File& file : files) {
    if (!is_manifest(file)) continue;
    manifests.push_back(&file);
    const std::string_view cluster = cluster_of(file.path);
    if (std::find(clusters.begin(), clusters.end(), cluster) == clusters.end())
      clusters.push_back(cluster);
  }
  std::sort(clusters.begin(), clusters.end());
  if (clusters.size() > 1)
    session.report.add(several_clusters_printed, listed(clusters))
        .note(fmt::format("name one of them: `--only '{}/*/*'`", clusters.front()));
  tell(session, options, world);
  if (session.report.has_errors()) return Exit::errors;
  return print_result(joined_manifests(std::move(manifests)), world);
}

// Shows a stage of a broken program too: that is when it is wanted.
Exit print_dump(const Analysis& analysis, Session& session, const Options& options, World& world) {
  tell(session, options, world);
  const std::optional<std::string> text =
      dump(analysis, options.dump, session.sources, session.origins);
  const Exit printed = print_result(text.value_or(""), world);
  return printed == Exit::done && session.report.has_errors() ? Exit::errors : printed;
}

std::string without_last_slash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

Provenance provenance(const Options& options, World& world) {
  Provenance made_from{.values = options.set};
  for (const std::string& path : options.words)
    made_from.roots.push_back(path_in_project(world, path));
  for (const std::string& path : options.set_files)
    made_from.set_files.push_back(path_in_project(world, path));
  // What is said twice is known once, in whichever order it was said.
  std::sort(made_from.values.begin(), made_from.values.end());
  made_from.values.erase(std::unique(made_from.values.begin(), made_from.values.end()),
                         made_from.values.end());
  return made_from;
}

bool has_fleet(const Analysis& analysis, const std::string& only) {
  return std::any_of(analysis.program.fleets.begin(), analysis.program.fleets.end(),
                     [&](const ir::Fleet& fleet) {
                       return only.empty() || is_named(fleet.identity.text(), only);
                     });
}

// What the command line lacks or has too much of.
void check_options(const Options& options, Report& report) {
  const bool goes_nowhere = options.output.empty() && !options.print && options.dump.empty();
  if (options.words.empty() && !goes_nowhere) report.add(no_files, "bkfc");
  if (goes_nowhere) report.add(no_destination).note(std::string(first_steps));
  if (!options.output.empty() && options.print)
    report.add(excluding_options, "--output", "--print");
  const bool writes = !options.output.empty();
  for (const auto& [name, is_given] : {std::pair<std::string_view, bool>{"--check", options.check},
                                       {"--diff", options.diff},
                                       {"--dry-run", options.dry_run},
                                       {"--force", options.force},
                                       {"--relock", options.relock}})
    if (is_given && !writes) report.add(misplaced_option, name, "`-o FOLDER`");
}

}  // namespace

Exit compile(const Options& options, World& world) {
  Session session;
  check_options(options, session.report);
  if (session.report.has_errors()) {
    tell(session, options, world);
    return Exit::usage;
  }
  NamedFiles inputs(world, options);
  const Analysis analysis = analyse(session.sources, session.origins, inputs,
                                    request_of(options, options.words), session.report);
  if (!options.dump.empty()) return print_dump(analysis, session, options, world);
  if (is_stopped(session.report, options)) {
    tell(session, options, world);
    return inputs.refused() ? Exit::refused : Exit::errors;
  }
  if (!has_fleet(analysis, options.only)) {
    session.report.add(nothing_to_write, files_of(options));
    tell(session, options, world);
    return Exit::errors;
  }
  std::vector<emit::File> files = produce(analysis, options.only);
  if (options.print) return print_manifests(files, session, options, world);
  Output output{.folder = without_last_slash(options.output),
                .files = std::move(files),
                .made_from = provenance(options, world),
                .only = options.only,
                .force = options.force,
                .relock = options.relock};
  const Exit exit = write_output(world, std::move(output), options, session.report);
  tell(session, options, world);
  return exit;
}

}  // namespace bkfc::driver
