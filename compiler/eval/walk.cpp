#include "eval/walk.hpp"

#include <algorithm>

#include "eval/messages.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {

namespace ast = syntax::ast;

namespace {

// What looking through blocks and keys one by one costs, in units of the budget.
constexpr std::size_t looks_a_unit = 64;
constexpr std::size_t units_a_block = 4;

}  // namespace

Walk::Walk(Bodies& bodies, std::size_t module, Layers& layers)
    : bodies_(&bodies),
      expressions_(&bodies.expressions_),
      module_(module),
      file_(bodies.modules_->all[module].file),
      layers_(&layers) {}

Span Walk::span(const ast::View& view) const { return view.span().in(file_); }
Span Walk::span(syntax::Extent extent) const { return extent.in(file_); }

// Layers and blocks.

BlockValue& Walk::at(Cursor& cursor, std::size_t depth) {
  if (cursor.at.size() <= depth) cursor.at.resize(depth + 1, nullptr);
  if (cursor.at[depth] != nullptr) return *cursor.at[depth];
  if (cursor.outer != nullptr) {
    cursor.at[depth] = &find_or_add(at(*cursor.outer, depth), cursor);
    return *cursor.at[depth];
  }
  while (layers_->size() <= depth) layers_->emplace_back();
  BlockValue& root = (*layers_)[depth].root;
  root.type = cursor.type;
  root.label = cursor.label;
  root.label_known = cursor.label_known;
  root.head = cursor.head;
  root.origin = cursor.origin;
  cursor.at[depth] = &root;
  return root;
}

BlockValue& Walk::find_or_add(BlockValue& parent, const Cursor& cursor) {
  expressions_->spend(units_a_block + parent.blocks.size() / looks_a_unit, cursor.head);
  for (BlockValue& other : parent.blocks) {
    if (other.type != cursor.type || other.label != cursor.label || !cursor.label_known) continue;
    if (other.before.empty()) {
      other.before = cursor.before;
      other.before_place = cursor.before_place;
    }
    return other;
  }
  BlockValue& added = parent.blocks.emplace_back();
  added.type = cursor.type;
  added.label = cursor.label;
  added.label_known = cursor.label_known;
  added.head = cursor.head;
  added.origin = cursor.origin;
  added.before = cursor.before;
  added.before_place = cursor.before_place;
  return added;
}

Cursor Walk::opened(const ast::Block& block, const schema::BlockType& type, Cursor* outer) {
  Cursor cursor{.outer = outer, .type = &type};
  cursor.head = span(block.header_span());
  cursor.origin = bodies_->origins_->written(cursor.head, expressions_->parent());
  const std::vector<ast::String> labels = block.labels();
  if (labels.empty() || !labels.front()) {
    cursor.label_known = type.label.empty();
  } else {
    const std::optional<std::string> text = expressions_->text(module_, labels.front());
    cursor.label_known = text.has_value();
    cursor.label = text.value_or("");
  }
  if (block.before()) {
    cursor.before = expressions_->text(module_, block.before()).value_or("");
    cursor.before_place = span(block.before());
  }
  return cursor;
}

// Statements.

void Walk::body(const ast::Body& body, Cursor& into) {
  here(into);
  if (!body) return;
  bodies_->open(module_, body);
  items(body.items(), into);
}

void Walk::items(const std::vector<ast::Item>& items, Cursor& into) {
  for (const ast::Item& one : items) {
    if (expressions_->is_exhausted()) {
      here(into).broken = true;
      return;
    }
    item(one, into);
  }
}

void Walk::item(const ast::Item& item, Cursor& into) {
  using Kind = ast::Item::Kind;
  switch (item.kind()) {
    case Kind::attribute: return attribute(item.as<ast::Attribute>(), into);
    case Kind::block: return block(item.as<ast::Block>(), into);
    case Kind::let: return;
    case Kind::use: return use(item.as<ast::Use>(), into);
    case Kind::unset: return unset(item.as<ast::Unset>(), into);
    case Kind::patch: return patch(item.as<ast::Patch>(), into);
    case Kind::allow:
      if (std::optional<schema::Allow> allow = bodies_->allow(module_, item.as<ast::Allow>()))
        here(into).allows.push_back(std::move(*allow));
      return;
    case Kind::for_each: {
      const ast::For loop = item.as<ast::For>();
      return bodies_->each_turn(module_, loop, [&] {
        items(loop.body().items(), into);
        return !expressions_->is_exhausted();
      });
    }
    case Kind::if_chain:
      return branch(item.as<ast::If>(), into,
                    [&](const ast::Body& taken) { items(taken.items(), into); });
    default: here(into).broken = true;
  }
}

