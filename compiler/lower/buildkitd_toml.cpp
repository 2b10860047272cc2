#include "lower/buildkitd_toml.hpp"

#include <string>

#include "base/assert.hpp"
#include "base/index.hpp"
#include "lower/artifacts.hpp"
#include "lower/parts.hpp"
#include "model/gc.hpp"

namespace bkfc::lower {
namespace {

using emit::Node;

constexpr Release has_spaces{0, 17, 0};
constexpr Release has_log_level{0, 30, 0};

// What a value is lowered for: the release that reads it, and the volume that percentages are of.
struct Reader {
  Release release;
  Bytes volume;
};

// The table that a dotted path names, made where it is not there.
Node& table_at(Node& root, std::string_view path) {
  Node* table = &root;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    Node* next = table->find(name);
    table = next != nullptr ? next : &table->set(name, emit::map());
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return *table;
}

// A value with its unit, in the integer that every release reads alike, and for people.
void set_bytes(Node& table, std::string_view key, Bytes bytes, OriginId origin) {
  table.set(key, Node(bytes.count).from(origin), to_text(bytes));
}

void set_bytes(Node& table, std::string_view key, const schema::Field<Bytes>& field) {
  if (field.is_set()) set_bytes(table, key, field.value, field.origin);
}

Node choices_of(const schema::Attribute& row, const std::vector<schema::ChoiceId>& chosen) {
  Node out = emit::list();
  for (const schema::ChoiceId id : chosen) out.push(row.choices[position(id)].name);
  return out;
}

void set_value(Node& table, const schema::Attribute& row, const schema::StoredField& field,
               Bytes volume) {
  using schema::Type;
  const schema::Stored& stored = field.value;
  const auto put = [&](Node value) { table.set(row.toml, std::move(value).from(field.origin)); };
  switch (row.type) {
    case Type::boolean: return put(*std::get_if<bool>(&stored));
    case Type::integer: return put(*std::get_if<std::int64_t>(&stored));
    case Type::text: return put(*std::get_if<std::string>(&stored));
    case Type::bytes: return set_bytes(table, row.toml, *std::get_if<Bytes>(&stored), field.origin);
    case Type::space: {
      const schema::Space& space = *std::get_if<schema::Space>(&stored);
      if (!space.of_daemons_disk)
        return set_bytes(table, row.toml, model::bytes_of(space, volume), field.origin);
      table.set(row.toml, Node(to_text(*space.percent)).from(field.origin),
                "of the disk that buildkitd sees when it starts");
      return;
    }
    case Type::duration: {
      const Duration duration = *std::get_if<Duration>(&stored);
      table.set(row.toml, Node(duration.seconds).from(field.origin), to_text(duration));
      return;
    }
    case Type::text_list: {
      Node out = emit::text_list(*std::get_if<std::vector<std::string>>(&stored));
      for (std::size_t i = 0; i < out.items.size(); ++i)
        out.items[i].origin = schema::item_origin(field, i);
      return put(std::move(out));
    }
    case Type::text_map: {
      const schema::TextMap& map = *std::get_if<schema::TextMap>(&stored);
      Node out;
      for (std::size_t i = 0; i < map.size(); ++i)
        out.set(map[i].first, Node(map[i].second).from(schema::item_origin(field, i)));
      return put(std::move(out));
    }
    case Type::choice:
      return put(row.choices[position(*std::get_if<schema::ChoiceId>(&stored))].name);
    case Type::choice_list:
      return put(choices_of(row, *std::get_if<std::vector<schema::ChoiceId>>(&stored)));
    default: BKFC_ASSERT(false, "no key of buildkitd.toml is a range");
  }
}

// Whether the daemon does the same without being told.
bool goes_without_saying(const schema::StoredField& field) {
  if (field.state != schema::State::defaulted) return false;
  const bool* flag = std::get_if<bool>(&field.value);
  return flag != nullptr && !*flag;
}

// Every attribute of a block that has a key, where the release has it too.
void add_rows(Node& table, const schema::BlockType& type, const void* block, const Reader& reader) {
  for (const schema::Attribute& row : type.attributes) {
    if (row.toml.empty() || !row.gate.open(reader.release)) continue;
    const schema::StoredField field = row.load(block);
    const bool is_set =
        field.state == schema::State::written || field.state == schema::State::defaulted;
    if (is_set && !goes_without_saying(field)) set_value(table, row, field, reader.volume);
  }
}

// The same under the block's own table. A block that nobody wrote is left to buildkitd's defaults.
void add_block(Node& root, const schema::BlockType& type, const void* block,
               const schema::Head& head, const Reader& reader) {
  if (!head.written || !type.gate.open(reader.release)) return;
  Node rows;
  add_rows(rows, type, block, reader);
  if (rows.entries.empty()) return;
  Node& table = table_at(root, type.toml);
  for (emit::Entry& entry : rows.entries)
    table.set(entry.key, std::move(entry.value), entry.comment);
}

Node policy_table(const schema::GcTier& tier, const model::GcPolicy& policy,
                  const schema::BlockType& type, const Reader& reader) {
  Node out;
  out.origin = tier.head.origin;
  out.comment = "tier \"" + tier.head.label + "\"";
  if (policy.filters.is_set() && !policy.filters.value.empty())
    out.set("filters", emit::text_list(policy.filters.value).from(policy.filters.origin));
  add_rows(out, type, &tier, reader);
  // With `keepBytes` alone, a reserve and a cap are one number.
  if (reader.release < has_spaces) set_bytes(out, "keepBytes", policy.reserved_space);
  return out;
}

void add_gc(Node& worker, const model::Fleet& fleet, const Reader& reader) {
  const schema::Gc& gc = fleet.is().gc;
  const model::Daemon& daemon = fleet.daemon;
  if (reader.release < has_spaces && daemon.has_default_policy)
    set_bytes(worker, "gckeepstorage", daemon.reserved_space);
  if (daemon.has_default_policy || daemon.policies.empty()) return;
  const schema::BlockType& type = *schema::gc_type.find_child("tier")->type;
  Node policies = emit::list();
  for (std::size_t i = 0; i < gc.tiers.size(); ++i)
    policies.push(policy_table(gc.tiers[i], daemon.policies[i], type, reader));
  worker.set("gcpolicy", std::move(policies));
}

// Before `[log] level` two booleans stood for the two lowest levels.
void add_log_level(Node& root, const schema::Log& log, Release release) {
  if (!log.level.is_written()) return;
  const schema::Attribute* row = schema::log_type.find_attribute("level");
  BKFC_ASSERT(row != nullptr, "a log has a level");
  const std::string_view level = row->choices[static_cast<std::size_t>(log.level.value)].name;
  if (release >= has_log_level)
    table_at(root, schema::log_type.toml).set("level", Node(level).from(log.level.origin));
  else if (log.level.value <= schema::LogLevel::debug)
    root.set(level, Node(true).from(log.level.origin));
}

void add_worker(Node& root, const model::Fleet& fleet, const Reader& reader) {
  const OriginId mode = fleet.is().mode.origin;
  Node& worker = table_at(root, schema::worker_type.toml);
  if (fleet.daemon.rootless) worker.set("rootless", Node(true).from(mode));
  if (!fleet.daemon.process_sandbox)
    worker.set("noProcessSandbox", Node(true).from(mode),
               "The pod's masked /proc keeps a rootless daemon from mounting one for each step.");
  add_block(root, schema::worker_type, &fleet.is().worker, fleet.is().worker.head, reader);
  const schema::Field<std::int64_t>& parallel = fleet.daemon.max_parallelism;
  if (parallel.is_set() && !parallel.is_written())
    worker.set("max-parallelism", Node(parallel.value).from(parallel.origin),
               "As many steps as fit the memory limit.");
  add_block(root, schema::gc_type, &fleet.is().gc, fleet.is().gc.head, reader);
  add_gc(worker, fleet, reader);
}

}  // namespace

emit::Toml config_of(const model::Fleet& fleet) {
  const schema::Fleet& is = fleet.is();
  const Reader reader{fleet.target.buildkit.release, is.cache.size.value};
  emit::Toml toml;
  Node& root = toml.table;
  root.comment = head_comment(fleet);
  root.origin = is.head.origin;
  add_rows(root, schema::fleet_type, &is, reader);
  add_log_level(root, is.log, reader.release);
  add_block(root, schema::log_type, &is.log, is.log.head, reader);
  add_block(root, schema::history_type, &is.history, is.history.head, reader);
  add_worker(root, fleet, reader);
  return toml;
}

Content buildkitd_toml(const model::Fleet& fleet) { return config_of(fleet); }

}  // namespace bkfc::lower
