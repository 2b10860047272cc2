#include "syntax/errors.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "syntax/ast.hpp"
#include "syntax/messages.hpp"
#include "syntax/problem.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t largest_text = std::size_t{16} << 20;

// One error on its way to the report.
struct Saying {
  const Tree& tree;
  FileId file;
  Report& report;
  const SyntaxError& error;

  Span span() const { return error.extent.in(file); }
  Span at(std::uint32_t begin, std::uint32_t end) const { return {file, begin, end}; }
  std::string_view text() const { return text(error.extent); }
  std::string_view text(Extent extent) const {
    return tree.text.substr(extent.begin, extent.end - extent.begin);
  }
  char char_at(std::size_t place) const {
    return place < tree.text.size() ? tree.text[place] : '\n';
  }
  Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) const {
    return {at(begin, end), std::move(text)};
  }
  Edit replace(std::string text) const { return {span(), std::move(text)}; }
};

bool is_part_of_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The word or sign that follows a place on its line; empty if the line ends.
Extent found_at(const Saying& s, std::uint32_t place) {
  const std::string_view text = s.tree.text;
  const std::size_t at = std::min(text.find_first_not_of(" \t", place), text.size());
  const char first = s.char_at(at);
  if (first == '\n' || first == '\r' || first == '#') return {place, place};
  constexpr std::size_t most = 40;
  std::size_t end = at + 1;
  while (end < text.size() && is_part_of_word(first) && is_part_of_word(text[end]) &&
         end - at < most)
    ++end;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
}

std::string describe(const Saying& s, Extent found) {
  if (!found.empty()) return fmt::format("`{}` stands here", s.text(found));
  const bool is_end =
      s.tree.text.find_first_not_of(" \t\r\n", found.begin) == std::string_view::npos;
  return is_end ? "the file ends here" : "the line ends here";
}

// The node of one of some kinds that ends at a place, the innermost of them.
std::optional<Node> node_ending_at(const Tree& tree, std::uint32_t end,
                                   std::initializer_list<Kind> kinds) {
  auto node = std::lower_bound(tree.nodes.begin(), tree.nodes.end(), end,
                               [](const Node& n, std::uint32_t e) { return n.end < e; });
  for (; node != tree.nodes.end() && node->end == end; ++node)
    if (std::find(kinds.begin(), kinds.end(), node->kind) != kinds.end()) return *node;
  return std::nullopt;
}

// What is missing.

std::string_view wanted(Problem problem) {
  switch (problem) {
    case Problem::expected_expression: return "an expression";
    case Problem::expected_name: return "a name";
    case Problem::expected_string: return "a text in quotes";
    case Problem::expected_type: return "a type, such as `string` or `list of bytes`";
    case Problem::expected_number: return "the number of an edition, as in `language 1`";
    case Problem::expected_parameter: return "a parameter, as in `param env: string`";
    case Problem::expected_path: return "the name of a profile";
    case Problem::expected_target: return "the path of a field, such as `spec.replicas`";
    case Problem::expected_colon: return "`:` and a type";
    case Problem::expected_in: return "`in`";
    case Problem::expected_then: return "`then`";
    case Problem::expected_else: return "`else`";
    default: return "something else";
  }
}

void say_missing(const Saying& s) {
  const std::uint32_t place = s.error.extent.begin;
  const Extent found = found_at(s, place);
  switch (s.error.problem) {
    case Problem::expected_assign:
      s.report.add(message::expected_assign, s.span())
          .here(describe(s, found))
          .suggestion("write `=`", {s.edit(place, place, " =")});
      break;
    case Problem::expected_comma:
      s.report.add(message::expected_comma, s.span())
          .here(describe(s, found))
          .suggestion("write `,`", {s.edit(place, place, ",")});
      break;
    case Problem::expected_body:
      s.report.add(message::expected_body, found.in(s.file)).here(describe(s, found));
      break;
    default:
      s.report.add(message::expected, found.in(s.file), wanted(s.error.problem))
          .here(describe(s, found));
      break;
  }
}

