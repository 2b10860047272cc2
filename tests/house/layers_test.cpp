// Who may include whom, and who may do what: the table of docs/architecture.md, held.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "house/tree.hpp"

namespace bkfc::tests {
namespace {

using Folders = std::set<std::string_view>;

// What each folder of compiler/ may include besides itself; `pipeline` is the file of that name.
const std::map<std::string_view, Folders> may_include{
    {"base", {}},
    {"source", {"base"}},
    {"report", {"base", "source"}},
    {"syntax", {"base", "source", "report", "grammar"}},
    {"schema", {"base", "source"}},
    {"facts", {"base"}},
    {"eval", {"base", "source", "report", "syntax", "schema"}},
    {"gc", {"base"}},
    {"certs", {"base"}},
    {"emit", {"base", "source"}},
    {"ir", {"base", "source", "report", "schema", "eval", "emit"}},
    {"read", {"base", "source", "emit"}},
    {"policies", {"base", "source", "report", "syntax", "schema", "facts", "eval", "ir"}},
    {"model", {"base", "source", "schema", "ir", "facts", "gc"}},
    {"rules", {"base", "source", "report", "schema", "ir", "model", "facts", "gc"}},
    {"lower", {"base", "source", "schema", "ir", "model", "facts", "emit", "gc"}},
    {"objects", {"base", "source", "report", "ir", "model", "facts", "emit", "read"}},
    {"format", {"base", "source", "syntax"}},
    {"adopt", {"base", "source", "report", "schema", "ir", "model", "facts", "emit", "read"}},
    {"plan", {"base", "source", "report", "ir", "model", "facts", "emit"}},
};

// Above the stages: what these may not include.
const std::map<std::string_view, Folders> may_not_include{
    {"", {"format", "adopt", "plan", "query", "lsp"}},
    {"query", {"lsp", "driver", "format", "adopt", "plan"}},
    {"lsp", {"driver", "adopt", "plan"}},
    {"driver", {}},
};

// A header of somebody else, and the files that may include it.
struct Guest {
  std::string_view header;               // the beginning of what stands between the brackets
  std::vector<std::string_view> places;  // beginnings of paths
  bool in_headers = false;
};

const std::vector<Guest> guests{
    {"tao/", {"grammar/", "compiler/syntax/parse.cpp", "tests/"}, true},
    {"yaml-cpp/", {"compiler/read/", "tests/"}},
    {"toml++/", {"compiler/read/", "tests/"}},
    {"openssl/", {"compiler/certs/", "tests/"}},
    {"nlohmann/", {"compiler/report/", "compiler/lsp/", "compiler/driver/", "tests/"}},
    {"CLI/", {"compiler/driver/"}},
    {"doctest/", {"tests/"}},
    {"fstream", {"compiler/driver/", "tests/"}, true},
    {"filesystem", {"compiler/driver/", "tests/"}, true},
    {"iostream", {"compiler/driver/", "tests/"}},
    {"chrono", {"compiler/driver/", "tests/"}, true},
    {"ctime", {"compiler/driver/", "tests/"}, true},
    {"thread", {"compiler/driver/", "compiler/lsp/", "tests/"}, true},
    {"unistd.h", {"compiler/driver/", "tests/"}},
    {"sys/", {"compiler/driver/", "tests/"}},
    {"fcntl.h", {"compiler/driver/", "tests/"}},
    {"regex", {}},
    {"ranges", {}},
};

// Words that ask the world something or write to a terminal, and the one file below driver/ that
// may: an assertion that fails has nobody else to tell.
constexpr std::string_view worldly[] = {"cout",        "cerr",         "fprintf",     "std::printf",
                                        "std::puts",   "std::fputs",   "std::fwrite", "getenv",
                                        "std::system", "system_clock", "std::fopen",  "isatty",
                                        "steady_clock"};
constexpr std::string_view last_words = "compiler/base/assert.cpp";

constexpr std::string_view shunned[] = {"dynamic_cast", "typeid", "goto", "std::views"};

// Files that hold a library which throws, so they catch what it throws; and read_yaml.cpp throws
// through yaml-cpp's own handlers.
constexpr std::string_view throwing[] = {"yaml-cpp/", "CLI/"};
constexpr std::string_view throws_within = "compiler/read/read_yaml.cpp";

std::string place(const SourceFile& file, const Line& line) {
  return file.path + ":" + std::to_string(line.number) + ": " + line.text;
}

std::string_view without_brackets(std::string_view name) { return name.substr(1, name.size() - 2); }

std::string_view folder_named(std::string_view header) {
  const std::size_t slash = header.find('/');
  return slash == header.npos ? "pipeline" : header.substr(0, slash);
}

bool may(std::string_view folder, std::string_view wanted) {
  if (folder == wanted) return true;
  if (const auto row = may_include.find(folder); row != may_include.end())
    return row->second.contains(wanted);
  if (const auto row = may_not_include.find(folder); row != may_not_include.end())
    return !row->second.contains(wanted);
  return false;
}

bool is_of_compiler(const SourceFile& file) { return file.path.starts_with("compiler/"); }

bool is_below_driver(const SourceFile& file) {
  return (is_of_compiler(file) || file.folder == "grammar") && file.folder != "driver" &&
         file.path != "compiler/main.cpp";
}

bool may_host(const Guest& guest, const SourceFile& file) {
  if (file.is_header() && !guest.in_headers && !file.path.starts_with("tests/")) return false;
  return std::any_of(guest.places.begin(), guest.places.end(),
                     [&](std::string_view at) { return file.path.starts_with(at); });
}

}  // namespace

TEST_CASE("a folder of the compiler includes only the folders on its line of the table") {
  for (const SourceFile& file : source_tree()) {
    if (!is_of_compiler(file) || file.path == "compiler/main.cpp") continue;
    for (const Line& line : file.lines) {
      const std::string_view name = included(line.text);
      if (!name.starts_with('"')) continue;
      CAPTURE(place(file, line));
      CHECK(may(file.folder, folder_named(without_brackets(name))));
    }
  }
}

TEST_CASE("every folder of the compiler has its line in the table") {
  std::set<std::string> folders;
  for (const SourceFile& file : source_tree())
    if (is_of_compiler(file)) folders.insert(file.folder);
  CHECK(folders.size() > 10);
  for (const std::string& folder : folders) {
    CAPTURE(folder);
    CHECK((may_include.contains(folder) || may_not_include.contains(folder)));
  }
}

TEST_CASE("the table has no cycle: what a folder includes never includes it") {
  for (const auto& row : may_include)
    for (const std::string_view below : row.second) {
      CAPTURE(row.first);
      CAPTURE(below);
      CHECK((below == "grammar" || !may_include.at(below).contains(row.first)));
    }
}

TEST_CASE("the grammar includes nothing of the compiler") {
  for (const SourceFile& file : source_tree()) {
    if (file.folder != "grammar") continue;
    for (const Line& line : file.lines) {
      const std::string_view name = included(line.text);
      if (!name.starts_with('"')) continue;
      CAPTURE(place(file, line));
      CHECK(name.starts_with("\"grammar/"));
    }
  }
}

TEST_CASE("libraries and the world are included where they belong, and in no header else") {
  for (const SourceFile& file : source_tree())
    for (const Line& line : file.lines) {
      const std::string_view name = included(line.text);
      if (!name.starts_with('<')) continue;
      for (const Guest& guest : guests) {
        if (!without_brackets(name).starts_with(guest.header)) continue;
        CAPTURE(place(file, line));
        CHECK(may_host(guest, file));
      }
      if (name.starts_with("<fmt/") && file.path != "compiler/base/fmt.cpp") {
        CAPTURE(place(file, line));
        CHECK(name == "<fmt/core.h>");
      }
    }
}

TEST_CASE("below driver nothing asks the world or writes to a terminal") {
  for (const SourceFile& file : source_tree()) {
    if (!is_below_driver(file) || file.path == last_words) continue;
    for (const Line& line : file.lines) {
      const std::string code = code_of(line.text);
      for (const std::string_view word : worldly)
        if (has_word(code, word)) FAIL_CHECK(place(file, line));
    }
  }
}

TEST_CASE("nothing throws, and what includes a library that throws catches") {
  for (const SourceFile& file : source_tree()) {
    if (!is_of_compiler(file) && file.folder != "grammar") continue;
    bool includes_throwing = false, catches = false;
    for (const Line& line : file.lines) {
      const std::string code = code_of(line.text);
      if (has_word(code, "throw") && file.path != throws_within) FAIL_CHECK(place(file, line));
      for (const std::string_view word : shunned)
        if (has_word(code, word)) FAIL_CHECK(place(file, line));
      catches |= has_word(code, "catch");
      for (const std::string_view library : throwing)
        if (const std::string_view name = included(line.text); name.starts_with('<'))
          includes_throwing |= without_brackets(name).starts_with(library);
    }
    CAPTURE(file.path);
    CHECK((!includes_throwing || catches));
  }
}

}  // namespace bkfc::tests
