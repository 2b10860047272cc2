#include "driver/expand_text.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/assert.hpp"
#include "base/path.hpp"
#include "format/format.hpp"
#include "ir/literal.hpp"
#include "model/derivations.hpp"
#include "rules/catalogue.hpp"
#include "source/whence.hpp"
#include "syntax/parse.hpp"

namespace bkfc::driver {
namespace {

using schema::BlockType;
using schema::State;

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

// A value of a patch, which is what Kubernetes or buildkitd gets.
std::string spell(const emit::Node& node) {
  std::string out;
  const auto add = [&out](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  switch (node.kind) {
    case emit::Node::Kind::integer: return fmt::format("{}", node.integer);
    case emit::Node::Kind::boolean: return node.boolean ? "true" : "false";
    case emit::Node::Kind::map:
      for (const emit::Entry& entry : node.entries)
        add(fmt::format("{} = {}", ir::quoted(entry.key), spell(entry.value)));
      return out.empty() ? "{}" : fmt::format("{{ {} }}", out);
    case emit::Node::Kind::list:
      for (const emit::Node& item : node.items) add(spell(item));
      return fmt::format("[{}]", out);
    default: return ir::quoted(node.text);
  }
}

std::string spell(const std::vector<ir::PathStep>& path) {
  std::string out;
  for (const ir::PathStep& step : path) {
    if (step.element) {
      out += fmt::format("[{}]", ir::quoted(step.name));
    } else {
      out += out.empty() ? "" : ".";
      out += is_name(step.name) ? step.name : ir::quoted(step.name);
    }
  }
  return out;
}

// The items of a list as the language spells them; none of anything else.
std::vector<std::string> items_of(const schema::Attribute& row, const schema::Stored& stored) {
  std::vector<std::string> out;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&stored))
    for (const std::string& text : *texts) out.push_back(ir::quoted(text));
  schema::Attribute one = row;
  one.type = schema::Type::choice;
  if (const auto* choices = std::get_if<std::vector<schema::ChoiceId>>(&stored))
    for (const schema::ChoiceId choice : *choices) out.push_back(ir::spell(one, choice));
  return out;
}

// `only_with` names the kinds of its block that have the attribute.
bool is_of_kind(const schema::Attribute& row, const BlockType& type, const void* block) {
  if (row.only_with.empty() || type.chosen_by.empty()) return true;
  const schema::Attribute* kind = type.find_attribute(type.chosen_by);
  return kind == nullptr ||
         fmt::format(" {} ", row.only_with)
                 .find(fmt::format(" {} ", ir::spell(*kind, kind->load(block).value))) !=
             std::string::npos;
}

// Where a block stands: `worker`, and what would be written around an attribute of it.
struct Place {
  std::string path;  // from the fleet, with a dot behind it; empty for the root block
  std::string open;  // `gc { `, of blocks that nobody wrote
  std::string close;

  Place within(std::string_view block, bool is_written) const {
    Place inner{fmt::format("{}{}.", path, block), {}, {}};
    if (!is_written) {
      inner.open = fmt::format("{}{} {{ ", open, block);
      inner.close = " }" + close;
    }
    return inner;
  }
};

class Writer {
 public:
  explicit Writer(const Session& session) : session_(&session) {}

  std::string take() { return std::move(out_); }

  void line(std::string_view text) { out_ += fmt::format("{}\n", text); }

  void allow(const schema::Allow& allow) {
    std::string text = fmt::format("allow {} {}", allow.rule, ir::quoted(allow.reason));
    if (!allow.until.empty()) text += fmt::format(" until {}", ir::quoted(allow.until));
    // Of the program's own policies nothing is left to silence.
    if (rules::find(allow.rule) == nullptr) text = "# " + text;
    told(text, allow.origin);
  }

  void root(const ir::Root& root, const model::Fleet* model) {
    out_ += '\n';
    if (model != nullptr) derivations_ = model::derivations(*model);
    if (root.fleet != nullptr)
      for (const std::string& doc : root.fleet->documentation)
        line(doc.empty() || doc.front() == ' ' ? "##" + doc : "## " + doc);
    fleet_ = root.fleet;
    block(*root.type, root.block, {});
    derivations_.clear();
  }

 private:
  // A line, and where it comes from behind it.
  void told(std::string_view text, OriginId origin) {
    const std::string comment = whence(session_->sources, session_->origins, origin);
    line(comment.empty() ? std::string(text) : fmt::format("{}  # {}", text, comment));
  }

  // What nobody wrote, as it would be written.
  void unsaid(const Place& place, std::string_view name, std::string_view value, OriginId origin) {
    told(fmt::format("# {}{} = {}{}", place.open, name, value, place.close), origin);
  }

  void block(const BlockType& type, const void* block, const Place& place) {
    const schema::Head& head = ir::head_of(type, block);
    std::string title(type.name);
    if (!head.label.empty()) title += " " + ir::quoted(label_of(type, head));
    const std::string before = std::move(out_);
    out_.clear();
    body(type, block, place);
    if (place.path.empty() && fleet_ != nullptr) fleet_parts();
    const std::string inside = std::exchange(out_, before);
    if (inside.empty()) return told(head.label.empty() ? title + " {}" : title, head.origin);
    told(title + " {", head.origin);
    out_ += inside;
    line("}");
  }

  // The path of an `object` counts from the file that says it; the text is of the current folder.
  std::string label_of(const BlockType& type, const schema::Head& head) const {
    if (type.name != "object") return head.label;
    const FileId file = session_->origins.at(head.origin).span.file;
    return join(folder_of(session_->sources.path(file)), head.label);
  }

