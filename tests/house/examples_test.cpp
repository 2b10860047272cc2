// Every folder of `examples/` is compiled as its README says, into what its `out/` holds.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "driver/run.hpp"
#include "options.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::map<std::string, MemoryWorld::Node> files_below(const fs::path& folder) {
  std::map<std::string, MemoryWorld::Node> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const bool executable =
        (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
    files[fs::relative(entry.path(), folder)] = {.bytes = read(entry.path()),
                                                 .executable = executable};
  }
  return files;
}

// What the folder's sources come to, by path below `out/`.
std::map<std::string, MemoryWorld::Node> compile(const fs::path& example) {
  MemoryWorld world;
  world.put("out", {.kind = driver::Kind::folder});
  for (const auto& entry : fs::directory_iterator(example))
    if (entry.is_regular_file())
      world.put(entry.path().filename().string(), {.bytes = read(entry.path())});
  const std::vector<std::string> arguments{"fleet.bkfleet", "-o", "out"};
  CHECK(run(arguments, world) == 0);
  INFO(world.errors);
  CHECK(world.errors.find("error[") == world.errors.npos);
  std::map<std::string, MemoryWorld::Node> files;
  for (auto& [path, node] : world.files())
    if (path.starts_with("out/")) files[path.substr(4)] = std::move(node);
  return files;
}

void write(const fs::path& folder, const std::map<std::string, MemoryWorld::Node>& files) {
  fs::remove_all(folder);
  for (const auto& [path, node] : files) {
    fs::create_directories((folder / path).parent_path());
    std::ofstream(folder / path, std::ios::binary) << node.bytes;
    if (node.executable)
      fs::permissions(folder / path,
                      fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add);
  }
}

}  // namespace

TEST_CASE("examples come to what their out/ holds") {
  std::size_t examples = 0;
  for (const auto& entry : fs::directory_iterator(options().root + "/examples")) {
    if (!entry.is_directory()) continue;
    ++examples;
    const std::string name = entry.path().filename();
    CAPTURE(name);
    CHECK(fs::exists(entry.path() / "README.md"));
    const auto made = compile(entry.path());
    if (options().update) write(entry.path() / "out", made);
    const auto kept = files_below(entry.path() / "out");
    CHECK(made.size() == kept.size());
    for (const auto& entry_made : made) {
      const std::string& path = entry_made.first;
      const MemoryWorld::Node& node = entry_made.second;
      CAPTURE(path);
      const auto same = kept.find(path);
      REQUIRE(same != kept.end());
      CHECK(same->second.bytes == node.bytes);
      CHECK(same->second.executable == node.executable);
    }
  }
  CHECK(examples > 0);
}

}  // namespace bkfc::tests
