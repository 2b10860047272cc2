#include "syntax/errors.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "syntax/messages.hpp"
#include "syntax/problem.hpp"
#include "syntax/saying.hpp"
#include "syntax/spelling.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t largest_text = std::size_t{16} << 20;

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

// The type that a default has on its face; empty if it has none.
std::string_view type_of(std::string_view value) {
  if (value.starts_with('"')) return "string";
  const std::string_view word = value.substr(0, value.find_first_of(" \t\r\n#,)"));
  if (word == "true" || word == "false") return "bool";
  const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
  const std::string_view unit = word.substr(digits);
  if (digits == 0) return {};
  if (unit.empty()) return "int";
  if (unit == "%") return "percent";
  if (unit.ends_with('B')) return "bytes";
  return unit == "s" || unit == "m" || unit == "h" || unit == "d" || unit == "w" ? "duration" : "";
}

void say_missing_type(const Saying& s, Extent found) {
  const std::uint32_t place = s.error.extent.begin;
  Report::Draft draft = s.report.add(message::expected, found.in(s.file), wanted(s.error.problem));
  draft.here(describe(s, found));
  if (s.text(found) != "=") return;
  const std::string_view rest = s.tree.text.substr(found.end);
  const std::string_view type =
      type_of(rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size())));
  if (!type.empty())
    draft.fix(fmt::format("write `: {}`", type), {s.edit(place, place, fmt::format(": {}", type))});
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
    case Problem::expected_colon: say_missing_type(s, found); break;
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
      .suggestion("write the closing `\"`", {s.edit(end, end, "\"")});
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
                      Kind::interpolation, Kind::object, Kind::junk});
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

// `name = …` or `name {`: what stands there could stand alone.
bool begins_statement(std::string_view text) {
  const std::size_t end = std::min(
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
      text.size());
  const std::size_t next = text.find_first_not_of(' ', end);
  if (end == 0 || next == std::string_view::npos || (text[0] >= '0' && text[0] <= '9'))
    return false;
  return (text[next] == '=' && !text.substr(next).starts_with("==")) || text[next] == '{';
}

// `names.length()` is `length(names)`: whether there is such a function, the evaluation knows.
void say_method_call(const Saying& s) {
  const std::optional<Node> member =
      node_ending_at(s.tree, s.error.extent.begin, {Kind::member, Kind::junk});
  Report::Draft draft = s.report.add(message::method_call, s.span());
  if (!member) return;
  const std::string_view path = s.text(Extent{member->begin, member->end});
  const std::size_t point = path.rfind('.');
  std::string_view arguments = s.text(s.error.related);
  if (point == std::string_view::npos || arguments.size() < 2) return;
  arguments = arguments.substr(1, arguments.size() - 2);
  const std::string call = fmt::format("{}({}{}{})", path.substr(point + 1), path.substr(0, point),
                                       arguments.empty() ? "" : ", ", arguments);
  draft.suggestion(fmt::format("write `{}`", call),
                   {s.edit(member->begin, s.error.related.end, call)});
}

// A word that is there twice is one too many; of two different ones, either may be.
void say_extra_word(const Saying& s) {
  Report::Draft draft = s.report.add(message::extra_word, s.span(), s.text());
  const std::string_view text = s.tree.text;
  const std::string_view word = s.text();
  const std::size_t next = std::min(text.find_first_not_of(" \t", s.error.extent.end), text.size());
  const std::size_t last = text.substr(0, s.error.extent.begin).find_last_not_of(" \t");
  if (text.substr(next).starts_with(word))
    draft.fix("write it once",
              {s.edit(s.error.extent.begin, static_cast<std::uint32_t>(next), "")});
  else if (last != std::string_view::npos && text.substr(0, last + 1).ends_with(word))
    draft.fix("write it once",
              {s.edit(static_cast<std::uint32_t>(last + 1), s.error.extent.end, "")});
}

void say_unexpected_text(const Saying& s) {
  Report::Draft draft = s.report.add(message::unexpected_text, s.span());
  if (s.text().starts_with(",")) draft.here("a list is written in `[ ]`");
  if (!begins_statement(s.text())) return;
  const std::string_view before = s.tree.text.substr(0, s.error.extent.begin);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
  const std::size_t first = std::min(before.find_first_not_of(" \t", line), before.size());
  const auto end = static_cast<std::uint32_t>(before.find_last_not_of(" \t") + 1);
  draft.here("this is another statement")
      .fix("give it a line of its own",
           {s.edit(end, s.error.extent.begin,
                   fmt::format("\n{}", before.substr(line, first - line)))});
}

void say_in_the_way(const Saying& s) {
  switch (s.error.problem) {
    case Problem::unexpected_statement: s.report.add(message::no_statement, s.span()); break;
    case Problem::unexpected_text: say_unexpected_text(s); break;
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
    case Problem::toml_table: s.report.add(message::toml_table, s.span()); break;
    case Problem::bare_text: say_spelling(s); break;
    case Problem::extra_word: say_extra_word(s); break;
    case Problem::method_call: say_method_call(s); break;
    default: s.report.add(message::unexpected_patch_entry, s.span()); break;
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

std::optional<std::uint32_t> index_ending_at(const Tree& tree, std::uint32_t end,
                                             std::initializer_list<Kind> kinds) {
  auto node = std::lower_bound(tree.nodes.begin(), tree.nodes.end(), end,
                               [](const Node& n, std::uint32_t e) { return n.end < e; });
  for (; node != tree.nodes.end() && node->end == end; ++node)
    if (std::find(kinds.begin(), kinds.end(), node->kind) != kinds.end())
      return static_cast<std::uint32_t>(node - tree.nodes.begin());
  return std::nullopt;
}

std::optional<Node> node_ending_at(const Tree& tree, std::uint32_t end,
                                   std::initializer_list<Kind> kinds) {
  const std::optional<std::uint32_t> index = index_ending_at(tree, end, kinds);
  return index ? std::optional(tree.nodes[*index]) : std::nullopt;
}

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
  std::vector<Problem> habits;  // said, with all of their places
  for (const SyntaxError& error : tree.errors) {
    const Saying s{tree, file, report, error};
    const Problem problem = error.problem;
    if (is_habit(problem)) {
      if (std::find(habits.begin(), habits.end(), problem) != habits.end()) continue;
      habits.push_back(problem);
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
  }
}

}  // namespace bkfc::syntax
