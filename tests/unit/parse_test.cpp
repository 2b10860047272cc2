// What an expression means once it is read, through the typed views.
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

std::string spell_value(const std::string& expression) {
  const std::string text = "x = " + expression + "\n";
  const Tree tree = parse_well(text);
  return spell(only<ast::Attribute>(tree).value());
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
    CHECK(spell_value(e.written) == e.meant);
  }
}

TEST_CASE("numbers carry their units") {
  const Example examples[] = {
      {"500GiB", "500'GiB"},     {"1.5TB", "1.5'TB"}, {"30d", "30'd"},
      {"1h30m", "1'h30'm"},      {"20%", "20'%"},     {"0.5", "0.5"},
      {"250m", "250'm"},         {"0B", "0'B"},       {"5µs", "5'µs"},
      {"3foo_bar", "3'foo_bar"},
  };
  for (const Example& e : examples) CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
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
    CHECK(spell_value(e.written) == e.meant);
  }
}

TEST_CASE("a bare word of an enumeration is read with its points") {
  const std::string text = "x = source.git.checkout\ny = a[0].b\n";
  const Tree tree = parse_well(text);
  const std::vector<Item> items = ast::File(tree).items();
  CHECK(items[0].as<ast::Attribute>().value().dotted() == "source.git.checkout");
  CHECK_FALSE(items[1].as<ast::Attribute>().value().dotted());
}

}  // namespace bkfc::syntax
