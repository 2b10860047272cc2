// What a text means once it is read: statements and expressions, through the typed views.
#include <doctest/doctest.h>

#include <fmt/core.h>

#include <string>
#include <vector>

#include "syntax/ast.hpp"
#include "syntax/dump.hpp"
#include "syntax/parse.hpp"

namespace bkfc::syntax {
namespace {

using ast::Expr;
using ast::Item;

std::string spell(const Expr& e);

std::string spell(const ast::String& text) {
  std::string out = "\"";
  for (const ast::String::Piece& piece : text.pieces())
    out += piece.is_interpolation ? "${" + spell(piece.value) + "}" : piece.text;
  return out + "\"";
}

std::string spell(const std::vector<Expr>& all) {
  std::string out;
  for (const Expr& e : all) out += " " + spell(e);
  return out;
}

std::string spell_fields(const Expr& e) {
  std::string out;
  for (const ast::Attribute& field : e.fields())
    out += fmt::format(" {}={}", field.key().plain(), spell(field.value()));
  return out;
}

std::string spell_number(const Expr& e) {
  std::string out;
  for (const ast::NumberPart& part : e.parts())
    out += std::string(part.digits) + (part.unit.empty() ? "" : "'") + std::string(part.unit);
  return out;
}

// An expression with a pair of parentheses around everything that has parts.
std::string spell(const Expr& e) {
  switch (e.kind()) {
    case Expr::Kind::none: return "_";
    case Expr::Kind::number: return spell_number(e);
    case Expr::Kind::string: return spell(e.string());
    case Expr::Kind::boolean: return e.is_true() ? "true" : "false";
    case Expr::Kind::unset: return "unset";
    case Expr::Kind::name: return std::string(e.name().text());
    case Expr::Kind::call: return fmt::format("({}{})", e.name().text(), spell(e.arguments()));
    case Expr::Kind::list: return fmt::format("[{}]", spell(e.elements()));
    case Expr::Kind::object: return fmt::format("{{{}}}", spell_fields(e));
    case Expr::Kind::paren: return fmt::format("({})", spell(e.operand()));
    case Expr::Kind::minus: return fmt::format("(neg {})", spell(e.operand()));
    case Expr::Kind::negation: return fmt::format("(not {})", spell(e.operand()));
    case Expr::Kind::binary:
    case Expr::Kind::range:
      return fmt::format("({} {} {})", to_text(e.operation()), spell(e.left()), spell(e.right()));
    case Expr::Kind::member: return fmt::format("(. {} {})", spell(e.operand()), e.name().text());
    case Expr::Kind::index: return fmt::format("(at {} {})", spell(e.operand()), spell(e.key()));
    case Expr::Kind::conditional:
      return fmt::format("(if {} {} {})", spell(e.condition()), spell(e.if_true()),
                         spell(e.if_false()));
  }
  return "?";
}

// Parses what must be free of errors.
Tree parse_well(const std::string& text) {
  Tree tree = parse(text);
  CAPTURE(text);
  CAPTURE(dump(tree));
  CHECK(tree.errors.empty());
  return tree;
}

std::string spell(const std::string& expression) {
  const std::string text = "x = " + expression + "\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 1);
  return spell(items[0].as<ast::Attribute>().value());
}

template <class T>
T only(const Tree& tree) {
  const std::vector<Item> items = ast::File(tree).items();
  REQUIRE(items.size() == 1);
  const T view = items[0].as<T>();
  REQUIRE(view);
  return view;
}

struct Example {
  std::string written;
  std::string meant;
};

}  // namespace

TEST_CASE("operators bind as the language says, loosest first") {
  const Example examples[] = {
      {"a or b and c or d", "(or (or a (and b c)) d)"},
      {"not a and not not b", "(and (not a) (not (not b)))"},
      {"not a == b", "(not (== a b))"},
      {"a + 1 == b * 2", "(== (+ a 1) (* b 2))"},
      {"x in [1, 2]", "(in x [ 1 2])"},
      {"a != b", "(!= a b)"},
      {"a <= b", "(<= a b)"},
      {"a >= b", "(>= a b)"},
      {"a < b", "(< a b)"},
      {"a > b", "(> a b)"},
      {"1 + 2 - 3", "(- (+ 1 2) 3)"},
      {"8 / 4 / 2", "(/ (/ 8 4) 2)"},
      {"a - b * c", "(- a (* b c))"},
      {"20% of size * 2", "(* (of 20'% size) 2)"},
      {"-a * b", "(* (neg a) b)"},
      {"--a", "(neg (neg a))"},
      {"-a.b", "(neg (. a b))"},
      {"a + 1 .. b - 1", "(.. (+ a 1) (- b 1))"},
      {"a .. b == c", "(== (.. a b) c)"},
      {"if a then b else if c then d else e", "(if a b (if c d e))"},
      {"if a or b then c + 1 else d", "(if (or a b) (+ c 1) d)"},
      {"(a or b) and c", "(and ((or a b)) c)"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("numbers carry their units") {
  const Example examples[] = {
      {"500GiB", "500'GiB"},     {"1.5TB", "1.5'TB"}, {"30d", "30'd"},
      {"1h30m", "1'h30'm"},      {"20%", "20'%"},     {"0.5", "0.5"},
      {"250m", "250'm"},         {"0B", "0'B"},       {"5µs", "5'µs"},
      {"3foo_bar", "3'foo_bar"},
  };
  for (const Example& e : examples) CHECK(spell(e.written) == e.meant);
}

TEST_CASE("a number needs a digit after its point, so two points are a range") {
  const Example examples[] = {
      {"6..12", "(.. 6 12)"},
      {"6..", "(.. 6 _)"},
      {"..12", "(.. _ 12)"},
      {"48GiB..96GiB", "(.. 48'GiB 96'GiB)"},
      {"0.5..1.5", "(.. 0.5 1.5)"},
      {"-3..-1", "(.. (neg 3) (neg 1))"},
      {"(6..)", "((.. 6 _))"},
      {"[6.., ..12]", "[ (.. 6 _) (.. _ 12)]"},
      {"if a then 6.. else ..3", "(if a (.. 6 _) (.. _ 3))"},
      {"a..b", "(.. a b)"},
      {"a.b..c.d", "(.. (. a b) (. c d))"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("the right side of a range stands on its line") {
  const std::string text = "a = 6..\nb = 3\n";
  const Tree tree = parse_well(text);
  CHECK(ast::File(tree).items().size() == 2);
}

TEST_CASE("members, indices and calls are taken of what stands before them") {
  const Example examples[] = {
      {"a.b.c", "(. (. a b) c)"},     {"m[\"key\"].x", "(. (at m \"key\") x)"},
      {"f(1, g(2),)", "(f 1 (g 2))"}, {"f()", "(f)"},
      {"a.if", "(. a if)"},           {"f(a)[0]", "(at (f a) 0)"},
      {"[1, 2][0]", "(at [ 1 2] 0)"}, {"a.b[c + 1]", "(at (. a b) (+ c 1))"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("lists and objects may span lines and end with a comma") {
  const Example examples[] = {
      {"[]", "[]"},
      {"[\n]", "[]"},
      {"[\n  a,\n  b,\n]", "[ a b]"},
      {"{}", "{}"},
      {"{ a = 1, \"b c\" = 2, }", "{ a=1 b c=2}"},
      {"{\n  a = 1\n  b = [{ c = 2 }, {\n d = 3\n}]\n}", "{ a=1 b=[ { c=2} { d=3}]}"},
      {"[{ in = 1, true = 2 }]", "[ { in=1 true=2}]"},
      {"[1 # one\n, 2 # two\n]", "[ 1 2]"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("a newline is skipped where a right side must follow, and around some words") {
  const Example examples[] = {
      {"\n  1", "1"},
      {"1 +\n  2", "(+ 1 2)"},
      {"a ==\n b", "(== a b)"},
      {"20% of\n size", "(of 20'% size)"},
      {"a\n  and b\n  or c", "(or (and a b) c)"},
      {"if a\n  then b\n  else c", "(if a b c)"},
      {"if a then\n  b else\n  c", "(if a b c)"},
      {"not\n a", "(not a)"},
      {"(1\n + 2\n)", "((+ 1 2))"},
      {"(a\n.. b)", "((.. a b))"},
      {"a in\n [1]", "(in a [ 1])"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("a newline ends a statement everywhere else") {
  const std::string text = "a = 1\nand = 2\nb = {\n  c = 1\n  - 2\n}\n";
  const Tree tree = parse(text);
  CHECK(ast::File(tree).items().size() == 3);
  CHECK(tree.errors.size() == 1);  // `- 2` is no field
}

TEST_CASE("texts know escapes and interpolations") {
  const Example examples[] = {
      {R"("")", R"("")"},
      {R"("a\"b\\c\n\t\$")", "\"a\"b\\c\n\t$\""},
      {R"("\u{e9}\u{1F600}")", "\"é😀\""},
      {R"("$5 and $")", R"("$5 and $")"},
      {R"("\${a}")", R"("${a}")"},
      {R"("a${b}c${d + 1}")", R"("a${b}c${(+ d 1)}")"},
      {R"("${"x${y}"}")", R"("${"x${y}"}")"},
      {R"("${ { a = "}" } }")", R"("${{ a="}"}}")"},
      {R"("${ m["k"] }")", R"("${(at m "k")}")"},
      {R"("# no comment {")", R"("# no comment {")"},
      {R"("ünïcode")", R"("ünïcode")"},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("a text of several lines loses the indentation of its closing line") {
  const Example examples[] = {
      {"\"\"\"\n  a\n    b\n\n  c\n  \"\"\"", "\"a\n  b\n\nc\n\""},
      {"\"\"\"\r\n  a\r\n  b\r\n  \"\"\"", "\"a\nb\n\""},
      {"\"\"\"\na\n\"\"\"", "\"a\n\""},
      {"\"\"\"\n\"\"\"", "\"\""},
      {"\"\"\"\n  ${x}\n  y ${z}${w}\n  \"\"\"", "\"${x}\ny ${z}${w}\n\""},
      {"\"\"\"\n\ta \"quoted\" and \"\"two\"\"\n\t\"\"\"", "\"a \"quoted\" and \"\"two\"\"\n\""},
      {"\"\"\"\n  a\\n\\\\b\n  \"\"\"", "\"a\n\\b\n\""},
  };
  for (const Example& e : examples) {
    CAPTURE(e.written);
    CHECK(spell(e.written) == e.meant);
  }
}

TEST_CASE("a bare word of an enumeration is read with its points") {
  const std::string text = "x = source.git.checkout\ny = a[0].b\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  CHECK(items[0].as<ast::Attribute>().value().dotted() == "source.git.checkout");
  CHECK_FALSE(items[1].as<ast::Attribute>().value().dotted());
}

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
