#include "driver/project.hpp"

#include <fmt/core.h>

namespace bkfc::driver {
namespace {

std::string parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos || slash == 0 ? "/" : std::string(path.substr(0, slash));
}

bool is_marked(World& world, const std::string& folder) {
  for (const std::string_view mark : {".bkfc", ".git"}) {
    const Result<Entry> entry = world.look(fmt::format("{}/{}", folder == "/" ? "" : folder, mark));
    if (entry && entry.value().kind != Kind::nothing) return true;
  }
  return false;
}

}  // namespace

std::string project_root(World& world, std::string_view path) {
  const Result<std::string> resolved = world.resolve(path);
  if (!resolved && path != "-") return parent_of(path);
  const std::string own = resolved ? parent_of(resolved.value()) : world.folder();
  for (std::string folder = own;; folder = parent_of(folder)) {
    if (is_marked(world, folder)) return folder;
    if (folder == "/") return own;
  }
}

std::string path_in_project(World& world, std::string_view path) {
  if (path == "-") return std::string(path);
  const Result<std::string> resolved = world.resolve(path);
  if (!resolved) return std::string(path);
  const std::string root = project_root(world, path);
  return resolved.value().substr(root == "/" ? 1 : root.size() + 1);
}

std::string World::project_root(std::string_view path) { return driver::project_root(*this, path); }

}  // namespace bkfc::driver
