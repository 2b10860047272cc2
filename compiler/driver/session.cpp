#include "driver/session.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/catalogue.hpp"

namespace bkfc::driver {
namespace {

Look look_of(const Options& options, World& world) {
  if (options.color == Color::always) return Look::colored;
  if (options.color == Color::never || !world.errors_reach_a_terminal()) return Look::plain;
  // https://no-color.org: any value but an empty one counts.
  const std::optional<std::string> wish = world.environment("NO_COLOR");
  return wish && !wish->empty() ? Look::drawn : Look::colored;
}

}  // namespace

NamedFiles::NamedFiles(World& world, const Options& options)
    : world_(world), named_(options.words) {
  named_.insert(named_.end(), options.set_files.begin(), options.set_files.end());
}

Result<std::string> NamedFiles::read(std::string_view path, std::size_t limit) {
  if (const auto text = fixed.find(path); text != fixed.end()) return text->second;
  Result<std::string> text = world_.read(path, limit);
  if (!text && std::find(named_.begin(), named_.end(), path) != named_.end()) refused_ = true;
  return text;
}

Request request_of(const Options& options, std::vector<std::string> files) {
  Request request{.files = std::move(files),
                  .today = options.today,
                  .set_files = options.set_files,
                  .include_dirs = options.include};
  for (const std::string& set : options.set) {
    const std::size_t equals = set.find('=');
    request.sets.emplace_back(set.substr(0, equals), set.substr(equals + 1));
  }
  return request;
}

std::string files_of(const Options& options) {
  const std::string files =
      listed(std::vector<std::string_view>(options.words.begin(), options.words.end()));
  return options.only.empty() ? files
                              : fmt::format("{} that `--only {}` names", files, options.only);
}

std::string rendered(const Session& session, const Options& options, World& world) {
  std::vector<Diagnostic> findings = session.report.sorted();
  if (options.quiet)
    std::erase_if(findings, [](const Diagnostic& d) { return d.severity != Severity::error; });
  // Only the machine formats describe the ids themselves.
  std::vector<RuleText> rules;
  if (options.format != Format::text) {
    rules = rule_texts();
    const std::vector<RuleText>& own = session.report.described();
    rules.insert(rules.end(), own.begin(), own.end());
  }
  return render(findings, session.sources,
                {.format = options.format,
                 .look = look_of(options, world),
                 .error_limit = options.error_limit,
                 .version = BKFC_VERSION,
                 .rules = std::move(rules)});
}

void tell(const Session& session, const Options& options, World& world) {
  const std::string text = rendered(session, options, world);
  if (!text.empty()) world.complain(text);
}

bool is_stopped(const Report& report, const Options& options) {
  return report.has_errors() || (options.strict && report.count(Severity::warning) > 0);
}

Exit print_result(std::string_view text, World& world) {
  const Outcome printed = world.print(text);
  if (printed) return Exit::done;
  world.complain(fmt::format("error: cannot write to standard output: {}\n", printed.error()));
  return Exit::refused;
}

}  // namespace bkfc::driver
