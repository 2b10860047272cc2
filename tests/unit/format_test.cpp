// One layout: what parses says the same after it, with all its comments, and is then laid out.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "format/format.hpp"
#include "golden.hpp"
#include "grammar/examples.hpp"
#include "options.hpp"
#include "support/format_promises.hpp"
#include "syntax/ast.hpp"
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

std::string formatted(std::string_view text) {
  const syntax::Tree tree = syntax::parse(text);
  REQUIRE(tree.errors.empty());
  return format::format(tree);
}

std::vector<fs::path> files_below(std::string_view folder, std::string_view extension) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(options().root + std::string(folder)))
    if (entry.path().extension() == extension) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

// Every text that there is: examples, the grammar's and the documents', and what cases begin from.
std::vector<std::string> all_texts() {
  std::vector<std::string> texts;
  for (const std::string_view folder : {"/examples", "/tests"})
    for (const fs::path& path : files_below(folder, ".bkfleet")) texts.push_back(read(path));
  for (const std::string_view folder : {"/grammar", "/tests/grammar", "/docs"})
    for (const fs::path& path : files_below(folder, ".md"))
      for (const std::string& example : fenced(read(path), "bkfleet")) texts.push_back(example);
  for (const fs::path& path : files_below("/tests/cases", ".case"))
    for (const Section& section : parse_case(read(path)).sections)
      if (section.name.ends_with(".bkfleet")) texts.push_back(section.content);
  return texts;
}

bool parses(std::string_view text) { return syntax::parse(text).errors.empty(); }

// By themselves, so that each is quickly tried.
std::vector<std::string> statements_of(const std::vector<std::string>& texts) {
  std::vector<std::string> statements;
  for (const std::string& text : texts) {
    const syntax::Tree tree = syntax::parse(text);
    for (const syntax::ast::Item& item : syntax::ast::File(tree).items())
      statements.push_back(std::string(item.text()) + "\nnext = 1\n");
  }
  return statements;
}

// Where two tokens meet, as far as nodes tell.
std::vector<std::uint32_t> meeting_places(std::string_view text) {
  std::vector<std::uint32_t> places;
  const syntax::Tree tree = syntax::parse(text);
  for (const syntax::Node& node : tree.nodes) {
    places.push_back(node.begin);
    places.push_back(node.end);
    if (node.end < text.size()) places.push_back(node.end + 1);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::string with(std::string_view text, std::uint32_t place, std::string_view added) {
  return std::string(text.substr(0, place)) + std::string(added) + std::string(text.substr(place));
}

}  // namespace

TEST_CASE("every text that parses says the same when it is laid out") {
  std::size_t count = 0;
  for (const std::string& text : all_texts()) {
    CAPTURE(text);
    CHECK(broken_promise(text) == "");
    count += parses(text);
  }
  CHECK(count > 150);
}

TEST_CASE("a comment or a line end anywhere keeps its place") {
  std::vector<std::string> texts = fenced(read(options().root + "/grammar/README.md"), "bkfleet");
  texts.push_back(read(options().root + "/tests/fuzz/seeds/format/layouts.bkfleet"));
  std::size_t count = 0;
  for (const std::string& text : statements_of(texts))
    for (const std::uint32_t place : meeting_places(text))
      for (const std::string_view added : {"\n", " # c\n", "\n\n\n## d\n\n"}) {
        const std::string changed = with(text, place, added);
        const std::string broken = broken_promise(changed);
        if (!broken.empty()) FAIL_CHECK(changed << "\n" << broken);
        count += parses(changed);
      }
  CHECK(count > 1000);
}

TEST_CASE("line ends of another system become this one's") {
  CHECK(formatted("a = 1\r\nb = \"\"\"\r\n  x\r\n  \"\"\"\r\n") ==
        "a = 1\nb = \"\"\"\n  x\n  \"\"\"\n");
  CHECK(formatted("") == "");
  CHECK(formatted("\n\n  \n") == "");
  CHECK(formatted("# only this") == "# only this\n");
}

TEST_CASE("what cannot be broken stays on its line, and columns are no bytes") {
  const std::string wide = "\"" + std::string(120, 'x') + "\"";
  CHECK(formatted("a = " + wide + "\nlong_name = 1\n") ==
        "a         = " + wide + "\nlong_name = 1\n");
  // 100 columns, and more bytes.
  std::string accents = "a = [\"";
  for (int i = 0; i < 92; ++i) accents += "é";
  CHECK(formatted(accents + "\"]\n") == accents + "\"]\n");
  CHECK(formatted("\"é\" = 1 # c\n\"ab\" = 2 # d\n") == "\"é\"  = 1  # c\n\"ab\" = 2  # d\n");
}

TEST_CASE("a long chain needs no deep stack") {
  std::string text = "a = 1";
  for (int i = 0; i < 30000; ++i) text += " + 1";
  CHECK(parses(formatted(text)));
  text = "a = b";
  for (int i = 0; i < 30000; ++i) text += ".c[1]";
  CHECK(parses(formatted(text)));
}

}  // namespace bkfc::tests
