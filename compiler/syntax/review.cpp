#include "syntax/review.hpp"

#include <algorithm>
#include <vector>

#include "syntax/ast.hpp"
#include "syntax/braces.hpp"
#include "syntax/layout.hpp"
#include "syntax/problem.hpp"
#include "syntax/strings.hpp"
#include "syntax/values.hpp"

namespace bkfc::syntax {
namespace {

// The children of a node, last first.
std::vector<std::uint32_t> children_of(const Tree& tree, std::uint32_t node) {
  std::vector<std::uint32_t> out;
  std::uint32_t left = tree.nodes[node].size - 1;
  for (std::uint32_t child = node; left > 0;) {
    --child;
    if (tree.nodes[child].kind != Kind::comment) out.push_back(child);
    left -= tree.nodes[child].size;
    child -= tree.nodes[child].size - 1;
  }
  return out;
}

Extent extent_of(const Node& node) { return {node.begin, node.end}; }

std::string_view text_of(const Tree& tree, const Node& node) {
  return tree.text.substr(node.begin, node.end - node.begin);
}

void say(Tree& tree, Problem problem, Extent extent, Extent related = {}) {
  tree.errors.push_back({extent, problem, related});
}

bool is_string(Kind kind) { return kind == Kind::string || kind == Kind::block_string; }

bool has_error(const Tree& tree, Problem problem) {
  return std::any_of(tree.errors.begin(), tree.errors.end(),
                     [&](const SyntaxError& error) { return error.problem == problem; });
}

// Braces.

// A `{` where no body can begin is most likely the one that is too many.
const SyntaxError* stray_opener(const Tree& tree) {
  const auto is_opener = [&](const SyntaxError& error) {
    return (error.problem == Problem::unexpected_statement ||
            error.problem == Problem::unexpected_text) &&
           tree.text[error.extent.begin] == '{';
  };
  const auto found = std::find_if(tree.errors.begin(), tree.errors.end(), is_opener);
  return found == tree.errors.end() ? nullptr : &*found;
}

// A header without its `{` was said already, and there.
bool has_bad_header(const Tree& tree, std::uint32_t before) {
  return std::any_of(tree.errors.begin(), tree.errors.end(), [&](const SyntaxError& error) {
    return error.extent.begin <= before && (error.problem == Problem::expected_body ||
                                            error.problem == Problem::unexpected_in_header);
  });
}

// What is wrong on the line of an opener, behind it, took the closer along: `{ name = "x }`.
bool has_error_beside(const Tree& tree, Extent opener) {
  const std::size_t end = std::min(tree.text.find('\n', opener.end), tree.text.size());
  return std::any_of(tree.errors.begin(), tree.errors.end(), [&](const SyntaxError& error) {
    return error.extent.begin >= opener.end && error.extent.begin <= end;
  });
}

void erase_errors_on_line_of(Tree& tree, std::uint32_t place) {
  const std::string_view text = tree.text;
  const std::size_t before = text.substr(0, place).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', place), text.size());
  std::erase_if(tree.errors, [&](const SyntaxError& error) {
    return error.extent.begin >= begin && error.extent.begin <= end;
  });
}

// Where a `"""` is not closed, all that follows is text, and nothing is wrong with it.
void erase_errors_in_open_text(Tree& tree) {
  if (!has_error(tree, Problem::unclosed_block_string)) return;
  const auto node = std::find_if(tree.nodes.rbegin(), tree.nodes.rend(),
                                 [](const Node& n) { return n.kind == Kind::block_string; });
  std::erase_if(tree.errors, [&](const SyntaxError& error) {
    return error.problem == Problem::text_after_opening && error.extent.begin >= node->begin;
  });
}

// However many braces are wrong, it is said once, and where the indentation says so.
void review_braces(Tree& tree) {
  // The rest of the text was not read as statements, so its braces say nothing.
  erase_errors_in_open_text(tree);
  if (has_error(tree, Problem::too_deep) || has_error(tree, Problem::unclosed_block_string)) {
    tree.is_unbalanced = true;
    return;
  }
  std::optional<SyntaxError> found = unbalanced_braces(tree);
  if (!found) return;
  tree.is_unbalanced = true;
  std::erase_if(tree.errors, [&](const SyntaxError& error) {
    return error.problem == Problem::stray_brace ||
           (error.problem == Problem::unclosed_brace && error.extent.end == tree.text.size());
  });
  const bool is_open =
      found->problem == Problem::brace_missing_before || found->problem == Problem::unclosed_brace;
  if (!is_open && has_bad_header(tree, found->extent.begin)) return;
  if (const SyntaxError* opener = is_open ? stray_opener(tree) : nullptr)
    found = {{opener->extent.begin, opener->extent.begin + 1}, Problem::stray_brace};
  else if (is_open &&
           has_error_beside(tree, found->related.empty() ? found->extent : found->related))
    return;
  erase_errors_on_line_of(tree, found->extent.begin);
  tree.errors.push_back(*found);
}

// Headers.

// `tier tier "x" { … }`: the second word is no label. The errors stand in order.
void review_header(Tree& tree, std::uint32_t block) {
  const std::vector<std::uint32_t> parts = children_of(tree, block);  // the last comes first
  if (parts.size() < 3) return;
  const Node& name = tree.nodes[parts.back()];
  Node& label = tree.nodes[parts[parts.size() - 2]];
  const Node& next = tree.nodes[parts[parts.size() - 3]];
  if (label.kind != Kind::string || !is_string(next.kind)) return;
  if (text_of(tree, name) != text_of(tree, label)) return;
  const auto error = std::lower_bound(
      tree.errors.begin(), tree.errors.end(), label.begin,
      [](const SyntaxError& e, std::uint32_t place) { return e.extent.begin < place; });
  if (error == tree.errors.end() || error->problem != Problem::bare_label) return;
  error->problem = Problem::extra_word;
  label.kind = Kind::junk;
}

// Blocks that are written as objects.

// `gc = { tier "x" { … } }` can only be a block: it becomes one, and the `=` is what is wrong.
void review_object(Tree& tree, std::uint32_t node) {
  const std::vector<std::uint32_t> fields = children_of(tree, node);
  const auto is_field = [&](std::uint32_t field) {
    const Kind kind = tree.nodes[field].kind;
    return kind == Kind::attribute || kind == Kind::junk;
  };
  const auto odd = std::find_if_not(fields.rbegin(), fields.rend(), is_field);
  if (odd == fields.rend()) return;

  const std::uint32_t parent = node + 1;
  const bool is_value = parent < tree.nodes.size() && tree.nodes[parent].kind == Kind::attribute &&
                        tree.nodes[parent].end == tree.nodes[node].end;
  const std::vector<std::uint32_t> parts =
      is_value ? children_of(tree, parent) : std::vector<std::uint32_t>{};
  if (parts.size() == 2) return;  // its `=` is missing, which was said
  if (parts.size() != 3 || tree.nodes[parts.back()].kind != Kind::name) {
    const Node& field = tree.nodes[*odd];
    say(tree, Problem::unexpected_field, extent_of(field));
    return;
  }
  tree.nodes[node].kind = Kind::body;
  tree.nodes[parent].kind = Kind::block;
  const Extent sign = extent_of(tree.nodes[parts[1]]);
  say(tree, Problem::equals_before_block, sign);
}

// Files of other languages.

void erase_errors_from(Tree& tree, std::uint32_t place) {
  std::erase_if(tree.errors, [&](const SyntaxError& error) { return error.extent.begin >= place; });
}

// From a table of TOML on, or where bodies have no braces, each line would be a mistake of its own.
void review_foreign_file(Tree& tree) {
  const auto table =
      std::find_if(tree.errors.begin(), tree.errors.end(),
                   [](const SyntaxError& error) { return error.problem == Problem::toml_table; });
  std::optional<SyntaxError> found;
  if (table != tree.errors.end()) found = *table;
  if (!tree.is_unbalanced && !found)
    if (const std::optional<Extent> header = indented_header(tree))
      found = {*header, Problem::indented_body};
  if (!found) return;
  tree.is_unbalanced = true;
  erase_errors_from(tree, found->extent.begin);
  tree.errors.push_back(*found);
}

// Strings.

// `\u{…}` of what is no code point: the grammar only counts its digits.
void review_chunk(Tree& tree, const Node& node) {
  const std::string_view text = text_of(tree, node);
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;
       at = text.find('\\', at + 2)) {
    if (!text.substr(at).starts_with("\\u{")) continue;
    const std::size_t end = text.find_first_not_of("0123456789abcdefABCDEF", at + 3);
    if (end == std::string_view::npos || text[end] != '}' || end - at > 9 || end == at + 3)
      continue;
    const std::string_view escape = text.substr(at, end + 1 - at);
    if (decode(escape) != escape) continue;
    const auto begin = static_cast<std::uint32_t>(node.begin + at);
    say(tree, Problem::unknown_escape, {begin, begin + static_cast<std::uint32_t>(escape.size())});
  }
}

// Each line of a `"""` begins with the blanks that stand before the closing one.
void review_indentation(Tree& tree, std::uint32_t node) {
  const std::string_view indentation = closing_indentation(text_of(tree, tree.nodes[node]));
  if (indentation.empty()) return;
  const std::string_view text = tree.text;
  for (std::uint32_t part : children_of(tree, node)) {
    const Node& chunk = tree.nodes[part];
    if (chunk.kind != Kind::chunk) continue;
    for (std::size_t line = chunk.begin; line < chunk.end;) {
      const std::size_t end = std::min(text.find('\n', line), std::size_t{chunk.end});
      const bool is_begin = line == 0 || text[line - 1] == '\n';
      const std::string_view written = text.substr(line, end - line);
      const bool is_blank = written.find_first_not_of(" \t\r") == std::string_view::npos;
      if (is_begin && !is_blank && !written.starts_with(indentation)) {
        const auto begin = static_cast<std::uint32_t>(line);
        say(tree, Problem::less_indented, {begin, static_cast<std::uint32_t>(end)},
            {tree.nodes[node].end - 3, tree.nodes[node].end});
        return;
      }
      line = end + 1;
    }
  }
}

void review_block_string(Tree& tree, std::uint32_t node) {
  const Node& n = tree.nodes[node];
  const std::string_view text = text_of(tree, n);
  const bool is_closed = text.size() >= 6 && text.ends_with("\"\"\"");
  if (!is_closed) return;
  const std::string_view inside = text.substr(3, text.size() - 6);
  const std::size_t line = inside.rfind('\n');
  if (line == std::string_view::npos) {
    // Any other text on that line was said when it was read.
    if (inside.find_first_not_of(" \t") == std::string_view::npos)
      say(tree, Problem::text_after_opening, extent_of(n));
  } else if (inside.find_first_not_of(" \t", line + 1) != std::string_view::npos) {
    say(tree, Problem::text_before_closing, {n.end - 3, n.end});
  } else {
    review_indentation(tree, node);
  }
}

// What names a file, a block or a date is the same in every turn of a loop.
void review_plain_string(Tree& tree, std::uint32_t node) {
  std::vector<std::uint32_t> strings = children_of(tree, node);
  std::erase_if(strings, [&](std::uint32_t part) { return !is_string(tree.nodes[part].kind); });
  // Of `allow name "why" until "date"` only the date.
  const std::size_t which = tree.nodes[node].kind == Kind::allow ? 1 : 0;
  if (strings.size() <= which) return;
  for (const std::uint32_t piece : children_of(tree, strings[strings.size() - 1 - which]))
    if (tree.nodes[piece].kind == Kind::interpolation)
      say(tree, Problem::interpolated, extent_of(tree.nodes[piece]));
}

void review_number_part(Tree& tree, const Node& node) {
  const std::string_view text = text_of(tree, node);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  if (digits < text.size() && (text[digits] == ' ' || text[digits] == '\t')) return;  // said
  if (!ast::spelt_here(text.substr(digits)).empty())
    say(tree, Problem::kubernetes_unit,
        {static_cast<std::uint32_t>(node.begin + digits), node.end});
}

// `%{ if … }`, which is a directive elsewhere and a text here.
void review_directives(Tree& tree, const Node& node) {
  const std::string_view text = text_of(tree, node);
  for (std::size_t at = text.find("%{"); at != std::string_view::npos;
       at = text.find("%{", at + 2)) {
    const std::size_t word = text.find_first_not_of(" ~", at + 2);
    if (word == std::string_view::npos) return;
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz", word);
    const std::string_view which = text.substr(word, end - word);
    if (which != "if" && which != "for") continue;
    const std::size_t close = std::min(text.find('}', at), text.size() - 1);
    say(tree, Problem::template_directive,
        {static_cast<std::uint32_t>(node.begin + at),
         static_cast<std::uint32_t>(node.begin + close + 1)});
    return;
  }
}

void review_comment(Tree& tree, const Node& node) {
  const std::string_view text = text_of(tree, node);
  if (text.starts_with('#')) return;
  const bool is_open = text.starts_with("/*") && (text.size() < 4 || !text.ends_with("*/"));
  if (is_open) tree.is_unbalanced = true;  // the rest was not read
  say(tree, is_open ? Problem::open_comment : Problem::other_comment, extent_of(node));
}

// All of it.

void review_node(Tree& tree, std::uint32_t node, std::uint32_t first_item) {
  switch (tree.nodes[node].kind) {
    case Kind::object:
      if (!tree.is_unbalanced) review_object(tree, node);
      break;
    case Kind::chunk:
      review_chunk(tree, tree.nodes[node]);
      review_directives(tree, tree.nodes[node]);
      break;
    case Kind::comment: review_comment(tree, tree.nodes[node]); break;
    case Kind::number_part: review_number_part(tree, tree.nodes[node]); break;
    case Kind::block_string: review_block_string(tree, node); break;
    case Kind::import:
    case Kind::unset:
    case Kind::allow: review_plain_string(tree, node); break;
    case Kind::language:
      if (node != first_item) say(tree, Problem::misplaced_language, extent_of(tree.nodes[node]));
      break;
    default: break;
  }
}

// In the order of the text, and one for a place: `gc: { tier … }` is said as what it most is.
void tidy(std::vector<SyntaxError>& errors) {
  const auto rank = [](const SyntaxError& error) {
    return error.problem == Problem::equals_before_block ? 0 : 1;
  };
  std::stable_sort(errors.begin(), errors.end(), [&](const SyntaxError& a, const SyntaxError& b) {
    return a.extent.begin != b.extent.begin ? a.extent.begin < b.extent.begin : rank(a) < rank(b);
  });
  const auto last = std::unique(
      errors.begin(), errors.end(),
      [](const SyntaxError& a, const SyntaxError& b) { return a.extent.begin == b.extent.begin; });
  errors.erase(last, errors.end());
}

}  // namespace

void review(Tree& tree) {
  review_braces(tree);
  review_foreign_file(tree);
  const auto file = static_cast<std::uint32_t>(tree.nodes.size() - 1);
  const std::vector<std::uint32_t> items = children_of(tree, file);
  const std::uint32_t first_item = items.empty() ? file : items.back();
  for (std::uint32_t node = 0; node < file; ++node) review_node(tree, node, first_item);
  tidy(tree.errors);
  if (tree.errors.empty()) return;
  for (std::uint32_t node = 0; node < file; ++node)
    if (tree.nodes[node].kind == Kind::block) review_header(tree, node);
  review_values(tree);
}

}  // namespace bkfc::syntax
