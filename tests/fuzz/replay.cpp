// Runs a fuzz target without libFuzzer: on each seed, and on its texts that are cut off, that lack
// a byte or have one twice, at every few bytes. A seed is a file, or an example in a Markdown file.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "grammar/examples.hpp"

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t step = 11;  // prime, so no layout of a seed hides behind it

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void add_seeds(const std::filesystem::path& path, std::vector<std::string>& seeds) {
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path))
      add_seeds(entry.path(), seeds);
  } else if (path.extension() == ".md") {
    for (std::string& example : bkfc::tests::fenced(read(path), "bkfleet"))
      seeds.push_back(std::move(example));
  } else {
    seeds.push_back(read(path));
  }
}

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> seeds;
  for (int i = 1; i < argc; ++i) add_seeds(argv[i], seeds);
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds\n");
    return 2;
  }
  std::size_t runs = 0;
  for (const std::string& seed : seeds) {
    run(seed);
    for (std::size_t at = 0; at < seed.size(); at += step, runs += 3) {
      run(seed.substr(0, at));
      run(seed.substr(0, at) + seed.substr(at + 1));
      run(seed.substr(0, at) + seed.substr(at, 1) + seed.substr(at));
    }
  }
  std::printf("%zu seeds, %zu runs\n", seeds.size(), runs + seeds.size());
  return 0;
}
