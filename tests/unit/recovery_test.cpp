// One mistake, one message: what is said about a text that is not quite right, where, with which
// fix, and what is still understood of it.
#include <doctest/doctest.h>

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "report/fix.hpp"
#include "syntax/ast.hpp"
#include "syntax/dump.hpp"
#include "syntax/errors.hpp"
#include "syntax/messages.hpp"
#include "syntax/parse.hpp"

namespace bkfc::syntax {
namespace {

struct Read {
  explicit Read(const std::string& text) {
    file = sources.add("main.bkfleet", text);
    tree = parse(sources.text(file));
    report_errors(tree, file, report);
  }
  // `line:column id` of each message.
  std::string said() const {
    std::string out;
    for (const Diagnostic& d : report.sorted()) {
      const Position at = sources.position(file, d.primary->span.begin);
      out += fmt::format("{}{}:{} {}", out.empty() ? "" : ", ", at.line, at.column, d.id);
    }
    return out;
  }
  std::string fixed() const {
    std::vector<Edit> edits;
    for (const Diagnostic& d : report.sorted())
      for (const Fix& fix : d.fixes)
        if (fix.certain) edits.insert(edits.end(), fix.edits.begin(), fix.edits.end());
    std::sort(edits.begin(), edits.end(),
              [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
    std::string out(sources.text(file));
    for (const Edit& e : edits) out.replace(e.span.begin, e.span.end - e.span.begin, e.text);
    return out;
  }
  // The names of the attributes and blocks that are understood, with those inside in parentheses.
  std::string understood() const { return names(ast::view_as<ast::Body>(ast::File(tree))); }

  Sources sources;
  FileId file{};
  Tree tree;
  Report report;

 private:
  static std::string names(const ast::Body& body) {
    std::string out;
    for (const ast::Item& item : body.items()) {
      if (const auto attribute = item.as<ast::Attribute>()) out += attribute.key().plain() + " ";
      if (const auto block = item.as<ast::Block>())
        out += std::string(block.name().text()) +
               (block.body() ? "(" + names(block.body()) + ") " : " ");
    }
    return out.substr(0, out.find_last_not_of(' ') + 1);
  }
};

struct Mistake {
  std::string text;
  std::string said;
  std::string understood;
};

void check_each(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.text);
    const Read read(mistake.text);
    CHECK(read.said() == mistake.said);
    CHECK(read.understood() == mistake.understood);
  }
}

struct Mended {
  std::string text;
  std::string id;
  std::string fixed;
};

}  // namespace

TEST_CASE("what is missing is missing where the text stopped") {
  check_each({
      {"a =\nb = 1\n", "1:4 E0110", "a b"},
      {"a = 1 +\nb = 1\n", "1:8 E0110", "a b"},
      {"a = 1 +  # later\n\nb = 1\n", "1:8 E0110", "a b"},
      {"a = b.\nc = 1\n", "1:7 E0110", "a c"},
      {"a {\n  b = \n}\nc = 1\n", "2:6 E0110", "a(b) c"},
      {"a = [1, , 2]\n", "1:9 E0110", "a"},
      {"a = f(1,, 2)\n", "1:9 E0110", "a"},
      {"a = m[]\n", "1:7 E0110", "a"},
      {"a = if b then 1\nc = 2\n", "1:16 E0110", "a c"},
      {"a = if b\nc = 2\n", "1:9 E0110", "a c"},
      {"a = ..\nb = 1\n", "1:7 E0110", "a b"},
      {"replicas 3\nb = 1\n", "1:9 E0111", "replicas b"},
      {"mode rootless\nb = 1\n", "1:5 E0111", "mode b"},
      {"types [a]\nb = 1\n", "1:6 E0111", "types b"},
      {"\"x\" \"y\"\nb = 1\n", "1:4 E0111", "x b"},
      {"a = [\n  1\n  2\n]\nb = 1\n", "2:4 E0113", "a b"},
      {"a = [\"x\" \"y\"]\n", "1:9 E0113", "a"},
      {"import\nb = 1\n", "1:7 E0110", "b"},
      {"let\nb = 1\n", "1:4 E0110", "b"},
      {"let x\nb = 1\n", "1:6 E0111", "b"},
      {"param x = 1\nb = 1\n", "1:9 E0110", "b"},
      {"param x:\nb = 1\n", "1:9 E0110", "b"},
      {"param\nb = 1\n", "1:6 E0110", "b"},
      {"policy\nb = 1\n", "1:7 E0110", "b"},
      {"use\nb = 1\n", "1:4 E0110", "b"},
      {"unset\nb = 1\n", "1:6 E0110", "b"},
      {"allow x\nb = 1\n", "1:8 E0110", "b"},
      {"allow x \"y\" until\nb = 1\n", "1:18 E0110", "b"},
      {"language\nb = 1\n", "1:9 E0110", "b"},
      {"for in x {\n}\nb = 1\n", "1:5 E0110", "b"},
      {"for y x {\n}\nb = 1\n", "1:7 E0110", "b"},
      {"for y in {\n}\nb = 1\n", "1:10 E0110", "b"},
      {"if {\n}\nb = 1\n", "1:4 E0110", "b"},
      {"if a\nb = 1\n", "1:5 E0112", "b"},
      {"profile p(a: int)\nb = 1\n", "1:18 E0112", "b"},
      {"require a == b\nb = 1\n", "1:15 E0110", "b"},
      {"require a == b else\nb = 1\n", "1:20 E0110", "b"},
      {"patch {\n}\nb = 1\n", "1:7 E0110", "b"},
      {"patch A\nb = 1\n", "1:8 E0112", "b"},
      {"patch A {\n  b.\n}\nb = 1\n", "2:5 E0110", "b"},
      {"patch A {\n  delete\n}\nb = 1\n", "2:9 E0110", "b"},
      {"patch A {\n  a[0] = 1\n}\nb = 1\n", "2:5 E0110", "b"},
      {"let x: list of\nb = 1\n", "1:15 E0110", "b"},
      {"let x: list = 3\nb = 1\n", "", "b"},
      {"a \"x\" before {\n}\nb = 1\n", "1:14 E0110", "a() b"},
  });
}

TEST_CASE("a text ends with its line, and a brace at the end of that line is the block's") {
  check_each({
      {"a = \"x\nb = 1\n", "1:5 E0120", "a b"},
      {"a \"x {\n  b = 1\n}\nc = 2\n", "1:3 E0120", "a(b) c"},
      {"a \"x{  \n  b = 1\n}\nc = 2\n", "1:3 E0120", "a(b) c"},
      {"a = \"x${b\nc = 1\n", "1:10 E0122", "a c"},
      {"a = \"x${b\"\nc = 1\n", "1:10 E0122", "a c"},
      {"a = \"x${b y}\"\nc = 1\n", "1:11 E0134", "a c"},
      {"a = \"x${\"\nc = 1\n", "1:9 E0120", "a c"},
      {"a = [\"x, \"y\"]\nb = 1\n", "1:11 E0113", "a b"},
      {"a = \"\"\"\n  x\nb = 1\n", "1:5 E0121", "a"},
      {"a {\n  b = \"\"\"\n  x\n}\n", "2:7 E0121", "a(b)"},
  });
}

TEST_CASE("a line that cannot go on closes what is open in brackets") {
  check_each({
      {"a = [1, 2\nb = 1\n", "1:10 E0122", "a b"},
      {"a {\n  b = [1, 2\n}\nc = 1\n", "2:12 E0122", "a(b) c"},
      {"a {\n  b = f(1, (2 + 3\n}\nc = 1\n", "2:18 E0122", "a(b) c"},
      {"a = [1, 2\n\n# why\n\"b\" = 1\n", "1:10 E0122", "a b"},
      {"a = [1, 2\nb += [3]\n", "1:10 E0122", "a b"},
      {"a = (1 + 2\ntier \"x\" {\n  b = 1\n}\n", "1:11 E0122", "a tier(b)"},
      {"a = (1 + 2\ngc {\n  b = 1\n}\n", "1:11 E0122", "a gc(b)"},
      {"a = (1 + 2\nlet x = 3\nb = 1\n", "1:11 E0122", "a b"},
      {"a = [1, 2)\nb = 1\n", "1:10 E0122", "a b"},
      {"a = [{ b = 1 ]\nc = 1\n", "1:14 E0122", "a c"},
      {"node { a = (1 + 2 }\nb = 1\n", "1:18 E0122", "node(a) b"},
      {"for x in [1, 2 {\n  a = 1\n}\nb = 1\n", "1:15 E0122", "b"},
      {"a = m[\"x\"\nb = 1\n", "1:10 E0122", "a b"},
      {"a = (1 ? 2)\nb = 1\n", "1:8 E0133", "a b"},
      {"a = [1; 2]\nb = 1\n", "1:7 E0133", "a b"},
      {"use p(a = 1\nb = 1\n", "1:12 E0122", "b"},
      {"profile p(a: int {\n}\nb = 1\n", "1:17 E0122", "b"},
      {"a = [\nb = 1\n", "2:3 E0133", "a"},
  });
}

TEST_CASE("junk is one message, and keeps what stands in its braces") {
  check_each({
      {"?? !! ;;\nb = 1\n", "1:1 E0130", "b"},
      {"?? one\n%% two\n&& three\nb = 1\n", "1:1 E0130", "b"},
      {"a = 1 2 3\nb = 1\n", "1:7 E0131", "a b"},
      {"a = 1 }\nb = 1\n", "1:7 E0126", "a b"},
      {"tier ?? {\n  b = 1\n}\nc = 1\n", "1:6 E0132", "tier(b) c"},
      {"a ?? \"}\" {\n  b =\n}\nc = 1\n", "1:3 E0132, 2:6 E0110", "a(b) c"},
      {"version >= \"0.13\"\nb = 1\n", "1:9 E0132", "version b"},
      {"a = ?? {\n  b = 1\n}\nc = 1\n", "1:5 E0110", "a c"},
      {"patch A {\n  spec {\n    b = 1\n  }\n}\nc = 1\n", "2:8 E0111", "c"},
      {"patch A {\n  ?? b\n}\nc = 1\n", "2:3 E0136", "c"},
      {"a = [{ b }]\nc = 1\n", "1:8 E0135", "a c"},
      {"a = \"${ { ? } }\"\nc = 1\n", "1:11 E0135", "a c"},
  });
}

TEST_CASE("braces that do not balance are said once, where the indentation contradicts them") {
  check_each({
      {"a {\n  b {\n    c = 1\n  d = 2\n}\ne = 3\n", "4:3 E0124", "a(b(c d) e)"},
      {"a {\n  b {\n    c = 1\n}\ne = 3\n", "4:1 E0124", "a(b(c) e)"},
      {"a {\n  b {\n    c = 1\n  }\n", "1:3 E0123", "a(b(c))"},
      {"a {\n  b = 1\n  }\n}\nc = 1\n", "3:3 E0126", "a(b) c"},
      {"a {\n  b = 1\n}\n}\nc = 1\n", "4:1 E0126", "a(b) c"},
      {"a\n  b = 1\n}\nc = 1\n", "2:3 E0125", "a b c"},
      {"a {\n  b\n    c = 1\n  }\n}\nd = 1\n", "3:5 E0125", "a(b c) d"},
      {"a {{\n  b = 1\n}\nc = 1\n", "1:4 E0126", "a(c)"},
      {"a { b {", "1:7 E0123", "a(b())"},
      {"}", "1:1 E0126", ""},
      {"}}}}}\n}}\n", "1:1 E0126", ""},
      {"a { b = \"x }\nc = 1\n", "1:9 E0120", "a(b c)"},
  });
  CHECK(Read("a {\n").tree.is_unbalanced);
  CHECK(Read("a {\n}\n}\n").tree.is_unbalanced);
  CHECK(Read("a = \"\"\"\n").tree.is_unbalanced);
  CHECK_FALSE(Read("a = [{ b = 1 ]\n").tree.is_unbalanced);
  CHECK_FALSE(Read("a {\n  b = [1\n}\n").tree.is_unbalanced);
}

TEST_CASE("what is spelt otherwise is read as meant, with a certain fix") {
  const Mended all[] = {
      {"a: 1\n", "E0140", "a = 1\n"},
      {"a : [1]\n", "E0140", "a = [1]\n"},
      {"a := 1\n", "E0140", "a = 1\n"},
      {"\"a\": 1\n", "E0140", "\"a\" = 1\n"},
      {"a == 1\n", "E0140", "a = 1\n"},
      {"x = { a: 1 }\n", "E0140", "x = { a = 1 }\n"},
      {"use p(a: 1)\n", "E0140", "use p(a = 1)\n"},
      {"a = b && c\n", "E0141", "a = b and c\n"},
      {"a = b||c\n", "E0141", "a = bor c\n"},
      {"a = !b\n", "E0141", "a = not b\n"},
      {"if a = 1 {\n}\n", "E0141", "if a == 1 {\n}\n"},
      {"gc = {\n  tier \"x\" {\n  }\n}\n", "E0142", "gc {\n  tier \"x\" {\n  }\n}\n"},
      {"gc: {\n  tier \"x\" {\n  }\n}\n", "E0142", "gc {\n  tier \"x\" {\n  }\n}\n"},
      {"fleet \"a\" = {\n}\n", "E0142", "fleet \"a\" {\n}\n"},
      {"fleet \"a\"\n{\n}\n", "E0143", "fleet \"a\" {\n}\n"},
      {"if a\n{\n}\n", "E0143", "if a {\n}\n"},
      {"fleet a {\n}\n", "E0144", "fleet \"a\" {\n}\n"},
      {"tier my-own \"x\" {\n}\n", "E0144", "tier \"my-own\" \"x\" {\n}\n"},
      {"a = 100Gi\n", "E0150", "a = 100GiB\n"},
      {"a = 1G..2T\n", "E0150", "a = 1GB..2TB\n"},
      {"m { \"a\" = 1, \"b\" = 2 }\n", "E0137", "m { \"a\" = 1\n\"b\" = 2 }\n"},
      {"m {\n  a = 1,\n  b = 2;\n}\n", "E0137", "m {\n  a = 1\n  b = 2\n}\n"},
  };
  for (const Mended& e : all) {
    CAPTURE(e.text);
    const Read read(e.text);
    for (const Diagnostic& d : read.report.all()) CHECK(d.id == e.id);
    CHECK_FALSE(read.report.all().empty());
    CHECK(read.fixed() == e.fixed);
  }
}

TEST_CASE("a unit of Kubernetes is read as it is spelt here") {
  const Read read("a = 100Gi\n");
  const auto attribute = ast::File(read.tree).items()[0].as<ast::Attribute>();
  CHECK(attribute.value().parts()[0].unit == "GiB");
}

TEST_CASE("what has no certain fix is still said once") {
  check_each({
      {"a = 1 < 2 < 3\nb = 1\n", "1:10 E0148", "a b"},
      {"a = 1..2..3\nb = 1\n", "1:9 E0149", "a b"},
      {"a = \"\\q \\u{110000} \\u{}\"\nb = 1\n", "1:6 E0147, 1:9 E0147, 1:20 E0147", "a b"},
      {"größe = 1\nb = 1\n", "1:1 E0146", "größe b"},
      {"use p(1)\nb = 1\n", "1:7 E0145", "b"},
      {"b = 1\nlanguage 1\n", "2:1 E0160", "b"},
      {"import \"${a}\"\nb = 1\n", "1:9 E0161", "b"},
      {"unset a \"${a}\"\nb = 1\n", "1:10 E0161", "b"},
      {"allow a \"${a}\" until \"${b}\"\nb = 1\n", "1:23 E0161", "b"},
      {"a = \"\"\"x\n  \"\"\"\nb = 1\n", "1:8 E0162", "a b"},
      {"a = \"\"\"x\"\"\"\nb = 1\n", "1:8 E0162", "a b"},
      {"a = \"\"\"\"\"\"\nb = 1\n", "1:5 E0162", "a b"},
      {"a = \"\"\"\n  x\"\"\"\nb = 1\n", "2:4 E0163", "a b"},
      {"a = \"\"\"\n x\n  y\n  \"\"\"\nb = 1\n", "2:1 E0164", "a b"},
  });
}

TEST_CASE("every message is met by its own bad example, and silent on the good one") {
  for (const MessageRow& row : message::all()) {
    CAPTURE(row.id);
    CHECK_FALSE(row.detail.empty());
    if (row.bad.empty()) continue;  // no text, too large or too deep: below
    const Read bad{std::string(row.bad)};
    REQUIRE_FALSE(bad.report.all().empty());
    for (const Diagnostic& d : bad.report.all()) CHECK(d.id == row.id);
    CHECK(Read{std::string(row.good)}.said() == "");
  }
}

TEST_CASE("a file that is no text is refused before it is parsed") {
  const auto said = [](const std::string& text) {
    Report report;
    const bool is_text = check_text(text, FileId{}, report);
    CHECK(is_text == report.all().empty());
    return report.all().empty() ? "" : report.all()[0].id;
  };
  CHECK(said("") == "");
  CHECK(said("größe") == "");
  CHECK(said(std::string("a\0b", 3)) == "E0101");
  CHECK(said("a \xff") == "E0102");
  CHECK(said("\xef\xbb\xbf") == "E0103");
  CHECK(said(std::string((16u << 20) + 1, ' ')) == "E0104");
}

TEST_CASE("what looks like a comment in a text is none") {
  for (const std::string text :
       {"a = \"${b c # d\"\n", "a = \"${ { b # c } }\"\n", "{\"${\" #x \"y\"\n",
        "a = \"${b and # c}\"\n", "\"${\" # b\n= 1\n"}) {
    CAPTURE(text);
    const Read read(text);
    for (const Node& node : read.tree.nodes) CHECK(node.kind != Kind::comment);
  }
}

TEST_CASE("deep nesting ends with one message, and soon") {
  for (const std::string_view piece :
       {"(",           "[",    "{",          "x = (",           "a {",       "a = {",
        "a = [{ b = ", "\"${", "x = \"${",   "if a {",          "f(",        "x = if a then ",
        "x = -",       "-",    "x = not ",   "let x: list of ", "patch a {", "a ? {",
        "${",          "m[",   "use p(a = ", "for a in (",      "a \"${"}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() < 200'000) text += piece;
    const auto before = std::chrono::steady_clock::now();
    const Read read(text);
    const auto took = std::chrono::steady_clock::now() - before;
    CHECK(took < std::chrono::minutes(2));  // what grows faster than its text takes hours
    CHECK(read.report.all().size() < 300);
    CHECK(read.tree.nodes.back().end == text.size());
  }
  const Read read("x = " + std::string(200'000, '('));
  CHECK(read.said() == "1:261 E0105");
  CHECK(read.tree.is_unbalanced);
}

TEST_CASE("256 levels are not too deep, and 257 are") {
  const auto nested = [](std::size_t levels) {
    return "x = " + std::string(levels, '(') + "1" + std::string(levels, ')') + "\n";
  };
  CHECK(Read(nested(200)).said() == "");
  CHECK(Read(nested(300)).report.all().size() == 1);
}

}  // namespace bkfc::syntax
