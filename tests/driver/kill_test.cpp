// The real commit on a real disk, killed at every call that changes something.
#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "driver/programs.hpp"
#include "driver/real_world.hpp"
#include "support/killing_world.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;
using driver::Exit;

const Texts nothing = {};
const Texts first = {{"deploy/d/a.yaml", "first a\n"},
                     {"deploy/d/gone/x.yaml", "gone\n"},
                     {"deploy/d/same.yaml", "same\n"},
                     {"kit/run.sh", "first run\n"}};
const Texts second = {{"deploy/d/a.yaml", "second a\n"},
                      {"deploy/d/same.yaml", "same\n"},
                      {"deploy/e/b.yaml", "second b\n"},
                      {"kit/run.sh", "second run\n"}};
const Texts removal = {{"deploy/d/same.yaml", "same\n"}};

// Thousands of runs need a disk in memory, which renames and links like any other.
fs::path quick_disk() {
  return ::access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path();
}

class TemporaryFolder {
 public:
  explicit TemporaryFolder(const fs::path& above) {
    std::string name = (above / "bkfc-kill-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// Every file but the staging folder's.
Texts texts_in(const std::string& folder) {
  Texts texts;
  if (!fs::exists(folder)) return texts;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder);
    if (!entry.is_regular_file() || name.starts_with(".bkfc-new")) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path()).rdbuf();
    texts[name] = bytes.str();
  }
  return texts;
}

Written write_really(const std::string& folder, const Texts& texts,
                     const driver::Options& options = {.quiet = true}) {
  const std::unique_ptr<driver::World> world = driver::real_world();
  return write(*world, program(folder, texts), options);
}

// With lock and attributes, as a folder that was never interrupted has them.
Texts whole(const TemporaryFolder& temporary, const Texts& texts) {
  if (texts.empty()) return {};
  const std::string folder = temporary / "whole";
  fs::remove_all(folder);
  CHECK(write_really(folder, texts).exit == Exit::done);
  return texts_in(folder);
}

// Runs in a child that ends itself before the `at`-th change; whether it came that far.
bool is_killed(const std::string& folder, const Texts& texts, std::size_t at) {
  const pid_t child = ::fork();
  if (child == 0) {
    const std::unique_ptr<driver::World> world = driver::real_world();
    KillingWorld killing(*world, at);
    ::_exit(write(killing, program(folder, texts)).exit == Exit::done ? 0 : 1);
  }
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK((WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == KillingWorld::exit_status));
  return WEXITSTATUS(status) == KillingWorld::exit_status;
}

const std::string* at(const Texts& texts, const std::string& path) {
  const auto found = texts.find(path);
  return found == texts.end() ? nullptr : &found->second;
}

bool same(const std::string* a, const std::string* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

// Every file is as before or as after; no file is half, missing, or of neither.
void check_old_or_new(const Texts& now, const Texts& before, const Texts& after) {
  Texts all = before;
  all.insert(after.begin(), after.end());
  all.insert(now.begin(), now.end());
  for (const auto& entry : all) {
    const std::string& path = entry.first;
    CAPTURE(path);
    CHECK((same(at(now, path), at(before, path)) || same(at(now, path), at(after, path))));
  }
}

// `--check` calls a mixture by its name, and never takes one for current.
void check_is_told(const std::string& folder, const Texts& target, const Texts& now,
                   const Texts& before, const Texts& after) {
  const Written checked = write_really(folder, target, {.check = true});
  if (now == after) return;
  CHECK(checked.exit == Exit::errors);
  if (now == before) return;
  CHECK(checked.said.find("E0925") != checked.said.npos);
}

struct Scenario {
  const Texts& before;
  const Texts& after;
};

class KillTest {
 public:
  explicit KillTest(Scenario scenario, const fs::path& disk = fs::temp_directory_path())
      : temporary_(disk),
        scenario_(scenario),
        before_(whole(temporary_, scenario.before)),
        after_(whole(temporary_, scenario.after)) {}

  // How many kills the run was tried with.
  std::size_t run(bool is_killed_twice) {
    const std::string folder = temporary_ / "out";
    for (std::size_t kill = 1;; ++kill) {
      CAPTURE(kill);
      fs::remove_all(folder);
      if (!scenario_.before.empty())
        CHECK(write_really(folder, scenario_.before).exit == Exit::done);
      if (!is_killed(folder, scenario_.after, kill)) {
        CHECK(texts_in(folder) == after_);
        return kill - 1;
      }
      const Texts now = texts_in(folder);
      check_old_or_new(now, before_, after_);
      check_is_told(folder, scenario_.after, now, before_, after_);
      check_next_runs(folder);
      if (is_killed_twice) kill_again(folder);
    }
  }

 private:
  // The next run ends with what it should, be it of the new program or of the old one.
  void check_next_runs(const std::string& folder) {
    ends_with(folder, scenario_.after, after_);
    if (!scenario_.before.empty()) ends_with(folder, scenario_.before, before_);
  }

  void ends_with(const std::string& folder, const Texts& texts, const Texts& expected) {
    const std::string copy = temporary_ / "copy";
    fs::remove_all(copy);
    if (fs::exists(folder)) fs::copy(folder, copy, fs::copy_options::recursive);
    const Written written = write_really(copy, texts);
    CHECK_MESSAGE(written.exit == Exit::done, written.said);
    CHECK(texts_in(copy) == expected);
    CHECK_FALSE(fs::exists(copy + "/.bkfc-new"));
    CHECK(write_really(copy, texts, {.check = true}).exit == Exit::done);
  }

  void kill_again(const std::string& folder) {
    const std::string again = temporary_ / "again";
    for (std::size_t kill = 1;; ++kill) {
      CAPTURE(kill);
      fs::remove_all(again);
      if (fs::exists(folder)) fs::copy(folder, again, fs::copy_options::recursive);
      if (!is_killed(again, scenario_.after, kill)) return;
      check_old_or_new(texts_in(again), before_, after_);
      ends_with(again, scenario_.after, after_);
    }
  }

  TemporaryFolder temporary_;
  Scenario scenario_;
  Texts before_;
  Texts after_;
};

}  // namespace

TEST_CASE("a kill at any change of a fresh output is completed or undone") {
  CHECK(KillTest({nothing, first}).run(false) > 15);
}

TEST_CASE("a kill at any change of an update, and another in the run that mends it, lose nothing") {
  CHECK(KillTest({first, second}, quick_disk()).run(true) > 20);
}

TEST_CASE("a kill at any change of a removal is completed or undone") {
  CHECK(KillTest({first, removal}).run(false) > 10);
}

TEST_CASE("the way back is as safe as the way there") {
  CHECK(KillTest({second, first}).run(false) > 20);
}

}  // namespace bkfc::tests
