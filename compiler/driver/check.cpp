// `bkfc check`: everything but writing.
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"

namespace bkfc::driver {

Exit check(const Options& options, World& world) {
  Session session;
  if (options.words.empty()) {
    session.report.add(no_files, "bkfc check");
    tell(session, options, world);
    return Exit::usage;
  }
  NamedFiles files(world, options.words);
  // Each file is a program by itself: pre-commit hands them out in batches.
  for (const std::string& path : options.words)
    analyse(session.sources, session.origins, files, {.files = {path}, .today = options.today},
            session.report);
  const std::string text = rendered(session, options, world);
  // A format for machines is the result that was asked for.
  if (options.format == Format::text)
    world.complain(text);
  else if (const Exit printed = print_result(text, world); printed != Exit::done)
    return printed;
  if (files.refused()) return Exit::refused;
  return is_stopped(session.report, options) ? Exit::errors : Exit::done;
}

}  // namespace bkfc::driver
