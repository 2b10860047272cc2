// What docs/style.md asks for and a machine can hold.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "house/tree.hpp"

namespace bkfc::tests {
namespace {

constexpr std::size_t longest_line = 100;
constexpr std::size_t longest_file = 500;

std::string place(const SourceFile& file, const Line& line) {
  return file.path + ":" + std::to_string(line.number) + ": " + line.text;
}

// `// ====`, `//------ words ------`: a line drawn to part a file.
bool is_banner(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos || (text.substr(begin, 2) != "//" && text.substr(begin, 2) != "/*"))
    return false;
  for (const char c : {'-', '=', '*', '#', '~', '/'})
    if (text.find(std::string(4, c)) != text.npos) return true;
  return false;
}

// Rows of a table are as many as there are messages, or keys of a daemon.
bool may_be_long(const SourceFile& file) {
  return file.is_generated || file.path.find("_rows.cpp") != std::string::npos ||
         file.path.ends_with("/messages.hpp");
}

// The first comment of a header: the lines before `#pragma once`.
std::string opening(const SourceFile& file) {
  std::string out;
  for (const Line& line : file.lines) {
    if (!line.text.starts_with("// ")) break;
    out += line.text.substr(3) + " ";
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_snake(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return std::islower(static_cast<unsigned char>(c)) ||
           std::isdigit(static_cast<unsigned char>(c)) || c == '_' || c == '/' || c == '.';
  });
}

}  // namespace

TEST_CASE("lines are short, without tabs, trailing blanks or carriage returns") {
  for (const SourceFile& file : source_tree()) {
    if (file.is_generated) continue;
    for (const Line& line : file.lines) {
      const bool is_clean =
          line.text.find_first_of("\t\r") == std::string::npos && !line.text.ends_with(' ');
      if (count_code_points(line.text) > longest_line || !is_clean) FAIL_CHECK(place(file, line));
    }
  }
}

TEST_CASE("files are short, and named in snake_case without words that say nothing") {
  for (const SourceFile& file : source_tree()) {
    CAPTURE(file.path);
    CHECK((may_be_long(file) || file.lines.size() <= longest_file));
    CHECK(is_snake(file.path));
    for (const std::string_view word : {"util", "helper", "manager", "misc", "common"})
      CHECK(file.path.find(word) == std::string::npos);
  }
}

TEST_CASE("a header begins with a comment that is a sentence, then #pragma once") {
  for (const SourceFile& file : source_tree()) {
    if (!file.is_header()) continue;
    CAPTURE(file.path);
    const std::string comment = opening(file);
    CHECK(comment.ends_with('.'));
    const auto after = std::find_if(file.lines.begin(), file.lines.end(),
                                    [](const Line& line) { return !line.text.starts_with("//"); });
    REQUIRE(after != file.lines.end());
    CHECK(after->text == "#pragma once");
  }
}

TEST_CASE("comments hold no banners and no unowned promises") {
  for (const SourceFile& file : source_tree()) {
    if (file.path == "tests/house/style_test.cpp") continue;
    for (const Line& line : file.lines) {
      bool is_bad = is_banner(line.text);
      for (const std::string_view word : {"TODO", "FIXME", "XXX", "HACK"})
        is_bad |= has_word(line.text, word);
      if (is_bad) FAIL_CHECK(place(file, line));
    }
  }
}

TEST_CASE("a source includes its own header first") {
  for (const SourceFile& file : source_tree()) {
    if (file.is_header() || !file.path.starts_with("compiler/") || file.folder.empty()) continue;
    std::string own = file.path.substr(std::string_view("compiler/").size());
    own.replace(own.size() - 3, 3, "hpp");
    std::string_view first;
    bool includes_own = false;
    for (const Line& line : file.lines) {
      const std::string_view name = included(line.text);
      if (name.empty()) continue;
      if (first.empty()) first = name;
      includes_own |= name == '"' + own + '"';
    }
    CAPTURE(file.path);
    CHECK((!includes_own || first == '"' + own + '"'));
  }
}

TEST_CASE("the compiler brings in no whole namespace") {
  for (const SourceFile& file : source_tree()) {
    if (file.path.starts_with("tests/")) continue;
    for (const Line& line : file.lines) {
      const std::string code = code_of(line.text);
      if (has_word(code, "using") && has_word(code, "namespace")) FAIL_CHECK(place(file, line));
    }
  }
}

}  // namespace bkfc::tests