template <class Read>
void Walk::branch(const ast::If& chain, Cursor& into, const Read& read) {
  const std::optional<ast::Body> taken = bodies_->taken(module_, chain);
  if (!taken) {
    here(into).broken = true;
    return read_for_mistakes(chain, into);
  }
  if (!*taken) return;
  ++depth_;
  bodies_->open(module_, *taken);
  read(*taken);
  --depth_;
}

// Whichever branch will be taken, what is wrong in it is wrong.
void Walk::read_for_mistakes(const ast::If& chain, const Cursor& into) {
  for (const ast::Branch& branch : chain.branches()) {
    Layers nowhere(1);
    Cursor block{.type = into.type};
    Walk(*bodies_, module_, nowhere).body(branch.body(), block);
  }
}

void Walk::attribute(const ast::Attribute& attribute, Cursor& into) {
  const ast::Key key = attribute.key();
  const std::string name = key ? key.plain() : "";
  if (const schema::Attribute* row = into.type->find_attribute(name)) {
    Value value = expressions_->evaluate(module_, attribute.value(), Expectation::of(*row));
    BlockValue& block = here(into);
    if (!attribute.value()) block.broken = true;
    return add(block,
               {row, std::move(value), span(key), attribute.assign() == ast::Assign::append});
  }
  const schema::Child* child = into.type->find_child(name);
  if (child != nullptr && !child->labelled && attribute.value().kind() == ast::Expr::Kind::object) {
    Cursor inner{.outer = &into, .type = child->type, .head = span(key)};
    inner.origin = bodies_->origins_->written(inner.head, expressions_->parent());
    return body(ast::view_as<ast::Body>(attribute.value()), inner);
  }
  here(into).broken = true;
}

void Walk::block(const ast::Block& block, Cursor& into) {
  const std::string_view name = block.name().text();
  const schema::Attribute* row = into.type->find_attribute(name);
  if (row != nullptr && row->type == schema::Type::text_map) {
    if (block.body()) map(block.body(), *row, span(block.name()), into);
    return;
  }
  const schema::Child* child = into.type->find_child(name);
  if (child == nullptr) {
    here(into).broken = true;
    return;
  }
  Cursor inner = opened(block, *child->type, &into);
  body(block.body(), inner);
}

// Maps.

void Walk::map(const ast::Body& body, const schema::Attribute& row, Span name, Cursor& into) {
  bodies_->open(module_, body);
  for (const ast::Item& item : body.items()) map_item(item, row, name, into);
}

void Walk::map_item(const ast::Item& item, const schema::Attribute& row, Span name, Cursor& into) {
  if (const ast::Attribute entry = item.as<ast::Attribute>())
    return map_entry(entry, row, name, into);
  if (const ast::For loop = item.as<ast::For>())
    return bodies_->each_turn(module_, loop, [&] {
      for (const ast::Item& inner : loop.body().items()) map_item(inner, row, name, into);
      return !expressions_->is_exhausted();
    });
  if (const ast::If chain = item.as<ast::If>())
    branch(chain, into, [&](const ast::Body& taken) {
      for (const ast::Item& inner : taken.items()) map_item(inner, row, name, into);
    });
}

void Walk::map_entry(const ast::Attribute& entry, const schema::Attribute& row, Span name,
                     Cursor& into) {
  if (!entry.key()) return;
  std::optional<std::string> key = entry.key().is_quoted()
                                       ? expressions_->text(module_, entry.key().quoted())
                                       : std::optional(entry.key().plain());
  Value value = expressions_->evaluate(module_, entry.value(), Expectation::of(row));
  if (!key) {
    here(into).broken = true;
    return;
  }
  Value one;
  one.kind = Value::Kind::object;
  one.span = name;
  one.origin = bodies_->origins_->written(name, expressions_->parent());
  one.keys = {std::move(*key)};
  one.items = {std::move(value)};
  add(here(into), {&row, std::move(one), name, false}, span(entry.key()));
}

// Settings of one layer: of two, neither is stronger.

