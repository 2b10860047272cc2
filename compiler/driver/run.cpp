#include "driver/run.hpp"

#include <exception>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/help.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"

namespace bkfc::driver {
namespace {

// A first word that can only be meant as a command: no file, and not spelt like one.
bool is_a_wrong_command(const Options& options, World& world) {
  if (!options.command.empty() || options.words.empty()) return false;
  const std::string& word = options.words.front();
  if (word.find_first_of("./-") != word.npos) return false;
  const Result<Entry> there = world.look(word);
  return there && there.value().kind == Kind::nothing;
}

void complain_of_command(const std::string& word, Report& report) {
  std::vector<std::string_view> names;
  for (const Command& command : commands())
    if (!command.name.empty()) names.push_back(command.name);
  Report::Draft draft = report.add(unknown_word, word);
  if (const auto near = nearest(word, names)) draft.note(fmt::format("did you mean `{}`?", *near));
  draft.note(fmt::format("the commands are {}; `bkfc --help` says more", listed(names)));
}

Exit run_checked(std::span<const std::string> arguments, World& world) {
  Session session;
  const Options options = parse_options(arguments, session.report);
  if (options.version) return print_result("bkfc " BKFC_VERSION "\n", world);
  if (options.help) return print_result(help_text(options.command), world);
  if (!session.report.has_errors() && is_a_wrong_command(options, world))
    complain_of_command(options.words.front(), session.report);
  if (session.report.has_errors()) {
    tell(session, options, world);
    return Exit::usage;
  }
  return command_named(options.command)->run(options, world);
}

}  // namespace

int run(std::span<const std::string> arguments, World& world) {
  try {
    return static_cast<int>(run_checked(arguments, world));
  } catch (const std::exception& fault) {
    world.complain(fmt::format("bkfc " BKFC_VERSION ": internal error: {}\n", fault.what()));
    return static_cast<int>(Exit::fault);
  }
}

}  // namespace bkfc::driver