// What is open.

void say_unclosed_string(const Saying& s) {
  const std::uint32_t end = s.error.extent.begin;
  const std::optional<Node> node = node_ending_at(s.tree, end, {Kind::string});
  s.report.add(message::unclosed_string, s.at(node ? node->begin : end, end))
      .here("a text ends with its line")
      .suggestion("write the closing `\"", {s.edit(end, end, "\"")});
}

void say_unclosed_block_string(const Saying& s) {
  const std::uint32_t end = s.error.extent.begin;
  const std::optional<Node> node = node_ending_at(s.tree, end, {Kind::block_string});
  const std::uint32_t begin = node ? node->begin : end;
  s.report.add(message::unclosed_block_string, s.at(begin, std::min(begin + 3, end)))
      .here("everything from here is text");
}

// Where the bracket stands that a node opens with, if it is easily told.
std::optional<std::uint32_t> opener_of(const Saying& s, char opener) {
  const std::optional<Node> node =
      node_ending_at(s.tree, s.error.extent.begin,
                     {Kind::list, Kind::paren, Kind::index, Kind::target_key, Kind::call, Kind::use,
                      Kind::interpolation, Kind::object});
  if (!node) return std::nullopt;
  const std::size_t at = s.tree.text.find(opener, node->begin);
  if (at >= s.error.extent.begin) return std::nullopt;
  return static_cast<std::uint32_t>(at);
}

void say_unclosed(const Saying& s, std::string_view closer, std::string_view opener) {
  const std::uint32_t place = s.error.extent.begin;
  Report::Draft draft = s.report.add(message::unclosed, s.span(), closer, opener);
  draft.here(describe(s, found_at(s, place)));
  if (const auto begin = opener_of(s, opener[0]))
    draft.label(s.at(*begin, *begin + static_cast<std::uint32_t>(opener.size())), "opened here");
  draft.suggestion(fmt::format("write `{}`", closer), {s.edit(place, place, std::string(closer))});
}

void say_brace(const Saying& s, const Message<>& message, std::string_view related) {
  Report::Draft draft = s.report.add(message, s.span());
  if (!s.error.related.empty()) draft.label(s.error.related.in(s.file), std::string(related));
  draft.note("until the braces balance, only the syntax of this file is checked");
}

void say_open(const Saying& s) {
  switch (s.error.problem) {
    case Problem::unclosed_string: return say_unclosed_string(s);
    case Problem::unclosed_block_string: return say_unclosed_block_string(s);
    case Problem::unclosed_interpolation: return say_unclosed(s, "}", "${");
    case Problem::unclosed_list: return say_unclosed(s, "]", "[");
    case Problem::unclosed_paren: return say_unclosed(s, ")", "(");
    case Problem::unclosed_brace:
      if (s.error.extent.empty()) return say_unclosed(s, "}", "{");
      return say_brace(s, message::unclosed_brace, {});
    case Problem::brace_missing_before:
      return say_brace(s, message::missing_brace, "this one is still open");
    case Problem::opener_missing_before:
      return say_brace(s, message::missing_opener, "this is what is open");
    default: return say_brace(s, message::stray_brace, "it would close this one");
  }
}

// What is in the way.

// The word before a place, for a message about what follows it.
std::string_view word_before(std::string_view text, std::uint32_t place) {
  const std::string_view before = text.substr(0, place);
  const std::size_t last = before.find_last_not_of(" \t");
  if (last == std::string_view::npos) return {};
  const std::size_t first = before.find_last_of(" \t\r\n", last);
  const std::string_view word =
      before.substr(first == std::string_view::npos ? 0 : first + 1, last + 1);
  return word.substr(0, last - (word.data() - before.data()) + 1);
}

