// The files of a program, read and parsed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/report.hpp"
#include "source/files.hpp"
#include "syntax/ast.hpp"

namespace bkfc::eval {

struct Module {
  FileId file{};
  syntax::Tree tree;
  bool is_root = true;
};

struct Modules {
  std::vector<Module> all;  // roots first, in the order in which they were named
  bool readable = true;     // every file could be read
};

// Reads and parses every file. What cannot be read or is no text is reported and left out; what
// is wrong with a text's syntax is reported, and its tree kept.
Modules load(Sources& sources, Files& files, std::span<const std::string> paths, Report& report);

// For `--dump=modules`: a line a file.
std::string dump(const Modules& modules, const Sources& sources);

}  // namespace bkfc::eval
