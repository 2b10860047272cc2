#include "driver/help.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/paragraphs.hpp"

namespace bkfc::driver {
namespace {

struct Line {
  std::string left;
  std::string_view right;
};

// Two columns; what is too wide on the left has its right side on the next line.
std::string columns(const std::vector<Line>& lines) {
  constexpr std::size_t width = 26;
  std::string text;
  for (const Line& line : lines) {
    const std::size_t used = count_code_points(line.left);
    text += "  " + line.left;
    text += used < width ? std::string(width - used, ' ') : "\n" + std::string(width + 2, ' ');
    text += std::string(line.right) + '\n';
  }
  return text;
}

// `-o, --output FOLDER`; a long name alone stands below the long names.
std::string spelt(const OptionRow& row) {
  std::string names(row.names);
  if (const std::size_t comma = names.find(','); comma != names.npos)
    names.insert(comma + 1, " ");
  else if (names.starts_with("--"))
    names.insert(0, "    ");
  return row.value.empty() ? names : fmt::format("{} {}", names, row.value);
}

std::string options_of(std::string_view command) {
  std::vector<Line> lines;
  for (const OptionRow& row : option_rows())
    if (row.command == command) lines.push_back({spelt(row), row.help});
  return columns(lines);
}

std::string help_of_bkfc() {
  std::string text = "bkfc compiles a fleet of BuildKit daemons into what deploys it.\n\n";
  std::vector<Line> list;
  for (const Command& command : commands()) {
    list.push_back({fmt::format("bkfc {}", command.usage), command.help});
  }
  text += columns(list);
  text += "\nOptions of the main job:\n" + options_of("");
  text += "\nOptions of every command:\n" + options_of("*");
  text += "\nSeveral files compile as one program; `-` reads standard input.\n";
  std::string exits = "Exit status:";
  for (const ExitRow& row : exit_rows())
    exits += fmt::format("{} {} {}", exits.ends_with(':') ? "" : ";", static_cast<int>(row.exit),
                         row.meaning);
  return text + wrapped(exits + ".");
}

}  // namespace

std::string help_text(std::string_view command) {
  const Command* row = command_named(command);
  if (command.empty() || row == nullptr) return help_of_bkfc();
  std::string text = fmt::format("bkfc {}: {}\n", row->usage, row->help);
  if (!row->detail.empty()) text += fmt::format("\n{}\n", row->detail);
  const std::string own = options_of(command);
  if (!own.empty()) text += "\nOptions:\n" + own;
  return text + "\nOptions of every command:\n" + options_of("*");
}

}  // namespace bkfc::driver
