#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "facts/buildkitd_keys.hpp"
#include "objects/entry.hpp"
#include "objects/messages.hpp"

namespace bkfc::objects {
namespace {

using emit::Node;
using facts::KeyAnswer;
using facts::KeyType;

bool fits(const Node& value, KeyType type) {
  switch (type) {
    case KeyType::boolean: return value.kind == Node::Kind::boolean;
    case KeyType::integer: return value.kind == Node::Kind::integer;
    case KeyType::text: return value.kind == Node::Kind::text;
    case KeyType::size:
    case KeyType::duration:
      return value.kind == Node::Kind::integer || value.kind == Node::Kind::text;
    case KeyType::text_list:
      return value.kind == Node::Kind::list &&
             std::all_of(value.items.begin(), value.items.end(),
                         [](const Node& item) { return item.kind == Node::Kind::text; });
    case KeyType::any: return true;
  }
  return false;
}

class ConfigApplication {
 public:
  ConfigApplication(const Target& target, const ir::PatchEntry& entry, Report& report)
      : target_(target), entry_(entry), report_(report) {
    for (const ir::PathStep& step : entry.path) path_.push_back(step.name);
  }

  Effect run(Node& table) {
    if (entry_.kind == ir::PatchEntry::Kind::erase && names_text_of_list())
      return erase_text(table);
    if (!goes_through_tables() || !is_known()) return Effect::refused;
    switch (entry_.kind) {
      case ir::PatchEntry::Kind::set: return set(table);
      case ir::PatchEntry::Kind::append: return append(table);
      case ir::PatchEntry::Kind::erase: return erase(table);
    }
    return Effect::none;
  }

 private:
  Span span_of(OriginId origin) const { return target_.origins->at(origin).span; }

  Span place_of(std::size_t step) const {
    if (step < entry_.path.size() && entry_.path[step].origin != OriginId::nowhere)
      return span_of(entry_.path[step].origin);
    return span_of(entry_.origin);
  }

  Span place_of_value() const {
    return span_of(entry_.value.origin != OriginId::nowhere ? entry_.value.origin : entry_.origin);
  }

  std::string whole_path() const { return spell(entry_.path, entry_.path.size()); }

  bool goes_through_tables() {
    for (std::size_t i = 1; i < path_.size(); ++i) {
      const KeyAnswer answer = facts::find_buildkitd_key(std::span(path_).first(i));
      if (answer.kind != KeyAnswer::Kind::table_array) continue;
      report_.add(message::nameless_table, place_of(i), spell(entry_.path, i));
      return false;
    }
    return true;
  }

  bool is_known() {
    answer_ = facts::find_buildkitd_key(path_);
    if (answer_.kind == KeyAnswer::Kind::unknown) {
      report_unknown(answer_, whole_path(), place_of(answer_.known));
      return false;
    }
    return answer_.kind != KeyAnswer::Kind::key || entry_.kind == ir::PatchEntry::Kind::erase ||
           is_in_release(answer_, whole_path(), span_of(entry_.origin));
  }

  void report_unknown(const KeyAnswer& answer, const std::string& path, Span at) {
    Report::Draft draft = report_.add(message::unknown_key, at, path);
    if (answer.nearest) draft.here(fmt::format("did you mean `{}`?", *answer.nearest));
    if (!answer.names.empty()) draft.note("known here: " + listed(answer.names));
  }

  bool is_in_release(const KeyAnswer& answer, const std::string& path, Span at) {
    if (!answer.key->since.known() || target_.release >= answer.key->since) return true;
    report_.add(message::key_not_in_release, at, path, to_text(answer.key->since),
                to_text(target_.release));
    return false;
  }

  // A value at a path, with all that is in it.
  bool check(const Node& value, std::vector<std::string_view>& path, const std::string& name) {
    const KeyAnswer answer = facts::find_buildkitd_key(path);
    switch (answer.kind) {
      case KeyAnswer::Kind::unknown: report_unknown(answer, name, place_of_value()); return false;
      case KeyAnswer::Kind::key:
        if (!is_in_release(answer, name, place_of_value())) return false;
        return fits(value, answer.key->type) ||
               refuse(name, facts::to_text(answer.key->type), value);
      case KeyAnswer::Kind::table:
        return value.kind == Node::Kind::map ? check_table(value, path, name)
                                             : refuse(name, "a table", value);
      case KeyAnswer::Kind::table_array: break;
    }
    if (value.kind != Node::Kind::list) return refuse(name, "a list of tables", value);
    for (const Node& item : value.items) {
      if (item.kind != Node::Kind::map) return refuse(name, "a list of tables", item);
      if (!check_table(item, path, name)) return false;
    }
    return true;
  }

