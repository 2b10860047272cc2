#include "ir/build.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "ir/convert.hpp"
#include "ir/link.hpp"
#include "ir/literal.hpp"
#include "ir/messages.hpp"

namespace bkfc::ir {
namespace {

using eval::BlockValue;
using eval::Value;
using schema::BlockType;
using schema::State;

const eval::Setting* find_setting(const BlockValue* block, const schema::Attribute& row) {
  if (block == nullptr) return nullptr;
  for (const eval::Setting& setting : block->settings)
    if (setting.row == &row) return &setting;
  return nullptr;
}

class Filler {
 public:
  Filler(const Sources& sources, Origins& origins, Report& report)
      : sources_(&sources), origins_(&origins), report_(&report) {}

  // Fills a block's struct; says whether nothing of it is unknown. A parent with a mistake may have
  // meant a block that is not there, so then nothing of that block is missing.
  bool fill(void* block, const BlockType& type, const BlockValue* value, OriginId outer,
            bool outer_broken = false) {
    schema::Head& head = *type.head(block);
    head.origin = value != nullptr ? value->origin : outer;
    head.written = value != nullptr;
    if (value != nullptr) head.allows = value->allows;
    const Place place{type, value, head.origin, value != nullptr ? value->broken : outer_broken};
    bool complete = !place.broken;
    for (const schema::Attribute& row : type.attributes)
      complete &= fill_attribute(block, row, place);
    for (const schema::Child& child : type.children)
      complete &=
          child.labelled ? fill_labelled(block, child, place) : fill_single(block, child, place);
    return complete;
  }

 private:
  // Where a block's values come from.
  struct Place {
    const BlockType& type;
    const BlockValue* value;  // null: nobody wrote it
    OriginId head;
    bool broken;
  };

  bool fill_attribute(void* block, const schema::Attribute& row, const Place& place) {
    const eval::Setting* setting = find_setting(place.value, row);
    if (setting != nullptr && !setting->value.is(Value::Kind::unset)) {
      std::optional<schema::Stored> stored = convert(setting->value, row, *sources_, *report_);
      const State state = stored ? State::written : State::unknown;
      row.store(block,
                {stored ? std::move(*stored) : schema::Stored{}, origin_of(setting->value), state});
      if (stored && setting->appends) append_to_default(block, row);
      return state == State::written;
    }
    const OriginId origin = defaulted(place.head, row.because);
    if (!row.fallback.empty()) {
      row.store(block, {parse_literal(row, row.fallback), origin, State::defaulted});
      return true;
    }
    row.store(block, {{}, origin, State::unset});
    if (row.required && !place.broken) say_missing(row, place);
    return !row.required;
  }

  // Of a list and a map with those of their items behind it, as `schema::item_origin` has it.
  OriginId origin_of(const Value& value) {
    if (!value.is(Value::Kind::list) && !value.is(Value::Kind::object)) return value.origin;
    const OriginId whole = origins_->add(origins_->at(value.origin));
    for (const Value& item : value.items) origins_->add(origins_->at(item.origin));
    return whole;
  }

  // `+=` with nothing weaker adds to the default, where the table has one.
  static void append_to_default(void* block, const schema::Attribute& row) {
    if (row.fallback.empty()) return;
    schema::StoredField field = row.load(block);
    schema::Stored whole = parse_literal(row, row.fallback);
    const auto join = [&]<class List>(List* items) {
      if (items == nullptr) return;
      const List& more = std::get<List>(field.value);
      items->insert(items->end(), more.begin(), more.end());
    };
    join(std::get_if<std::vector<std::string>>(&whole));
    join(std::get_if<std::vector<schema::ChoiceId>>(&whole));
    row.store(block, {std::move(whole), field.origin, field.state});
  }

  OriginId defaulted(OriginId head, std::string_view because) {
    return origins_->add(
        {Origin::Kind::defaulted, origins_->at(head).span, OriginId::nowhere, because});
  }

  void say_missing(const schema::Attribute& row, const Place& place) {
    const std::string_view block = place.type.name;
    auto draft = report_->add(message::missing, origins_->at(place.head).span, block, row.name);
    const std::string line = fmt::format("{} = {}", row.name, row.example);
    draft.here(place.value != nullptr ? fmt::format("say `{}`", line)
                                      : fmt::format("say `{} {{ {} }}`", block, line));
    draft.note(fmt::format("`{}` is not said: {}", row.name, row.doc));
  }

  bool fill_single(void* block, const schema::Child& child, const Place& place) {
    const BlockValue* inner = nullptr;
    if (place.value != nullptr)
      for (const BlockValue& one : place.value->blocks)
        if (one.type == child.type) inner = &one;
    return fill(child.find_or_add(block, {}), *child.type, inner, place.head, place.broken);
  }

  bool fill_labelled(void* block, const schema::Child& child, const Place& place) {
    bool complete = true;
    if (place.value == nullptr) return complete;
    for (const BlockValue& one : place.value->blocks) {
      if (one.type != child.type) continue;
      complete &= one.label_known;
      complete &= fill(child.find_or_add(block, one.label), *child.type, &one, one.origin);
    }
    return complete;
  }

