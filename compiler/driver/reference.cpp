// `bkfc reference`: the documents that are made from the tables.
#include <algorithm>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "driver/catalogue.hpp"
#include "driver/commands.hpp"
#include "driver/expand_json.hpp"
#include "driver/library.hpp"
#include "driver/man.hpp"
#include "driver/messages.hpp"
#include "driver/replace_file.hpp"
#include "driver/session.hpp"
#include "eval/functions.hpp"
#include "rules/catalogue.hpp"
#include "rules/examples.hpp"
#include "syntax/words.hpp"

namespace bkfc::driver {
namespace {

constexpr std::string_view made_by = "<!-- Made by `bkfc reference`. -->\n\n";

// A `|` would end the cell, a line end the table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string fenced(std::string_view text) {
  return fmt::format("```bkfleet\n{}{}```\n", text, text.ends_with('\n') ? "" : "\n");
}

std::string attribute_text(const schema::Attribute& row, const BlockPlace& place) {
  std::string text = fmt::format("### `{}.{}`\n\n{}\n\n", place.path, row.name, row.doc);
  for (const auto& [name, fact] : facts_of(row, place))
    text += fmt::format("- **{}**: {}\n", name, fact);
  for (const schema::Choice& choice : row.choices)
    text += fmt::format("- `{}`: {}{}\n", choice.name, choice.doc,
                        choice.compiled ? "" : " (not compiled yet)");
  return text + "\n";
}

std::string blocks_document() {
  std::string text =
      fmt::format("{}# Blocks and attributes\n\n| block | says |\n| --- | --- |\n", made_by);
  for (const BlockPlace& place : all_blocks())
    text += fmt::format("| [`{}`](#{}) | {} |\n", place.path, place.path, cell(place.type->doc));
  for (const BlockPlace& place : all_blocks()) {
    text += fmt::format("\n<a id=\"{}\"></a>\n## `{}`\n\n{}\n", place.path, place.path,
                        place.type->doc);
    if (!place.type->label.empty()) text += fmt::format("\nIts label: {}.\n", place.type->label);
    if (!place.type->example.empty()) text += "\n" + fenced(place.type->example);
    if (!place.type->attributes.empty()) text += "\n";
    for (const schema::Attribute& row : place.type->attributes) text += attribute_text(row, place);
    if (text.ends_with("\n\n")) text.pop_back();
  }
  return text;
}

std::string messages_document() {
  std::string text = fmt::format("{}# Messages\n", made_by);
  for (const MessageRow& row : all_messages()) {
    text += fmt::format("\n## {}\n\n*{}*: {}\n", row.id, to_text(row.severity), shape_of(row.text));
    if (!row.detail.empty()) text += fmt::format("\n{}\n", row.detail);
    if (!row.bad.empty()) text += "\nA program that meets it:\n\n" + fenced(row.bad);
    if (!row.good.empty()) text += "\nMended:\n\n" + fenced(row.good);
  }
  return text;
}

std::string rule_text(const rules::Rule& rule) {
  std::string text = fmt::format("\n<a id=\"{}\"></a>\n## {} `{}`\n\n*{}*: {}\n\n{}\n", rule.id,
                                 rule.id, rule.name, to_text(rule.severity), rule.title, rule.why);
  const rules::Example example = rules::example_of(rule);
  if (!example.bad.empty())
    text += "\nIt finds something at the marked line:\n\n" + fenced(example.bad);
  if (!example.good.empty()) text += "\nMended:\n\n" + fenced(example.good);
  return text;
}

std::string rules_document() {
  std::string text = fmt::format(
      "{}# Rules\n\n| id | name | severity | what is wrong |\n| --- | --- | --- | --- |\n",
      made_by);
  for (const rules::Rule* rule : rules::all())
    text += fmt::format("| [{}](#{}) | `{}` | {} | {} |\n", rule->id, rule->id, rule->name,
                        to_text(rule->severity), cell(rule->title));
  for (const rules::Rule* rule : rules::all()) text += rule_text(*rule);
  return text;
}

std::string functions_document() {
  std::string text = fmt::format(
      "{}# Functions\n\n| function | takes | gives | for example |\n| --- | --- | --- | --- |\n",
      made_by);
  for (const eval::Function& function : eval::functions())
    text += fmt::format("| `{}` | {} | {} | `{}` is `{}` |\n", cell(function.signature),
                        cell(function.takes), cell(function.doc), cell(function.example),
                        cell(function.result));
  return text;
}

std::string words_text(syntax::Word::Kind kind) {
  std::string text;
  for (const syntax::Word& word : syntax::words())
    if (word.kind == kind)
      text += fmt::format("\n### `{}`\n\n`{}`\n\n{}\n\n{}", word.word, word.form, word.doc,
                          fenced(word.example));
  return text;
}

std::string words_document() {
  return fmt::format("{}# Words of the language\n\n## Keywords\n{}\n## Types\n{}", made_by,
                     words_text(syntax::Word::Kind::keyword), words_text(syntax::Word::Kind::type));
}

std::string library_document() {
  std::string text = fmt::format("{}# The standard library\n", made_by);
  for (const LibraryModule& module : library_modules()) {
    text += fmt::format("\n## `{}`\n\n{}\n", module.name, module.doc);
    for (const LibraryPart& part : module.parts)
      text += fmt::format("\n### `{}`\n\n{}\n\n{}", part.name, part.doc, fenced(part.source));
  }
  return text;
}

std::string options_table(std::string_view command) {
  std::string text;
  for (const OptionRow& row : option_rows()) {
    if (row.command != command) continue;
    std::string takes = row.value.empty() ? "" : fmt::format("`{}`", cell(row.value));
    if (row.choices != nullptr) takes = cell(listed(row.choices(), "or"));
    std::string names(row.names);
    if (const std::size_t comma = names.find(','); comma != names.npos)
      names.replace(comma, 1, "`, `");
    text += fmt::format("| `{}` | {} | {} |\n", names, takes, cell(row.help));
  }
  return text.empty() ? text : "\n| option | takes | does |\n| --- | --- | --- |\n" + text;
}

std::string commands_document() {
  std::string text = fmt::format("{}# Commands\n\n| command | does |\n| --- | --- |\n", made_by);
  for (const Command& command : commands())
    text += fmt::format("| `bkfc {}` | {} |\n", cell(command.usage), cell(command.help));
  for (const Command& command : commands()) {
    const std::string own = options_table(command.name);
    if (own.empty() && command.detail.empty()) continue;
    text += fmt::format("\n## `bkfc {}`\n", command.usage);
    if (!command.detail.empty()) text += fmt::format("\n{}\n", command.detail);
    text += own;
  }
  text +=
      fmt::format("\n## Every command\n{}\n## Exit status\n\n| status | says |\n| --- | --- |\n",
                  options_table("*"));
  for (const ExitRow& row : exit_rows())
    text += fmt::format("| {} | {} |\n", static_cast<int>(row.exit), cell(row.meaning));
  return text;
}

nlohmann::ordered_json attribute_json(const schema::Attribute& row, const BlockPlace& place) {
  nlohmann::ordered_json json = {
      {"name", row.name}, {"doc", row.doc}, {"type", schema::to_text(row.type)}};
  if (row.required) json["required"] = true;
  if (!row.fallback.empty()) json["default"] = row.fallback;
  if (!row.min.empty()) json["minimum"] = row.min;
  if (!row.max.empty()) json["maximum"] = row.max;
  if (row.gate.since.known()) json["since"] = to_text(row.gate.since);
  if (row.gate.removed.known()) json["removed"] = to_text(row.gate.removed);
  if (!row.toml.empty()) json["toml"] = fmt::format("{}.{}", place.type->toml, row.toml);
  for (const schema::Choice& choice : row.choices) json["values"].push_back(choice.name);
  return json;
}

std::string schema_document() {
  nlohmann::ordered_json blocks = nlohmann::ordered_json::array();
  for (const BlockPlace& place : all_blocks()) {
    nlohmann::ordered_json block = {{"path", place.path}, {"doc", place.type->doc}};
    if (place.labelled) block["label"] = place.type->label;
    block["attributes"] = nlohmann::ordered_json::array();
    for (const schema::Attribute& row : place.type->attributes)
      block["attributes"].push_back(attribute_json(row, place));
    blocks.push_back(std::move(block));
  }
  return nlohmann::ordered_json{{"blocks", std::move(blocks)}}.dump(2) + "\n";
}

Exit write_documents(const std::string& folder, World& world, Report& report) {
  const std::pair<std::string_view, std::string> documents[] = {
      {"bkfc.1", man_page()},
      {"blocks.md", blocks_document()},
      {"commands.md", commands_document()},
      {"expand.md", std::string(made_by) + expanded_page()},
      {"expand.schema.json", expanded_schema()},
      {"functions.md", functions_document()},
      {"messages.md", messages_document()},
      {"rules.md", rules_document()},
      {"schema.json", schema_document()},
      {"standard_library.md", library_document()},
      {"words.md", words_document()},
  };
  for (const auto& [name, text] : documents) {
    const std::string path = fmt::format("{}/{}", folder, name);
    const Outcome written = replace_file(world, path, text);
    if (!written) {
      report.add(unwritable_file, path, written.error());
      return Exit::refused;
    }
  }
  return Exit::done;
}

}  // namespace

Exit reference(const Options& options, World& world) {
  Session session;
  const std::string folder = options.words.empty() ? "docs/reference" : options.words.front();
  const Result<Entry> entry = world.look(folder);
  if (!entry || entry.value().kind != Kind::folder) {
    session.report.add(unwritable_file, folder, "there is no such folder");
    tell(session, options, world);
    return Exit::refused;
  }
  const Exit exit = write_documents(folder, world, session.report);
  tell(session, options, world);
  return exit;
}

}  // namespace bkfc::driver