  bool check_table(const Node& value, std::vector<std::string_view>& path,
                   const std::string& name) {
    for (const emit::Entry& entry : value.entries) {
      path.push_back(entry.key);
      const bool is_good = check(entry.value, path, fmt::format("{}.{}", name, entry.key));
      path.pop_back();
      if (!is_good) return false;
    }
    return true;
  }

  bool refuse(const std::string& path, std::string_view wanted, const Node& value) {
    report_.add(message::wrong_value, place_of_value(), path, wanted, what(value));
    return false;
  }

  Node* walk(Node& table, std::size_t steps) const {
    Node* node = &table;
    for (std::size_t i = 0; i < steps && node != nullptr; ++i) node = node->find(path_[i]);
    return node;
  }

  Node& parent(Node& table) {
    Node* node = &table;
    for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
      Node* next = node->find(path_[i]);
      node = next != nullptr ? next : &node->set(path_[i], emit::map());
    }
    return *node;
  }

  Effect set(Node& table) {
    std::vector<std::string_view> path = path_;
    if (!check(entry_.value, path, whole_path())) return Effect::refused;
    const Node* there = walk(table, path_.size());
    if (there != nullptr && same_data(*there, entry_.value)) return Effect::none;
    Node value = entry_.value;
    stamp(value, entry_.origin);
    // The comment above the key told of the old value.
    parent(table).set(path_.back(), std::move(value), "");
    return Effect::changed;
  }

  Effect append(Node& table) {
    const bool is_list =
        answer_.kind == KeyAnswer::Kind::table_array ||
        (answer_.kind == KeyAnswer::Kind::key &&
         (answer_.key->type == KeyType::text_list || answer_.key->type == KeyType::any));
    if (!is_list) {
      report_.add(message::not_a_list, place_of(path_.size() - 1), whole_path());
      return Effect::refused;
    }
    Node items = entry_.value.kind == Node::Kind::list ? entry_.value : emit::list({entry_.value});
    std::vector<std::string_view> path = path_;
    if (!check(items, path, whole_path())) return Effect::refused;
    stamp(items, entry_.origin);
    Node& owner = parent(table);
    Node* list = owner.find(path_.back());
    if (list == nullptr) list = &owner.set(path_.back(), emit::list());
    for (Node& item : items.items) list->push(std::move(item));
    return items.items.empty() ? Effect::none : Effect::changed;
  }

  // `delete grpc.address["tcp://0.0.0.0:1234"]`: the last step is a text of a list of texts.
  bool names_text_of_list() const {
    if (path_.size() < 2 || !entry_.path.back().element) return false;
    const KeyAnswer list = facts::find_buildkitd_key(std::span(path_).first(path_.size() - 1));
    return list.kind == KeyAnswer::Kind::key && list.key->type == KeyType::text_list;
  }

  Effect erase_text(Node& table) const {
    Node* list = walk(table, path_.size() - 1);
    if (list == nullptr) return Effect::none;
    const std::size_t gone = std::erase_if(list->items, [&](const Node& item) {
      return item.kind == Node::Kind::text && item.text == path_.back();
    });
    return gone > 0 ? Effect::changed : Effect::none;
  }

  Effect erase(Node& table) {
    Node* owner = walk(table, path_.size() - 1);
    return owner != nullptr && owner->erase(path_.back()) ? Effect::changed : Effect::none;
  }

  const Target& target_;
  const ir::PatchEntry& entry_;
  Report& report_;
  std::vector<std::string_view> path_;
  KeyAnswer answer_;
};

}  // namespace

Effect apply_to_config(const Target& target, const ir::PatchEntry& entry, Node& table,
                       Report& report) {
  return ConfigApplication(target, entry, report).run(table);
}

}  // namespace bkfc::objects
