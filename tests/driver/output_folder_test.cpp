#include <doctest/doctest.h>

#include "base/sha256.hpp"
#include "driver/programs.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

using driver::Exit;

const Texts old_texts = {{"deploy/d/a.yaml", "old a\n"},
                         {"deploy/d/gone.yaml", "gone\n"},
                         {"deploy/d/same.yaml", "same\n"},
                         {"kit/run.sh", "old run\n"}};
const Texts new_texts = {{"deploy/d/a.yaml", "new a\n"},
                         {"deploy/d/same.yaml", "same\n"},
                         {"deploy/e/b.yaml", "new b\n"},
                         {"kit/run.sh", "new run\n"}};

MemoryWorld world_with_old() {
  MemoryWorld world;
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  return world;
}

// The produced files alone, without lock and attributes.
Texts texts_in(const MemoryWorld& world) {
  Texts texts;
  for (const auto& [path, node] : world.files()) {
    if (!path.starts_with("out/")) continue;
    const std::string name = path.substr(4);
    if (name != "bkfc.lock" && name != ".gitattributes") texts[name] = node.bytes;
  }
  return texts;
}

bool says(const Written& written, std::string_view text) {
  return written.said.find(text) != written.said.npos;
}

}  // namespace

TEST_CASE("a fresh folder holds what the program produces, its lock and what git needs") {
  MemoryWorld world = world_with_old();
  CHECK(texts_in(world) == old_texts);
  CHECK(world.find("out/kit/run.sh")->executable);
  CHECK_FALSE(world.find("out/deploy/d/a.yaml")->executable);
  CHECK(world.find("out/bkfc.lock") != nullptr);
  CHECK(world.find("out/.gitattributes") != nullptr);
  CHECK(world.find("out/.bkfc-new") == nullptr);
}

TEST_CASE("a second run of the same program changes nothing") {
  MemoryWorld world = world_with_old();
  world.changes = 0;
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(world.changes == 0);
  CHECK(write(world, program("out", old_texts), {.check = true}).exit == Exit::done);
}

TEST_CASE("an update writes what is new and removes what bkfc wrote, with its empty folders") {
  MemoryWorld world = world_with_old();
  CHECK(write(world, program("out", {{"x/y/z.yaml", "z\n"}})).exit == Exit::done);
  CHECK(texts_in(world) == Texts{{"x/y/z.yaml", "z\n"}});
  CHECK(world.find("out/deploy") == nullptr);
}

TEST_CASE("an edited file stops everything, and the message shows the edit") {
  MemoryWorld world = world_with_old();
  world.find("out/deploy/d/a.yaml")->bytes = "old a\nmine\n";
  const auto before = world.files();
  const Written written = write(world, program("out", new_texts));
  CHECK(written.exit == Exit::errors);
  CHECK(says(written, "E0920 `out/deploy/d/a.yaml` was edited by hand"));
  CHECK(says(written, "-mine\n"));
  CHECK(world.files() == before);

  driver::Output forced = program("out", new_texts);
  forced.force = true;
  CHECK(write(world, forced).exit == Exit::done);
  CHECK(texts_in(world) == new_texts);
}

TEST_CASE("an edited file that is no longer produced is never removed") {
  MemoryWorld world = world_with_old();
  world.find("out/deploy/d/gone.yaml")->bytes = "mine\n";
  CHECK(write(world, program("out", new_texts)).exit == Exit::errors);
  driver::Output forced = program("out", new_texts);
  forced.force = true;
  const Written written = write(world, forced);
  CHECK(written.exit == Exit::done);
  CHECK(says(written, "E0927"));
  CHECK(world.find("out/deploy/d/gone.yaml")->bytes == "mine\n");
  CHECK(write(world, program("out", new_texts)).exit == Exit::done);
}

TEST_CASE("a file that equals what would be written is current, whatever the lock says") {
  MemoryWorld world = world_with_old();
  world.find("out/deploy/d/a.yaml")->bytes = "new a\n";
  CHECK(write(world, program("out", new_texts)).exit == Exit::done);
  CHECK(texts_in(world) == new_texts);
}

