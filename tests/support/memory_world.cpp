#include "support/memory_world.hpp"

#include <fmt/core.h>

namespace bkfc::tests {
namespace {

using driver::Access;
using driver::Entry;
using driver::Kind;

// Absolute, without `.`, `..` and doubled slashes.
std::string normal(std::string_view path) {
  std::string result = path.starts_with("/") ? "" : "/here";
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == "..")
      result.resize(result.empty() ? 0 : result.rfind('/'));
    else
      result += "/" + std::string(part);
  }
  return result.empty() ? "/" : result;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

void MemoryWorld::put(std::string_view path, Node node) {
  const std::string name = normal(path);
  for (std::string above = parent_of(name); above != "/"; above = parent_of(above))
    nodes_.try_emplace(above, Node{Kind::folder});
  nodes_[name] = std::move(node);
}

void MemoryWorld::erase(std::string_view path) { nodes_.erase(normal(path)); }

MemoryWorld::Node* MemoryWorld::find(std::string_view path) {
  const auto found = nodes_.find(normal(path));
  return found == nodes_.end() ? nullptr : &found->second;
}

std::map<std::string, MemoryWorld::Node> MemoryWorld::files() const {
  std::map<std::string, Node> result;
  for (const auto& [path, node] : nodes_)
    if (node.kind != Kind::folder && path.starts_with("/here/")) result[path.substr(6)] = node;
  return result;
}

MemoryWorld::Node* MemoryWorld::followed(std::string path) {
  Node* node = find(path);
  for (int turns = 0; node != nullptr && node->kind == Kind::link && turns < 8; ++turns) {
    path = node->bytes.starts_with("/") ? node->bytes : parent_of(normal(path)) + "/" + node->bytes;
    node = find(path);
  }
  return node;
}

bool MemoryWorld::has_children(const std::string& path) const {
  const auto next = nodes_.upper_bound(path + "/");
  return next != nodes_.end() && next->first.starts_with(path + "/");
}

bool MemoryWorld::is_faulty(bool is_growth) {
  ++changes;
  if (fault.only_growth && !is_growth) return false;
  return fault.at != 0 && (changes == fault.at || (fault.lasting && changes > fault.at));
}

// What keeps an entry from coming or going at a path.
Outcome MemoryWorld::may_change(const std::string& path, bool is_growth) {
  if (is_faulty(is_growth)) return Refusal{fault.reason};
  const Node* parent = find(parent_of(path));
  if (parent == nullptr) return Refusal{"no such file or directory"};
  if (parent->kind != Kind::folder) return Refusal{"not a directory"};
  if (!parent->writable) return Refusal{"permission denied"};
  return Done{};
}

Result<std::string> MemoryWorld::read(std::string_view path, std::size_t limit) {
  if (path == "-") return input;
  const Node* node = followed(std::string(path));
  if (node == nullptr) return Refusal{"no such file or directory"};
  if (node->kind == Kind::folder) return Refusal{"it is a folder"};
  if (!node->readable) return Refusal{"permission denied"};
  if (node->bytes.size() > limit) return Refusal{fmt::format("it is larger than {} bytes", limit)};
  return node->bytes;
}

Result<Entry> MemoryWorld::look(std::string_view path) {
  const Node* node = find(path);
  if (node == nullptr) return Entry{};
  return Entry{node->kind, node->bytes.size(), node->executable, 1};
}

Result<std::vector<std::string>> MemoryWorld::list(std::string_view path) {
  const std::string folder = normal(path);
  const Node* node = find(folder);
  if (node == nullptr) return Refusal{"no such file or directory"};
  if (node->kind != Kind::folder) return Refusal{"not a directory"};
  std::vector<std::string> names;
  for (const auto& [name, child] : nodes_)
    if (name != "/" && parent_of(name) == folder) names.push_back(name.substr(name.rfind('/') + 1));
  return names;
}

Result<std::string> MemoryWorld::resolve(std::string_view path) {
  if (find(path) == nullptr) return Refusal{"no such file or directory"};
  return normal(path);
}

Outcome MemoryWorld::make_folder(std::string_view path) {
  const std::string name = normal(path);
  if (Outcome may = may_change(name, true); !may) return may;
  if (find(name) != nullptr) return Refusal{"file exists"};
  nodes_[name] = Node{Kind::folder};
  return Done{};
}

// A refused write leaves half a file, as a full disk does.
Outcome MemoryWorld::write(std::string_view path, std::string_view bytes, Access access) {
  const std::string name = normal(path);
  const Outcome may = may_change(name, true);
  if (!may) {
    if (may.error() == fault.reason && fault.at != 0)
      nodes_[name] = Node{Kind::file, std::string(bytes.substr(0, bytes.size() / 2))};
    return may;
  }
  if (find(name) != nullptr) return Refusal{"file exists"};
  nodes_[name] = Node{Kind::file, std::string(bytes), access == Access::executable};
  return Done{};
}

Outcome MemoryWorld::link(std::string_view from, std::string_view to) {
  const std::string name = normal(to);
  if (Outcome may = may_change(name, true); !may) return may;
  const Node* node = find(from);
  if (node == nullptr) return Refusal{"no such file or directory"};
  if (find(name) != nullptr) return Refusal{"file exists"};
  nodes_[name] = *node;  // files are replaced, never changed in place, so a copy is as good
  return Done{};
}

Outcome MemoryWorld::rename(std::string_view from, std::string_view to) {
  const std::string source = normal(from);
  const std::string name = normal(to);
  if (Outcome may = may_change(name, false); !may) return may;
  const Node* node = find(source);
  if (node == nullptr) return Refusal{"no such file or directory"};
  const Node* there = find(name);
  if (there != nullptr && there->kind == Kind::folder) return Refusal{"is a directory"};
  if (source == name) return Done{};
  Node moved = *node;
  nodes_.erase(source);
  nodes_[name] = std::move(moved);
  return Done{};
}

Outcome MemoryWorld::remove(std::string_view path) {
  const std::string name = normal(path);
  if (Outcome may = may_change(name, false); !may) return may;
  if (find(name) == nullptr) return Refusal{"no such file or directory"};
  if (has_children(name)) return Refusal{"directory not empty"};
  nodes_.erase(name);
  return Done{};
}

Outcome MemoryWorld::set_access(std::string_view path, Access access) {
  if (is_faulty(false)) return Refusal{fault.reason};
  Node* node = followed(std::string(path));
  if (node == nullptr) return Refusal{"no such file or directory"};
  node->executable = access == Access::executable;
  return Done{};
}

Outcome MemoryWorld::hold(std::string_view) {
  if (is_held) return Refusal{"another run of bkfc is writing there"};
  return Done{};
}

Outcome MemoryWorld::print(std::string_view text) {
  if (output_is_full) return Refusal{"no space left on device"};
  output += text;
  return Done{};
}

std::optional<std::string> MemoryWorld::environment(std::string_view name) {
  const auto found = variables.find(std::string(name));
  if (found == variables.end()) return std::nullopt;
  return found->second;
}

}  // namespace bkfc::tests