void say_in_the_way(const Saying& s) {
  switch (s.error.problem) {
    case Problem::unexpected_statement: s.report.add(message::no_statement, s.span()); break;
    case Problem::unexpected_text: s.report.add(message::unexpected_text, s.span()); break;
    case Problem::unexpected_in_header:
      s.report.add(message::unexpected_in_header, s.span(),
                   word_before(s.tree.text, s.error.extent.begin));
      break;
    case Problem::unexpected_in_brackets:
      s.report.add(message::unexpected_in_brackets, s.span());
      break;
    case Problem::unexpected_in_interpolation:
      s.report.add(message::unexpected_in_interpolation, s.span());
      break;
    case Problem::unexpected_field: s.report.add(message::unexpected_field, s.span()); break;
    default: s.report.add(message::unexpected_patch_entry, s.span()); break;
  }
}

// Separators.

// Takes a comma away; what follows it on its line gets a line of its own.
Edit without_separator(const Saying& s, const SyntaxError& error) {
  const std::string_view text = s.tree.text;
  const std::size_t next = std::min(text.find_first_not_of(" \t,;", error.extent.end), text.size());
  const char c = s.char_at(next);
  if (c == '\n' || c == '\r' || c == '}' || c == '#')
    return s.edit(error.extent.begin, error.extent.end, "");
  const std::size_t newline = text.rfind('\n', error.extent.begin);
  const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
  return s.edit(error.extent.begin, static_cast<std::uint32_t>(next),
                "\n" + std::string(text.substr(line, first - line)));
}

// The commas of one body are one mistake: a brace between two of them parts bodies. Gives the
// number of errors that were said.
std::size_t say_separators(const Saying& s, std::size_t first) {
  const std::vector<SyntaxError>& errors = s.tree.errors;
  std::vector<Edit> edits = {without_separator(s, errors[first])};
  std::size_t next = first + 1;
  for (; next < errors.size() && errors[next].problem == Problem::separator; ++next) {
    const Extent between = {errors[next - 1].extent.end, errors[next].extent.begin};
    if (s.text(between).find_first_of("{}") != std::string_view::npos) break;
    edits.push_back(without_separator(s, errors[next]));
  }
  s.report.add(message::separator, s.span(), s.text().substr(0, 1))
      .fix("part them by lines", std::move(edits));
  return next - first;
}

// What is spelt otherwise here.

void say_assign(const Saying& s) {
  const bool has_before = s.error.extent.begin > 0 && s.char_at(s.error.extent.begin - 1) == ' ';
  const bool has_after = s.char_at(s.error.extent.end) == ' ';
  s.report.add(message::other_assign, s.span(), s.text())
      .fix("write `=`",
           {s.replace(std::string(has_before ? "" : " ") + "=" +
                      (has_after || s.char_at(s.error.extent.end) == '\n' ? "" : " "))});
}

void say_operator(const Saying& s, std::string_view word) {
  const bool needs_blank = s.char_at(s.error.extent.end) != ' ';
  s.report.add(message::other_operator, s.span(), s.text(), word)
      .fix(fmt::format("write `{}`", word),
           {s.replace(std::string(word) + (needs_blank ? " " : ""))});
}

void say_equals_before_block(const Saying& s) {
  std::uint32_t end = s.error.extent.end;
  if (s.char_at(end) == ' ' && s.error.extent.begin > 0 &&
      s.char_at(s.error.extent.begin - 1) == ' ')
    ++end;
  const bool needs_blank = end == s.error.extent.end && s.char_at(end) == '{' &&
                           s.char_at(s.error.extent.begin - 1) != ' ';
  s.report.add(message::equals_before_block, s.span())
      .fix("write it as a block", {s.edit(s.error.extent.begin, end, needs_blank ? " " : "")});
}

void say_late_brace(const Saying& s) {
  const std::uint32_t brace = s.error.extent.begin;
  const std::string_view before = s.tree.text.substr(0, brace);
  const auto header_end = static_cast<std::uint32_t>(before.find_last_not_of(" \t\r\n") + 1);
  Report::Draft draft = s.report.add(message::late_brace, s.at(brace, brace + 1));
  const std::size_t line = before.rfind('\n', header_end);
  const bool has_comment =
      before.substr(before.rfind('\n', header_end - 1) + 1, header_end).find('#') !=
      std::string_view::npos;
  if (line != std::string_view::npos && !has_comment)
    draft.fix("move it to the header", {s.edit(header_end, brace + 1, " {")});
}

