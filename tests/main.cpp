#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <string_view>

#include "options.hpp"

namespace bkfc::tests {

Options& options() {
  static Options options;
  return options;
}

}  // namespace bkfc::tests

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--update") bkfc::tests::options().update = true;
    if (word.starts_with("--root=")) bkfc::tests::options().root = word.substr(7);
  }
  return context.run();
}
