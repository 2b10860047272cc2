#include "driver/expand_json.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "driver/expand_page_text.hpp"
#include "driver/expand_schema_text.hpp"
#include "driver/expand_text.hpp"
#include "ir/literal.hpp"
#include "model/derivations.hpp"
#include "source/whence.hpp"

namespace bkfc::driver {
namespace {

using nlohmann::ordered_json;
using schema::BlockType;
using schema::State;

std::string_view kind_text(Origin::Kind kind) {
  switch (kind) {
    case Origin::Kind::nowhere: return "compiler";
    case Origin::Kind::written: return "written";
    case Origin::Kind::profile: return "use";
    case Origin::Kind::turn: return "turn";
    case Origin::Kind::defaulted: return "default";
    case Origin::Kind::derived: return "derived";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const Session& session) : session_(&session) {}

  ordered_json origin(OriginId id) const {
    const Origin& born = session_->origins.at(id);
    ordered_json out = {{"kind", kind_text(born.kind)}};
    if (born.kind == Origin::Kind::nowhere) return out;
    if (!born.note.empty()) out["reason"] = born.note;
    add_place(out, born.span);
    for (const Origin& way : ways(session_->origins, id)) {
      ordered_json one = {{"kind", kind_text(way.kind)},
                          {way.kind == Origin::Kind::turn ? "turn" : "profile", way.note}};
      add_place(one, way.span);
      out["through"].push_back(std::move(one));
    }
    return out;
  }

  // A field with its unit, its spelling in the language, and where it comes from.
  ordered_json field(const schema::Attribute& row, const schema::StoredField& field) const {
    ordered_json out = value(row, field.value);
    out["text"] = ir::spell(row, field.value);
    out["origin"] = origin(field.origin);
    add_items(out, field);
    return out;
  }

  ordered_json allow(const schema::Allow& allow) const {
    ordered_json out = {{"rule", allow.rule}, {"reason", allow.reason}};
    if (!allow.until.empty()) out["until"] = allow.until;
    out["origin"] = origin(allow.origin);
    return out;
  }

  ordered_json block(const BlockType& type, const void* block) const {
    const schema::Head& head = ir::head_of(type, block);
    ordered_json out = {{"block", type.name}};
    if (!type.label.empty()) out["label"] = head.label;
    out["written"] = head.written;
    out["origin"] = origin(head.origin);
    out["attributes"] = ordered_json::object();
    for (const schema::Attribute& row : type.attributes) {
      const schema::StoredField stored = row.load(block);
      if (stored.state == State::written || stored.state == State::defaulted)
        out["attributes"][std::string(row.name)] = field(row, stored);
    }
    for (const schema::Allow& one : head.allows) out["allows"].push_back(allow(one));
    for (const schema::Child& child : type.children)
      for (std::size_t i = 0; i < child.count(block); ++i)
        out["blocks"].push_back(this->block(*child.type, child.at(block, i)));
    return out;
  }

  ordered_json patch(const ir::Patch& patch) const {
    ordered_json out = {{patch.file ? "file" : "kind", patch.kind}};
    if (!patch.name.empty()) out["name"] = patch.name;
    out["origin"] = origin(patch.origin);
    out["entries"] = ordered_json::array();
    for (const ir::PatchEntry& entry : patch.entries) out["entries"].push_back(patch_entry(entry));
    return out;
  }

  ordered_json derivation(const model::Derivation& one) const {
    schema::Attribute row;
    row.type = one.type;
    return field(row, {one.value, one.origin, State::defaulted});
  }

 private:
  void add_place(ordered_json& out, Span span) const {
    const Position at = session_->sources.position(span.file, span.begin);
    out["file"] = session_->sources.path(span.file);
    out["line"] = at.line;
    out["column"] = at.column;
  }

  // Where each item of a list or map was born.
  void add_items(ordered_json& out, const schema::StoredField& field) const {
    if (field.state != State::written) return;
    if (const auto* map = std::get_if<schema::TextMap>(&field.value))
      for (std::size_t i = 0; i < map->size(); ++i)
        out["origins"].push_back(origin(schema::item_origin(field, i)));
    if (out["value"].is_array())
      for (std::size_t i = 0; i < out["value"].size(); ++i)
        out["origins"].push_back(origin(schema::item_origin(field, i)));
  }

  static ordered_json space(const schema::Space& space) {
    if (!space.percent) return {{"type", "bytes"}, {"unit", "bytes"}, {"value", space.bytes.count}};
    return {
        {"type", "percent"},
        {"unit", space.of_daemons_disk ? "percent of the daemon's disk" : "percent of the cache"},
        {"value", static_cast<double>(space.percent->thousandths) / 1000}};
  }

  template <class T, class Number>
  static ordered_json range(const schema::Range<T>& range, Number number) {
    ordered_json out = ordered_json::object();
    if (range.min) out["minimum"] = number(*range.min);
    if (range.max) out["maximum"] = number(*range.max);
    return out;
  }

  static ordered_json value(const schema::Attribute& row, const schema::Stored& stored) {
    using schema::Type;
    const auto of = [](std::string_view type, ordered_json value, std::string_view unit = {}) {
      ordered_json out = {{"type", type}};
      if (!unit.empty()) out["unit"] = unit;
      out["value"] = std::move(value);
      return out;
    };
    const auto same = [](std::int64_t number) { return number; };
    const auto choice = [&row](schema::ChoiceId id) {
      return row.choices[static_cast<std::size_t>(id)].name;
    };
    switch (row.type) {
      case Type::boolean: return of("bool", std::get<bool>(stored));
      case Type::integer: return of("int", std::get<std::int64_t>(stored));
      case Type::text: return of("string", std::get<std::string>(stored));
      case Type::bytes: return of("bytes", std::get<Bytes>(stored).count, "bytes");
      case Type::space: return space(std::get<schema::Space>(stored));
      case Type::duration: return of("duration", std::get<Duration>(stored).seconds, "seconds");
      case Type::cpu: return of("cpu", std::get<Cpu>(stored).millicores, "millicores");
      case Type::integer_range:
        return of("range of int", range(std::get<schema::Range<std::int64_t>>(stored), same));
      case Type::cpu_range:
        return of(
            "range of cpu",
            range(std::get<schema::Range<Cpu>>(stored), [](Cpu cpu) { return cpu.millicores; }),
            "millicores");
      case Type::bytes_range:
        return of(
            "range of bytes",
            range(std::get<schema::Range<Bytes>>(stored), [](Bytes bytes) { return bytes.count; }),
            "bytes");
      case Type::text_list: return of("list of string", std::get<std::vector<std::string>>(stored));
      case Type::text_map: {
        ordered_json map = ordered_json::object();
        for (const auto& [key, text] : std::get<schema::TextMap>(stored)) map[key] = text;
        return of("map of string", std::move(map));
      }
      case Type::choice: return of("choice", choice(std::get<schema::ChoiceId>(stored)));
      case Type::choice_list: {
        ordered_json list = ordered_json::array();
        for (const schema::ChoiceId id : std::get<std::vector<schema::ChoiceId>>(stored))
          list.push_back(choice(id));
        return of("list of choice", std::move(list));
      }
    }
    return {};
  }

  static ordered_json data(const emit::Node& node) {
    switch (node.kind) {
      case emit::Node::Kind::integer: return node.integer;
      case emit::Node::Kind::boolean: return node.boolean;
      case emit::Node::Kind::map: {
        ordered_json out = ordered_json::object();
        for (const emit::Entry& entry : node.entries) out[entry.key] = data(entry.value);
        return out;
      }
      case emit::Node::Kind::list: {
        ordered_json out = ordered_json::array();
        for (const emit::Node& item : node.items) out.push_back(data(item));
        return out;
      }
      default: return node.text;
    }
  }

  ordered_json patch_entry(const ir::PatchEntry& entry) const {
    using Kind = ir::PatchEntry::Kind;
    ordered_json out = {{"does", entry.kind == Kind::set      ? "set"
                                 : entry.kind == Kind::append ? "append"
                                                              : "delete"}};
    out["path"] = ordered_json::array();
    for (const ir::PathStep& step : entry.path)
      out["path"].push_back({{step.element ? "element" : "field", step.name}});
    if (entry.kind != Kind::erase) out["value"] = data(entry.value);
    out["origin"] = origin(entry.origin);
    return out;
  }

  const Session* session_;
};

ordered_json root_json(const ir::Root& root, const model::Fleet* model, const Writer& writer) {
  ordered_json out = writer.block(*root.type, root.block);
  if (root.fleet == nullptr) return out;
  const ir::Identity& identity = root.fleet->identity;
  out["identity"] = {
      {"cluster", identity.cluster}, {"namespace", identity.name_space}, {"name", identity.name}};
  if (!root.fleet->documentation.empty()) out["documentation"] = root.fleet->documentation;
  for (const ir::Patch& patch : root.fleet->patches) out["patches"].push_back(writer.patch(patch));
  if (model == nullptr) return out;
  for (const model::Derivation& one : model::derivations(*model))
    out["derived"][std::string(one.path)] = writer.derivation(one);
  return out;
}

}  // namespace

std::string origin_json(const Session& session, OriginId origin) {
  return Writer(session).origin(origin).dump();
}

std::string expanded_json(const Analysis& analysis, const Session& session,
                          const Options& options) {
  const Writer writer(session);
  ordered_json out = {{"version", expanded_version}, {"bkfc", BKFC_VERSION}};
  out["files"] = options.words;
  out["blocks"] = ordered_json::array();
  for (const ir::Root& root : roots_for(analysis, options.only))
    out["blocks"].push_back(root_json(root, model_of(analysis, root.fleet), writer));
  for (const schema::Allow& allow : analysis.program.allows)
    out["allows"].push_back(writer.allow(allow));
  return out.dump(2) + "\n";
}

std::string expanded_schema() { return expand_schema_text; }

std::string expanded_page() { return expand_page_text; }

}  // namespace bkfc::driver
