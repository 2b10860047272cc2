// Every rule has its case: its bad example gives exactly this rule's finding at the marked place,
// its good example is silent, and its certain fix mends the bad one.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "golden.hpp"
#include "options.hpp"
#include "pipeline.hpp"
#include "report/fix.hpp"
#include "rules/catalogue.hpp"
#include "rules/examples.hpp"

namespace bkfc::tests {
namespace {

constexpr std::string_view mark = "# here";

// One text by the name of a root file; the case's other files by their own.
class CaseFiles final : public Files {
 public:
  CaseFiles(std::string text, const Case& parsed) : text_(std::move(text)), case_(&parsed) {}
  Result<std::string> read(std::string_view path, std::size_t) override {
    const Section* other = case_->find(path);
    return other != nullptr ? other->content : text_;
  }

 private:
  std::string text_;
  const Case* case_;
};

struct Checked {
  Sources sources;
  Report report;

  Checked(std::string text, const Case& parsed) {
    Origins origins;
    CaseFiles file(std::move(text), parsed);
    analyse(sources, origins, file, {.files = {"case.bkfleet"}, .today = {}}, report);
  }

  // Ids of what this rule or anything above a remark found.
  std::set<std::string> ids(std::string_view rule) const {
    std::set<std::string> out;
    for (const Diagnostic& d : report.all())
      if (d.severity != Severity::info || d.id == rule) out.insert(d.id);
    return out;
  }
};

std::filesystem::path folder() {
  return std::filesystem::path(options().root) / "tests/cases/rules";
}

// The runner's rule for names: `bad_` where a command fails, which warnings do not.
std::string file_of(const rules::Rule& rule) {
  return fmt::format("{}{}.case", rule.severity == Severity::error ? "bad_" : "", rule.name);
}

Case read_case(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return parse_case(text.str());
}

// The number of the line that a case marks; 0 if it marks none, or several.
std::uint32_t marked_line(std::string_view text) {
  std::uint32_t line = 1;
  std::uint32_t found = 0;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (text.substr(at, end - at).ends_with(mark)) {
      if (found != 0) return 0;
      found = line;
    }
    at = end + 1;
  }
  return found;
}

void check_fix(const rules::Rule& rule, const Checked& bad, const Case& parsed) {
  const bool has_fix =
      std::any_of(bad.report.all().begin(), bad.report.all().end(), [&](const Diagnostic& d) {
        return d.id == rule.id && std::any_of(d.fixes.begin(), d.fixes.end(),
                                              [](const Fix& fix) { return fix.certain; });
      });
  if (!has_fix) return;
  const FixRound round = apply_fixes(bad.report.sorted(), bad.sources);
  REQUIRE(round.texts.size() == 1);
  const Checked fixed(round.texts.front().text, parsed);
  CHECK(fixed.ids(rule.id).empty());
}

}  // namespace

TEST_CASE("every rule finds its bad example at the mark, and nothing in its good one") {
  for (const rules::Rule* rule : rules::all()) {
    CAPTURE(rule->name);
    const Case parsed = read_case(folder() / file_of(*rule));
    const Section* bad = parsed.find("bad.bkfleet");
    const Section* good = parsed.find("good.bkfleet");
    REQUIRE(bad != nullptr);
    REQUIRE(good != nullptr);
    const Checked found(bad->content, parsed);
    CHECK(found.ids(rule->id) == std::set<std::string>{std::string(rule->id)});
    const auto finding = std::find_if(found.report.all().begin(), found.report.all().end(),
                                      [&](const Diagnostic& d) { return d.id == rule->id; });
    if (finding == found.report.all().end()) continue;
    CHECK(finding->severity == rule->severity);
    const Span span = finding->primary->span;
    CHECK(found.sources.position(span.file, span.begin).line == marked_line(bad->content));
    CHECK(Checked(good->content, parsed).ids(rule->id).empty());
    CHECK(rules::example_of(*rule).bad == bad->content);
    CHECK(rules::example_of(*rule).good == good->content);
    check_fix(*rule, found, parsed);
  }
}

TEST_CASE("every case of the rules belongs to one, or to `allow`") {
  std::set<std::string> known;
  for (const rules::Rule* rule : rules::all()) known.insert(file_of(*rule));
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    const std::string name = entry.path().filename();
    CAPTURE(name);
    CHECK((known.contains(name) || name.find("allow") != name.npos ||
           name.find("rules") != name.npos));
  }
}

}  // namespace bkfc::tests
