#include "driver/options.hpp"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "pipeline.hpp"

namespace bkfc::driver {
namespace {

std::vector<std::string_view> formats() { return {"text", "json", "sarif", "github", "gitlab"}; }
std::vector<std::string_view> colors() { return {"auto", "always", "never"}; }

constexpr OptionRow rows[] = {
    {"-o,--output", "FOLDER", "write the output folder: all of it, or nothing", "",
     &Options::output},
    {"--print", "", "print all manifests as one YAML, for `kubectl apply -f -`", "",
     &Options::print},
    {"--check", "", "write nothing; exit 1 if the output folder is not current", "",
     &Options::check},
    {"--diff", "", "write nothing; show what would change", "", &Options::diff},
    {"--dry-run", "", "write nothing; list what would be written", "", &Options::dry_run},
    {"--force", "", "replace generated files that were edited by hand", "", &Options::force},
    {"--relock", "", "accept a folder that another program or other `--set` values made", "",
     &Options::relock},
    {"--dump", "STAGE", "show what a stage makes of the files: modules, tree, names, values, …", "",
     &Options::dump, dump_stages},
    {"--check", "", "write nothing; list the files that would change, and exit 1 if there are any",
     "fmt", &Options::check},
    {"--diff", "", "write nothing; show what would change", "fmt", &Options::diff},
    {"--fix", "", "apply the fixes that are certain", "check", &Options::fix},
    {"--json", "", "the same for other programs; docs/reference/expand.md describes it", "expand",
     &Options::json},
    {"--print", "", "print it, and write no file", "new", &Options::print},
    {"--set", "NAME=VALUE", "give a parameter its value", "*", &Options::set},
    {"--set-file", "FILE", "give parameters their values from a file", "*", &Options::set_files},
    {"-I", "FOLDER", "a further folder that imports may read", "*", &Options::include},
    {"--only", "CLUSTER/NAMESPACE/FLEET", "these fleets alone; a part may be `*`", "*",
     &Options::only},
    {"--format", "FORMAT", "diagnostics as text, json, sarif, github or gitlab", "*",
     &Options::format_name, formats},
    {"--color", "WHEN", "auto, always or never; NO_COLOR is honoured", "*", &Options::color_name,
     colors},
    {"--strict", "", "warnings stop too", "*", &Options::strict},
    {"--error-limit", "N", "show at most N errors; 0 shows all (default: 50)", "*",
     &Options::error_limit},
    {"--today", "DATE", "the day by which `until` is judged, as 2026-01-31", "*", &Options::today},
    {"-q,--quiet", "", "say nothing but errors", "*", &Options::quiet},
    {"--version", "", "the version of bkfc", "*", &Options::version},
    {"-h,--help", "", "this text; after a command, the command's", "*", &Options::help},
};

CLI::Option* add(CLI::App& app, const OptionRow& row, Options& options) {
  const std::string names(row.names);
  if (const auto* flag = std::get_if<bool Options::*>(&row.into))
    return app.add_flag(names, options.*(*flag));
  if (const auto* number = std::get_if<std::size_t Options::*>(&row.into))
    return app.add_option(names, options.*(*number));
  if (const auto* text = std::get_if<std::string Options::*>(&row.into))
    return app.add_option(names, options.*(*text));
  // One value for each time that it is said: `--set a=1 b.bkfleet` is a value and a file.
  std::vector<std::string>& list = options.*std::get<std::vector<std::string> Options::*>(row.into);
  return app.add_option(names, list)->allow_extra_args(false);
}

void complain_of_unknown(const std::string& word, Report& report) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string_view> known;
  for (const OptionRow& row : rows) known.push_back(long_name(row.names));
  Report::Draft draft = report.add(unknown_option, name);
  if (const auto near = nearest(name, known); near && name.starts_with("--"))
    draft.note(fmt::format("did you mean `{}`?", *near));
}

void check_owner(std::string_view names, const Options& options, Report& report) {
  std::vector<std::string> owners;
  for (const OptionRow& row : rows) {
    if (row.names != names) continue;
    if (belongs_to(row, options.command)) return;
    owners.push_back(row.command.empty() ? "bkfc FILE…" : fmt::format("bkfc {}", row.command));
  }
  report.add(misplaced_option, long_name(names),
             listed(std::vector<std::string_view>(owners.begin(), owners.end())));
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto number = [&](std::size_t begin, std::size_t size) {
    int value = 0;
    for (const char c : text.substr(begin, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int month = number(5, 2);
  const int day = number(8, 2);
  return number(0, 4) > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

// `env=prod`: a parameter's name, and something for it, if only an empty text.
bool is_set(std::string_view text) {
  const std::size_t equals = text.find('=');
  return equals != text.npos && is_name(text.substr(0, equals));
}

// A value that is none of those that its option takes.
void check_choice(const OptionRow& row, const Options& options, Report& report) {
  const auto* text = std::get_if<std::string Options::*>(&row.into);
  if (text == nullptr || row.choices == nullptr || (options.*(*text)).empty()) return;
  const std::vector<std::string_view> choices = row.choices();
  if (std::find(choices.begin(), choices.end(), options.*(*text)) != choices.end()) return;
  report.add(unreadable_option, long_name(row.names),
             fmt::format("takes {}, not `{}`", listed(choices, "or"), options.*(*text)));
}

void read_values(Options& options, Report& report) {
  for (const std::string& set : options.set)
    if (!is_set(set))
      report.add(unreadable_option, "--set",
                 fmt::format("takes a parameter and its value like env=prod, not `{}`", set));
  options.format = format_named(options.format_name).value_or(Format::text);
  if (options.color_name == "always") options.color = Color::always;
  if (options.color_name == "never") options.color = Color::never;
  if (!options.today.empty() && !is_date(options.today))
    report.add(unreadable_option, "--today",
               fmt::format("takes a date like 2026-01-31, not `{}`", options.today));
}

// CLI11 throws; nothing of it leaves this function.
void parse(CLI::App& app, std::span<const std::string> arguments, Report& report) {
  try {
    // It takes the words from the back.
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string what = mismatch.what();
    report.add(unreadable_option, what.substr(0, what.find(':')), "needs a value");
  } catch (const CLI::ConversionError& mistake) {
    const std::string what = mistake.what();
    const std::size_t at = what.rfind("--");
    report.add(unreadable_option, at == what.npos ? what : what.substr(at),
               "cannot take that value");
  } catch (const CLI::Error& mistake) {
    report.add(unreadable_option, "bkfc", mistake.what());
  }
}

constexpr ExitRow exits[] = {
    {Exit::done, "done"},
    {Exit::errors, "the fleet has errors, or --check found that something would change"},
    {Exit::usage, "the command line is wrong"},
    {Exit::refused, "a file could not be read or written"},
    {Exit::fault, "a fault of bkfc"},
};

}  // namespace

std::span<const ExitRow> exit_rows() { return exits; }

std::span<const OptionRow> option_rows() { return rows; }

bool belongs_to(const OptionRow& row, std::string_view command) {
  return row.command == "*" || row.command == command;
}

std::string_view long_name(std::string_view names) {
  const std::size_t comma = names.rfind(',');
  return comma == names.npos ? names : names.substr(comma + 1);
}

Options parse_options(std::span<const std::string> arguments, Report& report) {
  Options options;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::map<std::string_view, const CLI::Option*> known;
  for (const OptionRow& row : rows)
    if (!known.contains(row.names)) known[row.names] = add(app, row, options);
  app.add_option("FILE", options.words);
  parse(app, arguments, report);

  for (const std::string& word : app.remaining())
    if (word.starts_with("-")) complain_of_unknown(word, report);
  if (!options.words.empty() && command_named(options.words.front()) != nullptr) {
    options.command = options.words.front();
    options.words.erase(options.words.begin());
  }
  for (const auto& entry : known)
    if (entry.second->count() > 0) check_owner(entry.first, options, report);
  for (const OptionRow& row : rows) check_choice(row, options, report);
  read_values(options, report);
  return options;
}

}  // namespace bkfc::driver
