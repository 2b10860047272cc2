#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "driver/run.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

constexpr std::string_view two_clusters = R"(
cluster "east" { kubernetes = "1.31" }
cluster "west" { kubernetes = "1.31" }
fleet "ci" {
  namespace        = "builds"
  create_namespace = true
  cluster          = "east"
  cache { size = 200GiB }
}
fleet "ci" {
  namespace = "builds"
  cluster   = "west"
  cache { size = 200GiB }
}
)";

// The lines that begin with a key, in order.
std::vector<std::string> lines_with(std::string_view text, std::string_view key) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(key)) lines.emplace_back(line.substr(key.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

TEST_CASE("--print gives one cluster's manifests, the namespace first, each a document") {
  MemoryWorld world;
  world.put("fleet.bkfleet", {driver::Kind::file, std::string(two_clusters)});
  const std::vector<std::string> words = {"fleet.bkfleet", "--print", "-q", "--only", "east/*/*"};
  CHECK(driver::run(words, world) == 0);
  const std::vector<std::string> kinds = lines_with(world.output, "kind: ");
  REQUIRE(kinds.size() > 4);
  CHECK(kinds.front() == "Namespace");
  CHECK(lines_with(world.output, "---").size() == kinds.size());
  CHECK(world.output.starts_with("---\n"));
  CHECK(std::find(kinds.begin(), kinds.end(), "StatefulSet") != kinds.end());
  CHECK(std::find(kinds.begin(), kinds.end(), "Kustomization") == kinds.end());
  CHECK(std::find(kinds.begin(), kinds.end(), "Job") == kinds.end());
}

TEST_CASE("--only writes the named cluster and leaves the other's files") {
  MemoryWorld world;
  world.put("fleet.bkfleet", {driver::Kind::file, std::string(two_clusters)});
  const std::vector<std::string> all = {"fleet.bkfleet", "-o", "out", "-q"};
  const std::vector<std::string> east = {"fleet.bkfleet", "-o", "out", "-q", "--only", "east/*/*"};
  CHECK(driver::run(all, world) == 0);
  const auto before = world.files();
  world.erase("out/deploy/east/builds/ci/service.yaml");
  world.erase("out/deploy/west/builds/ci/service.yaml");
  CHECK(driver::run(east, world) == 0);
  CHECK(world.find("out/deploy/east/builds/ci/service.yaml") != nullptr);
  CHECK(world.find("out/deploy/west/builds/ci/service.yaml") == nullptr);
  CHECK(driver::run(all, world) == 0);
  CHECK(world.files() == before);
}

}  // namespace bkfc::tests
