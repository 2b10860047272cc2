// What is shown to a reader compiles: the README's fleet, and the table's own examples.
#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "eval/functions.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "schema/schema.hpp"
#include "support/one_file.hpp"

namespace bkfc {
namespace {

struct Compiled {
  Sources sources;
  Origins origins;
  Report report;
  Analysis analysis;

  explicit Compiled(std::string program) {
    tests::OneFile file(std::move(program));
    analysis = analyse(sources, origins, file, {.files = {"main.bkfleet"}, .today = {}}, report);
  }

  // Errors and warnings, by id.
  std::string said() const {
    std::string ids;
    for (const Diagnostic& d : report.all())
      if (d.severity != Severity::info) ids += d.id + " ";
    return ids;
  }
};

std::string readme_fleet() {
  std::ifstream in(tests::options().root + "/README.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string page = text.str();
  const std::size_t begin = page.find("```bkfleet\n") + 11;
  return page.substr(begin, page.find("```", begin) - begin);
}

}  // namespace

TEST_CASE("the README's fleet compiles without a warning") {
  const Compiled compiled(readme_fleet());
  CHECK(compiled.said() == "");
  CHECK(compiled.analysis.fleets.size() == 1);
}

TEST_CASE("every function's example comes to what it says") {
  for (const eval::Function& function : eval::functions()) {
    CAPTURE(function.name);
    std::string program = "fleet \"a\" {\n  labels = { \"x\" = ";
    program += function.example;
    program += " }\n}\n";
    const Compiled compiled(program);
    const std::string values = eval::dump(compiled.analysis.values);
    CHECK(values.find("\"x\" = " + std::string(function.result) + "}") != values.npos);
  }
}

TEST_CASE("every attribute's example is a value that it takes") {
  const std::function<void(const schema::BlockType&, std::string, std::string)> visit =
      [&](const schema::BlockType& type, std::string open, std::string close) {
        open += std::string(type.name) + (type.label.empty() ? " {\n" : " \"k:NoSchedule\" {\n");
        close = "}\n" + close;
        for (const schema::Attribute& row : type.attributes) {
          if (row.example.empty()) continue;
          CAPTURE(type.name);
          CAPTURE(row.name);
          const Compiled compiled(open + std::string(row.name) + " = " + std::string(row.example) +
                                  "\n" + close);
          CHECK(compiled.said().find("E01") == std::string::npos);
          CHECK(compiled.said().find("E02") == std::string::npos);
          CHECK(compiled.said().find("E03") == std::string::npos);
          CHECK(compiled.said().find("E0401") == std::string::npos);
          CHECK(compiled.said().find("E0402") == std::string::npos);
        }
        for (const schema::Child& child : type.children) visit(*child.type, open, close);
      };
  for (const schema::BlockType* root : schema::roots()) visit(*root, "", "");
}

}  // namespace bkfc
