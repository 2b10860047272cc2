// `bkfc completion`: what a shell offers after `bkfc`, from the tables of commands and options.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/bkfc_bash.hpp"
#include "driver/bkfc_fish.hpp"
#include "driver/bkfc_zsh.hpp"
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"
#include "driver/topics.hpp"
#include "emit/shell.hpp"

namespace bkfc::driver {
namespace {

using emit::quoted;

std::vector<std::string> parts(std::string_view names) {
  std::vector<std::string> out;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(','), names.size());
    out.emplace_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands())
    if (!command.name.empty()) names.emplace_back(command.name);
  return names;
}

// What is asked for a command, and for the main job, whose name is empty: before its first word
// it may still become a command.
std::string case_of(std::string_view command) {
  return command.empty() ? "main | none" : std::string(command);
}

// Every name by which `explain` is asked, and the families.
std::vector<std::string> topic_names() {
  std::vector<std::string> names;
  for (const Family& family : topic_families()) {
    names.emplace_back(family.name);
    for (const Topic& topic : family.topics) {
      names.push_back(topic.name);
      if (!topic.other_name.empty()) names.push_back(topic.other_name);
    }
  }
  return names;
}

std::vector<std::string> choices_of(const OptionRow& row) {
  std::vector<std::string> choices;
  if (row.choices != nullptr)
    for (const std::string_view choice : row.choices()) choices.emplace_back(choice);
  return choices;
}

std::vector<std::string> words_of(Takes takes) {
  if (takes == Takes::topics) return topic_names();
  if (takes == Takes::shells) return {"bash", "zsh", "fish"};
  return {};
}

std::string head(std::string_view shell, std::string_view where) {
  return fmt::format(
      "# What {0} offers after `bkfc`. Made by `bkfc completion {0}`, of bkfc {1}.\n"
      "# It belongs into {2}\n\n",
      shell, BKFC_VERSION, where);
}

// For bash: functions that print what there is, apart by blanks.

std::string bash_values_of(const OptionRow& row) {
  if (row.choices != nullptr) return joined(choices_of(row));
  if (row.value == "FOLDER") return "@folders";
  if (row.value == "FILE") return "@files";
  return {};
}

std::string bash_words_of(Takes takes) {
  if (takes == Takes::fleets) return "@fleets";
  if (takes == Takes::folder) return "@folders";
  return joined(words_of(takes));
}

std::string bash_case(std::string_view pattern, std::string_view words) {
  return fmt::format("    {}) echo {} ;;\n", pattern, quoted(words));
}

std::string bash_functions() {
  std::string options;
  std::string words;
  for (const Command& command : commands()) {
    std::vector<std::string> own;
    for (const OptionRow& row : option_rows())
      if (belongs_to(row, command.name)) own.push_back(joined(parts(row.names)));
    options += bash_case(case_of(command.name), joined(own));
    words += bash_case(case_of(command.name), bash_words_of(command.takes));
  }
  std::string values;
  for (const OptionRow& row : option_rows())
    if (!row.value.empty())
      values += bash_case(joined(parts(row.names), " | "), bash_values_of(row));
  return fmt::format(
      "_bkfc_commands={}\n\n"
      "# The options of a command.\n_bkfc_options() {{\n  case \"$1\" in\n{}  esac\n}}\n\n"
      "# What an option takes; fails where that is nothing.\n"
      "_bkfc_values() {{\n  case \"$1\" in\n{}    *) return 1 ;;\n  esac\n}}\n\n"
      "# What a command takes.\n_bkfc_words() {{\n  case \"$1\" in\n{}  esac\n}}\n\n",
      quoted(joined(command_names())), options, values, words);
}

std::string bash() {
  return head("bash", "~/.local/share/bash-completion/completions/bkfc") + bash_functions() +
         completion::bash;
}

// For zsh: specifications of `_arguments`.

// What stands in the brackets or before a colon of a specification.
std::string zsh_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_values_of(const OptionRow& row) {
  if (row.choices != nullptr) return fmt::format("({})", joined(choices_of(row)));
  if (row.value == "FOLDER") return "_files -/";
  if (row.value == "FILE") return "_files";
  return " ";
}

std::string zsh_words_of(const Command& command) {
  switch (command.takes) {
    case Takes::fleets:
      return command.name.empty() ? "*:fleet:_bkfc_first" : "*:fleet:_bkfc_fleets";
    case Takes::folder: return "*:folder:_files -/";
    case Takes::nothing: return "*: : ";
    default: return fmt::format("*:name:({})", joined(words_of(command.takes)));
  }
}

