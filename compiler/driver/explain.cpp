// `bkfc explain`: what an id or a name means.
#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "driver/catalogue.hpp"
#include "driver/commands.hpp"
#include "driver/messages.hpp"
#include "driver/session.hpp"
#include "rules/catalogue.hpp"
#include "rules/examples.hpp"

namespace bkfc::driver {
namespace {

constexpr std::size_t width = 88;

// Words on lines of at most `width`; lines that are there stay apart.
std::string wrapped(std::string_view text, std::string_view indent = "") {
  std::string out(indent);
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t size = count_code_points(word);
    if (column > 0 && column + 1 + size > width) {
      out += fmt::format("\n{}", indent);
      column = 0;
    }
    if (column > 0) out += ' ';
    out += word;
    column += size + (column > 0);
    if (end < text.size() && text[end] == '\n') {
      out += fmt::format("\n{}", indent);
      column = 0;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + "\n";
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += end == 0 ? "\n" : fmt::format("    {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

std::string explain_message(const MessageRow& row) {
  std::string text =
      fmt::format("{} ({}): {}\n", row.id, to_text(row.severity), shape_of(row.text));
  if (!row.detail.empty()) text += "\n" + wrapped(row.detail);
  if (!row.bad.empty()) text += "\nA program that meets it:\n\n" + indented(row.bad);
  if (!row.good.empty()) text += "\nMended:\n\n" + indented(row.good);
  return text;
}

std::string explain_rule(const rules::Rule& rule) {
  std::string text = fmt::format("{} {} ({}): {}\n\n{}", rule.id, rule.name, to_text(rule.severity),
                                 rule.title, wrapped(rule.why));
  const rules::Example example = rules::example_of(rule);
  if (!example.bad.empty())
    text += "\nIt finds something at the marked line:\n\n" + indented(example.bad);
  if (!example.good.empty()) text += "\nMended:\n\n" + indented(example.good);
  return text + fmt::format("\nTo keep it as it is: `allow {} \"the reason\"`.\n", rule.name);
}

std::string explain_attribute(const schema::Attribute& row, const BlockPlace& place) {
  std::string text =
      fmt::format("{}.{}: an attribute\n\n{}\n", place.path, row.name, wrapped(row.doc));
  for (const auto& [name, fact] : facts_of(row, place))
    text += fmt::format("  {:<10}{}\n", name, fact);
  if (!row.choices.empty()) text += "\nOne of:\n";
  for (const schema::Choice& choice : row.choices)
    text += fmt::format("  {:<22}{}\n", choice.name, choice.doc);
  return text;
}

std::string explain_block(const BlockPlace& place) {
  std::string text = fmt::format("{}: a block\n\n{}", place.path, wrapped(place.type->doc));
  if (!place.type->label.empty()) text += fmt::format("\nIts label is {}.\n", place.type->label);
  if (!place.type->attributes.empty()) text += "\nAttributes:\n";
  for (const schema::Attribute& row : place.type->attributes)
    text += fmt::format("  {:<22}{}{}\n", row.name, schema::to_text(row.type),
                        row.required ? ", required" : "");
  if (!place.type->children.empty()) text += "\nBlocks:\n";
  for (const schema::Child& child : place.type->children)
    text += fmt::format("  {:<22}{}\n", child.type->name, child.type->doc);
  if (!place.type->example.empty()) text += "\nFor example:\n\n" + indented(place.type->example);
  return text;
}

// A whole path or its end: `gc.tier` is `fleet.gc.tier`.
bool is_named(std::string_view path, std::string_view word) {
  return path == word || (path.ends_with(word) && path[path.size() - word.size() - 1] == '.');
}

// Everything that goes by the name; several blocks may have an attribute of one name.
std::vector<std::string> explanations(std::string_view word) {
  std::vector<std::string> texts;
  const std::string lower = lower_case(word);
  for (const MessageRow& row : all_messages())
    if (lower_case(row.id) == lower) texts.push_back(explain_message(row));
  for (const rules::Rule* rule : rules::all())
    if (lower_case(rule->id) == lower || rule->name == lower) texts.push_back(explain_rule(*rule));
  for (const BlockPlace& place : all_blocks()) {
    if (is_named(place.path, lower)) texts.push_back(explain_block(place));
    for (const schema::Attribute& row : place.type->attributes)
      if (is_named(fmt::format("{}.{}", place.path, row.name), lower))
        texts.push_back(explain_attribute(row, place));
  }
  return texts;
}

std::string contents() {
  std::string text = "Blocks and attributes, by name (`bkfc explain gc.tier`):\n";
  for (const BlockPlace& place : all_blocks())
    text += fmt::format("  {:<34}{}\n", place.path, place.type->doc);
  text += "\nRules:\n";
  for (const rules::Rule* rule : rules::all())
    text += fmt::format("  {:<7}{:<32}{}\n", rule->id, rule->name, rule->title);
  text += "\nMessages of the language:\n";
  for (const MessageRow& row : all_messages())
    text += fmt::format("  {}  {}\n", row.id, shape_of(row.text));
  return text;
}

void complain_of_unknown(const std::string& word, Report& report) {
  // An id that does not exist is near to many, and means none of them.
  std::vector<std::string> names;
  for (const rules::Rule* rule : rules::all()) names.emplace_back(rule->name);
  for (const BlockPlace& place : all_blocks()) {
    names.emplace_back(place.type->name);
    for (const schema::Attribute& row : place.type->attributes) names.emplace_back(row.name);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  Report::Draft draft = report.add(unknown_topic, word);
  if (const auto near = nearest(word, known)) draft.note(fmt::format("did you mean `{}`?", *near));
  draft.note("`bkfc explain` alone lists everything");
}

}  // namespace

Exit explain(const Options& options, World& world) {
  if (options.words.empty()) return print_result(contents(), world);
  Session session;
  std::string text;
  for (const std::string& word : options.words) {
    const std::vector<std::string> found = explanations(word);
    if (found.empty()) complain_of_unknown(word, session.report);
    for (const std::string& one : found) text += (text.empty() ? "" : "\n") + one;
  }
  if (session.report.has_errors()) {
    tell(session, options, world);
    return Exit::usage;
  }
  return print_result(text, world);
}

}  // namespace bkfc::driver
