#include "eval/merge.hpp"

#include <algorithm>

#include "eval/messages.hpp"
#include "report/edits.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

bool is_same(const PatchValue& a, const PatchValue& b) {
  return a.file == b.file && a.kind == b.kind && a.name == b.name;
}

bool is_same(const std::vector<syntax::ast::Segment>& a,
             const std::vector<syntax::ast::Segment>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const auto& left, const auto& right) {
        const bool is_key = left.kind == syntax::ast::Segment::Kind::key;
        return left.text == right.text && is_key == (right.kind == syntax::ast::Segment::Kind::key);
      });
}

// Whether an attribute exists in a block of a kind.
bool is_of_kind(const schema::Attribute& row, std::string_view kind) {
  std::string_view kinds = row.only_with;
  while (!kinds.empty()) {
    const std::size_t end = std::min(kinds.find(' '), kinds.size());
    if (kinds.substr(0, end) == kind) return true;
    kinds.remove_prefix(std::min(end + 1, kinds.size()));
  }
  return row.only_with.empty();
}

// The row that chooses the kind of a block, if one does.
const schema::Attribute* chooser(const schema::BlockType& type) {
  return type.chosen_by.empty() ? nullptr : type.find_attribute(type.chosen_by);
}

const Setting* find_setting(const BlockValue& block, const schema::Attribute* row) {
  return row == nullptr ? nullptr : block.find(*row);
}

}  // namespace

const Setting* BlockValue::find(const schema::Attribute& row) const {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.row == &row; });
  return found == settings.end() ? nullptr : &*found;
}

BlockValue Merger::merge(const Layers& layers) {
  BlockValue block;
  const BlockValue& own = layers[0].root;
  block.type = own.type;
  block.label = own.label;
  block.label_known = own.label_known;
  block.head = own.head;
  block.origin = own.origin;
  seen_.clear();
  add(layers, OriginId::nowhere, block);
  finish(block);
  return block;
}

// The order of strength, as it is walked: uses, then what stands beside them, then the next `if`s.
void Merger::add(const Layers& layers, OriginId through, BlockValue& into) {
  Visit visit{through, {}};
  for (const Layer& layer : layers) {
    for (const UseValue& use : layer.uses)
      if (seen_.insert(use.instance).second)
        add(use.instance->layers, moved(use.origin, visit), into);
    apply(layer.root, visit, into);
  }
}

void Merger::apply(const BlockValue& layer, Visit& visit, BlockValue& into) {
  for (const Removal& removal : layer.removals) remove(removal, into);
  change_kind(layer, into);
  for (const Setting& setting : layer.settings) apply(setting, visit, into);
  for (const BlockValue& block : layer.blocks) {
    auto there = std::find_if(into.blocks.begin(), into.blocks.end(), [&](const BlockValue& other) {
      return other.type == block.type && other.label == block.label && block.label_known;
    });
    if (there == into.blocks.end()) {
      BlockValue& added = into.blocks.emplace_back();
      added.type = block.type;
      added.label = block.label;
      added.label_known = block.label_known;
      added.head = block.head;
      added.origin = moved(block.origin, visit);
      there = std::prev(into.blocks.end());
    }
    if (!block.before.empty()) {
      there->before = block.before;
      there->before_place = block.before_place;
    }
    apply(block, visit, *there);
  }
  for (schema::Allow allow : layer.allows) {
    allow.origin = moved(allow.origin, visit);
    into.allows.push_back(std::move(allow));
  }
  for (const PatchValue& patch : layer.patches) apply(patch, visit, into);
  into.broken |= layer.broken;
}

// `unset`.

void Merger::remove(const Removal& removal, BlockValue& from) {
  Effect& effect = effects_[{removal.statement.file, removal.statement.begin}];
  effect.statement = removal.statement;
  // Of a broken block nobody knows what it would have had.
  effect.any |= from.broken;
  if (removal.row != nullptr) {
    effect.any |= std::erase_if(from.settings, [&](const Setting& setting) {
                    return setting.row == removal.row;
                  }) > 0;
    return;
  }
  effect.any |=
      std::erase_if(from.blocks, [&](const BlockValue& block) {
        return block.type == removal.type && (removal.all || block.label == removal.label);
      }) > 0;
}