void say_spelling(const Saying& s) {
  switch (s.error.problem) {
    case Problem::colon_for_assign:
    case Problem::double_equals_for_assign: return say_assign(s);
    case Problem::single_equals: return say_operator(s, "==");
    case Problem::double_and: return say_operator(s, "and");
    case Problem::double_or: return say_operator(s, "or");
    case Problem::bang: return say_operator(s, "not");
    case Problem::equals_before_block: return say_equals_before_block(s);
    case Problem::late_brace: return say_late_brace(s);
    case Problem::bare_label:
      s.report.add(message::bare_label, s.span(), s.text())
          .fix("write it in quotes", {s.replace(fmt::format("\"{}\"", s.text()))});
      return;
    case Problem::bare_argument: s.report.add(message::bare_argument, s.span()); return;
    case Problem::foreign_name: s.report.add(message::foreign_name, s.span(), s.text()); return;
    case Problem::unknown_escape:
      s.report.add(message::unknown_escape, s.span(), s.text())
          .suggestion("write a backslash",
                      {s.edit(s.error.extent.begin, s.error.extent.begin, "\\")});
      return;
    case Problem::chained_comparison: s.report.add(message::chained_comparison, s.span()); return;
    case Problem::kubernetes_unit: {
      const std::string_view unit = ast::spelt_here(s.text());
      s.report.add(message::kubernetes_unit, s.span(), s.text(), unit)
          .fix(fmt::format("write `{}`", unit), {s.replace(std::string(unit))});
      return;
    }
    default: s.report.add(message::chained_range, s.span()); return;
  }
}

// What is not where or how it may be.

void say_place(const Saying& s) {
  switch (s.error.problem) {
    case Problem::misplaced_language: s.report.add(message::misplaced_language, s.span()); break;
    case Problem::interpolated: s.report.add(message::interpolated, s.span()); break;
    case Problem::text_after_opening: s.report.add(message::text_after_opening, s.span()); break;
    case Problem::text_before_closing: s.report.add(message::text_before_closing, s.span()); break;
    case Problem::less_indented:
      s.report.add(message::less_indented, s.span())
          .label(s.error.related.in(s.file), "its indentation is taken from every line");
      break;
    default: s.report.add(message::too_deep, s.span()); break;
  }
}

}  // namespace

bool check_text(std::string_view text, FileId file, Report& report) {
  if (text.size() > largest_text) {
    report.add(message::too_large, Span{file, 0, 0}, text.size());
    return false;
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    report.add(message::binary_file, Span{file, 0, 0})
        .note(fmt::format("there is a NUL byte at offset {}", nul));
    return false;
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    report.add(message::byte_order_mark, Span{file, 0, 3})
        .fix("remove it", {Edit{Span{file, 0, 3}, ""}});
    return false;
  }
  if (const std::optional<std::size_t> bad = first_invalid_utf8(text)) {
    const auto begin = static_cast<std::uint32_t>(*bad);
    report.add(message::invalid_utf8, Span{file, begin, begin + 1});
    return false;
  }
  return true;
}

void report_errors(const Tree& tree, FileId file, Report& report) {
  for (std::size_t i = 0; i < tree.errors.size();) {
    const Saying s{tree, file, report, tree.errors[i]};
    const Problem problem = s.error.problem;
    if (problem == Problem::separator) {
      i += say_separators(s, i);
      continue;
    }
    if (problem < Problem::unclosed_string)
      say_missing(s);
    else if (problem < Problem::unexpected_statement)
      say_open(s);
    else if (problem < Problem::separator)
      say_in_the_way(s);
    else if (problem < Problem::misplaced_language)
      say_spelling(s);
    else
      say_place(s);
    ++i;
  }
}

}  // namespace bkfc::syntax
