// The project's own sources, as the tests of the house read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bkfc::tests {

struct Line {
  int number = 1;
  std::string text;
};

struct SourceFile {
  std::string path;    // from the project's root, as in `compiler/base/text.hpp`
  std::string folder;  // of `compiler/`: `base`; of the tree: `grammar`, `tests`; else empty
  std::vector<Line> lines;
  bool is_generated = false;  // its first line says by what

  bool is_header() const { return path.ends_with(".hpp"); }
};

// Every .cpp and .hpp of compiler, grammar and tests, sorted by path.
const std::vector<SourceFile>& source_tree();

// What an include line names, with its brackets: `"base/text.hpp"`, `<fmt/core.h>`; empty for
// others.
std::string_view included(std::string_view line);

// A line without its comment and without what stands in quotes.
std::string code_of(std::string_view line);

// Whether a word stands in a line by itself, not as a part of a longer one.
bool has_word(std::string_view line, std::string_view word);

}  // namespace bkfc::tests
