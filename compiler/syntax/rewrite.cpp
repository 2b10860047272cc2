#include "syntax/rewrite.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/core.h>

#include "syntax/ast.hpp"
#include "syntax/layout.hpp"
#include "syntax/problem.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string_view blanks_before_line_of(std::string_view text, std::size_t place) {
  const std::size_t newline = text.substr(0, place).rfind('\n');
  const std::size_t line = newline == npos ? 0 : newline + 1;
  const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
  return text.substr(line, first - line);
}

// Takes a comma away; what follows it on its line gets a line of its own.
Edit without_separator(const Saying& s) {
  const std::string_view text = s.tree.text;
  const Extent at = s.error.extent;
  const std::size_t next = std::min(text.find_first_not_of(" \t,;", at.end), text.size());
  const char c = s.char_at(next);
  if (c == '\n' || c == '\r' || c == '}' || c == '#') return s.edit(at.begin, at.end, "");
  return s.edit(at.begin, static_cast<std::uint32_t>(next),
                "\n" + std::string(blanks_before_line_of(text, at.begin)));
}

Edit equals_sign(const Saying& s) {
  const Extent at = s.error.extent;
  const bool has_before = at.begin > 0 && s.char_at(at.begin - 1) == ' ';
  const char next = s.char_at(at.end);
  const bool has_after = next == ' ' || next == '\n' || next == '\r';
  return s.replace(std::string(has_before ? "" : " ") + "=" + (has_after ? "" : " "));
}

Edit without_equals(const Saying& s) {
  const Extent at = s.error.extent;
  const bool has_before = at.begin > 0 && s.char_at(at.begin - 1) == ' ';
  const std::uint32_t end = s.char_at(at.end) == ' ' && has_before ? at.end + 1 : at.end;
  const bool needs_blank = s.char_at(end) == '{' && !has_before;
  return s.edit(at.begin, end, needs_blank ? " " : "");
}

std::vector<Edit> brace_to_header(const Saying& s) {
  const std::uint32_t brace = s.error.extent.begin;
  const std::string_view before = s.tree.text.substr(0, brace);
  const auto header_end = static_cast<std::uint32_t>(before.find_last_not_of(" \t\r\n") + 1);
  const std::size_t line = header_end == 0 ? 0 : before.rfind('\n', header_end - 1) + 1;
  // A comment between the two would be taken along.
  if (before.find('\n', header_end) == npos || before.substr(line).find('#') != npos) return {};
  return {s.edit(header_end, brace + 1, " {")};
}

std::vector<Edit> our_quotes(const Saying& s) {
  std::string_view inside = s.text();
  const std::size_t opener = inside.front() == '\'' ? 1 : 3;
  const std::size_t closer = inside.back() == '\'' || inside.back() == '"' ? 1 : 3;
  if (inside.size() < opener + closer) return {};
  inside = inside.substr(opener, inside.size() - opener - closer);
  if (inside.find_first_of("\"\\") != npos || inside.find("${") != npos) return {};
  return {s.replace(quoted(inside))};
}

// A comment of one kind or the other, each of its lines behind a `#`.
std::vector<Edit> our_comment(const Saying& s) {
  std::string_view text = s.text();
  if (text.starts_with("//")) {
    const std::size_t slashes = std::min(text.find_first_not_of('/'), text.size());
    const bool is_tight = slashes < text.size() && text[slashes] != ' ';
    return {s.edit(s.error.extent.begin, s.error.extent.begin + static_cast<std::uint32_t>(slashes),
                   is_tight ? "# " : "#")};
  }
  const std::size_t next =
      std::min(s.tree.text.find_first_not_of(" \t", s.error.extent.end), s.tree.text.size());
  if (s.char_at(next) != '\n' && s.char_at(next) != '\r') return {};
  text = text.substr(2, text.size() - 4);
  std::string out;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(" \t*"), line.size()));
    line = line.substr(0, line.find_last_not_of(" \t\r*") + 1);
    const bool is_edge = out.empty() || end == text.size();
    if (!line.empty() || !is_edge) {
      if (!out.empty())
        out += "\n" + std::string(blanks_before_line_of(s.tree.text, s.error.extent.begin));
      out += line.empty() ? "#" : "# " + std::string(line);
    }
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  return {s.replace(out.empty() ? "#" : out)};
}

