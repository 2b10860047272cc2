#include "golden.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/core.h>

#include "driver/run.hpp"
#include "options.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

using Nodes = std::map<std::string, MemoryWorld::Node>;

// `-- name (mark) --`; nothing if the line is no header.
std::optional<Section> header(std::string_view line) {
  if (!line.starts_with("-- ") || !line.ends_with(" --") || line.size() < 7) return std::nullopt;
  std::string_view inside = line.substr(3, line.size() - 6);
  Section section;
  while (inside.ends_with(")")) {
    const std::size_t open = inside.rfind(" (");
    if (open == inside.npos) break;
    section.marks.insert(section.marks.begin(),
                         std::string(inside.substr(open + 2, inside.size() - open - 3)));
    inside = inside.substr(0, open);
  }
  section.name = inside;
  return section;
}

bool is_marked(const Section& section, std::string_view mark) {
  return std::find(section.marks.begin(), section.marks.end(), mark) != section.marks.end();
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == digits.npos) continue;
    bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
  }
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = bits << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? digits[bits >> (18U - 6U * i) & 63U] : '=';
  }
  return text + "\n";
}

// The bytes that a section's lines stand for.
std::string bytes_of(const Section& section) {
  if (is_marked(section, "base64")) return from_base64(section.content);
  std::string bytes = section.content;
  if (is_marked(section, "no newline") && bytes.ends_with('\n')) bytes.pop_back();
  return bytes;
}

// A text as lines: a missing last newline, or bytes that are no lines, are said by a mark.
Section section_of(std::string name, std::string bytes) {
  const bool is_text = std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= ' ';
  });
  if (!is_text || ("\n" + bytes).find("\n-- ") != bytes.npos)
    return {std::move(name), {"base64"}, to_base64(bytes)};
  if (bytes.empty() || bytes.ends_with('\n')) return {std::move(name), {}, std::move(bytes)};
  return {std::move(name), {"no newline"}, bytes + "\n"};
}

void put_input(MemoryWorld& world, const Section& section) {
  if (section.name == "stdin") {
    world.input = bytes_of(section);
    return;
  }
  MemoryWorld::Node node{driver::Kind::file, bytes_of(section)};
  if (section.name.ends_with('/')) node = {driver::Kind::folder};
  if (is_marked(section, "link")) {
    node.kind = driver::Kind::link;
    node.bytes.resize(node.bytes.find_last_not_of('\n') + 1);
  }
  node.executable = is_marked(section, "executable");
  node.readable = !is_marked(section, "unreadable");
  node.writable = !is_marked(section, "read-only");
  world.put(section.name, std::move(node));
}

// What a person, another program or fate does between two runs: lines that begin with `!`.
bool meddle(MemoryWorld& world, const std::vector<std::string>& words) {
  const std::string& deed = words.front();
  if (deed == "!full") {
    world.fault = {world.changes + 1, "no space left on device", true, true};
    return true;
  }
  if (deed == "!roomy") {
    world.fault = {};
    return true;
  }
  if (deed == "!held") return world.is_held = true;
  if (deed == "!stdout-full") return world.output_is_full = true;
  if (deed == "!terminal") return world.terminal = true;
  if (words.size() < 2) return false;
  if (deed == "!remove") {
    world.erase(words[1]);
    return true;
  }
  if (words.size() < 3) return false;
  if (deed == "!set") {
    world.variables[words[1]] = words[2];
    return true;
  }
  MemoryWorld::Node* node = world.find(words[1]);
  if (deed == "!append" && node != nullptr) {
    node->bytes += words[2] + "\n";
    return true;
  }
  if (deed == "!write") world.put(words[1], {driver::Kind::file, words[2] + "\n"});
  return deed == "!write";
}

struct Run {
  std::string output;
  std::string errors;
  std::string exits;
  bool failed = false;
};