TEST_CASE("a lost lock heals where the files are right, and protects where they are not") {
  MemoryWorld world = world_with_old();
  const std::string lock = world.find("out/bkfc.lock")->bytes;
  world.erase("out/bkfc.lock");
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(world.find("out/bkfc.lock")->bytes == lock);

  world.erase("out/bkfc.lock");
  const Written written = write(world, program("out", new_texts));
  CHECK(written.exit == Exit::errors);
  CHECK(says(written, "E0921"));
  CHECK(texts_in(world) == old_texts);
}

TEST_CASE("files and locks with conflict markers are stale") {
  MemoryWorld world = world_with_old();
  world.find("out/deploy/d/a.yaml")->bytes = "<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n";
  std::string& lock = world.find("out/bkfc.lock")->bytes;
  lock = "<<<<<<< HEAD\n" + lock + "=======\n" + lock + ">>>>>>> main\n";
  CHECK(write(world, program("out", new_texts)).exit == Exit::done);
  CHECK(texts_in(world) == new_texts);
}

TEST_CASE("a file that a power cut emptied is written again") {
  MemoryWorld world = world_with_old();
  world.find("out/deploy/d/a.yaml")->bytes = "";
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(texts_in(world) == old_texts);
}

TEST_CASE("files of others are left alone in a folder that bkfc adopts") {
  MemoryWorld world;
  world.put("out/README.md", {driver::Kind::file, "mine\n"});
  world.put("out/deploy/d/same.yaml", {driver::Kind::file, "same\n"});
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(world.find("out/README.md")->bytes == "mine\n");
  CHECK(write(world, program("out", {{"z", "z\n"}})).exit == Exit::done);
  CHECK(texts_in(world) == Texts{{"README.md", "mine\n"}, {"z", "z\n"}});
}

TEST_CASE("another program's folder is refused, and only --relock takes it over") {
  MemoryWorld world = world_with_old();
  driver::Output other = program("out", new_texts);
  other.made_from.roots = {"dev.bkfleet"};
  other.force = true;
  const Written refused = write(world, other);
  CHECK(refused.exit == Exit::errors);
  CHECK(says(refused, "made from `prod.bkfleet`; this run reads `dev.bkfleet`"));
  CHECK(texts_in(world) == old_texts);

  driver::Output valued = program("out", new_texts);
  valued.made_from.values = {"env=dev"};
  CHECK(says(write(world, valued), "made with no `--set`; this run has `--set env=dev`"));
  CHECK(texts_in(world) == old_texts);

  other.force = false;
  other.relock = true;
  world.find("out/kit/run.sh")->bytes = "mine\n";
  CHECK(write(world, other).exit == Exit::errors);
  world.find("out/kit/run.sh")->bytes = "old run\n";
  CHECK(write(world, other).exit == Exit::done);
  CHECK(texts_in(world) == new_texts);
}

TEST_CASE("root files may come and go as long as one stays") {
  MemoryWorld world = world_with_old();
  driver::Output more = program("out", new_texts);
  more.made_from.roots = {"more.bkfleet", "prod.bkfleet"};
  CHECK(write(world, more).exit == Exit::done);
  more.made_from.roots = {"more.bkfleet"};
  CHECK(write(world, more).exit == Exit::done);
}

TEST_CASE("--only writes what it names, and removes and narrows nothing else") {
  const Texts both = {{"deploy/c/n/a/x.yaml", "a\n"},
                      {"deploy/c/n/b/x.yaml", "b\n"},
                      {"deploy/c/kustomization.yaml", "a b\n"},
                      {"namespaces/c/n.yaml", "n\n"},
                      {"kit/c/n/a/run.sh", "a\n"},
                      {"deploy/c/n/a/gone.yaml", "gone\n"}};
  MemoryWorld world;
  CHECK(write(world, program("out", both)).exit == Exit::done);
  driver::Output only = program("out", {{"deploy/c/n/a/x.yaml", "new a\n"},
                                        {"deploy/c/kustomization.yaml", "a\n"},
                                        {"kit/c/n/a/run.sh", "new a\n"}});
  only.only = "c/n/a";
  CHECK(write(world, only).exit == Exit::done);
  Texts expected = both;
  expected["deploy/c/n/a/x.yaml"] = "new a\n";
  expected["kit/c/n/a/run.sh"] = "new a\n";
  expected.erase("deploy/c/n/a/gone.yaml");
  CHECK(texts_in(world) == expected);
  CHECK(write(world, program("out", both)).exit == Exit::done);
}

