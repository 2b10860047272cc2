#include "emit/document.hpp"

#include <algorithm>

namespace bkfc::emit {

Node::Node() = default;
Node::Node(std::string value) : kind(Kind::text), text(std::move(value)) {}
Node::Node(std::string_view value) : Node(std::string(value)) {}
Node::Node(const char* value) : Node(std::string(value)) {}
Node::Node(std::int64_t value) : kind(Kind::integer), integer(value) {}
Node::Node(int value) : Node(static_cast<std::int64_t>(value)) {}
Node::Node(bool value) : kind(Kind::boolean), boolean(value) {}

Node Node::from(OriginId id) && {
  origin = id;
  return std::move(*this);
}

Node Node::because(std::string_view reason) && {
  why = reason;
  return std::move(*this);
}

Node Node::null() {
  Node out;
  out.kind = Kind::null;
  return out;
}

Node Node::other(std::string_view spelling) {
  Node out(spelling);
  out.kind = Kind::other;
  return out;
}

const Node* Node::find(std::string_view key) const {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& entry) { return entry.key == key; });
  return at == entries.end() ? nullptr : &at->value;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
}

Node& Node::set(std::string_view key, Node value) {
  if (Node* there = find(key)) return *there = std::move(value);
  entries.push_back({.key = std::string(key), .value = std::move(value)});
  return entries.back().value;
}

Node& Node::set(std::string_view key, Node value, std::string_view above) {
  set(key, std::move(value));
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& entry) { return entry.key == key; });
  at->comment = above;
  return at->value;
}

Node& Node::push(Node value) {
  kind = Kind::list;
  items.push_back(std::move(value));
  return items.back();
}

bool Node::erase(std::string_view key) {
  return std::erase_if(entries, [&](const Entry& entry) { return entry.key == key; }) > 0;
}

Node map(std::vector<std::pair<std::string_view, Node>> entries) {
  Node out;
  for (std::pair<std::string_view, Node>& entry : entries) {
    out.set(entry.first, std::move(entry.second));
  }
  return out;
}

Node list(std::vector<Node> items) {
  Node out;
  out.kind = Node::Kind::list;
  out.items = std::move(items);
  return out;
}

Node text_list(const std::vector<std::string>& items) {
  Node out = list();
  for (const std::string& item : items) out.push(item);
  return out;
}

bool same_data(const Node& a, const Node& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Node::Kind::text:
    case Node::Kind::other: return a.text == b.text;
    case Node::Kind::null: return true;
    case Node::Kind::integer: return a.integer == b.integer;
    case Node::Kind::boolean: return a.boolean == b.boolean;
    case Node::Kind::list:
      return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_data);
    case Node::Kind::map: break;
  }
  return a.entries.size() == b.entries.size() &&
         std::all_of(a.entries.begin(), a.entries.end(), [&](const Entry& entry) {
           const Node* other = b.find(entry.key);
           return other != nullptr && same_data(entry.value, *other);
         });
}

}  // namespace bkfc::emit
