#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/render.hpp"

namespace bkfc {
namespace {

// The first place of `needle` in a file.
Span find(const Sources& sources, FileId file, std::string_view needle) {
  const std::size_t begin = sources.text(file).find(needle);
  REQUIRE(begin != std::string_view::npos);
  return {file, static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(begin + needle.size())};
}

Diagnostic error_at(Span span, std::string sentence, std::string label = {}) {
  return {.id = "E0201", .sentence = std::move(sentence), .primary = Label{span, std::move(label)}};
}

constexpr std::string_view tier =
    "fleet \"a\" {\n"
    "  gc {\n"
    "    tier \"all\" {\n"
    "      keep_durations = 30d\n"
    "    }\n"
    "  }\n"
    "}\n";

}  // namespace

TEST_CASE("a finding shows its place, its mark, its notes and its fixes") {
  Sources sources;
  const FileId file = sources.add("prod.bkfleet", std::string(tier));
  const Span span = find(sources, file, "keep_durations");
  Diagnostic d = error_at(span, "no attribute `keep_durations` in a `tier` block",
                          "did you mean `keep_duration`?");
  d.notes = {"known here: all, filters"};
  d.fixes = {{"write `keep_duration`", {{span, "keep_duration"}}}};
  CHECK(render({d}, sources, {}) ==
        "error[E0201]: no attribute `keep_durations` in a `tier` block\n"
        " --> prod.bkfleet:4:7\n"
        "4 |       keep_durations = 30d\n"
        "  |       ^^^^^^^^^^^^^^ did you mean `keep_duration`?\n"
        "  = known here: all, filters\n"
        "  = help: write `keep_duration`\n"
        "\n"
        "1 error\n");
  CHECK(render({d}, sources, {.look = Look::drawn}) ==
        "error[E0201]: no attribute `keep_durations` in a `tier` block\n"
        " ╭─ prod.bkfleet:4:7\n"
        "4│       keep_durations = 30d\n"
        " │       ━━━━━━━━━━━━━━ did you mean `keep_duration`?\n"
        " ├─ known here: all, filters\n"
        " ╰─ help: write `keep_duration`\n"
        "\n"
        "1 error\n");
  const std::string colored = render({d}, sources, {.look = Look::colored});
  CHECK(colored.starts_with("\x1b[1;31merror[E0201]\x1b[0m: \x1b[1mno attribute"));
  CHECK(colored.find("\x1b[1;31m━━━━━━━━━━━━━━ did you mean `keep_duration`?\x1b[0m\n") !=
        std::string::npos);
}

TEST_CASE("labels stand on their lines, with what lies between left out, in other files too") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", "one = 1\ntwo = 2\nthree = 3\n4\n5\n6\none = 6\n");
  const FileId other = sources.add("lib/b.bkfleet", "let x = 1\n");
  Diagnostic d = error_at({file, 32, 35}, "`one` is written twice", "again");
  d.name = "twice";
  d.severity = Severity::warning;
  d.labels = {{find(sources, file, "one"), "first here"},
              {find(sources, file, "three"), "and not here"},
              {find(sources, other, "x"), "the one that was meant"}};
  CHECK(render({d}, sources, {}) ==
        "warning[E0201 twice]: `one` is written twice\n"
        " --> a.bkfleet:7:1\n"
        "1 | one = 1\n"
        "  | --- first here\n"
        "2 | two = 2\n"
        "3 | three = 3\n"
        "  | ----- and not here\n"
        " ...\n"
        "7 | one = 6\n"
        "  | ^^^ again\n"
        " ::: lib/b.bkfleet:1:5\n"
        "1 | let x = 1\n"
        "  |     - the one that was meant\n"
        "\n"
        "1 warning\n");
}

TEST_CASE("a span of several lines is marked where it begins and where it ends") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", std::string(tier));
  const std::string text(sources.text(file));
  const auto begin = static_cast<std::uint32_t>(text.find("gc"));
  const auto end = static_cast<std::uint32_t>(text.rfind("  }") + 3);
  CHECK(render({error_at({file, begin, end}, "no default tier", "here")}, sources, {}) ==
        "error[E0201]: no default tier\n"
        " --> a.bkfleet:2:3\n"
        "2 |   gc {\n"
        "  |   ^^^^\n"
        " ...\n"
        "6 |   }\n"
        "  |   ^ here\n"
        "\n"
        "1 error\n");
}

