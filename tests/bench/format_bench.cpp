// How fast a text is parsed and laid out: MB/s of each, on a program of many fleets.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "format/format.hpp"
#include "syntax/parse.hpp"

namespace {

// Of this process's own time, so that what else the machine does is not measured.
double megabytes_per_second(std::size_t bytes, std::clock_t begin) {
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  return static_cast<double>(bytes) / 1e6 / seconds;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: format-bench FILE\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string one{std::istreambuf_iterator<char>(file), {}};
  std::string text;
  while (text.size() < (8u << 20)) text += one;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t begin = std::clock();
    const bkfc::syntax::Tree tree = bkfc::syntax::parse(text);
    const double parsed = megabytes_per_second(text.size(), begin);
    if (!tree.errors.empty()) {
      std::fprintf(stderr, "format-bench: %s does not parse\n", argv[1]);
      return 1;
    }
    const std::clock_t middle = std::clock();
    const std::string formatted = bkfc::format::format(tree);
    const double written = megabytes_per_second(text.size(), middle);
    const double both = megabytes_per_second(text.size(), begin);
    std::printf(
        "{\"bytes\": %zu, \"nodes\": %zu, \"parse_mb_s\": %.1f, \"format_mb_s\": %.1f, "
        "\"both_mb_s\": "
        "%.1f}\n",
        text.size(), tree.nodes.size(), parsed, written, both);
  }
  return 0;
}
