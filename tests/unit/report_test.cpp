#include <doctest/doctest.h>

#include "report/report.hpp"

namespace bkfc {
namespace {

Diagnostic finding(std::string id, std::uint32_t begin, std::vector<std::string> subjects = {}) {
  return {.id = std::move(id),
          .sentence = "no",
          .primary = Label{{FileId{0}, begin, begin + 1}, {}},
          .subjects = std::move(subjects)};
}

std::string ids(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += d.id + " ";
  return out;
}

}  // namespace

TEST_CASE("diagnostics are sorted by place, those of no place first, errors before warnings") {
  Report report;
  report.add(finding("late", 9));
  Diagnostic warning = finding("warning", 3);
  warning.severity = Severity::warning;
  report.add(warning);
  report.add(finding("error", 3));
  report.add({.id = "world", .sentence = "cannot read"});
  CHECK(ids(report.sorted()) == "world error warning late ");
  CHECK(report.count(Severity::error) == 3);
  CHECK(report.has_errors());
}

TEST_CASE("findings of one id and one place are joined, each subject once") {
  Report report;
  report.add(finding("A", 3, {"a"}));
  report.add(finding("B", 3, {"a"}));
  report.add(finding("A", 3, {"b"}));
  report.add(finding("A", 3, {"a"}));
  report.add(finding("A", 4, {"c"}));
  const std::vector<Diagnostic> sorted = report.sorted();
  CHECK(ids(sorted) == "A B A ");
  CHECK(sorted[0].subjects == std::vector<std::string>{"a", "b"});
  CHECK(sorted[1].subjects == std::vector<std::string>{"a"});
}

TEST_CASE("what says something else at one place stays, and a repetition goes") {
  Report report;
  report.add(finding("A", 3));
  Diagnostic other = finding("A", 3);
  other.sentence = "something else";
  report.add(other);
  report.add(finding("A", 3));
  CHECK(report.sorted().size() == 2);
}

TEST_CASE("ten thousand findings at one place are joined in no time") {
  Report report;
  for (int i = 0; i < 10'000; ++i) report.add(finding("A", 3, {std::to_string(i)}));
  const std::vector<Diagnostic> sorted = report.sorted();
  REQUIRE(sorted.size() == 1);
  CHECK(sorted[0].subjects.size() == 10'000);
}

}  // namespace bkfc
