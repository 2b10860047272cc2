// Every message of the language is met by its own bad example, and its good example is silent.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <vector>

#include "eval/messages.hpp"
#include "ir/messages.hpp"
#include "objects/messages.hpp"
#include "pipeline.hpp"
#include "policies/messages.hpp"
#include "rules/messages.hpp"
#include "support/one_file.hpp"
#include "syntax/messages.hpp"

namespace bkfc {
namespace {

Report check(std::string_view program) {
  Sources sources;
  Origins origins;
  Report report;
  tests::OneFile file{std::string(program)};
  analyse(sources, origins, file, {.files = {"main.bkfleet"}, .today = {}}, report);
  return report;
}

std::vector<MessageRow> every_message() {
  std::vector<MessageRow> rows;
  for (const std::span<const MessageRow> stage :
       {syntax::message::all(), eval::message::all(), ir::message::all(), policies::message::all(),
        objects::message::all(), rules::message::rows()})
    rows.insert(rows.end(), stage.begin(), stage.end());
  return rows;
}

// The findings that count for a message: an example of the syntax is seldom a whole fleet, so for
// one of these only the syntax is held.
std::string said_of(const MessageRow& row, std::string_view program, Severity severity) {
  const bool syntax_only = row.id.starts_with("E01");
  const Report report = check(program);
  std::string out;
  for (const Diagnostic& d : report.all())
    if (d.severity == severity && (!syntax_only || d.id.starts_with("E01"))) out += d.id + " ";
  return out;
}

}  // namespace

TEST_CASE("a message's bad example gives this message and no other error") {
  for (const MessageRow& row : every_message()) {
    if (row.bad.empty()) continue;
    CAPTURE(row.id);
    const std::string said = std::string(row.id) + " ";
    CHECK(said_of(row, row.bad, Severity::error) == (row.severity == Severity::error ? said : ""));
    CHECK((" " + said_of(row, row.bad, row.severity)).find(" " + said) != std::string::npos);
  }
}

TEST_CASE("a message's good example has no error") {
  for (const MessageRow& row : every_message()) {
    if (row.good.empty()) continue;
    CAPTURE(row.id);
    CHECK(said_of(row, row.good, Severity::error) == "");
  }
}

TEST_CASE("ids are unique, and every message is told") {
  std::set<std::string_view> seen;
  for (const MessageRow& row : every_message()) {
    CAPTURE(row.id);
    CHECK(seen.insert(row.id).second);
    CHECK_FALSE(row.detail.empty());
    CHECK_FALSE(row.text.ends_with('.'));
  }
}

}  // namespace bkfc
