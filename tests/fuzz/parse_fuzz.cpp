// Any bytes give a tree, and the tree holds what it promises. Built by libFuzzer's driver, or with
// `replay.cpp` as a test without it.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "report/report.hpp"
#include "syntax/ast.hpp"
#include "syntax/dump.hpp"
#include "syntax/errors.hpp"
#include "syntax/parse.hpp"

namespace {

using namespace bkfc;
using namespace bkfc::syntax;

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "the tree breaks a promise: %s\n", what);
  std::abort();
}

// Children lie inside their parent, in order, and its size counts them.
void check_node(const Tree& tree, std::size_t at) {
  const Node& parent = tree.nodes[at];
  expect(parent.size >= 1 && parent.size <= at + 1, "a subtree lies before its node");
  expect(parent.begin <= parent.end, "a node has no negative length");
  std::size_t left = parent.size - 1;
  std::uint32_t next_begin = parent.end;
  for (std::size_t child = at; left > 0;) {
    const Node& node = tree.nodes[--child];
    expect(node.size <= left, "sizes add up");
    expect(node.begin >= parent.begin && node.end <= next_begin, "children are inside, in order");
    next_begin = node.begin;
    left -= node.size;
    child -= node.size - 1;
  }
}

void check_tree(const Tree& tree, std::string_view text) {
  expect(!tree.nodes.empty(), "there is a node");
  const Node& root = tree.nodes.back();
  expect(root.kind == Kind::file && root.begin == 0 && root.end == text.size(),
         "the root covers the text");
  expect(root.size == tree.nodes.size(), "the root holds every node");
  for (std::size_t i = 0; i < tree.nodes.size(); ++i) check_node(tree, i);
  std::uint32_t last = 0;
  for (const SyntaxError& error : tree.errors) {
    expect(error.extent.begin >= last, "errors stand in the order of the text");
    expect(error.extent.begin <= error.extent.end && error.extent.end <= text.size(),
           "an error lies in the text");
    expect(error.related.begin <= error.related.end && error.related.end <= text.size(),
           "what an error has to do with lies in the text");
    last = error.extent.begin;
  }
}

// Every getter of every view on every node: none may believe that its part is there.
std::size_t read_views(const Tree& tree) {
  std::size_t sum = 0;
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    if (tree.nodes[i].size > 64) continue;  // their parts are read on their own
    const ast::View view(tree, i);
    const auto e = ast::view_as<ast::Expr>(view);
    sum += e.parts().size() + e.arguments().size() + e.elements().size() + e.fields().size() +
           e.dotted().value_or("").size() + e.operand().text().size() + e.left().text().size() +
           e.right().text().size() + e.condition().text().size() + e.if_true().text().size() +
           e.if_false().text().size() + e.key().text().size() + e.name().text().size() +
           to_text(e.operation()).size() + e.string().pieces().size();
    const auto a = ast::view_as<ast::Attribute>(view);
    sum += a.key().plain().size() + a.value().text().size() + a.documentation().size();
    const auto b = ast::view_as<ast::Block>(view);
    sum += b.labels().size() + b.body().items().size() + b.before().plain().value_or("").size() +
           b.header_span().end;
    const auto p = ast::view_as<ast::PatchEntry>(view);
    sum += p.target().size() + p.value().text().size();
    const auto t = ast::view_as<ast::Type>(view);
    sum += t.choices().size() + t.element().text().size() + t.bound().text().size();
    sum += ast::view_as<ast::Require>(view).message().text().size() +
           ast::view_as<ast::For>(view).names().size() +
           ast::view_as<ast::If>(view).branches().size();
  }
  return sum;
}

bool is_same(const Tree& a, const Tree& b) { return dump(a) == dump(b); }

}  // namespace

// The name is libFuzzer's.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  const FileId file =
      sources.add("fuzz.bkfleet", std::string(reinterpret_cast<const char*>(data), size));
  const std::string_view text = sources.text(file);
  const Tree tree = parse(text);
  check_tree(tree, text);
  expect(is_same(tree, parse(text)), "the same text gives the same tree");
  read_views(tree);
  Report report;
  report_errors(tree, file, report);
  expect(report.all().empty() == tree.errors.empty(), "what is wrong is said");
  for (const Diagnostic& d : report.all())
    for (const Fix& fix : d.fixes)
      for (const Edit& edit : fix.edits)
        expect(edit.span.begin <= edit.span.end && edit.span.end <= size, "a fix edits the text");
  return 0;
}
