// `docs/reference` is what the tables say now; `--update` writes it anew.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "driver/run.hpp"
#include "options.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {

TEST_CASE("the reference documents are those that the tables make") {
  MemoryWorld world;
  world.put("reference/", {driver::Kind::folder});
  const std::vector<std::string> words = {"reference", "reference"};
  REQUIRE(driver::run(words, world) == 0);
  const std::filesystem::path folder = std::filesystem::path(options().root) / "docs";
  CHECK(world.files().size() == 11);
  for (const auto& entry : world.files()) {
    const std::string& path = entry.first;
    const std::string& bytes = entry.second.bytes;
    CAPTURE(path);
    std::ostringstream there;
    there << std::ifstream(folder / path, std::ios::binary).rdbuf();
    if (there.str() == bytes) continue;
    if (options().update) {
      std::filesystem::create_directories(folder / "reference");
      std::ofstream(folder / path, std::ios::binary) << bytes;
    } else {
      FAIL_CHECK("docs/" << path << " is not what the tables say; renew it with --update");
    }
  }
}

}  // namespace bkfc::tests
