#include "driver/real_world.hpp"

#include <doctest/doctest.h>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "driver/programs.hpp"

namespace bkfc::tests {
namespace {

namespace fs = std::filesystem;
using driver::Exit;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "bkfc-world-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { fs::remove_all(path_); }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

// A disk of its own with little room; not there where this user may not mount.
class SmallDisk {
 public:
  SmallDisk(const std::string& path, const char* size) : path_(path) {
    fs::create_directories(path);
    is_mounted_ = ::mount("tmpfs", path.c_str(), "tmpfs", 0, size) == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (is_mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  bool is_mounted() const { return is_mounted_; }

 private:
  std::string path_;
  bool is_mounted_ = false;
};

}  // namespace

TEST_CASE("the real disk answers as the world promises") {
  const TemporaryFolder folder;
  const std::unique_ptr<driver::World> world = driver::real_world();
  CHECK(world->make_folder(folder / "a"));
  CHECK(world->write(folder / "a/f", "bytes", driver::Access::executable));
  CHECK(world->write(folder / "a/f", "again", driver::Access::plain).error() == "file exists");
  CHECK(world->look(folder / "a/f").value().kind == driver::Kind::file);
  CHECK(world->look(folder / "a/f").value().executable);
  CHECK(world->look(folder / "a/f/below").value().kind == driver::Kind::nothing);
  CHECK(world->read(folder / "a/f", 5).value() == "bytes");
  CHECK(world->read(folder / "a/f", 4).error() == "it is larger than 4 bytes");
  CHECK(world->read(folder / "a", 4).error() == "it is a folder");
  CHECK(world->read(folder / "none", 4).error() == "no such file or directory");
  CHECK(world->link(folder / "a/f", folder / "a/g"));
  CHECK(world->set_access(folder / "a/g", driver::Access::plain));
  CHECK_FALSE(world->look(folder / "a/f").value().executable);
  CHECK(world->rename(folder / "a/f", folder / "a/h"));
  CHECK(world->list(folder / "a").value() == std::vector<std::string>{"g", "h"});
  CHECK(world->remove(folder / "a").error() == "directory not empty");
  CHECK(world->remove(folder / "a/g"));
  CHECK(world->remove(folder / "a/h"));
  CHECK(world->remove(folder / "a"));
  CHECK_FALSE(world->list(folder / "a"));
}

TEST_CASE("a folder is held by one run at a time") {
  const TemporaryFolder folder;
  std::unique_ptr<driver::World> first = driver::real_world();
  const std::unique_ptr<driver::World> second = driver::real_world();
  CHECK(first->hold(folder / "."));
  CHECK(second->hold(folder / ".").error() == "another run of bkfc is writing there");
  first.reset();
  CHECK(second->hold(folder / "."));
}

TEST_CASE(
    "a full disk of its own leaves the old output, and takes the new one when there is room") {
  const TemporaryFolder folder;
  const std::string out = folder / "out";
  const SmallDisk disk(out, "size=64k");
  if (!disk.is_mounted()) {
    MESSAGE("SKIPPED: this user may not mount a disk");
    return;
  }
  const std::unique_ptr<driver::World> world = driver::real_world();
  CHECK(write(*world, program(out, {{"deploy/a.yaml", "old\n"}})).exit == Exit::done);
  const Texts large = {{"deploy/a.yaml", "new\n"}, {"deploy/b.yaml", std::string(100'000, 'x')}};
  const Written written = write(*world, program(out, large));
  CHECK(written.exit == Exit::refused);
  CHECK(written.said.find("no space left on device") != written.said.npos);
  CHECK(world->read(out + "/deploy/a.yaml", 100).value() == "old\n");
  CHECK_FALSE(fs::exists(out + "/.bkfc-new"));
  CHECK_FALSE(fs::exists(out + "/deploy/b.yaml"));
  const Texts small = {{"deploy/a.yaml", "new\n"}, {"deploy/b.yaml", "x\n"}};
  CHECK(write(*world, program(out, small)).exit == Exit::done);
  CHECK(world->read(out + "/deploy/a.yaml", 100).value() == "new\n");
}

TEST_CASE("a folder inside the output that is a disk of its own is refused, and nothing changes") {
  const TemporaryFolder folder;
  const std::string out = folder / "out";
  const std::unique_ptr<driver::World> world = driver::real_world();
  CHECK(write(*world, program(out, {{"deploy/a.yaml", "old\n"}})).exit == Exit::done);
  const SmallDisk disk(out + "/kit", "size=64k");
  if (!disk.is_mounted()) {
    MESSAGE("SKIPPED: this user may not mount a disk");
    return;
  }
  const Texts texts = {{"deploy/a.yaml", "new\n"}, {"kit/run.sh", "run\n"}};
  const Written written = write(*world, program(out, texts));
  CHECK(written.exit == Exit::refused);
  CHECK(written.said.find("kit/run.sh") != written.said.npos);
  CHECK(world->read(out + "/deploy/a.yaml", 100).value() == "old\n");
  CHECK_FALSE(fs::exists(out + "/.bkfc-new"));
}

TEST_CASE("a folder that this user may not write in is refused") {
  const TemporaryFolder folder;
  const std::string out = folder / "out";
  fs::create_directories(out);
  if (::geteuid() == 0) {
    // Root writes everywhere but on a disk that is mounted read-only.
    const SmallDisk disk(out, "ro");
    if (!disk.is_mounted() || ::mount("none", out.c_str(), "", MS_REMOUNT | MS_RDONLY, "") != 0) {
      MESSAGE("SKIPPED: this user may not mount a disk");
      return;
    }
    const std::unique_ptr<driver::World> world = driver::real_world();
    CHECK(write(*world, program(out, {{"a", "a\n"}})).exit == Exit::refused);
    return;
  }
  ::chmod(out.c_str(), 0500);
  const std::unique_ptr<driver::World> world = driver::real_world();
  CHECK(write(*world, program(out, {{"a", "a\n"}})).exit == Exit::refused);
  ::chmod(out.c_str(), 0700);
}

}  // namespace bkfc::tests
