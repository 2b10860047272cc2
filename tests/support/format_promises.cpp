#include "support/format_promises.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "format/format.hpp"
#include "syntax/ast.hpp"
#include "syntax/parse.hpp"

namespace bkfc::tests {
namespace {

using syntax::Kind;
using syntax::Tree;
namespace ast = syntax::ast;

std::string_view text_of(const Tree& tree, const syntax::Node& node) {
  return tree.text.substr(node.begin, node.end - node.begin);
}

std::string what_is_said(const ast::String& string) {
  std::string out;
  for (const ast::String::Piece& piece : string.pieces())
    out += piece.is_interpolation ? std::string("${}") : piece.text;
  return out;
}

// `##` lines above what has them; those of `param` and `let` may get company from their types.
std::string documentation_of(const Tree& tree, std::uint32_t node) {
  const ast::View view(tree, node);
  switch (view.node_kind()) {
    case Kind::block: return ast::view_as<ast::Block>(view).documentation();
    case Kind::attribute: return ast::view_as<ast::Attribute>(view).documentation();
    case Kind::profile: return ast::view_as<ast::Profile>(view).documentation();
    case Kind::policy: return ast::view_as<ast::Policy>(view).documentation();
    default: return {};
  }
}

// A line for each node in the order of the tree: what it is, how many parts it has, what it says.
// The layout of a `"""` is trivia, what it says is not.
std::vector<std::string> without_trivia(const Tree& tree) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const syntax::Node& node = tree.nodes[i];
    if (node.kind == Kind::comment) continue;
    const ast::View view(tree, i);
    std::size_t parts = 0;
    std::vector<ast::View> children = view.children();
    for (const ast::View& child : children) parts += child.node_kind() != Kind::chunk;
    std::string said;
    if (node.kind == Kind::chunk) continue;
    if (node.kind == Kind::block_string || node.kind == Kind::string)
      said = what_is_said(ast::view_as<ast::String>(view));
    else if (children.empty() && node.kind != Kind::body && node.kind != Kind::patch_body &&
             node.kind != Kind::list && node.kind != Kind::object && node.kind != Kind::file)
      said = text_of(tree, node);
    out.push_back(fmt::format("{} {} {} {}", syntax::to_text(node.kind), parts, said,
                              documentation_of(tree, i)));
  }
  return out;
}

std::vector<std::string> comments_of(const Tree& tree) {
  std::vector<std::string> out;
  for (const syntax::Node& node : tree.nodes) {
    if (node.kind != Kind::comment) continue;
    const std::string_view text = text_of(tree, node);
    out.emplace_back(text.substr(0, text.find_last_not_of(" \t\r") + 1));
  }
  return out;
}

std::string first_difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string left = i < a.size() ? a[i] : "(none)";
    const std::string right = i < b.size() ? b[i] : "(none)";
    if (left != right) return fmt::format("`{}` became `{}`", left, right);
  }
  return {};
}

// Where nothing is text of the user's: no blanks at the end of a line, one line end at the end.
std::string untidy_line(std::string_view text, const Tree& tree) {
  if (!text.empty() && (!text.ends_with('\n') || text.ends_with("\n\n")))
    return "it does not end in one line end";
  if (text.starts_with('\n')) return "it begins with a blank line";
  const bool has_texts =
      std::any_of(tree.nodes.begin(), tree.nodes.end(), [](const syntax::Node& node) {
        return node.kind == Kind::block_string || node.kind == Kind::string;
      });
  if (has_texts) return {};
  for (const std::string_view bad : {" \n", "\n\n\n", "{\n\n", "\n\n}", "\t\n", "\r\n"})
    if (const std::size_t at = text.find(bad); at != text.npos) {
      // A comment may say anything, but does not end in a blank.
      const std::size_t line = text.rfind('\n', at == 0 ? 0 : at - 1);
      const std::string_view before = text.substr(line == text.npos ? 0 : line, at - line);
      if (before.find('#') == before.npos) return fmt::format("it is untidy at byte {}", at);
    }
  return {};
}

}  // namespace

std::string broken_promise(std::string_view text) {
  const Tree before = syntax::parse(text);
  if (!before.errors.empty()) return {};
  const std::string formatted = format::format(before);
  const Tree after = syntax::parse(formatted);
  if (!after.errors.empty())
    return fmt::format("it does not parse any more, at byte {}:\n{}",
                       after.errors.front().extent.begin, formatted);
  if (const std::string what = first_difference(without_trivia(before), without_trivia(after));
      !what.empty())
    return fmt::format("it says something else: {}\n{}", what, formatted);
  if (const std::string what = first_difference(comments_of(before), comments_of(after));
      !what.empty())
    return fmt::format("a comment differs: {}\n{}", what, formatted);
  if (const std::string again = format::format(after); again != formatted)
    return fmt::format("twice is not once:\n{}\nbecame\n{}", formatted, again);
  if (const std::string what = untidy_line(formatted, after); !what.empty())
    return fmt::format("{}:\n{}", what, formatted);
  return {};
}

}  // namespace bkfc::tests
