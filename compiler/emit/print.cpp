#include "emit/print.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace bkfc::emit {
namespace {

// No empty, `.` or `..` part, which also refuses a path from the root.
bool leads_below(std::string_view path) {
  while (true) {
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() == path.size()) return true;
    path.remove_prefix(part.size() + 1);
  }
}

std::string bytes_of(const std::variant<Yaml, Toml, Text>& content) {
  if (const Yaml* yaml = std::get_if<Yaml>(&content)) return print(*yaml);
  if (const Toml* toml = std::get_if<Toml>(&content)) return print(*toml);
  return std::get_if<Text>(&content)->text;
}

}  // namespace

File print(const Artifact& artifact) {
  BKFC_ASSERT(leads_below(artifact.path), "an artifact lies below the output folder");
  return {artifact.path, bytes_of(artifact.content), artifact.executable};
}

std::vector<Mark> marks_of(const Artifact& artifact) {
  std::vector<Mark> marks;
  if (const Yaml* yaml = std::get_if<Yaml>(&artifact.content)) print(*yaml, &marks);
  if (const Toml* toml = std::get_if<Toml>(&artifact.content)) print(*toml, &marks);
  return marks;
}

std::vector<File> print(const std::vector<Artifact>& artifacts) {
  std::vector<File> files;
  files.reserve(artifacts.size());
  for (const Artifact& artifact : artifacts) files.push_back(print(artifact));
  return files;
}

}  // namespace bkfc::emit