std::vector<Edit> our_block_string(const Saying& s) {
  const std::string_view whole = s.text(s.error.related);
  const std::size_t first_end = whole.find('\n');
  const std::size_t last = whole.rfind('\n') + 1;
  const std::string_view inside = whole.substr(first_end, last - first_end);
  if (inside.find('\\') != npos || inside.find("\"\"\"") != npos) return {};
  const bool is_stripped = whole[2] == '-' || whole[2] == '~';
  const std::string_view closer = whole.substr(last);
  const std::string_view blanks =
      is_stripped ? closer.substr(0, closer.find_first_not_of(" \t")) : std::string_view();
  return {{s.error.related.in(s.file), fmt::format("\"\"\"{}{}\"\"\"", inside, blanks)}};
}

std::vector<std::uint32_t> children_of(const Tree& tree, std::uint32_t node) {
  std::vector<std::uint32_t> out;
  std::uint32_t left = tree.nodes[node].size - 1;
  for (std::uint32_t child = node; left > 0;) {
    --child;
    out.push_back(child);
    left -= tree.nodes[child].size;
    child -= tree.nodes[child].size - 1;
  }
  return {out.rbegin(), out.rend()};
}

std::vector<Edit> our_conditional(const Saying& s) {
  const std::optional<std::uint32_t> node =
      index_ending_at(s.tree, s.error.related.end, {Kind::conditional});
  if (!node) return {};
  std::vector<Node> signs;
  for (const std::uint32_t child : children_of(s.tree, *node))
    if (s.tree.nodes[child].kind == Kind::keyword) signs.push_back(s.tree.nodes[child]);
  if (signs.size() != 2) return {};
  const auto spaced = [&](const Node& sign, std::string_view word) {
    const bool has_before = s.char_at(sign.begin - 1) == ' ' || s.char_at(sign.begin - 1) == '\n';
    const bool has_after = s.char_at(sign.end) == ' ' || s.char_at(sign.end) == '\n';
    return s.edit(sign.begin, sign.end,
                  fmt::format("{}{}{}", has_before ? "" : " ", word, has_after ? "" : " "));
  };
  const std::uint32_t begin = s.tree.nodes[*node].begin;
  return {s.edit(begin, begin, "if "), spaced(signs[0], "then"), spaced(signs[1], "else")};
}

// What stands behind each dash, in brackets. What is no expression gets its quotes.
std::vector<Edit> our_list(const Saying& s) {
  constexpr std::size_t short_list = 60;
  const std::optional<std::uint32_t> node =
      index_ending_at(s.tree, s.error.related.end, {Kind::list});
  if (!node || s.text(s.error.related).find('#') != npos) return {};
  std::vector<std::string> items;
  std::size_t length = 0;
  for (const std::uint32_t child : children_of(s.tree, *node)) {
    const Node& item = s.tree.nodes[child];
    const std::string_view text = s.text(Extent{item.begin, item.end});
    if (item.kind == Kind::junk && text.find_first_of(" \"{}[]") != npos) return {};
    items.push_back(item.kind == Kind::junk ? quoted(text) : std::string(text));
    length += items.back().size() + 2;
  }
  const std::string blanks(blanks_before_line_of(s.tree.text, s.error.extent.begin));
  const std::string_view before = s.tree.text.substr(0, s.error.extent.begin);
  const auto sign_end = static_cast<std::uint32_t>(before.find_last_not_of(" \t\r\n") + 1);
  std::string out = length <= short_list ? " [" : " [\n";
  for (std::size_t i = 0; i < items.size(); ++i)
    out += length <= short_list ? (i == 0 ? "" : ", ") + items[i] : blanks + items[i] + ",\n";
  if (length > short_list) out += blanks_before_line_of(s.tree.text, sign_end);
  return {s.edit(sign_end, s.error.related.end, out + "]")};
}

