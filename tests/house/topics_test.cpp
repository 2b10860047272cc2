// Everything that has a name is explained, and says nothing that is not so.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "driver/run.hpp"
#include "driver/topics.hpp"
#include "eval/functions.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

std::string explained(const std::string& word) {
  MemoryWorld world;
  CAPTURE(word);
  CHECK(driver::run(std::vector<std::string>{"explain", word}, world) == 0);
  CHECK(world.errors == "");
  return world.output;
}

// What a manifest says of a label whose value is the expression's text.
std::string value_of(std::string_view expression) {
  MemoryWorld world;
  world.put("a.bkfleet", {.bytes = "fleet \"a\" {\n  namespace = \"a\"\n  cache { size = 100GiB }\n"
                                   "  annotations { \"a.b/c\" = text(" +
                                   std::string(expression) + ") }\n}\n"});
  CHECK(driver::run(std::vector<std::string>{"a.bkfleet", "--print", "-q"}, world) == 0);
  const std::string key = "a.b/c: ";
  const std::size_t at = world.output.find(key);
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + key.size();
  return world.output.substr(begin, world.output.find('\n', begin) - begin);
}

std::string without_quotes(std::string_view text) {
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

TEST_CASE("everything that has a name is explained by it") {
  for (const driver::Family& family : driver::topic_families()) {
    CAPTURE(family.name);
    CHECK_FALSE(family.topics.empty());
    for (const driver::Topic& topic : family.topics) {
      CAPTURE(topic.name);
      CHECK_FALSE(topic.summary.empty());
      CHECK_FALSE(topic.summary.ends_with('.'));
      CHECK(explained(topic.name).find(topic.text()) != std::string::npos);
      if (!topic.other_name.empty()) CHECK(explained(topic.other_name) == topic.text());
    }
  }
}

TEST_CASE("no two things of one family have one name") {
  for (const driver::Family& family : driver::topic_families()) {
    std::set<std::string> seen;
    for (const driver::Topic& topic : family.topics) {
      CAPTURE(topic.name);
      CHECK(seen.insert(topic.name).second);
    }
  }
}

TEST_CASE("a family is listed by its name, with everything in it") {
  for (const driver::Family& family : driver::topic_families()) {
    const std::string list = explained(std::string(family.name));
    for (const driver::Topic& topic : family.topics)
      CHECK(list.find("\n  " + topic.name) != std::string::npos);
  }
}

TEST_CASE("a function's example gives what its row says") {
  for (const eval::Function& function : eval::functions()) {
    CAPTURE(function.name);
    CHECK(function.signature.starts_with(function.name));
    CHECK(function.example.starts_with(function.name));
    CHECK(without_quotes(value_of(function.example)) == without_quotes(function.result));
  }
}

}  // namespace bkfc::tests
