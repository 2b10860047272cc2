// Every folder of `examples/`: what its README tells to run comes to what its `out/` holds.
#include <doctest/doctest.h>

#include <algorithm>
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

// The command lines of a README, which stand apart by four spaces, as words.
std::vector<std::vector<std::string>> commands_of(const std::string& readme) {
  std::vector<std::vector<std::string>> commands;
  std::istringstream lines(readme);
  bool is_fenced = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) is_fenced = !is_fenced;
    if (is_fenced || !line.starts_with("    ")) continue;
    std::istringstream words(line.substr(0, line.find(" # ")));
    std::vector<std::string> command;
    for (std::string word; words >> word;) command.push_back(word);
    commands.push_back(std::move(command));
  }
  return commands;
}

// Whether a file of this path, or one below it, is there.
bool has(const std::map<std::string, MemoryWorld::Node>& files, std::string path) {
  while (path.ends_with('/')) path.pop_back();
  return std::any_of(files.begin(), files.end(), [&](const auto& file) {
    return file.first == path || file.first.starts_with(path + "/");
  });
}

// What other programs do is not tried, but what they are given must be there.
void check_paths(const std::vector<std::string>& command, const MemoryWorld& world) {
  for (const std::string& word : command) {
    CAPTURE(word);
    if (!word.starts_with("out/")) continue;
    const auto files = world.files();
    CHECK(has(files, word));
    if (&word == &command.front()) CHECK(files.at(word).executable);
  }
}

// What a README's commands make of the folder's sources, by path below `out/`.
std::map<std::string, MemoryWorld::Node> follow(const fs::path& example) {
  MemoryWorld world;
  for (auto& [path, node] : files_below(example))
    if (!path.starts_with("out/")) world.put(path, std::move(node));
  std::size_t compiled = 0;
  for (const auto& command : commands_of(read(example / "README.md"))) {
    CAPTURE(command.front());
    if (command.front() != "bkfc") {
      check_paths(command, world);
      continue;
    }
    ++compiled;
    world.errors.clear();
    CHECK(run(std::span(command).subspan(1), world) == 0);
    INFO(world.errors);
    CHECK(world.errors.find("error[") == world.errors.npos);
    CHECK(world.errors.find("warning[") == world.errors.npos);
  }
  CHECK(compiled > 0);
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

TEST_CASE("what the READMEs of the examples tell to run comes to what their out/ holds") {
  std::size_t examples = 0;
  const std::string overview = read(options().root + "/README.md");
  for (const auto& entry : fs::directory_iterator(options().root + "/examples")) {
    if (!entry.is_directory()) continue;
    ++examples;
    const std::string name = entry.path().filename();
    CAPTURE(name);
    CHECK(overview.find("(examples/" + name + ")") != overview.npos);
    REQUIRE(fs::exists(entry.path() / "README.md"));
    const auto made = follow(entry.path());
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