// Several command lines run one after the other, each headed by itself in what comes out.
void run_line(const std::string& line, bool is_headed, MemoryWorld& world, Run& run,
              std::vector<std::string>& mistakes) {
  const std::optional<std::vector<std::string>> words = split_words(line);
  if (!words || (!words->empty() && words->front().starts_with("!") && !meddle(world, *words))) {
    mistakes.push_back(fmt::format("the line `{}` of `args` is none", line));
    return;
  }
  if (!words->empty() && words->front().starts_with("!")) return;
  world.output.clear();
  world.errors.clear();
  const int status = driver::run(*words, world);
  run.failed = run.failed || status != 0;
  const std::string head = is_headed ? fmt::format("$ {}\n", line) : "";
  if (!world.output.empty()) run.output += head + world.output;
  if (!world.errors.empty()) run.errors += head + world.errors;
  run.exits += is_headed ? fmt::format("{} {}\n", status, line) : fmt::format("{}\n", status);
}

Run run_lines(std::string_view lines, MemoryWorld& world, std::vector<std::string>& mistakes) {
  Run run;
  const bool is_headed = std::count(lines.begin(), lines.end(), '\n') > 1;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    run_line(std::string(lines.substr(0, end)), is_headed, world, run, mistakes);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return run;
}

// `+` came, `~` changed, `-` went.
std::string changes(const Nodes& before, const Nodes& after) {
  Nodes all = before;
  all.insert(after.begin(), after.end());
  std::string text;
  for (const auto& [path, node] : all) {
    const auto old = before.find(path);
    const auto now = after.find(path);
    if (old == before.end())
      text += fmt::format("+ {}\n", path);
    else if (now == after.end())
      text += fmt::format("- {}\n", path);
    else if (!(old->second == now->second))
      text += fmt::format("~ {}\n", path);
  }
  return text;
}

// The content of a file that the case wants to see; what is not there says so.
Section wanted_file(const std::string& name, const Nodes& files) {
  const auto found = files.find(name.substr(4));
  if (found == files.end()) return {name, {"absent"}, ""};
  Section section = section_of(name, found->second.bytes);
  if (found->second.executable) section.marks.emplace_back("executable");
  return section;
}

constexpr std::array<std::string_view, 4> fixed_outputs = {"out/stdout", "out/stderr", "out/exit",
                                                           "out/files"};

bool is_fixed_output(const Section& section) {
  return std::find(fixed_outputs.begin(), fixed_outputs.end(), section.name) != fixed_outputs.end();
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder = std::filesystem::path(options().root) / "tests/cases";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The first line that differs, with its number: enough to see what happened.
std::string first_difference(std::string_view expected, std::string_view actual) {
  std::size_t line = 1;
  std::size_t begin = 0;
  const std::size_t common = std::min(expected.size(), actual.size());
  for (std::size_t i = 0; i < common && expected[i] == actual[i]; ++i)
    if (expected[i] == '\n') {
      ++line;
      begin = i + 1;
    }
  const auto rest = [&](std::string_view text) {
    text.remove_prefix(std::min(begin, text.size()));
    return text.substr(0, text.find('\n'));
  };
  return fmt::format("line {}:\n  - {}\n  + {}", line, rest(expected), rest(actual));
}

}  // namespace

const Section* Case::find(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& section) { return section.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

Case parse_case(std::string_view text) {
  Case parsed;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (std::optional<Section> next = header(line.substr(0, line.find('\n'))))
      parsed.sections.push_back(std::move(*next));
    else
      (parsed.sections.empty() ? parsed.prose : parsed.sections.back().content) += line;
  }
  return parsed;
}

std::string to_text(const Case& parsed) {
  std::string text = parsed.prose;
  for (const Section& section : parsed.sections) {
    text += "-- " + section.name;
    for (const std::string& mark : section.marks) text += fmt::format(" ({})", mark);
    text += " --\n" + section.content;
  }
  return text;
}

