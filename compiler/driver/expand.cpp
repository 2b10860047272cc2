// `bkfc expand`: the merged program, each value with its origin.
#include <algorithm>

#include "driver/commands.hpp"
#include "driver/expand_json.hpp"
#include "driver/expand_text.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"

namespace bkfc::driver {

Exit expand(const Options& options, World& world) {
  Session session;
  if (options.words.empty()) {
    session.report.add(no_files, "bkfc expand");
    tell(session, options, world);
    return Exit::usage;
  }
  NamedFiles files(world, options);
  const Analysis analysis = analyse(session.sources, session.origins, files,
                                    request_of(options, options.words), session.report);
  const std::vector<ir::Fleet>& fleets = analysis.program.fleets;
  const bool has_fleet = std::any_of(fleets.begin(), fleets.end(), [&](const ir::Fleet& fleet) {
    return options.only.empty() || is_named(fleet.identity.text(), options.only);
  });
  if (!has_fleet && !session.report.has_errors())
    session.report.add(nothing_to_write, files_of(options));
  tell(session, options, world);
  if (is_stopped(session.report, options)) return files.refused() ? Exit::refused : Exit::errors;
  return print_result(options.json ? expanded_json(analysis, session, options)
                                   : expanded_text(analysis, session, options.only),
                      world);
}

}  // namespace bkfc::driver
