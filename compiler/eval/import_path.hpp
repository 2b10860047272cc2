// Which file the path of an `import` means, and whether it may be read.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "report/report.hpp"
#include "source/files.hpp"

namespace bkfc::eval {

// From where a module's imports are seen.
struct Vantage {
  std::string shown;      // the module's path, as messages show it
  std::string resolved;   // without links
  std::string limit;      // the folder that its imports stay in, without links
  bool standard = false;  // it is a module of the standard library: nothing relative is beside it
};

// A module that an import means.
struct Target {
  std::string shown;
  std::string resolved;
  std::string limit;
  std::optional<std::string_view> embedded;  // the text, where it is the standard library's
};

// Reports at `place` what cannot be found or lies outside, and then gives nothing.
std::optional<Target> find_import(std::string_view path, const Vantage& from,
                                  std::span<const std::string> include_dirs, Files& files,
                                  Span place, Report& report);

// The name that an import is read by where none is given: the file's, without its ending; empty
// where that is no name.
std::string import_name(std::string_view path);

}  // namespace bkfc::eval
