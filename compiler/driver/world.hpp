// The world around a compile: disk, streams, terminal, environment, clock. The only door to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "source/files.hpp"

namespace bkfc::driver {

enum class Kind : std::uint8_t { nothing, file, folder, link, other };

// What lies at a path, not followed if it is a link.
struct Entry {
  Kind kind = Kind::nothing;
  std::uint64_t size = 0;
  bool executable = false;   // by its owner
  std::uint64_t device = 0;  // a rename works within one
};

enum class Access : std::uint8_t { plain, executable };

// Every call that changes the disk happens wholly or not at all, but for `write`, which a full
// disk or a kill may cut short: what is to appear at once is written aside and renamed.
class World : public Files {
 public:
  // `-` is standard input, also for `read` of `Files`.
  virtual Result<Entry> look(std::string_view path) = 0;
  // The names in a folder, sorted, without `.` and `..`.
  virtual Result<std::vector<std::string>> list(std::string_view path) = 0;
  Result<std::string> resolve(std::string_view path) override = 0;
  std::string project_root(std::string_view path) override;

  // One folder, whose parent exists.
  virtual Outcome make_folder(std::string_view path) = 0;
  // A new file; refused if the path is taken.
  virtual Outcome write(std::string_view path, std::string_view bytes, Access access) = 0;
  // A second name for a file (a link itself is not followed).
  virtual Outcome link(std::string_view from, std::string_view to) = 0;
  // Replaces what is at `to`.
  virtual Outcome rename(std::string_view from, std::string_view to) = 0;
  // A file or an empty folder.
  virtual Outcome remove(std::string_view path) = 0;
  virtual Outcome set_access(std::string_view path, Access access) = 0;
  // Keeps other runs out of a folder until this one ends, however it ends; refused if one is in.
  virtual Outcome hold(std::string_view folder) = 0;

  // Results go to standard output, which may refuse; diagnostics to standard error.
  virtual Outcome print(std::string_view text) = 0;
  virtual void complain(std::string_view text) = 0;
  virtual bool errors_reach_a_terminal() = 0;

  virtual std::optional<std::string> environment(std::string_view name) = 0;
  // The current folder, absolute.
  virtual std::string folder() = 0;
};

}  // namespace bkfc::driver
