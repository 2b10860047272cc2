#include "driver/lock.hpp"

#include <doctest/doctest.h>

#include "base/sha256.hpp"
#include "driver/run.hpp"
#include "support/memory_world.hpp"

namespace bkfc::driver {

TEST_CASE("a lock is read and written back alike, a line a file, sorted") {
  const std::string hash = sha256("x");
  const Lock lock{.made_from = {{"b.bkfleet", "a.bkfleet"}, {"p.set"}, {"env=prod"}},
                  .files = {{"z", hash, true}, {"a b%\n", hash, false}}};
  const std::string text = to_text(lock);
  CHECK(text.find("root a.bkfleet\nroot b.bkfleet\nset-file p.set\nset env=prod\n644 " + hash +
                  " a b%25%0A\n755 " + hash + " z\n") != text.npos);
  CHECK(to_text(parse_lock(text)) == text);
  CHECK(parse_lock(text).files[0].path == "a b%\n");
}

TEST_CASE("a run puts its root files, set files and values into the lock") {
  tests::MemoryWorld world;
  world.put("fleet.bkfleet", {.bytes = "param env: string\nfleet \"ci-${env}\" {\n"
                                       "  namespace = \"ci\"\n  cache { size = 100GiB }\n}\n"});
  world.put("more.set", {.bytes = ""});
  const std::vector<std::string> words = {"fleet.bkfleet", "--set", "env=prod", "--set-file",
                                          "more.set",      "-o",    "out",      "-q"};
  REQUIRE(run(words, world) == 0);
  const Lock lock = parse_lock(world.find("out/bkfc.lock")->bytes);
  CHECK(lock.made_from == Provenance{{"fleet.bkfleet"}, {"more.set"}, {"env=prod"}});
}

TEST_CASE("a lock never leads out of its folder") {
  const std::string hash = sha256("x");
  for (const std::string_view path :
       {"../x", "/etc/passwd", "a/../../x", "a//b", "./a", "", ".bkfc-new/commit", "a/%2E./b"})
    CHECK(parse_lock("644 " + hash + " " + std::string(path) + "\n").files.size() == 0);
  CHECK(parse_lock("644 " + hash + " a/b\n").files.size() == 1);
  CHECK(parse_lock("644 short a/b\n777 " + hash + " a\nnonsense\n\n").files.empty());
}

TEST_CASE("both sides of a lock that git could not merge are known") {
  const std::string one = sha256("1");
  const std::string two = sha256("2");
  const Lock lock =
      parse_lock("<<<<<<< HEAD\n644 " + one + " a\n=======\n644 " + two + " a\n>>>>>>> main\n");
  CHECK(lock.is_conflicted);
  CHECK(lock.knows("a", one));
  CHECK(lock.knows("a", two));
  CHECK_FALSE(lock.knows("b", one));
}

TEST_CASE("conflict markers are seen only where git leaves all three") {
  CHECK(has_conflict_markers("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n"));
  CHECK(has_conflict_markers("<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> main\r\n"));
  CHECK_FALSE(has_conflict_markers("=======\n<<<<<<< a heading\n"));
  CHECK_FALSE(has_conflict_markers("a: <<<<<<< HEAD\n"));
}

}  // namespace bkfc::driver
