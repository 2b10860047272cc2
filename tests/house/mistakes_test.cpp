// What a person gets wrong in one way is said in one message: held for every case of a mistake.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "golden.hpp"
#include "options.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;

// The messages of the first command of a case.
std::size_t messages_in(std::string_view errors) {
  const std::size_t second = errors.find("\n$ ");
  errors = errors.substr(0, second);
  std::size_t count = 0;
  for (std::size_t at = 0; at < errors.size();
       at = std::min(errors.find('\n', at), errors.size() - 1) + 1)
    if (errors.substr(at).starts_with("error[") || errors.substr(at).starts_with("warning["))
      ++count;
  return count;
}

}  // namespace

TEST_CASE("a mistake that people make is one message") {
  std::size_t mistakes = 0;
  for (const auto& entry : fs::directory_iterator(options().root + "/tests/cases/mistakes")) {
    const std::string name = entry.path().filename();
    CAPTURE(name);
    std::ifstream file(entry.path(), std::ios::binary);
    const Case parsed = parse_case(std::string{std::istreambuf_iterator<char>(file), {}});
    const Section* errors = parsed.find("out/stderr");
    REQUIRE((errors != nullptr) == name.starts_with("bad_"));
    if (errors == nullptr) continue;
    ++mistakes;
    CHECK(messages_in(errors->content) == 1);
    // What has a certain fix shows what was meant, and is right afterwards.
    const bool is_fixed = parsed.find("args")->content.find("--fix") != std::string::npos;
    CHECK((parsed.find("out/fleet.bkfleet") != nullptr) == is_fixed);
    if (is_fixed)
      CHECK(parsed.find("out/exit")->content.find("\n0 check --fix") != std::string::npos);
  }
  CHECK(mistakes >= 40);
}

}  // namespace bkfc::tests
