#include "syntax/spelling.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "syntax/ast.hpp"
#include "syntax/messages.hpp"
#include "syntax/problem.hpp"
#include "syntax/rewrite.hpp"

namespace bkfc::syntax {
namespace {

const Message<>& message_of(Problem problem) {
  switch (problem) {
    case Problem::equals_before_block: return message::equals_before_block;
    case Problem::late_brace: return message::late_brace;
    case Problem::bare_argument: return message::bare_argument;
    case Problem::chained_comparison: return message::chained_comparison;
    case Problem::spaced_unit: return message::spaced_unit;
    case Problem::other_quotes: return message::other_quotes;
    case Problem::other_comment: return message::other_comment;
    case Problem::open_comment: return message::open_comment;
    case Problem::heredoc: return message::heredoc;
    case Problem::ternary: return message::ternary;
    case Problem::yaml_list: return message::yaml_list;
    case Problem::yaml_mark: return message::yaml_mark;
    case Problem::bare_use: return message::bare_use;
    case Problem::outer_interpolation: return message::outer_interpolation;
    case Problem::template_directive: return message::template_directive;
    case Problem::indented_body: return message::indented_body;
    default: return message::chained_range;
  }
}

Report::Draft add(const Saying& s) {
  switch (s.error.problem) {
    case Problem::separator:
      return s.report.add(message::separator, s.span(), s.text().substr(0, 1));
    case Problem::colon_for_assign:
    case Problem::double_equals_for_assign:
      return s.report.add(message::other_assign, s.span(), s.text());
    case Problem::single_equals:
    case Problem::double_and:
    case Problem::double_or:
    case Problem::bang:
    case Problem::other_let:
    case Problem::other_for:
    case Problem::other_else_if:
      return s.report.add(message::other_operator, s.span(), s.text(), word_for(s.error.problem));
    case Problem::kubernetes_unit:
      return s.report.add(message::kubernetes_unit, s.span(), s.text(), ast::spelt_here(s.text()));
    case Problem::bare_label: return s.report.add(message::bare_label, s.span(), s.text());
    case Problem::bare_path:
    case Problem::bare_text: return s.report.add(message::bare_text, s.span(), s.text());
    case Problem::dotted_attribute:
      return s.report.add(message::dotted_attribute, s.span(), dotted_path(s));
    case Problem::foreign_name: return s.report.add(message::foreign_name, s.span(), s.text());
    case Problem::unknown_escape: return s.report.add(message::unknown_escape, s.span(), s.text());
    case Problem::ternary: {
      const std::uint32_t sign = question_of(s);
      return s.report.add(message::ternary, s.at(sign, sign + 1));
    }
    case Problem::late_brace:
      return s.report.add(message::late_brace,
                          s.at(s.error.extent.begin, s.error.extent.begin + 1));
    default: return s.report.add(message_of(s.error.problem), s.span());
  }
}

// What the fix of a mistake is called; empty if none is certain.
std::string title(const Saying& s) {
  switch (s.error.problem) {
    case Problem::separator: return "part them by lines";
    case Problem::colon_for_assign:
    case Problem::double_equals_for_assign: return "write `=`";
    case Problem::equals_before_block: return "write it as a block";
    case Problem::late_brace: return "move it to the header";
    case Problem::kubernetes_unit: return fmt::format("write `{}`", ast::spelt_here(s.text()));
    case Problem::spaced_unit: return "leave the blank out";
    case Problem::other_quotes: return "write `\"`";
    case Problem::other_comment: return "write `#`";
    case Problem::heredoc: return "write `\"\"\"`";
    case Problem::ternary: return "write `if … then … else …`";
    case Problem::bare_label:
    case Problem::bare_path:
    case Problem::bare_text: return "write it in quotes";
    case Problem::yaml_list: return "write `[ ]`";
    case Problem::yaml_mark: return "remove the line";
    case Problem::bare_use: return "write `use`";
    case Problem::dotted_attribute: return "write it in its body";
    case Problem::outer_interpolation: return "write the name alone";
    case Problem::indented_body: return "put the bodies in braces";
    default: return fmt::format("write `{}`", word_for(s.error.problem));
  }
}

// The lines of the places after the first, as `4, 6 and 9`.
std::string lines_after_first(const Saying& s, const std::vector<const SyntaxError*>& places) {
  constexpr std::size_t most = 5;
  std::vector<std::size_t> lines;
  std::size_t line = 1;
  std::size_t read = 0;
  for (const SyntaxError* place : places) {
    const std::string_view before = s.tree.text.substr(read, place->extent.begin - read);
    line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    read = place->extent.begin;
    if (lines.empty() || lines.back() != line) lines.push_back(line);
  }
  std::string out;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (i > most) return fmt::format("{} and {} more", out, lines.size() - i);
    if (!out.empty()) out += i + 1 == lines.size() ? " and " : ", ";
    out += fmt::format("{}", lines[i]);
  }
  return out;
}

// A file that is wrong all over is mended in several rounds.
constexpr std::size_t most_places = 1000;

std::vector<const SyntaxError*> places_of(const Saying& s) {
  std::vector<const SyntaxError*> places;
  for (const SyntaxError& error : s.tree.errors)
    if (error.problem == s.error.problem && places.size() < most_places) places.push_back(&error);
  return places;
}

}  // namespace

bool is_habit(Problem problem) {
  switch (problem) {
    case Problem::separator:
    case Problem::colon_for_assign:
    case Problem::double_equals_for_assign:
    case Problem::equals_before_block:
    case Problem::late_brace:
    case Problem::kubernetes_unit:
    case Problem::spaced_unit:
    case Problem::other_quotes:
    case Problem::other_comment:
    case Problem::yaml_list:
    case Problem::dotted_attribute: return true;
    default: return false;
  }
}

void say_spelling(const Saying& s) {
  std::vector<const SyntaxError*> places{&s.error};
  if (is_habit(s.error.problem)) places = places_of(s);
  std::vector<Edit> edits;
  for (const SyntaxError* place : places)
    for (Edit& edit : rewrite(Saying{s.tree, s.file, s.report, *place}))
      edits.push_back(std::move(edit));
  Report::Draft draft = add(s);
  const std::string lines = lines_after_first(s, places);
  const bool has_one = lines.find(' ') == std::string::npos;
  if (!lines.empty())
    draft.note(fmt::format("so it is on line{} {}; the fix mends all", has_one ? "" : "s", lines));
  if (!edits.empty()) draft.fix(title(s), std::move(edits));
  if (s.error.problem == Problem::unknown_escape)
    draft.suggestion("write a backslash",
                     {s.edit(s.error.extent.begin, s.error.extent.begin, "\\")});
}

}  // namespace bkfc::syntax
