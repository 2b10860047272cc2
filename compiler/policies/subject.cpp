#include "policies/subject.hpp"

#include <fmt/core.h>

#include "schema/schema.hpp"

namespace bkfc::policies {
namespace {

using eval::Value;
using Kind = Value::Kind;
using Part = Value::Part;
using schema::State;

// Marks a value and what it is made of as read of a subject, born where its field was.
Value marked(Value value, OriginId origin, Part part) {
  value.origin = origin;
  value.part = part;
  if (value.is(Kind::range) || value.is(Kind::list) || value.is(Kind::object))
    for (Value& item : value.items.own()) item = marked(std::move(item), origin, Part::field);
  return value;
}

template <class T>
Value number(Kind kind, const std::optional<T>& end) {
  if (!end) return eval::make_unset();
  if constexpr (std::is_same_v<T, std::int64_t>)
    return eval::make_number(kind, *end);
  else if constexpr (std::is_same_v<T, Bytes>)
    return eval::make_number(kind, end->count);
  else
    return eval::make_number(kind, end->millicores);
}

template <class T>
Value range(Kind kind, const schema::Range<T>& of) {
  Value value;
  value.kind = Kind::range;
  value.items = {number(kind, of.min), number(kind, of.max)};
  return value;
}

Value word(schema::ChoiceId id, const schema::Attribute& row) {
  Value value = eval::make_text(std::string(row.choices[static_cast<std::size_t>(id)].name));
  value.words = row.choices;
  return value;
}

Value words(const std::vector<schema::ChoiceId>& ids, const schema::Attribute& row) {
  Value value;
  value.kind = Kind::list;
  value.words = row.choices;
  for (const schema::ChoiceId id : ids) value.items.push_back(word(id, row));
  return value;
}

Value texts(const std::vector<std::string>& all) {
  Value value;
  value.kind = Kind::list;
  for (const std::string& text : all) value.items.push_back(eval::make_text(text));
  return value;
}

Value map(const schema::TextMap& entries) {
  Value value;
  value.kind = Kind::object;
  for (const auto& [key, text] : entries) {
    value.keys.push_back(key);
    value.items.push_back(eval::make_text(text));
  }
  return value;
}

// A part is of the cache's volume; unknown where nothing says how large that is.
Value space(const schema::Space& of, std::int64_t volume) {
  if (!of.percent) return eval::make_number(Kind::bytes, of.bytes.count);
  Value unknown;
  if (of.of_daemons_disk)
    unknown.text =
        fmt::format("how much {} of the disk that buildkitd sees is", to_text(*of.percent));
  if (of.of_daemons_disk || volume < 0) return unknown;
  const std::optional<std::int64_t> bytes = part(*of.percent, volume);
  return bytes ? eval::make_number(Kind::bytes, *bytes) : unknown;
}

Value stored(const schema::Attribute& row, const schema::Stored& of, std::int64_t volume) {
  using schema::Type;
  switch (row.type) {
    case Type::boolean: return eval::make_boolean(std::get<bool>(of));
    case Type::integer: return eval::make_number(Kind::integer, std::get<std::int64_t>(of));
    case Type::text: return eval::make_text(std::get<std::string>(of));
    case Type::bytes: return eval::make_number(Kind::bytes, std::get<Bytes>(of).count);
    case Type::space: return space(std::get<schema::Space>(of), volume);
    case Type::duration: return eval::make_number(Kind::duration, std::get<Duration>(of).seconds);
    case Type::cpu: return eval::make_number(Kind::cpu, std::get<Cpu>(of).millicores);
    case Type::integer_range:
      return range(Kind::integer, std::get<schema::Range<std::int64_t>>(of));
    case Type::cpu_range: return range(Kind::cpu, std::get<schema::Range<Cpu>>(of));
    case Type::bytes_range: return range(Kind::bytes, std::get<schema::Range<Bytes>>(of));
    case Type::text_list: return texts(std::get<std::vector<std::string>>(of));
    case Type::text_map: return map(std::get<schema::TextMap>(of));
    case Type::choice: return word(std::get<schema::ChoiceId>(of), row);
    case Type::choice_list: return words(std::get<std::vector<schema::ChoiceId>>(of), row);
  }
  return {};
}

// How an attribute is said: `kubernetes = "1.31"`.
std::string way_of(const schema::Attribute& row) {
  std::string_view value = row.example;
  if (value.empty()) value = row.type == schema::Type::boolean ? "true" : "…";
  if (value == "…" && !row.choices.empty()) value = row.choices.front().name;
  return fmt::format("{} = {}", row.name, value);
}

// An example on one line.
std::string on_one_line(std::string_view lines) {
  std::string out;
  for (const char c : lines)
    if (c != ' ' || !out.ends_with(' ')) out += c == '\n' ? ' ' : c;
  return out;
}

bool is_list(schema::Type type) {
  return type == schema::Type::text_list || type == schema::Type::choice_list;
}

// What no block of the chosen kind has.
bool is_of_other_kind(const schema::Attribute& row, const schema::BlockType& type,
                      const void* block) {
  if (row.only_with.empty() || type.chosen_by.empty()) return false;
  const schema::Attribute* chooser = type.find_attribute(type.chosen_by);
  const schema::StoredField kind = chooser->load(block);
  const auto* id = std::get_if<schema::ChoiceId>(&kind.value);
  if (id == nullptr) return false;
  const std::string_view name = chooser->choices[static_cast<std::size_t>(*id)].name;
  return fmt::format(" {} ", row.only_with).find(fmt::format(" {} ", name)) == std::string::npos;
}

}  // namespace

Value Subjects::fleet(const ir::Fleet& fleet) {
  const schema::Field<Bytes>& size = fleet.is.cache.size;
  return block(schema::fleet_type,
               {.block = &fleet.is, .volume = size.is_set() ? size.value.count : -1});
}

Value Subjects::cluster(const schema::Cluster& cluster) {
  return block(schema::cluster_type, {.block = &cluster, .path = "cluster", .outermost = true});
}

Value Subjects::undeclared_cluster() {
  return block(schema::cluster_type, {.path = "cluster", .outermost = true});
}

Value Subjects::shape(const schema::BlockType& type) { return block(type, {}); }

std::string_view Subjects::way_to_say(const std::string& fact) const {
  const auto found = ways_.find(fact);
  return found == ways_.end() ? std::string_view{} : std::string_view(found->second);
}

Value Subjects::block(const schema::BlockType& type, const Place& place) {
  Value value;
  value.kind = Kind::object;
  value.part = Part::block;
  value.keys = keys(type);
  if (place.block != nullptr) value.origin = type.head(const_cast<void*>(place.block))->origin;
  std::vector<Value>& items = value.items.own();
  items.reserve(value.keys.size());
  for (const schema::Attribute& row : type.attributes) {
    const bool is_there = place.block != nullptr && !is_of_other_kind(row, type, place.block);
    items.push_back(is_there ? field(row, row.load(place.block), place) : absent(row, place));
    if (!is_there && items.back().is_unset()) items.back().origin = value.origin;
  }
  for (const schema::Child& child : type.children) {
    if (child.labelled) {
      items.push_back(blocks(child, place, value.origin));
      continue;
    }
    Place inner = place;
    inner.outermost = false;
    if (place.block != nullptr) inner.block = child.at(place.block, 0);
    if (!place.path.empty()) inner.path += fmt::format(".{}", child.type->name);
    items.push_back(block(*child.type, inner));
  }
  return value;
}

Value Subjects::field(const schema::Attribute& row, const schema::StoredField& field,
                      const Place& place) {
  if (field.state == State::unknown) return {};
  if (field.state == State::unset) {
    Value value = absent(row, place);
    value.origin = field.origin;
    return value;
  }
  const bool is_map = row.type == schema::Type::text_map;
  const Part part = is_map ? Part::map : place.path.empty() ? Part::field : Part::fact;
  Value value = marked(stored(row, field.value, place.volume), field.origin, part);
  value.is_version = row.is_release;
  return value;
}

// What nobody says: unset in a fleet, unknown of a cluster; in a shape, any value.
Value Subjects::absent(const schema::Attribute& row, const Place& place) {
  if (!place.path.empty())
    return fact(fmt::format("{}.{}", place.path, row.name), way_of(row), row.choices);
  Value value = place.block != nullptr ? eval::make_unset() : Value{};
  value.words = row.choices;
  value.part = Part::field;
  if (place.block != nullptr) return value;
  if (row.type == schema::Type::text_map) value.part = Part::map;
  if (row.type == schema::Type::text_map || is_list(row.type)) {
    Value item;
    item.words = row.choices;
    value.items = {std::move(item)};
  }
  return value;
}

Value Subjects::blocks(const schema::Child& child, const Place& place, OriginId outer) {
  const std::string path =
      place.path.empty() ? "" : fmt::format("{}.{}", place.path, child.type->name);
  Value value;
  value.part = Part::map;
  if (place.block == nullptr && place.path.empty()) {
    value.items = {block(*child.type, {})};
    return value;
  }
  const std::size_t count = place.block == nullptr ? 0 : child.count(place.block);
  const bool is_unknown = place.block == nullptr || (place.outermost && count == 0);
  if (!path.empty() && is_unknown) return fact(path, on_one_line(child.type->example), {});
  value.kind = Kind::object;
  value.text = path;
  for (std::size_t i = 0; i < count; ++i) {
    Place inner = place;
    inner.outermost = false;
    inner.block = child.at(place.block, i);
    const std::string& label = child.type->head(const_cast<void*>(inner.block))->label;
    if (!path.empty()) inner.path = fmt::format("{}[\"{}\"]", path, label);
    value.keys.push_back(label);
    value.items.push_back(block(*child.type, inner));
  }
  value.origin = outer;
  if (count > 0) value.origin = value.items.front().origin;
  return value;
}

Value Subjects::fact(std::string path, std::string way_to_say,
                     std::span<const schema::Choice> words) {
  Value value;
  value.words = words;
  value.part = Part::fact;
  ways_.emplace(path, std::move(way_to_say));
  value.text = std::move(path);
  return value;
}

SharedVector<std::string> Subjects::keys(const schema::BlockType& type) {
  const auto [place, is_new] = keys_.try_emplace(&type);
  if (is_new) {
    for (const schema::Attribute& row : type.attributes)
      place->second.push_back(std::string(row.name));
    for (const schema::Child& child : type.children)
      place->second.push_back(std::string(child.type->name));
  }
  return place->second;
}

}  // namespace bkfc::policies
