// Nearly every line that is generated answers where it comes from.
#include <doctest/doctest.h>

#include "emit/print.hpp"
#include "house/examples.hpp"
#include "pipeline.hpp"
#include "support/memory_world.hpp"

namespace bkfc::tests {
namespace {

struct Count {
  std::size_t lines = 0;
  std::size_t answered = 0;
};

// Lines with a source place or a stated reason of their own, or of what they hold or stand in; that
// they are of the document as a whole does not count. Empty lines are none.
void count(const emit::Artifact& artifact, Count& count, std::string& unanswered) {
  const std::string bytes = emit::print(artifact).bytes;
  const std::vector<emit::Mark> marks = emit::marks_of(artifact);
  if (marks.empty()) return;
  for (std::size_t line = 1; const auto bounds = emit::line_bounds(bytes, line); ++line) {
    if (bounds->first == bounds->second) continue;
    const emit::Mark* mark = emit::mark_at(marks, bytes, line);
    REQUIRE(mark != nullptr);
    const bool is_head = mark->path.empty() && mark->origin != OriginId::nowhere;
    const bool is_answered =
        is_head || mark->is_own || (mark->is_frame && emit::first_within(marks, *mark) != nullptr);
    ++count.lines;
    count.answered += is_answered ? 1 : 0;
    if (!is_answered)
      unanswered += artifact.path + ": " + mark->path + ": " +
                    bytes.substr(bounds->first, bounds->second - bounds->first) + "\n";
  }
}

}  // namespace

TEST_CASE("nine of ten lines of every example say where they come from") {
  for (const Example& example : examples()) {
    MemoryWorld world;
    for (const auto& [path, bytes] : example.files) world.put(path, {.bytes = bytes});
    Request request{.files = example.roots};
    for (const std::string& set : example.sets) {
      const std::size_t equals = set.find('=');
      request.sets.emplace_back(set.substr(0, equals), set.substr(equals + 1));
    }
    CAPTURE(example.name);
    Sources sources;
    Origins origins;
    Report report;
    const Analysis analysis = analyse(sources, origins, world, request, report);
    REQUIRE(!report.has_errors());
    Count all;
    std::string unanswered;
    for (const emit::Artifact& artifact : analysis.artifacts) count(artifact, all, unanswered);
    MESSAGE(example.name, ": ", all.answered, " of ", all.lines, " lines");
    CAPTURE(unanswered);
    CHECK(all.lines > 100);
    CHECK(all.answered * 10 >= all.lines * 9);
  }
}

}  // namespace bkfc::tests