std::optional<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (line[i] != '"' && line[i] != '\'') {
      words.back() += line[i];
      continue;
    }
    const std::size_t end = line.find(line[i], i + 1);
    if (end == line.npos) return std::nullopt;
    words.back() += line.substr(i + 1, end - i - 1);
    i = end;
  }
  return words;
}

Renewed renew(std::string_view text) {
  Case parsed = parse_case(text);
  Renewed renewed;
  if (parsed.prose.find_first_not_of(" \n") == parsed.prose.npos)
    renewed.mistakes.emplace_back("it does not begin with a sentence on what it shows");
  const Section* arguments = parsed.find("args");
  if (arguments == nullptr) {
    renewed.mistakes.emplace_back("it has no section `args`");
    return renewed;
  }
  MemoryWorld world;
  for (const Section& section : parsed.sections)
    if (section.name != "args" && !section.name.starts_with("out/")) put_input(world, section);

  const Nodes before = world.files();
  const Run run = run_lines(arguments->content, world, renewed.mistakes);
  const Nodes after = world.files();
  renewed.failed = run.failed;

  std::erase_if(parsed.sections, is_fixed_output);
  for (Section& section : parsed.sections)
    if (section.name.starts_with("out/")) section = wanted_file(section.name, after);
  const std::array<std::string, 4> texts = {run.output, run.errors, run.exits,
                                            changes(before, after)};
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (!texts[i].empty())
      parsed.sections.push_back(section_of(std::string(fixed_outputs[i]), texts[i]));
  renewed.text = to_text(parsed);
  return renewed;
}

TEST_CASE("every case comes to what its file says") {
  for (const std::filesystem::path& path : case_files()) {
    const std::string name =
        std::filesystem::relative(path, std::filesystem::path(options().root) / "tests/cases");
    CAPTURE(name);
    const std::string text = read_file(path);
    const Renewed renewed = renew(text);
    for (const std::string& mistake : renewed.mistakes) FAIL_CHECK(name << ": " << mistake);
    if (!renewed.mistakes.empty()) continue;
    if (path.filename().string().starts_with("bad_") != renewed.failed)
      FAIL_CHECK(name << ": its name begins with `bad_` if and only if a command fails");
    if (options().update) {
      if (renewed.text != text) std::ofstream(path, std::ios::binary) << renewed.text;
    } else if (renewed.text != text) {
      FAIL_CHECK(name << " differs; renew it with --update. "
                      << first_difference(text, renewed.text));
    }
  }
}

TEST_CASE("a case file is read and written back alike") {
  const std::string_view text =
      "Prose.\n-- args --\ncheck a\n-- a (no newline) --\nx\n-- b (base64) --\nAAEC\n";
  const Case parsed = parse_case(text);
  CHECK(to_text(parsed) == text);
  CHECK(parsed.sections.size() == 3);
  CHECK(bytes_of(parsed.sections[1]) == "x");
  CHECK(bytes_of(parsed.sections[2]) == std::string("\0\1\2", 3));
  CHECK(section_of("b", std::string("\0\1\2", 3)).content == "AAEC\n");
  CHECK(bytes_of(section_of("b", "-- no header --\n\x01")) == "-- no header --\n\x01");
}

TEST_CASE("a case that is no longer true is seen") {
  const std::string_view text = "Prose.\n-- args --\n--version\n-- out/exit --\n1\n";
  const Renewed renewed = renew(text);
  CHECK(renewed.text != text);
  CHECK(renewed.text.find("-- out/exit --\n0\n") != renewed.text.npos);
  CHECK_FALSE(renew("-- args --\n--version\n").mistakes.empty());
  CHECK_FALSE(renew("Prose.\n").mistakes.empty());
}

TEST_CASE("the words of a command line keep what is quoted") {
  CHECK(*split_words("a 'b c' \"\" d'e f'") == std::vector<std::string>{"a", "b c", "", "de f"});
  CHECK_FALSE(split_words("a 'b"));
}

}  // namespace bkfc::tests