TEST_CASE("--only names fleets by path") {
  CHECK(driver::is_selected("c/n/f", "deploy/c/n/f/x.yaml"));
  CHECK(driver::is_selected("c/*/f", "kit/c/n/f/clients/x.sh"));
  CHECK(driver::is_selected("*/*/*", "namespaces/c/n.yaml"));
  CHECK_FALSE(driver::is_selected("c/n/f", "namespaces/c/n.yaml"));
  CHECK_FALSE(driver::is_selected("c/n/f", "deploy/c/n/g/x.yaml"));
  CHECK_FALSE(driver::is_selected("*/*/*", "deploy/c/kustomization.yaml"));
  CHECK_FALSE(driver::is_selected("*/*/*", "kit/authorities/ci/create-certs.sh"));
}

TEST_CASE("a lost executable bit is given back") {
  MemoryWorld world = world_with_old();
  world.find("out/kit/run.sh")->executable = false;
  CHECK(write(world, program("out", old_texts), {.check = true}).exit == Exit::errors);
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(world.find("out/kit/run.sh")->executable);
}

TEST_CASE("a link in a file's place is somebody's, unless it leads to the right bytes") {
  MemoryWorld world = world_with_old();
  world.put("elsewhere", {driver::Kind::file, "old a\n"});
  world.put("out/deploy/d/a.yaml", {driver::Kind::link, "/here/elsewhere"});
  CHECK(write(world, program("out", old_texts)).exit == Exit::done);
  CHECK(write(world, program("out", new_texts)).exit == Exit::errors);
  driver::Output forced = program("out", new_texts);
  forced.force = true;
  CHECK(write(world, forced).exit == Exit::done);
  CHECK(world.find("elsewhere")->bytes == "old a\n");
  CHECK(texts_in(world) == new_texts);
}

TEST_CASE("what cannot be written over is refused before anything changes") {
  MemoryWorld world;
  world.put("out", {driver::Kind::file, "a file\n"});
  CHECK(write(world, program("out", old_texts)).exit == Exit::refused);
  CHECK(world.find("out")->bytes == "a file\n");

  MemoryWorld blocked;
  blocked.put("out/deploy/d/a.yaml/", {driver::Kind::folder});
  blocked.put("out/kit", {driver::Kind::file, "a file\n"});
  const auto before = blocked.files();
  const Written written = write(blocked, program("out", old_texts));
  CHECK(written.exit == Exit::refused);
  CHECK(says(written, "cannot write `out/deploy/d/a.yaml`: a folder is there"));
  CHECK(says(written, "cannot write `out/kit/run.sh`: `out/kit` is no folder"));
  CHECK(blocked.files() == before);

  MemoryWorld foreign = world_with_old();
  foreign.put("out/.bkfc-new/mine.txt", {driver::Kind::file, "mine\n"});
  CHECK(write(foreign, program("out", new_texts)).exit == Exit::refused);
  CHECK(foreign.find("out/.bkfc-new/mine.txt") != nullptr);

  MemoryWorld held = world_with_old();
  held.is_held = true;
  CHECK(write(held, program("out", new_texts)).exit == Exit::refused);
  CHECK(texts_in(held) == old_texts);

  MemoryWorld read_only;
  read_only.put("out/", {driver::Kind::folder});
  read_only.find("out")->writable = false;
  CHECK(write(read_only, program("out", old_texts)).exit == Exit::refused);
}

