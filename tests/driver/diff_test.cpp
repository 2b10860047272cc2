#include "driver/diff.hpp"

#include <doctest/doctest.h>

#include <cstdint>

namespace bkfc::driver {
namespace {

// Applies hunks to the text they were made from.
std::string patched(std::string_view before, std::string_view hunks) {
  std::string after;
  std::size_t line = 1;
  const auto take = [](std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view taken = text.substr(0, end == text.npos ? end : end + 1);
    text.remove_prefix(taken.size());
    return taken;
  };
  while (!hunks.empty()) {
    const std::string_view text = take(hunks);
    if (text.starts_with("@@ -")) {
      const std::string_view range = text.substr(4, text.find(' ', 4) - 4);
      const std::size_t comma = range.find(',');
      std::size_t begin = 0;
      for (const char c : range.substr(0, comma))
        begin = begin * 10 + static_cast<unsigned>(c - '0');
      if (comma != range.npos && range.substr(comma) == ",0") ++begin;
      for (; line < begin; ++line) after += take(before);
    } else if (text.starts_with("\\")) {
      after.pop_back();
    } else if (text.starts_with("+")) {
      after += text.substr(1);
      if (hunks.starts_with("\\")) after.pop_back(), take(hunks);
    } else {
      const std::string_view old = take(before);
      ++line;
      CHECK(text.substr(1, old.size()) == old);
      if (hunks.starts_with("\\")) take(hunks);
      if (text.starts_with(" ")) after += old;
    }
  }
  return after + std::string(before);
}

}  // namespace

TEST_CASE("equal texts have no hunks") {
  CHECK(unified_hunks("", "").empty());
  CHECK(unified_hunks("a\nb\n", "a\nb\n").empty());
  CHECK(unified_diff("x", "a\n", "x", "a\n").empty());
}

TEST_CASE("a changed line stands between three lines of context") {
  CHECK(
      unified_diff("old", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "new", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
      "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("a file that comes or goes is held against nothing") {
  CHECK(unified_diff("", "", "new", "a\nb\n") ==
        "--- /dev/null\n+++ new\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  CHECK(unified_diff("old", "a\n", "", "") == "--- old\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("a missing last newline is a difference") {
  CHECK(unified_hunks("a", "a\n") == "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("hunks turn the one text into the other, whatever the texts") {
  std::uint32_t seed = 7;
  const auto random = [&](std::uint32_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16U) % below;
  };
  for (int round = 0; round < 400; ++round) {
    std::string before;
    std::string after;
    for (std::uint32_t i = random(40); i > 0; --i) {
      const std::string line = std::string(1, static_cast<char>('a' + random(4))) + "\n";
      if (random(4) != 0) before += line;
      if (random(4) != 0) after += line;
    }
    if (random(5) == 0 && !after.empty()) after.pop_back();
    if (random(5) == 0 && !before.empty()) before.pop_back();
    CHECK(patched(before, unified_hunks(before, after)) == after);
  }
}

TEST_CASE("texts that have nothing in common are replaced, in bounded time") {
  std::string before;
  std::string after;
  for (int i = 0; i < 5000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  CHECK(patched(before, unified_hunks(before, after)) == after);
}

}  // namespace bkfc::driver
