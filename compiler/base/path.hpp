// Paths as texts: nothing here asks a disk.
#pragma once

#include <string>
#include <string_view>

namespace bkfc {

// What stands before the last slash: `a/b` of `a/b/c`; empty where there is none, `/` of `/a`.
std::string_view folder_of(std::string_view path);

// What stands behind the last slash.
std::string_view name_of(std::string_view path);

// A path seen from a folder, with `.` and `..` taken out where a name before them tells what they
// mean: `a/b` and `../c` are `a/c`.
std::string join(std::string_view folder, std::string_view path);

// Whether a path is the folder or lies in it. Both absolute and without `.`, `..` and links.
bool lies_in(std::string_view path, std::string_view folder);

}  // namespace bkfc
