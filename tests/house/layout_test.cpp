// What the project shows of the language is laid out as `bkfc fmt` lays it out, and so is what a
// fix leaves of a text that was.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "eval/messages.hpp"
#include "format/format.hpp"
#include "golden.hpp"
#include "grammar/examples.hpp"
#include "ir/messages.hpp"
#include "objects/messages.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "report/fix.hpp"
#include "rules/catalogue.hpp"
#include "rules/examples.hpp"
#include "rules/messages.hpp"
#include "support/memory_world.hpp"
#include "syntax/messages.hpp"
#include "syntax/parse.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Nothing where it does not parse.
std::optional<std::string> laid_out(std::string_view text) {
  const syntax::Tree tree = syntax::parse(text);
  if (!tree.errors.empty()) return std::nullopt;
  return format::format(tree);
}

// Examples within the program end without a line end, or with one.
std::string with_line_end(std::string_view text) {
  std::string out(text);
  if (!out.ends_with('\n')) out += '\n';
  return out;
}

struct Shown {
  std::string where;
  std::string text;
};

void add_files(std::string_view folder, std::vector<Shown>& shown) {
  for (const auto& entry : fs::recursive_directory_iterator(options().root + std::string(folder)))
    if (entry.path().extension() == ".bkfleet")
      shown.push_back({entry.path().string(), read(entry.path())});
}

std::vector<MessageRow> every_message() {
  std::vector<MessageRow> rows;
  for (const std::span<const MessageRow> stage :
       {syntax::message::all(), eval::message::all(), ir::message::all(), objects::message::all(),
        rules::message::rows()})
    rows.insert(rows.end(), stage.begin(), stage.end());
  return rows;
}

std::vector<Shown> bad_examples() {
  std::vector<Shown> shown;
  for (const MessageRow& row : every_message())
    if (!row.bad.empty()) shown.push_back({std::string(row.id), with_line_end(row.bad)});
  for (const rules::Rule* rule : rules::all())
    shown.push_back({std::string(rule->id), with_line_end(rules::example_of(*rule).bad)});
  return shown;
}

std::string fixed(const std::string& text) {
  MemoryWorld world;
  world.put("main.bkfleet", {.bytes = text});
  Sources sources;
  Origins origins;
  Report report;
  analyse(sources, origins, world, {.files = {"main.bkfleet"}, .today = "2026-01-01"}, report);
  const FixRound done = apply_fixes(report.sorted(), sources);
  return done.texts.empty() ? text : done.texts.front().text;
}

}  // namespace

TEST_CASE("the fleets of the project are laid out") {
  std::vector<Shown> shown;
  for (const std::string_view folder :
       {"/examples", "/stdlib", "/tests/conformance", "/tests/formats"})
    add_files(folder, shown);
  for (const std::string_view page : {"/README.md"})
    for (const std::string& text : fenced(read(options().root + std::string(page)), "bkfleet"))
      shown.push_back({std::string(page), text});
  for (const Shown& one : shown) {
    CAPTURE(one.where);
    CHECK(laid_out(one.text) == one.text);
  }
  CHECK(shown.size() > 5);
}

TEST_CASE("good examples are laid out") {
  std::vector<Shown> shown;
  for (const MessageRow& row : every_message())
    if (!row.good.empty()) shown.push_back({std::string(row.id), with_line_end(row.good)});
  for (const rules::Rule* rule : rules::all())
    shown.push_back({std::string(rule->id), with_line_end(rules::example_of(*rule).good)});
  for (const Shown& one : shown) {
    CAPTURE(one.where);
    CHECK(laid_out(one.text).value_or("") == one.text);
  }
}

TEST_CASE("a fix leaves a text laid out") {
  std::size_t count = 0;
  for (const Shown& one : bad_examples()) {
    // Lines that were written without indentation keep it: what a text says is not guessed at.
    if (one.where == "E0158") continue;
    const std::string after = fixed(one.text);
    // One that parses and was not laid out is not laid out by a fix of something else.
    if (after == one.text || laid_out(one.text).value_or(one.text) != one.text) continue;
    CAPTURE(one.where);
    CHECK(laid_out(after).value_or("") == after);
    ++count;
  }
  CHECK(count > 10);
}

}  // namespace bkfc::tests
