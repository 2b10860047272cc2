// Changes to a folder that happen all or not at all, and survive a kill at any point.
//
// New files are staged in `.bkfc-new/` inside the folder, so that every rename stays on one disk.
// What is to happen is written down there too. The name of that record says how far it came:
//
//   (none)     staging: the next run throws the staged files away; nothing has changed yet
//   commit     deciding is over: the next run completes it
//   undo       the disk refused half-way: the next run puts the old files back
//   finished   only the staging folder is left to clear
//
// Every file is put by one rename, so it is old or new, and what it replaces is kept in the staging
// folder until all is done. What a person changes between a kill and the next run is kept as well.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "driver/world.hpp"

namespace bkfc::driver {

inline constexpr std::string_view staging_name = ".bkfc-new";

struct Change {
  enum class Kind : std::uint8_t { put, remove, access };
  Kind kind = Kind::put;
  std::string path;         // below the folder
  std::string bytes;        // of a put
  bool executable = false;  // of a put and an access
  std::string old_hash;     // of what is replaced or removed; empty: nothing is there
};

// What `old_hash` is of what lies at a path: empty if nothing does, `unreadable` if it has no
// bytes.
inline constexpr std::string_view unreadable = "?";
std::string hash_at(World& world, std::string_view path);

// The folder exists, and this run holds it. On a refusal everything is as it was, unless the disk
// refuses that too: then the record stays for the next run.
Outcome commit(World& world, std::string_view folder, const std::vector<Change>& changes);

enum class Interruption : std::uint8_t {
  none,
  staging,  // nothing has changed yet
  mixture,  // some files are old and some new
  foreign,  // a `.bkfc-new` that is none of ours
};

Result<Interruption> interruption(World& world, std::string_view folder);

// Completes or undoes what an interrupted run left. Done as well if nothing was.
Outcome recover(World& world, std::string_view folder);

}  // namespace bkfc::driver
