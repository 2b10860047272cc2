// What `bkfc expand` prints compiles by itself, to the very files that the program came to.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "driver/run.hpp"
#include "golden.hpp"
#include "house/examples.hpp"
#include "options.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;  // by path

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

MemoryWorld world_of(const Files& files) {
  MemoryWorld world;
  for (const auto& [path, bytes] : files) world.put(path, {.bytes = bytes});
  world.put("out", {.kind = driver::Kind::folder});
  return world;
}

// What a file comes to, but for the record of what it was made from. Nothing if it has errors.
Files compiled(const Files& files, std::vector<std::string> arguments) {
  MemoryWorld world = world_of(files);
  arguments.insert(arguments.end(), {"-o", "out"});
  if (driver::run(arguments, world) != 0) return {};
  Files out;
  for (const auto& [path, node] : world.files())
    if (path.starts_with("out/") && path != "out/bkfc.lock") out[path] = node.bytes;
  return out;
}

// The options of a case's first command line that a compile has as well.
std::vector<std::string> options_of(const Case& parsed) {
  std::vector<std::string> out;
  const Section* arguments = parsed.find("args");
  if (arguments == nullptr) return out;
  const auto words = split_words(arguments->content.substr(0, arguments->content.find('\n')));
  for (std::size_t i = 0; words && i + 1 < words->size(); ++i) {
    const std::string& word = (*words)[i];
    if (word == "--set" || word == "--set-file" || word == "-I")
      out.insert(out.end(), {word, (*words)[i + 1]});
  }
  return out;
}

// Says whether the file compiles, and so was held.
bool hold(const Files& files, const std::string& root, const std::vector<std::string>& options) {
  std::vector<std::string> words{root};
  words.insert(words.end(), options.begin(), options.end());
  const Files meant = compiled(files, words);
  if (meant.empty()) return false;
  MemoryWorld world = world_of(files);
  words.insert(words.begin(), "expand");
  REQUIRE(driver::run(words, world) == 0);
  const std::string text = world.output;
  CAPTURE(text);
  Files beside = files;  // an `object` carries a manifest along
  beside["expanded.bkfleet"] = text;
  const Files came_to = compiled(beside, {"expanded.bkfleet"});
  CHECK(came_to.size() == meant.size());
  for (const auto& entry : meant) {
    const std::string& path = entry.first;
    CAPTURE(path);
    const auto there = came_to.find(path);
    REQUIRE(there != came_to.end());
    CHECK(there->second == entry.second);
  }
  MemoryWorld again = world_of({{"expanded.bkfleet", text}});
  const std::vector<std::string> formatting{"fmt", "--check", "expanded.bkfleet"};
  CHECK(driver::run(formatting, again) == 0);
  return true;
}

}  // namespace

TEST_CASE("an expanded example compiles to the same files") {
  for (const Example& example : examples()) {
    CAPTURE(example.name);
    REQUIRE(example.roots.size() == 1);
    std::vector<std::string> settings;
    for (const std::string& value : example.sets) settings.insert(settings.end(), {"--set", value});
    CHECK(hold(example.files, example.roots.front(), settings));
  }
}

TEST_CASE("an expanded program says of every value where it comes from, for programs too") {
  MemoryWorld world =
      world_of({{"a.bkfleet",
                 "profile p {\n  cache { size = 200GiB }\n}\n"
                 "for n in [\"a\"] {\n"
                 "  fleet \"ci-${n}\" {\n    namespace = \"ci\"\n    use p\n  }\n}\n"}});
  const std::vector<std::string> words{"expand", "--json", "a.bkfleet"};
  REQUIRE(driver::run(words, world) == 0);
  const nlohmann::json program = nlohmann::json::parse(world.output);
  CHECK(program["version"] == 1);
  REQUIRE(program["blocks"].size() == 1);
  const nlohmann::json& fleet = program["blocks"][0];
  CHECK(fleet["identity"]["name"] == "ci-a");
  CHECK(fleet["attributes"]["mode"]["origin"]["kind"] == "default");
  CHECK(fleet["derived"]["rollout.grace"]["value"] == 1875);
  nlohmann::json size;
  for (const nlohmann::json& block : fleet["blocks"])
    if (block["block"] == "cache") size = block["attributes"]["size"];
  CHECK(size["type"] == "bytes");
  CHECK(size["value"] == std::int64_t{200} << 30);
  CHECK(size["text"] == "200GiB");
  CHECK(size["origin"]["file"] == "a.bkfleet");
  CHECK(size["origin"]["line"] == 2);
  CHECK(size["origin"]["column"] == 18);
  REQUIRE(size["origin"]["through"].size() == 2);
  CHECK(size["origin"]["through"][0]["profile"] == "p");
  CHECK(size["origin"]["through"][0]["line"] == 7);
  CHECK(size["origin"]["through"][1]["turn"] == "n = \"a\"");
}

TEST_CASE("an expanded case compiles to the same files") {
  std::size_t held = 0;
  for (const auto& entry : fs::recursive_directory_iterator(options().root + "/tests/cases")) {
    if (entry.path().extension() != ".case") continue;
    const Case parsed = parse_case(read(entry.path()));
    Files files;
    for (const Section& section : parsed.sections)
      if (section.marks.empty() && !section.name.starts_with("out/") && section.name != "args" &&
          section.name != "stdin" && !section.name.ends_with('/'))
        files[section.name] = section.content;
    for (const auto& file : files) {
      if (!file.first.ends_with(".bkfleet")) continue;
      CAPTURE(entry.path());
      CAPTURE(file.first);
      held += hold(files, file.first, options_of(parsed)) ? 1 : 0;
    }
  }
  CHECK(held > 60);
}

}  // namespace bkfc::tests