  const Sources* sources_;
  Origins* origins_;
  Report* report_;
};

std::optional<emit::Node> to_node(const Value& value, bool integers) {
  switch (value.kind) {
    case Value::Kind::boolean: return emit::Node(value.boolean);
    case Value::Kind::integer:
    case Value::Kind::duration: return emit::Node(value.number);
    case Value::Kind::text: return emit::Node(value.text);
    case Value::Kind::bytes:
      return integers ? emit::Node(value.number) : emit::Node(quantity(Bytes{value.number}));
    case Value::Kind::cpu: return emit::Node(quantity(Cpu{value.number}));
    case Value::Kind::percent: return emit::Node(to_text(Percent{value.number}));
    case Value::Kind::list:
    case Value::Kind::object: {
      emit::Node out = value.is(Value::Kind::list) ? emit::list() : emit::map();
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        std::optional<emit::Node> item = to_node(value.items[i], integers);
        if (!item) return std::nullopt;
        item->origin = value.items[i].origin;
        if (value.is(Value::Kind::list)) {
          out.push(std::move(*item));
        } else {
          out.set(value.keys[i], std::move(*item));
        }
      }
      return out;
    }
    default: return std::nullopt;
  }
}

class Programmer {
 public:
  Programmer(const Sources& sources, Origins& origins, Report& report)
      : filler_(sources, origins, report),
        sources_(&sources),
        origins_(&origins),
        report_(&report) {}

  Program build(const eval::Values& values) {
    program_.allows = values.allows;
    hold_unused(values);
    for (const BlockValue& root : values.roots)
      if (root.type == &schema::cluster_type) add_cluster(root);
    for (const BlockValue& root : values.roots) {
      const Report::Context outer = report_->speak_of(turn_of(root.origin, root.label, *origins_));
      add_root(root);
      report_->speak_of(outer);
    }
    link(program_, *sources_, *origins_, *report_);
    return std::move(program_);
  }

 private:
  // A profile that nothing uses is held against the table as if a fleet did.
  void hold_unused(const eval::Values& values) {
    for (const BlockValue& profile : values.unused) {
      schema::Fleet nobody;
      filler_.fill(&nobody, schema::fleet_type, &profile, profile.origin);
    }
  }

  void add_root(const BlockValue& root) {
    if (root.type == &schema::fleet_type) add_fleet(root);
    if (root.type == &schema::builder_type)
      fill_labelled(program_.builders.emplace_back().is, schema::builder_type, root);
    if (root.type != &schema::authority_type) return;
    Authority& made = program_.authorities.emplace_back();
    made.complete = fill_labelled(made.is, schema::authority_type, root);
  }

  template <class Block>
  bool fill_labelled(Block& block, const BlockType& type, const BlockValue& root) {
    block.head.label = root.label;
    return filler_.fill(&block, type, &root, root.origin);
  }

  void add_cluster(const BlockValue& root) {
    for (const schema::Cluster& other : program_.clusters)
      if (other.head.label == root.label && root.label_known)
        report_->add(message::repeated_cluster, root.head, root.label)
            .label(origins_->at(other.head.origin).span, "said here first");
    fill_labelled(program_.clusters.emplace_back(), schema::cluster_type, root);
  }

  void add_fleet(const BlockValue& root) {
    Fleet fleet;
    fleet.is.head.label = root.label;
    fleet.complete = filler_.fill(&fleet.is, schema::fleet_type, &root, root.origin);
    fleet.complete &= root.label_known && !(root.label.empty());
    fleet.documentation = root.documentation;
    fleet.identity = {place(fleet), fleet.is.name_space.value, root.label};
    for (const eval::PatchValue& patch : root.patches) add_patch(patch, fleet);
    say_repeated(fleet, root);
    say_scaled(fleet);
    program_.fleets.push_back(std::move(fleet));
  }

  // The cluster that a fleet runs in: what it says, the only one, or `default`.
  std::string place(Fleet& fleet) {
    const schema::Field<std::string>& said = fleet.is.cluster;
    if (program_.clusters.empty()) return said.is_set() ? said.value : "default";
    if (!said.is_set() && program_.clusters.size() == 1) {
      fleet.cluster = 0;
      return program_.clusters.front().head.label;
    }
    if (said.is_unknown()) return "";
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < program_.clusters.size(); ++i) {
      const std::string_view label = program_.clusters[i].head.label;
      if (label == said.value) fleet.cluster = i;
      if (std::find(known.begin(), known.end(), label) == known.end()) known.push_back(label);
    }
    if (!said.is_set()) {
      report_->add(message::which_cluster, origins_->at(fleet.is.head.origin).span)
          .here("say `cluster = \"…\"`")
          .note("declared are " + listed(known));
      fleet.complete = false;
      return "";
    }
    if (!fleet.cluster) say_unknown_cluster(said, known);
    fleet.complete &= fleet.cluster.has_value();
    return said.value;
  }

