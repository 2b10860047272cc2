// `bkfc.lock`: what bkfc wrote into an output folder, and from what.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bkfc::driver {

inline constexpr std::string_view lock_name = "bkfc.lock";

struct LockedFile {
  std::string path;  // below the output folder
  std::string hash;  // SHA-256 of its bytes
  bool executable = false;

  bool operator==(const LockedFile&) const = default;
};

// What a program is known by: all paths from the project's root.
struct Provenance {
  std::vector<std::string> roots;
  std::vector<std::string> set_files;
  std::vector<std::string> values;  // `env=prod`, as `--set` takes them

  bool operator==(const Provenance&) const = default;
};

struct Lock {
  Provenance made_from;
  std::vector<LockedFile> files;  // sorted by path
  bool is_conflicted = false;     // it has conflict markers: both sides are in it

  // A conflicted lock knows two hashes of one path.
  std::span<const LockedFile> at(std::string_view path) const;
  // Whether bkfc wrote these bytes to this path.
  bool knows(std::string_view path, std::string_view hash) const;
  bool lists(std::string_view path) const { return !at(path).empty(); }
};

// Sorted, a line a file. The same content gives the same text.
std::string to_text(Lock lock);

// What can be read of a lock. Lines that say nothing, or a path that leaves the folder, are passed
// over: a lost line heals, and nothing is ever removed on its word.
Lock parse_lock(std::string_view text);

// Whether a text has the markers that git leaves in a file it cannot merge.
bool has_conflict_markers(std::string_view text);

// A path on one line: control characters and `%` as `%0A`.
std::string escaped_path(std::string_view path);
std::string unescaped_path(std::string_view text);

// Relative, no empty part, no `.` and `..`, and nothing of bkfc's own staging.
bool is_inner_path(std::string_view path);

}  // namespace bkfc::driver
