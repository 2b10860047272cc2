#include "driver/man.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/commands.hpp"
#include "driver/session.hpp"

namespace bkfc::driver {
namespace {

constexpr std::string_view about =
    "A `.bkfleet` file says what a fleet of BuildKit daemons on Kubernetes is. bkfc checks it, and "
    "writes the manifests, the configuration of the daemons, and the scripts for certificates and "
    "clients. Several files compile as one program; `-` reads standard input. Results go to "
    "standard "
    "output, findings to standard error.";

// The code point of a sequence in valid UTF-8.
char32_t code_point(std::string_view sequence) {
  constexpr unsigned char payload[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t code = static_cast<unsigned char>(sequence[0]) & payload[sequence.size()];
  for (const char c : sequence.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3f);
  return code;
}

// Text as roff reads it back. What stands in backticks is bold.
std::string escaped(std::string_view text) {
  std::string out;
  bool is_code = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = std::max<std::size_t>(sequence_length(text, i), 1);
    const char c = text[i];
    if (size > 1)
      out += fmt::format("\\[u{:04X}]", static_cast<unsigned>(code_point(text.substr(i, size))));
    else if (c == '`')
      out += (is_code = !is_code) ? "\\fB" : "\\fR";
    else if (c == '\\')
      out += "\\e";
    else if (c == '-' && (is_code || i == 0 || text[i - 1] == ' ' || text[i - 1] == '-'))
      out += "\\-";
    else
      out += c;
    i += size;
  }
  return out;
}

// The same on lines of at most 78 bytes, none of which reads as a request.
std::string prose(std::string_view text) {
  constexpr std::size_t width = 78;
  std::string out;
  std::string line;
  const std::string all = escaped(text);
  for (std::string_view left = all; !left.empty();) {
    const std::string_view word = left.substr(0, left.find(' '));
    left.remove_prefix(std::min(word.size() + 1, left.size()));
    if (!line.empty() && line.size() + 1 + word.size() > width)
      out += std::exchange(line, {}) + "\n";
    if (!line.empty()) line += ' ';
    if (line.empty() && (word.starts_with('.') || word.starts_with('\''))) line += "\\&";
    line += word;
  }
  return out + line + "\n";
}

std::string entry(const std::string& term, std::string_view text) {
  return fmt::format(".TP\n{}\n{}", term, prose(text));
}

// `-o`, `--output` in bold, what it takes in italics.
std::string term_of(const OptionRow& row) {
  std::string text;
  for (std::string_view names = row.names; !names.empty();) {
    const std::size_t end = std::min(names.find(','), names.size());
    text += fmt::format("{}{}", text.empty() ? "" : ", ",
                        escaped(fmt::format("`{}`", names.substr(0, end))));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return row.value.empty() ? text : fmt::format("{} \\fI{}\\fR", text, escaped(row.value));
}

std::string options_of(std::string_view command) {
  std::string text;
  for (const OptionRow& row : option_rows())
    if (row.command == command) text += entry(term_of(row), row.help);
  return text;
}

std::string synopsis() {
  std::string text;
  for (const Command& command : commands())
    text += fmt::format("{}\\fBbkfc\\fR {}\n", text.empty() ? "" : ".br\n", escaped(command.usage));
  return text;
}

std::string commands_text() {
  std::string text;
  for (const Command& command : commands()) {
    text += entry(fmt::format("\\fBbkfc\\fR {}", escaped(command.usage)), command.help);
    if (!command.detail.empty()) text += ".sp\n" + prose(command.detail);
  }
  return text;
}

std::string options_text() {
  std::string text = fmt::format(".SS Of the main job\n{}", options_of(""));
  for (const Command& command : commands())
    if (const std::string own = options_of(command.name); !command.name.empty() && !own.empty())
      text += fmt::format(".SS Of bkfc {}\n{}", command.name, own);
  return text + fmt::format(".SS Of every command\n{}", options_of("*"));
}

std::string exits_text() {
  std::string text;
  for (const ExitRow& row : exit_rows())
    text += entry(fmt::format("\\fB{}\\fR", static_cast<int>(row.exit)), row.meaning);
  return text;
}

}  // namespace

std::string man_page() {
  return fmt::format(
      ".\\\" Made by `bkfc man`.\n"
      ".TH BKFC 1 \"\" \"bkfc {}\" \"\"\n"
      ".SH NAME\nbkfc \\- compile a fleet of BuildKit daemons into what deploys it\n"
      ".SH SYNOPSIS\n{}"
      ".SH DESCRIPTION\n{}"
      ".SH COMMANDS\n{}"
      ".SH OPTIONS\n{}"
      ".SH EXIT STATUS\n{}"
      ".SH FILES\n{}"
      ".SH EXAMPLES\nBegin a fleet, see what is wrong with it, write its folder:\n.PP\n.nf\n.RS\n"
      "bkfc new ci\nbkfc check ci.bkfleet\nbkfc ci.bkfleet \\-o out/\n.RE\n.fi\n"
      ".SH SEE ALSO\n\\fBbkfc explain\\fR, for every word of the language.\n",
      BKFC_VERSION, synopsis(), prose(about), commands_text(), options_text(), exits_text(),
      entry("\\fBbkfc.lock\\fR",
            "in the output folder: what bkfc wrote there, and from what. It belongs beside the "
            "files"));
}

Exit man(const Options&, World& world) { return print_result(man_page(), world); }

}  // namespace bkfc::driver