std::vector<Edit> in_bodies(const Saying& s) {
  std::vector<Edit> edits;
  std::string closers;
  const std::string_view path = dotted_path(s);
  for (std::size_t dot = path.find('.'); dot != npos; dot = path.find('.', dot + 1)) {
    const auto at = static_cast<std::uint32_t>(s.error.extent.begin + dot);
    edits.push_back(s.edit(at, at + 1, " { "));
    closers += " }";
  }
  edits.push_back(s.edit(s.error.related.end, s.error.related.end, closers));
  return edits;
}

Edit without_line(const Saying& s) {
  const std::size_t end = s.tree.text.find('\n', s.error.extent.end);
  return s.edit(s.error.extent.begin,
                static_cast<std::uint32_t>(end == npos ? s.tree.text.size() : end + 1), "");
}

Edit other_word(const Saying& s) {
  const bool needs_blank = s.char_at(s.error.extent.end) != ' ';
  return s.replace(std::string(word_for(s.error.problem)) + (needs_blank ? " " : ""));
}

Edit unit_alone(const Saying& s) {
  std::string_view unit = s.text();
  unit.remove_prefix(std::min(unit.find_first_not_of(" \t"), unit.size()));
  const std::string_view meant = ast::spelt_here(unit);
  return s.replace(std::string(meant.empty() ? unit : meant));
}

std::vector<Edit> name_alone(const Saying& s) {
  const std::string_view text = s.text(s.error.related);
  if (text.size() < 4 || !text.ends_with('}')) return {};
  return {{s.error.related.in(s.file), std::string(text.substr(2, text.size() - 3))}};
}

}  // namespace

std::string_view word_for(Problem problem) {
  switch (problem) {
    case Problem::single_equals: return "==";
    case Problem::double_and: return "and";
    case Problem::double_or: return "or";
    case Problem::bang: return "not";
    case Problem::other_let: return "let";
    case Problem::other_for: return "for";
    case Problem::other_else_if: return "else if";
    default: return {};
  }
}

std::uint32_t question_of(const Saying& s) {
  return static_cast<std::uint32_t>(s.tree.text.find('?', s.error.extent.begin));
}

std::string_view dotted_path(const Saying& s) {
  const std::string_view text = s.text(s.error.related);
  return text.substr(0, text.find_first_of(" \t=+:#"));
}

std::vector<Edit> rewrite(const Saying& s) {
  switch (s.error.problem) {
    case Problem::separator: return {without_separator(s)};
    case Problem::colon_for_assign:
    case Problem::double_equals_for_assign: return {equals_sign(s)};
    case Problem::single_equals:
    case Problem::double_and:
    case Problem::double_or:
    case Problem::bang:
    case Problem::other_let:
    case Problem::other_for:
    case Problem::other_else_if: return {other_word(s)};
    case Problem::equals_before_block: return {without_equals(s)};
    case Problem::late_brace: return brace_to_header(s);
    case Problem::bare_label:
    case Problem::bare_path:
    case Problem::bare_text: return {s.replace(quoted(s.text()))};
    case Problem::kubernetes_unit: return {s.replace(std::string(ast::spelt_here(s.text())))};
    case Problem::spaced_unit: return {unit_alone(s)};
    case Problem::other_quotes: return our_quotes(s);
    case Problem::other_comment: return our_comment(s);
    case Problem::heredoc: return our_block_string(s);
    case Problem::ternary: return our_conditional(s);
    case Problem::yaml_list: return our_list(s);
    case Problem::yaml_mark: return {without_line(s)};
    case Problem::bare_use: return {s.edit(s.error.extent.begin, s.error.extent.begin, "use ")};
    case Problem::dotted_attribute: return in_bodies(s);
    case Problem::outer_interpolation: return name_alone(s);
    case Problem::indented_body: return braces_by_indentation(s);
    default: return {};
  }
}

}  // namespace bkfc::syntax
