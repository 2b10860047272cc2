#include "emit/toml.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "emit/characters.hpp"

namespace bkfc::emit {
namespace {

constexpr std::size_t columns = 100;

bool is_table(const Node& node) { return node.kind == Node::Kind::map; }

bool is_table_array(const Node& node) {
  return node.kind == Node::Kind::list && !node.items.empty() &&
         std::all_of(node.items.begin(), node.items.end(), is_table);
}

bool has_header(const Entry& entry) { return is_table(entry.value) || is_table_array(entry.value); }

std::string key_text(std::string_view key) {
  constexpr std::string_view bare =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  if (!key.empty() && key.find_first_not_of(bare) == key.npos) return std::string(key);
  std::string out;
  append_double_quoted(out, key);
  return out;
}

// A value on one line.
std::string value_text(const Node& node) {
  std::string out;
  switch (node.kind) {
    case Node::Kind::text: append_double_quoted(out, node.text); return out;
    case Node::Kind::integer: return std::to_string(node.integer);
    case Node::Kind::boolean: return node.boolean ? "true" : "false";
    case Node::Kind::other: return node.text;
    case Node::Kind::null: BKFC_ASSERT(false, "a TOML document has no null"); return out;
    case Node::Kind::list:
      for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + value_text(item);
      return "[" + out + "]";
    case Node::Kind::map: break;
  }
  for (const Entry& entry : node.entries) {
    out += (out.empty() ? "" : ", ") + key_text(entry.key) + " = " + value_text(entry.value);
  }
  return out.empty() ? "{}" : "{ " + out + " }";
}

class Writer {
 public:
  explicit Writer(std::vector<Mark>* marks) : marker_(marks) {}

  std::string take() { return std::move(out_); }

  void top(const Node& table) {
    marker_.begin(table);
    marker_.mark(out_.size());
    append_comment(out_, table.comment);
    if (!table.comment.empty() && !table.entries.empty()) out_ += '\n';
    body(table, "");
  }

 private:
  // A table's plain values, then its tables. `path` is its own with a dot behind it, or nothing.
  void body(const Node& table, const std::string& path) {
    for (const Entry& entry : table.entries) {
      if (has_header(entry)) continue;
      marker_.enter(entry);
      marker_.mark(out_.size());
      assignment(entry);
      marker_.leave();
    }
    for (const Entry& entry : table.entries) {
      if (!has_header(entry)) continue;
      marker_.enter(entry);
      if (is_table(entry.value))
        one_table(entry, path);
      else
        table_array(entry, path);
      marker_.leave();
    }
  }

  void assignment(const Entry& entry) {
    append_comment(out_, entry.comment);
    append_comment(out_, entry.value.comment);
    const std::string line = key_text(entry.key) + " = " + value_text(entry.value);
    const bool is_list = entry.value.kind == Node::Kind::list;
    const bool has_comments =
        is_list && std::any_of(entry.value.items.begin(), entry.value.items.end(),
                               [](const Node& item) { return !item.comment.empty(); });
    if (!has_comments && (!is_list || count_code_points(line) <= columns)) {
      mark_items(entry);
      out_ += line + "\n";
      return;
    }
    out_ += key_text(entry.key) + " = [\n";
    std::size_t index = 0;
    for (const Node& item : entry.value.items) {
      marker_.enter(item, index++);
      marker_.mark(out_.size());
      append_comment(out_, item.comment, 2);
      out_ += "  " + value_text(item) + ",\n";
      marker_.leave();
    }
    out_ += "]\n";
  }

  // The items of a list on one line, which is printed next.
  void mark_items(const Entry& entry) {
    if (!marker_.is_on()) return;
    std::size_t at = out_.size() + key_text(entry.key).size() + std::string_view(" = [").size();
    std::size_t index = 0;
    for (const Node& item : entry.value.items) {
      marker_.enter(item, index++);
      marker_.mark_inner(at);
      marker_.leave();
      at += value_text(item).size() + std::string_view(", ").size();
    }
  }

  // A table that holds nothing but tables is said by their headers.
  void one_table(const Entry& entry, const std::string& path) {
    const std::vector<Entry>& entries = entry.value.entries;
    const std::string name = path + key_text(entry.key);
    const bool is_said = !entries.empty() && entry.comment.empty() && entry.value.comment.empty() &&
                         std::all_of(entries.begin(), entries.end(), has_header);
    if (!is_said) {
      blank_line();
      marker_.mark(out_.size());
      append_comment(out_, entry.comment);
      append_comment(out_, entry.value.comment);
      out_ += "[" + name + "]\n";
    }
    body(entry.value, name + ".");
  }

  void table_array(const Entry& entry, const std::string& path) {
    const std::string name = path + key_text(entry.key);
    bool is_first = true;
    std::size_t index = 0;
    for (const Node& item : entry.value.items) {
      blank_line();
      marker_.enter(item, index++);
      marker_.mark(out_.size());
      if (is_first) append_comment(out_, entry.comment);
      if (is_first) append_comment(out_, entry.value.comment);
      is_first = false;
      append_comment(out_, item.comment);
      out_ += "[[" + name + "]]\n";
      body(item, name + ".");
      marker_.leave();
    }
  }

  void blank_line() {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  }

  std::string out_;
  Marker marker_;
};

}  // namespace

std::string print(const Toml& toml, std::vector<Mark>* marks) {
  BKFC_ASSERT(toml.table.kind == Node::Kind::map, "a TOML document is a table");
  Writer writer(marks);
  writer.top(toml.table);
  return writer.take();
}

}  // namespace bkfc::emit
