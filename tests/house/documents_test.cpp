// What docs/ shows compiles, and what it tells to run runs.
//
// A fence of `bkfleet` is a whole program. With a file's name behind the word it is that file, for
// all that follows; with `wrong E0302` it gives that error and no other. Lines apart by four blanks
// that begin with `bkfc` are run.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "driver/run.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

class Document {
 public:
  void follow(const std::string& path) {
    std::ifstream in(options().root + path);
    REQUIRE(in.good());
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      CAPTURE(path);
      CAPTURE(number);
      if (line.starts_with("```bkfleet")) {
        std::string text;
        for (std::string inside; std::getline(in, inside) && inside != "```"; ++number)
          text += inside + "\n";
        show(line.substr(10), text);
        ++number;
      } else if (line.starts_with("    bkfc ")) {
        command(line);
      }
    }
  }

  std::size_t programs = 0;
  std::size_t commands = 0;

 private:
  void show(const std::string& title, const std::string& text) {
    std::istringstream words(title);
    std::string first;
    std::string id;
    words >> first >> id;
    ++programs;
    if (first.empty() || first == "wrong") {
      CHECK(said(text) == id);
    } else {
      world_.put(first, {.bytes = text});
    }
  }

  // The ids of errors and warnings.
  std::string said(const std::string& program) {
    world_.put("shown.bkfleet", {.bytes = program});
    Sources sources;
    Origins origins;
    Report report;
    analyse(sources, origins, world_, {.files = {"shown.bkfleet"}}, report);
    std::string ids;
    for (const Diagnostic& d : report.sorted())
      if (d.severity != Severity::info) ids += (ids.empty() ? "" : " ") + d.id;
    return ids;
  }

  void command(const std::string& line) {
    std::istringstream words(line.substr(0, line.find(" # ")));
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    ++commands;
    world_.errors.clear();
    CAPTURE(line);
    const int status = run(std::span(arguments).subspan(1), world_);
    INFO(world_.errors);
    CHECK(status == 0);
    CHECK(world_.errors.find("warning[") == std::string::npos);
  }

  MemoryWorld world_;
};

}  // namespace

TEST_CASE("what the page of the language shows is so") {
  Document document;
  document.follow("/docs/language.md");
  CHECK(document.programs > 10);
}

TEST_CASE("each step of the tutorial compiles and runs") {
  Document document;
  document.follow("/docs/tutorial.md");
  CHECK(document.programs >= 8);
  CHECK(document.commands >= 10);
}

}  // namespace bkfc::tests