void Walk::add(BlockValue& into, Setting setting, std::optional<Span> entry) {
  const auto before = std::find_if(into.settings.begin(), into.settings.end(),
                                   [&](const Setting& other) { return other.row == setting.row; });
  if (before == into.settings.end()) {
    into.settings.push_back(std::move(setting));
  } else if (setting.row->type == schema::Type::text_map && setting.value.is(Value::Kind::object) &&
             before->value.is(Value::Kind::object)) {
    add_keys(*before, setting, entry);
  } else if (setting.appends != before->appends) {
    bodies_->report_->add(message::appended_beside, setting.name, setting.row->name)
        .label(before->name, "and here");
  } else if (!setting.appends) {
    // Two turns of one loop: what is to be changed is the loop, or the label inside it.
    const std::optional<Span>& loop = bodies_->report_->context().loop;
    const bool is_turn = loop && setting.name == before->name;
    bodies_->report_
        ->add(message::repeated_attribute, is_turn ? *loop : setting.name, setting.row->name)
        .label(before->name, is_turn ? "said here by each turn" : "said here first");
  } else if (setting.value.is(Value::Kind::list) && before->value.is(Value::Kind::list)) {
    std::vector<Value>& items = before->value.items.own();
    items.insert(items.end(), setting.value.items.begin(), setting.value.items.end());
  }
}

void Walk::add_keys(Setting& before, const Setting& more, std::optional<Span> entry) {
  expressions_->spend(1 + before.value.keys.size() / looks_a_unit, more.name);
  for (std::size_t i = 0; i < more.value.keys.size(); ++i) {
    const std::string& key = more.value.keys[i];
    if (const Value* there = find_item(before.value, key)) {
      bodies_->report_
          ->add(message::repeated_attribute, entry.value_or(more.value.items[i].span), key)
          .label(there->span, "said here first");
      continue;
    }
    before.value.keys.push_back(key);
    before.value.items.push_back(more.value.items[i]);
  }
}

// What acts on other statements.

void Walk::use(const ast::Use& use, Cursor& into) {
  BlockValue& block = here(into);
  const Instance* instance = into.outer == nullptr ? bodies_->instance(module_, use) : nullptr;
  if (instance == nullptr) {
    block.broken = true;
    return;
  }
  const OriginId origin =
      bodies_->origins_->add({Origin::Kind::profile, span(use), expressions_->parent(),
                              bodies_->names_->at(instance->profile).name});
  (*layers_)[depth_].uses.push_back({instance, origin});
}

void Walk::unset(const ast::Unset& unset, Cursor& into) {
  if (!unset.name()) return;
  Removal removal{.statement = span(unset)};
  const std::string_view name = unset.name().text();
  if (const schema::Child* child = into.type->find_child(name)) {
    removal.type = child->type;
    removal.all = !unset.label();
    if (unset.label()) removal.label = unset.label().plain().value_or("");
  } else if (const schema::Attribute* row = into.type->find_attribute(name)) {
    removal.row = row;
  } else {
    return;
  }
  here(into).removals.push_back(std::move(removal));
}

void Walk::patch(const ast::Patch& patch, Cursor& into) {
  PatchValue value;
  value.file = !patch.object_kind();
  value.kind = value.file ? "" : std::string(patch.object_kind().text());
  std::optional<std::string> name;
  if (patch.name()) name = expressions_->text(module_, patch.name());
  (value.file ? value.kind : value.name) = name.value_or("");
  const Span named = value.file ? span(patch.name()) : span(patch.object_kind());
  value.head = named;
  value.origin = bodies_->origins_->written(value.head, expressions_->parent());
  if (patch.name() && !name) {
    here(into).broken = true;
    return;
  }
  std::vector<PatchValue>& patches = here(into).patches;
  auto there = std::find_if(patches.begin(), patches.end(), [&](const PatchValue& other) {
    return other.file == value.file && other.kind == value.kind && other.name == value.name;
  });
  if (there == patches.end()) there = patches.insert(patches.end(), std::move(value));
  for (const ast::PatchEntry& entry : patch.entries()) patch_entry(entry, named, *there);
}

void Walk::patch_entry(const ast::PatchEntry& entry, Span named, PatchValue& into) {
  using Kind = ast::PatchEntry::Kind;
  PatchValue::Entry made{.kind = entry.kind(),
                         .target = entry.target(),
                         .target_span = span(entry.target_span()),
                         .statement = span(entry),
                         .patch = named};
  made.value = expressions_->evaluate(module_, entry.value(), {.text = true});
  made.origin = bodies_->origins_->written(made.target_span, expressions_->parent());
  expressions_->spend(1 + into.entries.size() / looks_a_unit, made.target_span);
  const std::string path = path_of(made.target);
  for (const PatchValue::Entry& other : into.entries) {
    const bool both_append = made.kind == Kind::append && other.kind == Kind::append;
    if (both_append || path_of(other.target) != path) continue;
    const bool any_appends = made.kind == Kind::append || other.kind == Kind::append;
    bodies_->report_
        ->add(any_appends ? message::appended_beside : message::repeated_attribute,
              made.target_span, path)
        .label(other.target_span, any_appends ? "and here" : "said here first");
    return;
  }
  into.entries.push_back(std::move(made));
}

}  // namespace bkfc::eval
