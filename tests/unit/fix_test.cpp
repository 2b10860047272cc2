#include <doctest/doctest.h>

#include "report/fix.hpp"

namespace bkfc {
namespace {

Diagnostic with(Fix fix) { return {.id = "E1", .sentence = "no", .fixes = {std::move(fix)}}; }

}  // namespace

TEST_CASE("certain fixes are applied, uncertain ones are not") {
  Sources sources;
  const FileId a = sources.add("a", "one two three\n");
  const FileId b = sources.add("b", "x\n");
  sources.add("c", "untouched\n");
  const FixRound round =
      apply_fixes({with({"b", {{{b, 0, 1}, "y"}}}), with({"late first", {{{a, 8, 13}, "3"}}}),
                   with({"early", {{{a, 0, 0}, "# "}, {{a, 4, 8}, ""}}}),
                   with({"not sure", {{{a, 0, 3}, "1"}}, false})},
                  sources);
  REQUIRE(round.texts.size() == 2);
  CHECK(round.texts[0].file == a);
  CHECK(round.texts[0].text == "# one 3\n");
  CHECK(round.texts[1].text == "y\n");
  CHECK(round.applied == 3);
  CHECK(round.left == 0);
}

TEST_CASE("of two fixes that overlap the first wins as a whole, the other is left") {
  Sources sources;
  const FileId a = sources.add("a", "one two three\n");
  const FixRound round = apply_fixes({with({"first", {{{a, 0, 7}, "1 2"}}}),
                                      with({"second", {{{a, 8, 13}, "3"}, {{a, 4, 7}, "TWO"}}}),
                                      with({"the first again", {{{a, 0, 7}, "1 2"}}})},
                                     sources);
  REQUIRE(round.texts.size() == 1);
  CHECK(round.texts[0].text == "1 2 three\n");
  CHECK(round.applied == 2);
  CHECK(round.left == 1);
}

TEST_CASE("insertions at one place have no certain order, so the second is left") {
  Sources sources;
  const FileId a = sources.add("a", "x\n");
  const FixRound round =
      apply_fixes({with({"first", {{{a, 0, 0}, "1"}}}), with({"second", {{{a, 0, 0}, "2"}}}),
                   with({"behind", {{{a, 1, 1}, "!"}}})},
                  sources);
  CHECK(round.texts[0].text == "1x!\n");
  CHECK(round.applied == 2);
  CHECK(round.left == 1);
}

TEST_CASE("a fix that changes nothing gives no text") {
  Sources sources;
  const FileId a = sources.add("a", "x\n");
  CHECK(apply_fixes({with({"same", {{{a, 0, 1}, "x"}}})}, sources).texts.empty());
  CHECK(apply_fixes({}, sources).texts.empty());
}

}  // namespace bkfc