  void body(const BlockType& type, const void* block, const Place& place) {
    for (const schema::Attribute& row : type.attributes) {
      const schema::StoredField field = row.load(block);
      if (field.state == State::written)
        attribute(row, field);
      else if (field.state == State::defaulted && is_of_kind(row, type, block))
        unsaid(place, row.name, ir::spell(row, field.value), field.origin);
      else if (field.state == State::unset)
        derived(place, row);
    }
    for (const schema::Allow& one : ir::head_of(type, block).allows) allow(one);
    for (const schema::Child& child : type.children)
      for (std::size_t i = 0; i < child.count(block); ++i) {
        const void* inner = child.at(block, i);
        const bool is_written = ir::head_of(*child.type, inner).written;
        const Place within = place.within(child.type->name, is_written);
        if (is_written)
          this->block(*child.type, inner, within);
        else
          body(*child.type, inner, within);
      }
  }

  void attribute(const schema::Attribute& row, const schema::StoredField& field) {
    if (const auto* map = std::get_if<schema::TextMap>(&field.value); map && !map->empty())
      return add_map(row, *map, field);
    if (const std::vector<std::string> items = items_of(row, field.value);
        is_of_several(field, items.size()))
      return add_list(row, field, items);
    told(fmt::format("{} = {}", row.name, ir::spell(row, field.value)), field.origin);
  }

  void add_map(const schema::Attribute& row, const schema::TextMap& map,
               const schema::StoredField& field) {
    line(fmt::format("{} {{", row.name));
    for (std::size_t i = 0; i < map.size(); ++i)
      told(fmt::format("{} = {}", ir::quoted(map[i].first), ir::quoted(map[i].second)),
           schema::item_origin(field, i));
    line("}");
  }

  // Whether `+=` brought items of a list from beyond the list that was written first.
  bool is_of_several(const schema::StoredField& field, std::size_t items) const {
    const Span whole = session_->origins.at(field.origin).span;
    for (std::size_t i = 0; i < items; ++i) {
      const Span item = session_->origins.at(schema::item_origin(field, i)).span;
      if (item.file != whole.file || item.begin < whole.begin || item.end > whole.end) return true;
    }
    return false;
  }

  void add_list(const schema::Attribute& row, const schema::StoredField& field,
                const std::vector<std::string>& items) {
    line(fmt::format("{} = [", row.name));
    for (std::size_t i = 0; i < items.size(); ++i)
      told(items[i] + ",", schema::item_origin(field, i));
    line("]");
  }

  void derived(const Place& place, const schema::Attribute& row) {
    for (const model::Derivation& one : derivations_)
      if (one.is_attribute && one.path == place.path + std::string(row.name))
        unsaid(place, row.name, ir::spell(row, one.value), one.origin);
  }

  void fleet_parts() {
    for (const ir::Patch& patch : fleet_->patches) {
      std::string title = patch.file ? fmt::format("patch {}", ir::quoted(patch.kind))
                                     : fmt::format("patch {}", patch.kind);
      if (!patch.name.empty()) title += " " + ir::quoted(patch.name);
      told(title + " {", patch.origin);
      for (const ir::PatchEntry& entry : patch.entries) add(entry);
      line("}");
    }
    const schema::Attribute list{.type = schema::Type::text_list};
    for (const model::Derivation& one : derivations_)
      if (!one.is_attribute) unsaid({}, one.path, ir::spell(list, one.value), one.origin);
  }

  void add(const ir::PatchEntry& entry) {
    using Kind = ir::PatchEntry::Kind;
    const std::string path = spell(entry.path);
    if (entry.kind == Kind::erase) return told(fmt::format("delete {}", path), entry.origin);
    told(fmt::format("{} {} {}", path, entry.kind == Kind::append ? "+=" : "=", spell(entry.value)),
         entry.value.origin != OriginId::nowhere ? entry.value.origin : entry.origin);
  }

  const Session* session_;
  std::string out_;
  const ir::Fleet* fleet_ = nullptr;
  std::vector<model::Derivation> derivations_;  // of the fleet that is written
};

std::string formatted(std::string_view text) {
  const syntax::Tree tree = syntax::parse(text);
  BKFC_ASSERT(tree.errors.empty(), "an expanded program parses");
  return format::format(tree);
}

}  // namespace

std::vector<ir::Root> roots_for(const Analysis& analysis, std::string_view only) {
  std::vector<ir::Root> roots = ir::roots(analysis.program);
  if (only.empty()) return roots;
  const ir::Program& program = analysis.program;
  std::vector<const void*> wanted;
  for (const ir::Fleet& fleet : program.fleets) {
    if (!is_named(fleet.identity.text(), only)) continue;
    wanted.push_back(&fleet.is);
    wanted.push_back(program.cluster_of(fleet));
    wanted.push_back(program.authority_of(fleet));
  }
  for (const ir::Builder& builder : program.builders)
    if (std::all_of(builder.fleets.begin(), builder.fleets.end(), [&](std::size_t fleet) {
          return is_named(program.fleets[fleet].identity.text(), only);
        }))
      wanted.push_back(&builder.is);
  std::erase_if(roots, [&](const ir::Root& root) {
    return std::find(wanted.begin(), wanted.end(), root.block) == wanted.end();
  });
  return roots;
}

const model::Fleet* model_of(const Analysis& analysis, const ir::Fleet* fleet) {
  for (const model::Fleet& model : analysis.fleets)
    if (model.source == fleet) return &model;
  return nullptr;
}

std::string expanded_text(const Analysis& analysis, const Session& session, std::string_view only) {
  Writer writer(session);
  writer.line("language 1");
  for (const schema::Allow& allow : analysis.program.allows) writer.allow(allow);
  for (const ir::Root& root : roots_for(analysis, only))
    writer.root(root, model_of(analysis, root.fleet));
  return formatted(writer.take());
}

}  // namespace bkfc::driver
