// The command line as data: which command, on which files, with which options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "report/render.hpp"
#include "report/report.hpp"

namespace bkfc::driver {

enum class Exit : std::uint8_t { done = 0, errors = 1, usage = 2, refused = 3, fault = 70 };

// What a status says, in the words of the help.
struct ExitRow {
  Exit exit;
  std::string_view meaning;
};
std::span<const ExitRow> exit_rows();

enum class Color : std::uint8_t { automatic, always, never };

struct Options {
  std::string command;             // as in the table of commands; empty: the main job
  std::vector<std::string> words;  // the files, or what the command takes instead

  std::string output;
  bool print = false;
  bool check = false;
  bool diff = false;
  bool dry_run = false;
  bool force = false;
  bool relock = false;
  bool fix = false;
  bool json = false;

  std::vector<std::string> set;
  std::vector<std::string> set_files;
  std::vector<std::string> include;
  std::string only;
  std::string format_name;
  std::string color_name;
  bool strict = false;
  std::size_t error_limit = 50;
  std::string today;
  std::string dump;
  bool quiet = false;
  bool version = false;
  bool help = false;

  Format format = Format::text;
  Color color = Color::automatic;
};

// One option: what it is called, what it takes, who has it, and where it goes. What two commands
// have is two rows of one `names` and `into`.
struct OptionRow {
  std::string_view names;    // `-o,--output`
  std::string_view value;    // what it takes, as the help shows it; empty: nothing
  std::string_view help;     // one line
  std::string_view command;  // whose it is, empty: the main job's; `*`: every command's
  std::variant<bool Options::*, std::size_t Options::*, std::string Options::*,
               std::vector<std::string> Options::*>
      into;
  std::vector<std::string_view> (*choices)() = nullptr;  // all that it takes; null: no closed set
};

std::span<const OptionRow> option_rows();
bool belongs_to(const OptionRow& row, std::string_view command);
// The spelling that people use: the last one, `--output` of `-o,--output`.
std::string_view long_name(std::string_view names);

// Mistakes of the command line go to the report; the options are then what could be read.
Options parse_options(std::span<const std::string> arguments, Report& report);

}  // namespace bkfc::driver