// One for each spelling. What may be said again is marked so.
std::string zsh_option(const OptionRow& row) {
  const bool is_list = std::holds_alternative<std::vector<std::string> Options::*>(row.into);
  std::string text;
  for (const std::string& name : parts(row.names)) {
    std::string word = is_list ? "*" : fmt::format("({})", joined(parts(row.names)));
    word += fmt::format("{}{}[{}]", name, name.starts_with("--") && !row.value.empty() ? "=" : "",
                        zsh_escaped(row.help));
    if (!row.value.empty())
      word += fmt::format(":{}:{}", zsh_escaped(row.value), zsh_values_of(row));
    text += fmt::format("        {} \\\n", quoted(word));
  }
  return text;
}

std::string zsh_arguments() {
  std::string text = "_bkfc_arguments() {\n  case $bkfc_command in\n";
  for (const Command& command : commands()) {
    text += fmt::format("    {})\n      _arguments -S \\\n", case_of(command.name));
    for (const OptionRow& row : option_rows())
      if (belongs_to(row, command.name)) text += zsh_option(row);
    // The command itself is the first of the words.
    text += fmt::format("        {}\n      ;;\n", quoted(zsh_words_of(command)));
  }
  return text + "  esac\n}\n\n";
}

std::string zsh() {
  std::string text = "#compdef bkfc\n" + head("zsh", "a file `_bkfc` in a folder of `fpath`");
  text += "_bkfc_commands=(\n";
  for (const Command& command : commands())
    if (!command.name.empty())
      text += fmt::format("  {}\n",
                          quoted(fmt::format("{}:{}", command.name, zsh_escaped(command.help))));
  text += ")\n\n# Options that take the next word.\n_bkfc_valued=(";
  for (const OptionRow& row : option_rows())
    if (!row.value.empty()) text += joined(parts(row.names)) + " ";
  return text + ")\n\n" + zsh_arguments() + completion::zsh;
}

// For fish: a `complete` for each word.

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish_condition(std::string_view command) {
  return command == "*"
             ? std::string()
             : fmt::format(" -n {}", fish_quoted(fmt::format(
                                         "__bkfc_is {}", command.empty() ? "main none" : command)));
}

std::string fish_values_of(const OptionRow& row) {
  if (row.value.empty()) return {};
  if (row.choices != nullptr) return fmt::format(" -x -a {}", fish_quoted(joined(choices_of(row))));
  if (row.value == "FOLDER") return " -x -a '(__fish_complete_directories)'";
  return row.value == "FILE" ? " -r -F" : " -x";
}

std::string fish_option(const OptionRow& row) {
  std::string text = "complete -c bkfc" + fish_condition(row.command);
  for (const std::string& name : parts(row.names))
    text += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                   : fmt::format(" -s {}", name.substr(1));
  return text + fish_values_of(row) + fmt::format(" -d {}\n", fish_quoted(row.help));
}

std::string fish_words_of(const Command& command) {
  const std::string start = "complete -c bkfc" + fish_condition(command.name);
  switch (command.takes) {
    case Takes::fleets: return start + " -a '(__bkfc_fleets)'\n";
    case Takes::folder: return start + " -a '(__fish_complete_directories)'\n";
    case Takes::nothing: return {};
    default: return fmt::format("{} -a {}\n", start, fish_quoted(joined(words_of(command.takes))));
  }
}

std::string fish() {
  std::string text = head("fish", "~/.config/fish/completions/bkfc.fish");
  text += fmt::format("set -g __bkfc_commands {}\nset -g __bkfc_valued", joined(command_names()));
  for (const OptionRow& row : option_rows())
    if (!row.value.empty()) text += " " + joined(parts(row.names));
  text += fmt::format("\n\n{}\n", completion::fish);
  for (const Command& command : commands()) {
    if (!command.name.empty())
      text += fmt::format("complete -c bkfc -n '__bkfc_is none' -a {} -d {}\n", command.name,
                          fish_quoted(command.help));
    text += fish_words_of(command);
  }
  for (const OptionRow& row : option_rows()) text += fish_option(row);
  return text;
}

}  // namespace

Exit completion_script(const Options& options, World& world) {
  const std::string shell = options.words.size() == 1 ? options.words.front() : std::string();
  if (shell == "bash") return print_result(bash(), world);
  if (shell == "zsh") return print_result(zsh(), world);
  if (shell == "fish") return print_result(fish(), world);
  Session session;
  session.report.add(unusable_words, "bkfc completion", "one of `bash`, `zsh` and `fish`");
  tell(session, options, world);
  return Exit::usage;
}

}  // namespace bkfc::driver
