#include "driver/real_world.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/core.h>

namespace bkfc::driver {
namespace {

// The reason of the last refusal, in lower case as it stands within a sentence.
Refusal refused(int code) {
  std::string reason = std::strerror(code);
  if (reason.size() > 1 && reason[1] >= 'a' && reason[1] <= 'z')
    reason[0] = static_cast<char>(reason[0] | 0x20);
  return {std::move(reason)};
}

Outcome outcome(int status) {
  if (status == 0) return Done{};
  return refused(errno);
}

// Signals without SA_RESTART interrupt system calls; they are taken up again.
template <class Call>
auto patiently(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

// An open file, closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }
  // Network disks tell only here that they are full. After EINTR Linux has closed it all the same.
  int close() {
    const int status = number_ >= 0 ? ::close(number_) : 0;
    number_ = -1;
    return status < 0 && errno == EINTR ? 0 : status;
  }

 private:
  int number_;
};

int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = patiently([&] { return ::write(file, bytes.data(), bytes.size()); });
    if (count < 0) return -1;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

Result<std::string> read_all(int file, std::size_t expected, std::size_t limit) {
  std::string text;
  std::size_t room = std::min(expected, limit) + 1;
  for (;;) {
    const std::size_t begin = text.size();
    text.resize(begin + room);
    const ssize_t count = patiently([&] { return ::read(file, text.data() + begin, room); });
    if (count < 0) return refused(errno);
    text.resize(begin + static_cast<std::size_t>(count));
    if (text.size() > limit) return Refusal{fmt::format("it is larger than {} bytes", limit)};
    if (count == 0) return text;
    room = std::max<std::size_t>(room, 64 * 1024);
  }
}

Kind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return Kind::file;
  if (S_ISDIR(mode)) return Kind::folder;
  if (S_ISLNK(mode)) return Kind::link;
  return Kind::other;
}

class RealWorld final : public World {
 public:
  Result<std::string> read(std::string_view path, std::size_t limit) override {
    if (path == "-") return read_all(STDIN_FILENO, 0, limit);
    const std::string name(path);
    // O_NONBLOCK: a pipe that nobody writes to must not hang the compile.
    const Descriptor file(
        patiently([&] { return ::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); }));
    if (!file.open()) return refused(errno);
    struct stat about {};
    if (::fstat(file.number(), &about) != 0) return refused(errno);
    if (S_ISDIR(about.st_mode)) return Refusal{"it is a folder"};
    if (S_ISREG(about.st_mode))
      return read_all(file.number(), static_cast<std::size_t>(about.st_size), limit);
    // `<(…)` of a shell is a pipe: it is read to its end like a file.
    const int flags = ::fcntl(file.number(), F_GETFL);
    if (flags < 0 || ::fcntl(file.number(), F_SETFL, flags & ~O_NONBLOCK) < 0)
      return refused(errno);
    return read_all(file.number(), 0, limit);
  }

  Result<Entry> look(std::string_view path) override {
    struct stat about {};
    if (::lstat(std::string(path).c_str(), &about) != 0) {
      if (errno == ENOENT || errno == ENOTDIR) return Entry{};
      return refused(errno);
    }
    return Entry{kind_of(about.st_mode), static_cast<std::uint64_t>(about.st_size),
                 (about.st_mode & S_IXUSR) != 0, static_cast<std::uint64_t>(about.st_dev)};
  }

  Result<std::vector<std::string>> list(std::string_view path) override {
    DIR* folder = ::opendir(std::string(path).c_str());
    if (folder == nullptr) return refused(errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(folder)) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int code = errno;
    ::closedir(folder);
    if (code != 0) return refused(code);
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::string> resolve(std::string_view path) override {
    char* name = ::realpath(std::string(path).c_str(), nullptr);
    if (name == nullptr) return refused(errno);
    std::string result = name;
    std::free(name);
    return result;
  }

  Outcome make_folder(std::string_view path) override {
    return outcome(::mkdir(std::string(path).c_str(), 0777));
  }

  Outcome write(std::string_view path, std::string_view bytes, Access access) override {
    const std::string name(path);
    const mode_t mode = access == Access::executable ? 0777 : 0666;
    Descriptor file(patiently(
        [&] { return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode); }));
    if (!file.open() || write_all(file.number(), bytes) != 0) return refused(errno);
    return outcome(file.close());
  }

  Outcome link(std::string_view from, std::string_view to) override {
    return outcome(::link(std::string(from).c_str(), std::string(to).c_str()));
  }

  Outcome rename(std::string_view from, std::string_view to) override {
    return outcome(::rename(std::string(from).c_str(), std::string(to).c_str()));
  }

  Outcome remove(std::string_view path) override {
    const std::string name(path);
    if (::unlink(name.c_str()) == 0) return Done{};
    if (errno != EISDIR && errno != EPERM) return refused(errno);
    return outcome(::rmdir(name.c_str()));
  }

  Outcome set_access(std::string_view path, Access access) override {
    struct stat about {};
    const std::string name(path);
    if (::stat(name.c_str(), &about) != 0) return refused(errno);
    // Who may read may execute.
    const mode_t readable = (about.st_mode & 0444U) >> 2U;
    const mode_t mode = access == Access::executable ? about.st_mode | readable
                                                     : about.st_mode & ~static_cast<mode_t>(0111);
    return outcome(::chmod(name.c_str(), mode & 07777U));
  }

  Outcome hold(std::string_view folder) override {
    // The system lets go of it with the process, however that ends.
    held_.emplace(patiently(
        [&] { return ::open(std::string(folder).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (!held_->open()) return refused(errno);
    if (patiently([&] { return ::flock(held_->number(), LOCK_EX | LOCK_NB); }) == 0) return Done{};
    if (errno == EWOULDBLOCK) return Refusal{"another run of bkfc is writing there"};
    return Done{};  // a disk without locks (some network disks): nobody can be kept out
  }

  Outcome print(std::string_view text) override { return outcome(write_all(STDOUT_FILENO, text)); }

  void complain(std::string_view text) override {
    // If standard error is gone, there is nobody left to tell.
    static_cast<void>(write_all(STDERR_FILENO, text));
  }

  bool errors_reach_a_terminal() override { return ::isatty(STDERR_FILENO) == 1; }

  std::optional<std::string> environment(std::string_view name) override {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  }

  std::string folder() override {
    char* name = ::getcwd(nullptr, 0);
    if (name == nullptr) return ".";  // it was removed under us: paths stay as they are given
    std::string result = name;
    std::free(name);
    return result;
  }

 private:
  std::optional<Descriptor> held_;
};

}  // namespace

std::unique_ptr<World> real_world() { return std::make_unique<RealWorld>(); }

}  // namespace bkfc::driver
