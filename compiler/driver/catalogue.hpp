// Everything that has an id or a name, in one list: what `explain` and the reference print.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/message.hpp"
#include "report/render.hpp"
#include "schema/schema.hpp"

namespace bkfc::driver {

// Every message of every folder, by id.
std::vector<MessageRow> all_messages();

// What machine formats say of the ids: messages and rules.
std::vector<RuleText> rule_texts();

// A block at the place where it may stand: `fleet.gc.tier`.
struct BlockPlace {
  std::string path;
  const schema::BlockType* type = nullptr;
  bool labelled = false;
};
// In the order of the table, a parent before its children.
std::vector<BlockPlace> all_blocks();

// What there is to say of an attribute besides its sentence: "type" and "duration, 1m to 8760h".
std::vector<std::pair<std::string_view, std::string>> facts_of(const schema::Attribute& row,
                                                               const BlockPlace& place);

// `BuildKit 0.13 and newer`; empty where it always exists.
std::string to_text(const Gate& gate);

// A message's text with `…` for what it fills in.
std::string shape_of(std::string_view message_text);

}  // namespace bkfc::driver
