// `bkfc fmt`: the one layout, in place.
#include <fmt/core.h>

#include "driver/commands.hpp"
#include "driver/diff.hpp"
#include "driver/messages.hpp"
#include "driver/replace_file.hpp"
#include "driver/session.hpp"
#include "format/format.hpp"
#include "syntax/errors.hpp"
#include "syntax/parse.hpp"

namespace bkfc::driver {
namespace {

constexpr std::size_t largest_file = 16u << 20;

// The worst that any file came to, so that the others are handled all the same.
Exit worse(Exit a, Exit b) { return a < b ? b : a; }

// The layout of a text; nothing where it does not parse, which is then in the report.
std::optional<std::string> formatted(FileId file, Session& session) {
  const std::string_view text = session.sources.text(file);
  if (!syntax::check_text(text, file, session.report)) return std::nullopt;
  const syntax::Tree tree = syntax::parse(text);
  syntax::report_errors(tree, file, session.report);
  if (!tree.errors.empty()) return std::nullopt;
  return format::format(tree);
}

// What would change, for `--check`, `--diff` or both.
Exit show(const std::string& path, std::string_view before, std::string_view after,
          const Options& options, World& world) {
  if (before == after) return Exit::done;
  const std::string text =
      options.diff ? unified_diff(path, before, path, after) : fmt::format("{}\n", path);
  const Exit printed = print_result(text, world);
  return worse(printed, options.check ? Exit::errors : Exit::done);
}

Exit replace(const std::string& path, std::string_view text, const Options& options,
             Session& session, World& world) {
  const Outcome written = replace_file(world, path, text);
  if (!written) {
    session.report.add(unwritable_file, path, written.error());
    return Exit::refused;
  }
  return options.quiet ? Exit::done : print_result(fmt::format("formatted {}\n", path), world);
}

Exit format_file(const std::string& path, const Options& options, Session& session, World& world) {
  Result<std::string> text = world.read(path, largest_file);
  if (!text) {
    session.report.add(unreadable_file, path, text.error());
    return Exit::refused;
  }
  const FileId file = session.sources.add(path, std::move(text).value());
  const std::string_view before = session.sources.text(file);
  const std::optional<std::string> after = formatted(file, session);
  if (!after) return Exit::errors;
  if (options.check || options.diff) return show(path, before, *after, options, world);
  if (path == "-") return print_result(*after, world);
  // A file that is formatted keeps its time, so that nothing is built anew for it.
  if (before == *after) return Exit::done;
  return replace(path, *after, options, session, world);
}

}  // namespace

Exit format_files(const Options& options, World& world) {
  Session session;
  Exit exit = Exit::done;
  if (options.words.empty()) {
    session.report.add(no_files, "bkfc fmt");
    exit = Exit::usage;
  }
  for (const std::string& path : options.words)
    exit = worse(exit, format_file(path, options, session, world));
  tell(session, options, world);
  return exit;
}

}  // namespace bkfc::driver