void Merger::say_idle(const Sources& sources) {
  for (const auto& [place, effect] : effects_) {
    if (effect.any) continue;
    report_->add(message::idle_unset, effect.statement, sources.text(effect.statement))
        .fix("delete this `unset`", delete_line(sources, effect.statement));
  }
}

// Kinds.

// Where a stronger layer changes the kind, what only the old kind has goes with it.
void Merger::change_kind(const BlockValue& layer, BlockValue& into) {
  const Setting* kind = layer.type == nullptr ? nullptr : find_setting(layer, chooser(*layer.type));
  if (kind == nullptr || kind->value.text.empty()) return;
  std::erase_if(into.settings, [&](const Setting& setting) {
    return !is_of_kind(*setting.row, kind->value.text);
  });
}

void Merger::hold_to_kind(BlockValue& block) {
  const schema::Attribute* row = chooser(*block.type);
  if (row == nullptr) return;
  const Setting* said = block.find(*row);
  if (said != nullptr && said->value.is_unknown()) return;
  const std::string_view kind = said != nullptr ? said->value.text : row->fallback;
  const bool is_known =
      std::any_of(row->choices.begin(), row->choices.end(),
                  [&](const schema::Choice& choice) { return choice.name == kind; });
  if (!is_known) return;
  for (const Setting& setting : block.settings) {
    if (is_of_kind(*setting.row, kind)) continue;
    auto draft = report_->add(message::other_kind, setting.name, setting.row->name,
                              setting.row->only_with, kind);
    if (said != nullptr) draft.label(said->value.span, "the kind is said here");
    block.broken = true;
  }
}

// Settings.

void Merger::apply(const Setting& setting, Visit& visit, BlockValue& into) {
  const auto there = std::find_if(into.settings.begin(), into.settings.end(),
                                  [&](const Setting& other) { return other.row == setting.row; });
  if (setting.value.is_unset()) {
    if (there != into.settings.end()) into.settings.erase(there);
    return;
  }
  if (there == into.settings.end()) {
    Setting& added = into.settings.emplace_back(setting);
    added.value = moved(std::move(added.value), visit);
    return;
  }
  const bool are_maps = setting.row->type == schema::Type::text_map &&
                        setting.value.is(Value::Kind::object) &&
                        there->value.is(Value::Kind::object);
  if (are_maps) return add_keys(setting, visit, *there);
  Value value = moved(setting.value, visit);
  there->name = setting.name;
  if (!setting.appends) {
    there->appends = false;
    there->value = std::move(value);
  } else if (value.is(Value::Kind::list) && there->value.is(Value::Kind::list)) {
    std::vector<Value>& items = there->value.items.own();
    items.insert(items.end(), value.items.begin(), value.items.end());
  } else {
    there->value = {};  // one of them is wrong, and that was said
  }
}

void Merger::add_keys(const Setting& setting, Visit& visit, Setting& into) {
  const Value more = moved(setting.value, visit);
  std::vector<std::string>& keys = into.value.keys.own();
  std::vector<Value>& items = into.value.items.own();
  for (std::size_t i = 0; i < more.keys.size(); ++i) {
    const auto at = std::find(keys.begin(), keys.end(), more.keys[i]);
    if (at == keys.end()) {
      keys.push_back(more.keys[i]);
      items.push_back(more.items[i]);
    } else {
      items[static_cast<std::size_t>(at - keys.begin())] = more.items[i];
    }
  }
}

// Patches.

void Merger::apply(const PatchValue& patch, Visit& visit, BlockValue& into) {
  using Kind = syntax::ast::PatchEntry::Kind;
  auto there = std::find_if(into.patches.begin(), into.patches.end(),
                            [&](const PatchValue& other) { return is_same(other, patch); });
  if (there == into.patches.end()) {
    PatchValue& added = into.patches.emplace_back(patch);
    added.origin = moved(added.origin, visit);
    added.entries.clear();
    there = std::prev(into.patches.end());
  }
  const std::size_t weaker = there->entries.size();
  for (PatchValue::Entry entry : patch.entries) {
    entry.value = moved(std::move(entry.value), visit);
    entry.origin = moved(entry.origin, visit);
    const auto end = there->entries.begin() + static_cast<std::ptrdiff_t>(weaker);
    const auto same = std::find_if(there->entries.begin(), end, [&](const auto& other) {
      return is_same(other.target, entry.target);
    });
    if (entry.kind != Kind::append && same != end) {
      *same = std::move(entry);
    } else {
      there->entries.push_back(std::move(entry));
    }
  }
}