TEST_CASE("an empty span, a span of a line end, and one beyond the text are marked once") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", "x =\r\ny = 1");
  const std::string expected =
      "error[E0201]: expected a value\n"
      " --> a.bkfleet:1:4\n"
      "1 | x =\n"
      "  |    ^\n"
      "\n"
      "1 error\n";
  CHECK(render({error_at({file, 3, 3}, "expected a value")}, sources, {}) == expected);
  CHECK(render({error_at({file, 3, 5}, "expected a value")}, sources, {}) == expected);
  CHECK(render({error_at({file, 900, 901}, "expected a value")}, sources, {}) ==
        "error[E0201]: expected a value\n"
        " --> a.bkfleet:2:6\n"
        "2 | y = 1\n"
        "  |      ^\n"
        "\n"
        "1 error\n");
}

TEST_CASE("tabs and wide characters keep the mark under its text") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", "\tname = \"構築\" ; x\n");
  CHECK(render({error_at(find(sources, file, "構築"), "two wide ones"),
                error_at(find(sources, file, ";"), "no `;` is needed")},
               sources, {}) ==
        "error[E0201]: two wide ones\n"
        " --> a.bkfleet:1:10\n"
        "1 |     name = \"構築\" ; x\n"
        "  |             ^^^^\n"
        "\n"
        "error[E0201]: no `;` is needed\n"
        " --> a.bkfleet:1:14\n"
        "1 |     name = \"構築\" ; x\n"
        "  |                   ^\n"
        "\n"
        "2 errors\n");
}

TEST_CASE("control bytes, invalid UTF-8 and reordering marks are shown escaped") {
  Sources sources;
  const FileId file = sources.add("a\x1b.bkfleet", "x = \"\x1b[2J\xff\u202e\"!\n");
  CHECK(render({error_at(find(sources, file, "!"), "unexpected `\x07`", "here")}, sources, {}) ==
        "error[E0201]: unexpected `\\x07`\n"
        " --> a\\x1b.bkfleet:1:13\n"
        "1 | x = \"\\x1b[2J\\xff\\u{202e}\"!\n"
        "  |                          ^ here\n"
        "\n"
        "1 error\n");
}

TEST_CASE("a long line is cut around each of its marks") {
  Sources sources;
  std::string text(16U << 20U, 'x');
  text.replace(5'000'000, 3, "bad");
  text.replace(2, 3, "too");
  const FileId file = sources.add("a.bkfleet", std::move(text));
  Diagnostic d = error_at({file, 5'000'000, 5'000'003}, "a long line", "here");
  d.labels = {{{file, 2, 5}, "and there"}};
  const std::string xs(200, 'x');
  CHECK(render({d}, sources, {}) ==
        "error[E0201]: a long line\n"
        " --> a.bkfleet:1:5000001\n"
        "1 | ..." +
            xs.substr(0, 40) + "bad" + xs.substr(0, 40) +
            "...\n"
            "  |    " +
            std::string(40, ' ') +
            "^^^ here\n"
            "1 | xxtoo" +
            xs.substr(0, 40) +
            "...\n"
            "  |   --- and there\n"
            "\n"
            "1 error\n");
}

TEST_CASE("what many fleets share is said once") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", "x = 1\n");
  Diagnostic d = error_at({file, 0, 1}, "too small");
  for (int i = 0; i < 200; ++i) d.subjects.push_back("f" + std::to_string(i));
  CHECK(render({d}, sources, {}) ==
        "error[E0201]: too small\n"
        " --> a.bkfleet:1:1\n"
        "1 | x = 1\n"
        "  | ^\n"
        "  = in 200 fleets: f0, f1, f2, f3, f4, ...\n"
        "\n"
        "1 error\n");
}

TEST_CASE("what is about no text has no frame, and notes may have several lines") {
  Sources sources;
  Diagnostic d{.id = "W001", .sentence = "cannot read `x`: no such file"};
  d.notes = {"first\nsecond"};
  CHECK(render({d}, sources, {}) ==
        "error[W001]: cannot read `x`: no such file\n"
        "  = first\n"
        "    second\n"
        "\n"
        "1 error\n");
}

TEST_CASE("the limit stops after so many errors and says what is left out") {
  Sources sources;
  const FileId file = sources.add("a.bkfleet", "x = 1\n");
  std::vector<Diagnostic> all(5, error_at({file, 0, 1}, "wrong"));
  all[0].severity = Severity::warning;
  all[4].severity = Severity::info;
  const std::string text = render(all, sources, {.error_limit = 2});
  CHECK(text.ends_with(
      "\n3 errors, 1 warning, 1 remark; 3 of 5 are shown, `--error-limit 0` shows all\n"));
  CHECK(render(all, sources, {.error_limit = 3})
            .ends_with("4 of 5 are shown, `--error-limit 0` shows all\n"));
  CHECK(render(all, sources, {}).ends_with("\n3 errors, 1 warning, 1 remark\n"));
  CHECK(render({}, sources, {}).empty());
}

}  // namespace bkfc
