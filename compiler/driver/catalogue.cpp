#include "driver/catalogue.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "driver/messages.hpp"
#include "eval/messages.hpp"
#include "ir/messages.hpp"
#include "objects/messages.hpp"
#include "policies/messages.hpp"
#include "rules/catalogue.hpp"
#include "rules/messages.hpp"
#include "syntax/messages.hpp"

namespace bkfc::driver {
namespace {

void add_blocks(std::vector<BlockPlace>& places, BlockPlace place) {
  places.push_back(place);
  for (const schema::Child& child : place.type->children)
    add_blocks(places,
               {fmt::format("{}.{}", place.path, child.type->name), child.type, child.labelled});
}

std::string range_of(const schema::Attribute& row) {
  if (!row.min.empty() && !row.max.empty()) return fmt::format(", {} to {}", row.min, row.max);
  if (!row.min.empty()) return fmt::format(", {} or more", row.min);
  if (!row.max.empty()) return fmt::format(", {} or less", row.max);
  return {};
}

std::string default_of(const schema::Attribute& row) {
  if (row.fallback.empty()) return std::string(row.because);
  if (row.because.empty()) return fmt::format("`{}`", row.fallback);
  return fmt::format("`{}`: {}", row.fallback, row.because);
}

}  // namespace

std::vector<MessageRow> all_messages() {
  std::vector<MessageRow> rows;
  for (const auto& folder :
       {syntax::message::all(), eval::message::all(), ir::message::all(), policies::message::all(),
        objects::message::all(), rules::message::rows(), message_rows()})
    rows.insert(rows.end(), folder.begin(), folder.end());
  std::sort(rows.begin(), rows.end(),
            [](const MessageRow& a, const MessageRow& b) { return a.id < b.id; });
  return rows;
}

std::vector<RuleText> rule_texts() {
  std::vector<RuleText> texts;
  for (const MessageRow& row : all_messages())
    texts.push_back({.id = std::string(row.id),
                     .severity = row.severity,
                     .title = shape_of(row.text),
                     .help = std::string(row.detail)});
  for (const rules::Rule* rule : rules::all())
    texts.push_back({.id = std::string(rule->id),
                     .name = std::string(rule->name),
                     .severity = rule->severity,
                     .title = std::string(rule->title),
                     .help = std::string(rule->why)});
  return texts;
}

std::vector<BlockPlace> all_blocks() {
  std::vector<BlockPlace> places;
  for (const schema::BlockType* root : schema::roots())
    add_blocks(places, {std::string(root->name), root, true});
  return places;
}

std::vector<std::pair<std::string_view, std::string>> facts_of(const schema::Attribute& row,
                                                               const BlockPlace& place) {
  std::vector<std::pair<std::string_view, std::string>> facts;
  const auto add = [&](std::string_view name, std::string text) {
    if (!text.empty()) facts.emplace_back(name, std::move(text));
  };
  add("type", std::string(schema::to_text(row.type)) + range_of(row));
  if (row.required) add("required", "yes");
  add("default", default_of(row));
  add("exists in", to_text(row.gate));
  if (!row.toml.empty())
    add("becomes", fmt::format("`{}{}{}` in buildkitd.toml", place.type->toml,
                               place.type->toml.empty() ? "" : ".", row.toml));
  add("becomes", std::string(row.field));
  if (!row.example.empty()) add("example", fmt::format("`{} = {}`", row.name, row.example));
  return facts;
}

std::string to_text(const Gate& gate) {
  const std::string_view product = gate.product == Product::buildkit ? "BuildKit" : "Kubernetes";
  if (gate.always()) return {};
  if (!gate.removed.known()) return fmt::format("{} {} and newer", product, to_text(gate.since));
  if (!gate.since.known()) return fmt::format("{} before {}", product, to_text(gate.removed));
  return fmt::format("{} {} up to, not with, {}", product, to_text(gate.since),
                     to_text(gate.removed));
}

std::string shape_of(std::string_view message_text) {
  std::string text(message_text);
  for (std::size_t at = text.find("{}"); at != text.npos; at = text.find("{}", at))
    text.replace(at, 2, "…");
  return text;
}

}  // namespace bkfc::driver
