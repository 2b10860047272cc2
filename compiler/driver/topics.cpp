#include "driver/topics.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "driver/catalogue.hpp"
#include "driver/library.hpp"
#include "driver/paragraphs.hpp"
#include "eval/functions.hpp"
#include "rules/catalogue.hpp"
#include "rules/examples.hpp"
#include "syntax/words.hpp"

namespace bkfc::driver {
namespace {

std::string text_of(const MessageRow& row) {
  std::string text =
      fmt::format("{} ({}): {}\n", row.id, to_text(row.severity), shape_of(row.text));
  if (!row.detail.empty()) text += "\n" + wrapped(row.detail);
  if (!row.bad.empty()) text += "\nA program that meets it:\n\n" + indented(row.bad);
  if (!row.good.empty()) text += "\nMended:\n\n" + indented(row.good);
  return text;
}

std::string text_of(const rules::Rule& rule) {
  std::string text = fmt::format("{} {} ({}): {}\n\n{}", rule.id, rule.name, to_text(rule.severity),
                                 rule.title, wrapped(rule.why));
  const rules::Example example = rules::example_of(rule);
  if (!example.bad.empty())
    text += "\nIt finds something at the marked line:\n\n" + indented(example.bad);
  if (!example.good.empty()) text += "\nMended:\n\n" + indented(example.good);
  return text + fmt::format("\nTo keep it as it is: `allow {} \"the reason\"`.\n", rule.name);
}

std::string text_of(const BlockPlace& place) {
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

std::string text_of(const schema::Attribute& row, const BlockPlace& place) {
  std::string text =
      fmt::format("{}.{}: an attribute\n\n{}\n", place.path, row.name, wrapped(row.doc));
  for (const auto& [name, fact] : facts_of(row, place))
    text += fmt::format("  {:<10}{}\n", name, fact);
  if (!row.choices.empty()) text += "\nOne of:\n";
  for (const schema::Choice& choice : row.choices)
    text += fmt::format("  {:<22}{}\n", choice.name, choice.doc);
  return text;
}

std::string text_of(const eval::Function& function) {
  return fmt::format("{}: a function\n\n{}\n  takes     {}\n  example   `{}` is `{}`\n",
                     function.signature, wrapped(function.doc), function.takes, function.example,
                     function.result);
}

std::string text_of(const syntax::Word& word) {
  const bool is_type = word.kind == syntax::Word::Kind::type;
  return fmt::format("{}: a {}\n\n{}\n  written   {}\n\nFor example:\n\n{}", word.word,
                     is_type ? "type" : "keyword", wrapped(word.doc), word.form,
                     indented(word.example));
}

std::vector<Topic> words(syntax::Word::Kind kind) {
  std::vector<Topic> topics;
  for (const syntax::Word& word : syntax::words())
    if (word.kind == kind)
      topics.push_back({.name = std::string(word.word),
                        .summary = std::string(word.form),
                        .text = [&word] { return text_of(word); }});
  return topics;
}

std::vector<Topic> blocks() {
  std::vector<Topic> topics;
  for (const BlockPlace& place : all_blocks())
    topics.push_back({.name = place.path,
                      .summary = first_sentence(place.type->doc),
                      .text = [place] { return text_of(place); },
                      .also = place.type->also});
  return topics;
}

std::vector<Topic> attributes() {
  std::vector<Topic> topics;
  for (const BlockPlace& place : all_blocks())
    for (const schema::Attribute& row : place.type->attributes)
      topics.push_back({.name = fmt::format("{}.{}", place.path, row.name),
                        .summary = first_sentence(row.doc),
                        .text = [&row, place] { return text_of(row, place); },
                        .also = row.also});
  return topics;
}

std::vector<Topic> functions() {
  std::vector<Topic> topics;
  for (const eval::Function& function : eval::functions())
    topics.push_back({.name = std::string(function.name),
                      .summary = first_sentence(function.doc),
                      .text = [&function] { return text_of(function); }});
  return topics;
}

std::string text_of(const LibraryModule& module) {
  std::string text =
      fmt::format("{}: a module of the standard library\n\n{}", module.name, wrapped(module.doc));
  text += fmt::format("\n  written   import \"{}\"\n\nIt has:\n", module.name);
  std::size_t width = 20;
  for (const LibraryPart& part : module.parts) width = std::max(width, part.name.size());
  for (const LibraryPart& part : module.parts)
    text += fmt::format("  {:<{}}  {}\n", part.name, width, first_sentence(part.doc));
  return text;
}

std::string text_of(const LibraryPart& part) {
  return fmt::format("std/{}: a {} of the standard library\n\n{}\nIt is:\n\n{}", part.name,
                     part.kind, wrapped(part.doc), indented(part.source));
}

// Each module before its parts.
std::vector<Topic> modules() {
  std::vector<Topic> topics;
  for (const LibraryModule& module : library_modules()) {
    topics.push_back({.name = module.name, .summary = first_sentence(module.doc), .text = [module] {
                        return text_of(module);
                      }});
    for (const LibraryPart& part : module.parts)
      topics.push_back({.name = "std/" + part.name,
                        .summary = first_sentence(part.doc),
                        .text = [part] { return text_of(part); }});
  }
  return topics;
}

std::vector<Topic> rules() {
  std::vector<Topic> topics;
  for (const rules::Rule* rule : rules::all())
    topics.push_back({.name = std::string(rule->id),
                      .summary = std::string(rule->title),
                      .text = [rule] { return text_of(*rule); },
                      .other_name = std::string(rule->name)});
  return topics;
}

std::vector<Topic> messages() {
  std::vector<Topic> topics;
  for (const MessageRow& row : all_messages())
    topics.push_back({.name = std::string(row.id), .summary = shape_of(row.text), .text = [row] {
                        return text_of(row);
                      }});
  return topics;
}

}  // namespace

std::vector<Family> topic_families() {
  return {
      {"keywords", "how things are said: `for`, `use`, `patch`",
       words(syntax::Word::Kind::keyword)},
      {"types", "what a value can be: `bytes`, `duration`", words(syntax::Word::Kind::type)},
      {"functions", "what is computed: `round_up`", functions()},
      {"blocks", "what a program is made of: `fleet.gc.tier`", blocks()},
      {"attributes", "what is said in a block: `gc.tier.keep_duration`", attributes()},
      {"modules", "the standard library: `std/gc`", modules()},
      {"rules", "opinions about fleets, by id or name: `gc_tier_shadowed`", rules()},
      {"messages", "mistakes in a program, by id: `E0201`", messages()},
  };
}

std::string first_sentence(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    end = std::min(text.find('.', end), text.size());
    if (end + 1 >= text.size() || text[end + 1] == ' ' || text[end + 1] == '\n') break;
    ++end;
  }
  std::string sentence(text.substr(0, end));
  std::replace(sentence.begin(), sentence.end(), '\n', ' ');
  return sentence;
}

}  // namespace bkfc::driver
