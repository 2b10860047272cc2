// The table holds together: every row can be read, is told, and serves a member.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "ir/literal.hpp"
#include "options.hpp"
#include "schema/schema.hpp"

namespace bkfc {
namespace {

void each_block(const std::function<void(const schema::BlockType&)>& visit) {
  const std::function<void(const schema::BlockType&)> descend = [&](const schema::BlockType& type) {
    visit(type);
    for (const schema::Child& child : type.children) descend(*child.type);
  };
  for (const schema::BlockType* root : schema::roots()) descend(*root);
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every default and bound of the table is a literal of its row, in its own spelling") {
  each_block([](const schema::BlockType& type) {
    for (const schema::Attribute& row : type.attributes)
      for (const std::string_view text : {row.fallback, row.min, row.max})
        if (!text.empty()) {
          CAPTURE(type.name);
          CAPTURE(row.name);
          CAPTURE(text);
          const schema::Stored stored = ir::parse_literal(row, text);
          CHECK(ir::parse_literal(row, ir::spell(row, stored)).index() == stored.index());
          CHECK(ir::magnitudes(ir::parse_literal(row, ir::spell(row, stored))) ==
                ir::magnitudes(stored));
        }
  });
}

TEST_CASE("every row is told: a sentence, and a reason for its default") {
  each_block([](const schema::BlockType& type) {
    CAPTURE(type.name);
    CHECK(type.doc.ends_with('.'));
    CHECK_FALSE(type.example.empty());
    std::set<std::string_view> names;
    for (const schema::Attribute& row : type.attributes) {
      CAPTURE(row.name);
      CHECK(names.insert(row.name).second);
      CHECK(row.doc.ends_with('.'));
      CHECK((row.fallback.empty() || !row.because.empty()));
      CHECK((!row.required || !row.example.empty()));
      CHECK(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == row.name.npos);
    }
    for (const schema::Child& child : type.children) {
      CHECK(names.insert(child.type->name).second);
      CHECK(child.labelled == !child.type->label.empty());
    }
  });
}

TEST_CASE("no block has a keyword's name") {
  const std::set<std::string_view> keywords{
      "if",     "then",    "else",     "and",    "or",    "not",   "in",     "of",      "true",
      "false",  "unset",   "language", "import", "as",    "param", "let",    "profile", "use",
      "policy", "require", "for",      "allow",  "until", "patch", "delete", "before"};
  each_block([&](const schema::BlockType& type) { CHECK(keywords.count(type.name) == 0); });
}

TEST_CASE("every field of a block's struct has its row") {
  const std::filesystem::path folder = tests::options().root + "/compiler/schema";
  std::string rows;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".cpp") rows += read(entry.path());
  std::size_t fields = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (entry.path().extension() != ".hpp" || name == "field.hpp" || name == "row.hpp") continue;
    std::istringstream lines(read(entry.path()));
    std::string line;
    std::string in;
    while (std::getline(lines, line)) {
      if (line.starts_with("struct ")) in = line.substr(7, line.find(' ', 7) - 7);
      if (!line.starts_with("  Field<")) continue;
      const std::size_t begin = line.rfind("> ") + 2;
      const std::string member = line.substr(begin, line.find(';') - begin);
      CAPTURE(in);
      CAPTURE(member);
      CHECK(rows.find("&" + in + "::" + member + ">") != rows.npos);
      ++fields;
    }
  }
  CHECK(fields > 50);
}

}  // namespace bkfc
