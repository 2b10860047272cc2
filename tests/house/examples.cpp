#include "house/examples.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "driver/lock.hpp"
#include "options.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::map<std::string, std::string> sources_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = fs::relative(entry.path(), folder).string();
    if (entry.is_regular_file() && !path.starts_with("out/")) files[path] = read(entry.path());
  }
  return files;
}

}  // namespace

std::vector<Example> examples() {
  std::vector<Example> out;
  for (const auto& folder : fs::directory_iterator(options().root + "/examples")) {
    if (!folder.is_directory()) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "out")) {
      if (entry.path().filename() != driver::lock_name) continue;
      const driver::Provenance from = driver::parse_lock(read(entry.path())).made_from;
      Example one{fs::relative(entry.path().parent_path(), options().root + "/examples").string(),
                  sources_of(folder.path()), from.roots, from.values};
      // Of an example that is no project of its own, the paths count from the repository.
      const std::string above = "examples/" + folder.path().filename().string() + "/";
      for (std::string& root : one.roots)
        if (root.starts_with(above)) root.erase(0, above.size());
      out.push_back(std::move(one));
    }
  }
  REQUIRE(!out.empty());
  return out;
}

}  // namespace bkfc::tests