  void say_unknown_cluster(const schema::Field<std::string>& said,
                           std::span<const std::string_view> known) {
    const Span span = origins_->at(said.origin).span;
    auto draft = report_->add(message::unknown_cluster, span, said.value);
    if (const auto near = nearest(said.value, known))
      draft.here(fmt::format("did you mean `{}`?", *near))
          .fix(fmt::format("write `\"{}\"`", *near), {{span, fmt::format("\"{}\"", *near)}});
    draft.note("declared are " + listed(known));
  }

  void say_repeated(const Fleet& fleet, const BlockValue& root) {
    if (!root.label_known || root.label.empty() || !fleet.is.name_space.is_set()) return;
    const auto [before, is_new] = seen_.emplace(fleet.identity.text(), root.head);
    if (!is_new)
      report_->add(message::repeated_fleet, root.head, fleet.identity.text())
          .label(before->second, "said here first");
  }

  void say_scaled(Fleet& fleet) {
    const auto& replicas = fleet.is.replicas;
    if (!replicas.is_written() || replicas.value.min == replicas.value.max) return;
    report_->add(message::scaled_replicas, origins_->at(replicas.origin).span);
    fleet.complete = false;
  }

  void add_patch(const eval::PatchValue& value, Fleet& fleet) {
    Patch patch{.kind = value.kind, .file = value.file, .name = value.name, .origin = value.origin};
    for (const eval::PatchValue::Entry& entry : value.entries) {
      PatchEntry made{.origin = entry.origin, .statement = entry.statement, .patch = entry.patch};
      using Kind = syntax::ast::PatchEntry::Kind;
      made.kind = entry.kind == Kind::set      ? PatchEntry::Kind::set
                  : entry.kind == Kind::append ? PatchEntry::Kind::append
                                               : PatchEntry::Kind::erase;
      for (const syntax::ast::Segment& segment : entry.target)
        made.path.push_back({segment.text, segment.kind == syntax::ast::Segment::Kind::key,
                             origins_->written(segment.span.in(entry.target_span.file),
                                               origins_->at(entry.origin).parent)});
      if (made.path.empty() || !add_value(entry, patch.file, made)) {
        fleet.complete = false;
        continue;
      }
      patch.entries.push_back(std::move(made));
    }
    fleet.patches.push_back(std::move(patch));
  }

  bool add_value(const eval::PatchValue::Entry& entry, bool integers, PatchEntry& made) {
    if (made.kind == PatchEntry::Kind::erase) return true;
    if (entry.value.is(Value::Kind::unknown)) return false;
    std::optional<emit::Node> node = to_node(entry.value, integers);
    if (!node) {
      report_->add(message::not_patchable, entry.value.span, describe(entry.value));
      return false;
    }
    made.value = std::move(*node).from(entry.value.origin);
    return true;
  }

  Filler filler_;
  const Sources* sources_;
  Origins* origins_;
  Report* report_;
  Program program_;
  std::unordered_map<std::string, Span> seen_;  // by identity
};

struct Dumper {
  const Sources& sources;
  const Origins& origins;
  std::string out;

  std::string whence(OriginId id) const {
    const Origin& origin = origins.at(id);
    if (origin.kind == Origin::Kind::nowhere) return "";
    if (origin.kind == Origin::Kind::defaulted) return fmt::format("default: {}", origin.note);
    const Position at = sources.position(origin.span.file, origin.span.begin);
    return fmt::format("{}:{}:{}", sources.path(origin.span.file), at.line, at.column);
  }

  void add(const void* block, const BlockType& type, std::string_view label, std::size_t depth) {
    const std::string indent(depth * 2, ' ');
    out += indent + std::string(type.name);
    if (!label.empty()) out += fmt::format(" \"{}\"", label);
    out += " {\n";
    for (const schema::Attribute& row : type.attributes) {
      const schema::StoredField field = row.load(block);
      if (field.state == State::unknown) out += fmt::format("{}  {} = ?\n", indent, row.name);
      if (field.state == State::written || field.state == State::defaulted)
        out += fmt::format("{}  {} = {}  # {}\n", indent, row.name, spell(row, field.value),
                           whence(field.origin));
    }
    for (const schema::Child& child : type.children)
      for (std::size_t i = 0; i < child.count(block); ++i) {
        void* inner = const_cast<void*>(child.at(block, i));
        add(inner, *child.type, child.type->head(inner)->label, depth + 1);
      }
    out += indent + "}\n";
  }
};

}  // namespace

Program build(const eval::Values& values, const Sources& sources, Origins& origins,
              Report& report) {
  return Programmer(sources, origins, report).build(values);
}

std::string dump(const Program& program, const Sources& sources, const Origins& origins) {
  Dumper dumper{sources, origins, {}};
  for (const schema::Cluster& cluster : program.clusters)
    dumper.add(&cluster, schema::cluster_type, cluster.head.label, 0);
  for (const Authority& authority : program.authorities)
    dumper.add(&authority.is, schema::authority_type, authority.is.head.label, 0);
  for (const Fleet& fleet : program.fleets)
    dumper.add(&fleet.is, schema::fleet_type, fleet.identity.text(), 0);
  for (const Builder& builder : program.builders)
    dumper.add(&builder.is, schema::builder_type, builder.is.head.label, 0);
  return dumper.out;
}

}  // namespace bkfc::ir
