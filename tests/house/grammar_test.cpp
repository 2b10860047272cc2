// The examples of the grammar's README are what they claim to be.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "grammar/examples.hpp"
#include "options.hpp"
#include "syntax/dump.hpp"
#include "syntax/parse.hpp"

namespace bkfc {
namespace {

std::vector<std::string> examples_in(const std::string& path) {
  std::ifstream file(tests::options().root + path, std::ios::binary);
  return tests::fenced(std::string{std::istreambuf_iterator<char>(file), {}}, "bkfleet");
}

}  // namespace

TEST_CASE("every example of the grammar parses without error") {
  const std::vector<std::string> examples = examples_in("/grammar/README.md");
  CHECK(examples.size() >= 20);
  for (const std::string& example : examples) {
    const syntax::Tree tree = syntax::parse(example);
    CAPTURE(syntax::dump(tree));
    CHECK(tree.errors.empty());
  }
}

TEST_CASE("every example of a mistake has an error") {
  for (const std::string& example : examples_in("/tests/grammar/mistakes.md"))
    CHECK_FALSE(syntax::parse(example).errors.empty());
}

}  // namespace bkfc
