// What statements mean once they are read, through the typed views.
#include <doctest/doctest.h>
#include <fmt/core.h>

#include <string>
#include <vector>

#include "spell.hpp"
#include "syntax/ast.hpp"
#include "syntax/dump.hpp"
#include "syntax/parse.hpp"

namespace bkfc::syntax {
namespace {

using ast::Item;
using tests::only;
using tests::parse_well;
using tests::spell;

}  // namespace

TEST_CASE("attributes set or append, under a name or a quoted key") {
  const std::string text = "a += 1\n\"b.c/d\" = 2\nif = 3\nlet = 4\npatch += 5\n";
  const Tree tree = parse_well(text);
  std::string said;
  for (const Item& item : ast::File(tree).items()) {
    const auto attribute = item.as<ast::Attribute>();
    REQUIRE(attribute);
    said += fmt::format(
        "{}{}{}={};", attribute.key().plain(), attribute.key().is_quoted() ? " quoted" : "",
        attribute.assign() == ast::Assign::append ? "+" : "", spell(attribute.value()));
  }
  CHECK(said == "a+=1;b.c/d quoted=2;if=3;let=4;patch+=5;");
}

TEST_CASE("a block has labels, a place and a body, and may lack all three") {
  const std::string text =
      "tier \"a\" \"b${x}\" before \"c\" {\n  all = true\n}\nclient \"ci\"\ngc\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 3);
  const auto tier = items[0].as<ast::Block>();
  CHECK(tier.name().text() == "tier");
  REQUIRE(tier.labels().size() == 2);
  CHECK(tier.labels()[0].plain() == "a");
  CHECK(tier.labels()[1].is_interpolated());
  CHECK_FALSE(tier.labels()[1].plain());
  CHECK(tier.before().plain() == "c");
  CHECK(tier.body().items().size() == 1);
  const auto client = items[1].as<ast::Block>();
  CHECK_FALSE(client.body());
  CHECK(text.substr(client.header_span().begin,
                    client.header_span().end - client.header_span().begin) == "client \"ci\"");
  CHECK_FALSE(items[2].as<ast::Block>().before());
}

TEST_CASE("a file begins with its edition") {
  const std::string text = "# a comment before it\nlanguage 1\n";
  const Tree tree = parse_well(text);
  CHECK(spell(ast::File(tree).language().number()) == "1");
}

TEST_CASE("import, let, param and profile") {
  SUBCASE("import") {
    const std::string text = "import \"./company.bkfleet\" as company";
    const Tree tree = parse_well(text);
    const auto import = only<ast::Import>(tree);
    CHECK(import.path().plain() == "./company.bkfleet");
    CHECK(import.alias().text() == "company");
  }
  SUBCASE("let") {
    const std::string text = "## the size\n##  of it\nlet x: list of bytes = [1GiB]";
    const Tree tree = parse_well(text);
    const auto let = only<ast::Let>(tree);
    CHECK(let.name().text() == "x");
    CHECK(let.type().kind() == ast::Type::Kind::list);
    CHECK(let.type().element().name().text() == "bytes");
    CHECK(spell(let.value()) == "[ 1'GiB]");
    CHECK(let.documentation() == "the size\n of it");
  }
  SUBCASE("param") {
    const std::string text = "param env: \"dev\" |\n \"prod\"? = \"dev\"";
    const Tree tree = parse_well(text);
    const ast::Parameter parameter = only<ast::Param>(tree).parameter();
    CHECK(parameter.name().text() == "env");
    CHECK(parameter.is_optional());
    REQUIRE(parameter.type().choices().size() == 2);
    CHECK(parameter.type().choices()[1].plain() == "prod");
    CHECK(spell(parameter.value()) == "\"dev\"");
  }
  SUBCASE("a bounded type") {
    const std::string text = "param n: int in 1..20 = 3";
    const Tree tree = parse_well(text);
    const ast::Parameter parameter = only<ast::Param>(tree).parameter();
    CHECK(parameter.type().name().text() == "int");
    CHECK(spell(parameter.type().bound()) == "(.. 1 20)");
    CHECK_FALSE(parameter.is_optional());
    CHECK(spell(parameter.value()) == "3");
  }
  SUBCASE("types of types") {
    const std::string text = "param n: map of range of cpu?";
    const Tree tree = parse_well(text);
    const ast::Parameter parameter = only<ast::Param>(tree).parameter();
    CHECK(parameter.type().kind() == ast::Type::Kind::map);
    CHECK(parameter.type().element().kind() == ast::Type::Kind::range);
    CHECK(parameter.is_optional());
    CHECK_FALSE(parameter.value());
  }
  SUBCASE("profile") {
    const std::string text = "profile p(\n  a: int,\n  b: string? = \"x\",\n) {\n  c = a\n}";
    const Tree tree = parse_well(text);
    const auto profile = only<ast::Profile>(tree);
    CHECK(profile.name().text() == "p");
    REQUIRE(profile.parameters().size() == 2);
    CHECK(profile.parameters()[1].name().text() == "b");
    CHECK(profile.body().items().size() == 1);
  }
}

TEST_CASE("use, unset and allow") {
  const std::string text =
      "use company.hardened\nuse p(a = 1,\n  in = 2)\nunset tier\nunset tier \"x\"\n"
      "allow moving_tag \"pinned by digest elsewhere\" until \"2027-06\"\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 5);
  CHECK(items[0].as<ast::Use>().path().names()[1].text() == "hardened");
  const std::vector<ast::Argument> arguments = items[1].as<ast::Use>().arguments();
  REQUIRE(arguments.size() == 2);
  CHECK(arguments[1].name().text() == "in");
  CHECK(spell(arguments[1].value()) == "2");
  CHECK_FALSE(items[2].as<ast::Unset>().label());
  CHECK(items[3].as<ast::Unset>().label().plain() == "x");
  const auto allow = items[4].as<ast::Allow>();
  CHECK(allow.name().text() == "moving_tag");
  CHECK(allow.reason().plain() == "pinned by digest elsewhere");
  CHECK(allow.until().plain() == "2027-06");
}

TEST_CASE("policies require") {
  const std::string text =
      "policy p {\n  require fleet.cache.size >= 100GiB\n    else \"too small\"\n}\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = only<ast::Policy>(tree).body().items();
  REQUIRE(items.size() == 1);
  const auto require = items[0].as<ast::Require>();
  CHECK(spell(require.condition()) == "(>= (. (. fleet cache) size) 100'GiB)");
  CHECK(require.message().plain() == "too small");
}

TEST_CASE("in a header a brace always opens the body") {
  const std::string text =
      "for k, v in m {\n  a = k\n}\nif a == b {\n} else if c in [{ d = 1 }] {\n} \nelse {\n  e = "
      "1\n}\nfor x in f({ y = 1 }) { z = x }\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 3);
  const auto loop = items[0].as<ast::For>();
  CHECK(loop.names().size() == 2);
  CHECK(spell(loop.list()) == "m");
  CHECK(loop.body().items().size() == 1);
  const std::vector<ast::Branch> branches = items[1].as<ast::If>().branches();
  REQUIRE(branches.size() == 3);
  CHECK(spell(branches[1].condition()) == "(in c [ { d=1}])");
  CHECK(branches[2].is_else());
  CHECK_FALSE(branches[2].condition());
  CHECK(branches[2].body().items().size() == 1);
  CHECK(spell(items[2].as<ast::For>().list()) == "(f { y=1})");
}

TEST_CASE("patches name fields, quoted fields and elements by key") {
  const std::string text =
      "patch StatefulSet \"headless\" {\n"
      "  spec.template.containers[\"buildkitd\"].env[\"X\"].value = \"1\"\n"
      "  metadata.annotations.\"a.b/c\" += \"2\"\n"
      "  delete args[\"--debug\"]\n"
      "  delete = 3\n"
      "  spec.in.if = 4\n"
      "}\n";
  const Tree tree = parse_well(text);
  const auto patch = only<ast::Patch>(tree);
  CHECK(patch.object_kind().text() == "StatefulSet");
  CHECK(patch.name().plain() == "headless");
  std::string said;
  for (const ast::PatchEntry& entry : patch.entries()) {
    for (const ast::Segment& segment : entry.target())
      said += std::string(segment.kind == ast::Segment::Kind::key      ? "@"
                          : segment.kind == ast::Segment::Kind::quoted ? "'"
                                                                       : "") +
              segment.text + " ";
    said += entry.kind() == ast::PatchEntry::Kind::append   ? "+="
            : entry.kind() == ast::PatchEntry::Kind::remove ? "delete"
                                                            : "=";
    said += entry.value() ? " " + spell(entry.value()) + ";" : ";";
  }
  CHECK(said ==
        "spec template containers @buildkitd env @X value = \"1\";metadata annotations 'a.b/c += "
        "\"2\";args @--debug delete;delete = 3;spec in if = 4;");

  const std::string file = "patch \"buildkitd.toml\" { worker.oci.binary = \"crun\" }";
  const Tree toml = parse_well(file);
  CHECK_FALSE(only<ast::Patch>(toml).object_kind());
  CHECK(only<ast::Patch>(toml).name().plain() == "buildkitd.toml");
}

TEST_CASE("documentation is the `##` lines right above a declaration") {
  const std::string text =
      "## not this\n\n## one\n  ## two\n##\nfleet \"a\" {\n  ## inner\n  cache { }\n} ## no\nfleet "
      "\"b\"\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 2);
  CHECK(items[0].as<ast::Block>().documentation() == "one\ntwo\n");
  CHECK(items[0].as<ast::Block>().body().items()[0].as<ast::Block>().documentation() == "inner");
  CHECK(items[1].as<ast::Block>().documentation() == "");
}

TEST_CASE("line ends are LF or CRLF, the same program either way") {
  const std::string unix_text =
      "fleet \"a\" { # c\n  x = [1,\n    2]\n  y = \"\"\"\n    t\n    \"\"\"\n}\n";
  std::string windows_text;
  for (const char c : unix_text) windows_text += c == '\n' ? "\r\n" : std::string(1, c);
  const auto said = [](const Tree& tree) {
    std::string out;
    for (const Item& item : only<ast::Block>(tree).body().items())
      out += spell(item.as<ast::Attribute>().value());
    return out;
  };
  const Tree a = parse_well(unix_text);
  const Tree b = parse_well(windows_text);
  CHECK(said(a) == said(b));
  CHECK(a.nodes.size() == b.nodes.size());
}

TEST_CASE("the dump shows every node with its extent") {
  const std::string text = "x = 1 # c\n";
  const Tree tree = parse_well(text);
  CHECK(dump(tree) ==
        "file 0..10\n"
        "  attribute 0..5\n"
        "    name 0..1 `x`\n"
        "    assign 2..3 `=`\n"
        "    number 4..5\n"
        "      number_part 4..5 `1`\n"
        "  comment 6..9 `# c`\n");
}

TEST_CASE("an empty text is a file without statements") {
  for (const std::string_view text : {"", "\n", "  ", "# only this", "\r\n\r\n"}) {
    const Tree tree = parse(text);
    CHECK(tree.errors.empty());
    CHECK(ast::File(tree).items().empty());
    CHECK(tree.nodes.back().end == text.size());
  }
}

}  // namespace bkfc::syntax