TEST_CASE("--check, --diff and --dry-run change nothing and say what would") {
  MemoryWorld world = world_with_old();
  world.changes = 0;
  const Written checked = write(world, program("out", new_texts), {.check = true});
  CHECK(checked.exit == Exit::errors);
  CHECK(says(checked, "E0926"));
  CHECK(says(checked, "~ deploy/d/a.yaml\n- deploy/d/gone.yaml\n+ deploy/e/b.yaml\n"));
  CHECK(write(world, program("out", new_texts), {.diff = true}).exit == Exit::done);
  CHECK(world.output.find("--- out/deploy/d/a.yaml\n+++ out/deploy/d/a.yaml\n@@ -1 +1 @@\n"
                          "-old a\n+new a\n") != std::string::npos);
  CHECK(world.output.find("--- /dev/null\n+++ out/deploy/e/b.yaml\n") != std::string::npos);
  world.output.clear();
  CHECK(write(world, program("out", new_texts), {.dry_run = true}).exit == Exit::done);
  CHECK(world.output.starts_with("~ deploy/d/a.yaml\n"));
  CHECK(write(world, program("fresh", new_texts), {.check = true}).exit == Exit::errors);
  CHECK(world.changes == 0);
}

TEST_CASE("a disk that is full at any point leaves the old output") {
  for (const bool is_fresh : {true, false}) {
    bool is_done = false;
    for (std::size_t at = 1; !is_done; ++at) {
      CAPTURE(at);
      MemoryWorld world = is_fresh ? MemoryWorld() : world_with_old();
      const auto before = world.files();
      world.fault = {world.changes + at, "no space left on device", true, true};
      const Written written = write(world, program("out", new_texts));
      is_done = written.exit == Exit::done;
      if (is_done) break;
      CHECK(written.exit == Exit::refused);
      CHECK(says(written, "no space left on device"));
      CHECK(world.files() == before);
      world.fault = {};
      CHECK(write(world, program("out", new_texts)).exit == Exit::done);
      CHECK(texts_in(world) == new_texts);
    }
  }
}

TEST_CASE("a single refusal at any call leaves the old output, or a next run that brings the new") {
  bool is_done = false;
  for (std::size_t at = 1; !is_done; ++at) {
    CAPTURE(at);
    MemoryWorld world = world_with_old();
    world.fault = {world.changes + at, "input/output error"};
    const Written written = write(world, program("out", new_texts));
    is_done = world.changes < world.fault.at;
    world.fault = {};
    CHECK(write(world, program("out", new_texts)).exit == Exit::done);
    CHECK(texts_in(world) == new_texts);
    CHECK(world.find("out/.bkfc-new") == nullptr);
  }
}

TEST_CASE("a disk that breaks at any call and stays so loses nothing for the next run") {
  bool is_done = false;
  for (std::size_t at = 1; !is_done; ++at) {
    CAPTURE(at);
    MemoryWorld world = world_with_old();
    world.fault = {world.changes + at, "input/output error", true};
    is_done = write(world, program("out", new_texts)).exit == Exit::done;
    world.fault = {};
    MemoryWorld back = world;
    CHECK(write(world, program("out", new_texts)).exit == Exit::done);
    CHECK(texts_in(world) == new_texts);
    CHECK(write(back, program("out", old_texts)).exit == Exit::done);
    CHECK(texts_in(back) == old_texts);
  }
}

TEST_CASE("what a person writes between a broken run and the next one stays") {
  bool is_done = false;
  for (std::size_t at = 1; !is_done; ++at) {
    CAPTURE(at);
    MemoryWorld world = world_with_old();
    world.fault = {world.changes + at, "input/output error", true};
    is_done = write(world, program("out", new_texts)).exit == Exit::done;
    world.fault = {};
    world.put("out/deploy/d/a.yaml", {driver::Kind::file, "mine\n"});
    CHECK(write(world, program("out", new_texts)).exit == Exit::errors);
    CHECK(world.find("out/deploy/d/a.yaml")->bytes == "mine\n");
  }
}

}  // namespace bkfc::tests
