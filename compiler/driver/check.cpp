// `bkfc check`: everything but writing; with `--fix`, what is certain is mended in the files.
#include <algorithm>

#include <fmt/core.h>

#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/replace_file.hpp"
#include "driver/session.hpp"
#include "report/fix.hpp"

namespace bkfc::driver {
namespace {

// A fix may bring up what another can mend. Two that undo each other must not go on for ever.
constexpr int most_rounds = 10;

// Each file is a program by itself: pre-commit hands them out in batches.
void analyse_each(const Options& options, NamedFiles& files, Session& session) {
  for (const std::string& path : options.words) {
    Request request = request_of(options, {path});
    request.parameters_required = false;
    analyse(session.sources, session.origins, files, request, session.report);
  }
}

// Takes fixed texts of the named files in. A module that they import is not theirs to change.
std::size_t take_fixes(const Options& options, const Session& session, NamedFiles& files) {
  std::size_t count = 0;
  for (const FixedText& text : apply_fixes(session.report.sorted(), session.sources).texts) {
    const std::string path(session.sources.path(text.file));
    if (std::find(options.words.begin(), options.words.end(), path) == options.words.end())
      continue;
    files.fixed[path] = text.text;
    ++count;
  }
  return count;
}

void fix(const Options& options, NamedFiles& files, Session& session) {
  for (int round = 0; round < most_rounds; ++round) {
    if (take_fixes(options, session, files) == 0) return;
    session = {};
    analyse_each(options, files, session);
  }
}

// What the files are once all is decided; nothing is written before.
Exit write_fixed(const NamedFiles& files, Session& session, World& world) {
  for (const auto& [path, text] : files.fixed) {
    const Outcome written = replace_file(world, path, text);
    if (!written) {
      session.report.add(unwritable_file, path, written.error());
      return Exit::refused;
    }
  }
  return Exit::done;
}

// A format for machines is the result that was asked for; a text for people is not.
Exit say(const Session& session, const Options& options, World& world) {
  const std::string text = rendered(session, options, world);
  if (options.format != Format::text) return print_result(text, world);
  world.complain(text);
  return Exit::done;
}

bool is_usable(const Options& options, Report& report) {
  if (options.words.empty()) report.add(no_files, "bkfc check");
  if (options.fix &&
      std::find(options.words.begin(), options.words.end(), "-") != options.words.end())
    report.add(unfixable_input);
  return !report.has_errors();
}

}  // namespace

Exit check(const Options& options, World& world) {
  Session session;
  if (!is_usable(options, session.report)) {
    tell(session, options, world);
    return Exit::usage;
  }
  NamedFiles files(world, options);
  analyse_each(options, files, session);
  Exit exit = Exit::done;
  if (options.fix) {
    fix(options, files, session);
    exit = write_fixed(files, session, world);
  }
  if (const Exit said = say(session, options, world); said != Exit::done) return said;
  if (exit == Exit::done && !options.quiet && options.format == Format::text)
    for (const auto& [path, text] : files.fixed)
      if (const Exit printed = print_result(fmt::format("fixed {}\n", path), world);
          printed != Exit::done)
        return printed;
  if (exit != Exit::done || files.refused()) return Exit::refused;
  return is_stopped(session.report, options) ? Exit::errors : Exit::done;
}

}  // namespace bkfc::driver