// What is decided once all is said.

void Merger::finish(BlockValue& block) {
  for (Setting& setting : block.settings) {
    if (!setting.value.is(Value::Kind::object)) continue;
    // A key that is `unset` is none.
    for (std::size_t i = setting.value.items.size(); i-- > 0;) {
      if (!setting.value.items[i].is_unset()) continue;
      std::vector<std::string>& keys = setting.value.keys.own();
      std::vector<Value>& items = setting.value.items.own();
      keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(i));
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  hold_to_kind(block);
  for (const schema::Child& child : block.type->children)
    if (child.type->ordered) order(block, *child.type);
  for (BlockValue& inner : block.blocks) finish(inner);
}

namespace {

class Order {
 public:
  Order(std::vector<BlockValue>& blocks, const schema::BlockType& type, Report& report)
      : report_(&report) {
    for (BlockValue& block : blocks)
      if (block.type == &type) places_.push_back({&block});
  }

  std::vector<BlockValue*> sorted() {
    std::vector<BlockValue*> out;
    for (const Place& place : places_) out.push_back(place.block);
    order_ = &out;
    for (Place& place : places_) settle(place);
    return out;
  }

 private:
  struct Place {
    BlockValue* block = nullptr;
    enum class State : std::uint8_t { fresh, running, done } state = State::fresh;
  };

  // What a block moves in front of has to stand where it will stay.
  void settle(Place& place) {
    if (place.state != Place::State::fresh) return;
    place.state = Place::State::running;
    if (!place.block->before.empty()) move(place);
    place.state = Place::State::done;
  }

  void move(Place& place) {
    const BlockValue& block = *place.block;
    const auto target = std::find_if(places_.begin(), places_.end(), [&](const Place& other) {
      return other.block->label == block.before;
    });
    if (target == places_.end()) {
      report_->add(message::before_nothing, block.before_place, block.type->name, block.before);
      return;
    }
    if (target->state == Place::State::running) {
      report_->add(message::before_circle, block.before_place, block.label, block.before);
      return;
    }
    settle(*target);
    std::erase(*order_, place.block);
    order_->insert(std::find(order_->begin(), order_->end(), target->block), place.block);
  }

  Report* report_;
  std::vector<Place> places_;
  std::vector<BlockValue*>* order_ = nullptr;
};

}  // namespace

void Merger::order(BlockValue& block, const schema::BlockType& type) {
  const bool any = std::any_of(block.blocks.begin(), block.blocks.end(), [&](const auto& one) {
    return one.type == &type && !one.before.empty();
  });
  if (!any) return;
  std::vector<BlockValue> sorted;
  for (const BlockValue* one : Order(block.blocks, type, *report_).sorted()) sorted.push_back(*one);
  std::size_t next = 0;
  for (BlockValue& one : block.blocks)
    if (one.type == &type) one = std::move(sorted[next++]);
}

// Origins.

OriginId Merger::moved(OriginId origin, Visit& visit) {
  if (visit.through == OriginId::nowhere) return origin;
  const Origin::Kind kind = origins_->at(origin).kind;
  const bool is_way = kind == Origin::Kind::turn || kind == Origin::Kind::profile;
  if (is_way)
    if (const auto known = visit.moved.find(origin); known != visit.moved.end())
      return known->second;
  Origin seen = origins_->at(origin);
  seen.parent = seen.parent == OriginId::nowhere ? visit.through : moved(seen.parent, visit);
  const OriginId id = origins_->add(seen);
  if (is_way) visit.moved.emplace(origin, id);
  return id;
}

Value Merger::moved(Value value, Visit& visit) {
  if (visit.through == OriginId::nowhere || value.is_unknown()) return value;
  value.origin = moved(value.origin, visit);
  if (!value.is(Value::Kind::object) && !value.is(Value::Kind::list)) return value;
  for (Value& item : value.items.own()) item.origin = moved(item.origin, visit);
  return value;
}

}  // namespace bkfc::eval
