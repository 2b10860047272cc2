#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "options.hpp"
#include "report/render.hpp"

namespace bkfc {
namespace {

// One finding with everything that a finding may have, and one about no text.
struct Example {
  Sources sources;
  std::vector<Diagnostic> diagnostics;

  Example() {
    const FileId file = sources.add("my fleet.bkfleet", "a = \"構\" keep\nb = 1\n");
    const FileId lib = sources.add("lib/b.bkfleet", "let x = 1\n");
    const Span keep{file, 10, 14};
    Diagnostic d{.id = "GC004",
                 .name = "gc_tier_never_collects",
                 .severity = Severity::warning,
                 .sentence = "100% of `keep`: never",
                 .primary = Label{keep, "here"},
                 .labels = {{{lib, 4, 5}, "from there"}, {{file, 15, 16}, ""}},
                 .notes = {"a note"}};
    d.fixes = {{"write `kept`", {{keep, "kept"}, {{lib, 0, 0}, "# kept\n"}}},
               {"drop it", {{keep, ""}}, false}};
    d.subjects = {"default/ci/a", "default/ci/b"};
    diagnostics = {{.id = "W001", .sentence = "cannot read `\xff`"}, d, d};
    diagnostics[2].primary->span = {file, 10, 16};
    diagnostics[2].severity = Severity::info;
    diagnostics[2].labels.clear();
    diagnostics[2].notes.clear();
    diagnostics[2].fixes.clear();
    diagnostics[2].subjects.clear();
  }

  std::string as(Format format) const {
    RenderOptions options{.format = format, .version = "1.2.3", .uri = "https://example.com/bkfc"};
    options.rules = {{.id = "GC004",
                      .name = "gc_tier_never_collects",
                      .severity = Severity::warning,
                      .title = "a tier that never collects",
                      .help = "Nothing bounds it."},
                     {.id = "GC005", .title = "does not occur"}};
    return render(diagnostics, sources, options);
  }
};

}  // namespace

TEST_CASE("json is one object a line, with bytes, lines and columns") {
  const Example example;
  const std::string text = example.as(Format::json);
  const std::string first = text.substr(0, text.find('\n') + 1);
  CHECK(first ==
        R"({"message":"cannot read `)"
        "\xef\xbf\xbd"
        R"(`","code":{"code":"W001","name":null},"level":"error","spans":[],"children":[],)"
        R"("subjects":[],"rendered":"error[W001]: cannot read `\\xff`\n"})"
        "\n");
  const std::string rest = text.substr(first.size());
  CHECK(rest.substr(0, rest.find(R"("rendered")")) ==
        R"({"message":"100% of `keep`: never","code":{"code":"GC004",)"
        R"("name":"gc_tier_never_collects"},"level":"warning","spans":[)"
        R"({"file_name":"my fleet.bkfleet","byte_start":10,"byte_end":14,"line_start":1,)"
        R"("line_end":1,"column_start":9,"column_end":13,"is_primary":true,"label":"here"},)"
        R"({"file_name":"lib/b.bkfleet","byte_start":4,"byte_end":5,"line_start":1,"line_end":1,)"
        R"("column_start":5,"column_end":6,"is_primary":false,"label":"from there"},)"
        R"({"file_name":"my fleet.bkfleet","byte_start":15,"byte_end":16,"line_start":2,)"
        R"("line_end":2,"column_start":1,"column_end":2,"is_primary":false,"label":null}],)"
        R"("children":[{"message":"a note","level":"note","spans":[]},)"
        R"({"message":"write `kept`","level":"help","spans":[)"
        R"({"file_name":"my fleet.bkfleet","byte_start":10,"byte_end":14,"line_start":1,)"
        R"("line_end":1,"column_start":9,"column_end":13,"is_primary":true,)"
        R"("suggested_replacement":"kept","suggestion_applicability":"MachineApplicable"},)"
        R"({"file_name":"lib/b.bkfleet","byte_start":0,"byte_end":0,"line_start":1,"line_end":1,)"
        R"("column_start":1,"column_end":1,"is_primary":true,"suggested_replacement":"# kept\n",)"
        R"("suggestion_applicability":"MachineApplicable"}]},)"
        R"({"message":"drop it","level":"help","spans":[)"
        R"({"file_name":"my fleet.bkfleet","byte_start":10,"byte_end":14,"line_start":1,)"
        R"("line_end":1,"column_start":9,"column_end":13,"is_primary":true,)"
        R"("suggested_replacement":"","suggestion_applicability":"MaybeIncorrect"}]}],)"
        R"("subjects":["default/ci/a","default/ci/b"],)");
}

TEST_CASE("github annotations escape what GitHub would cut, and give columns on one line only") {
  CHECK(Example().as(Format::github) ==
        "::error title=W001::cannot read `\\xff`\n"
        "::warning file=my fleet.bkfleet,line=1,endLine=1,col=9,endColumn=13,"
        "title=GC004 gc_tier_never_collects::100%25 of `keep`: never%0Ahere%0Aa note%0A"
        "help: write `kept`%0Ahelp: drop it\n"
        "::notice file=my fleet.bkfleet,line=1,endLine=2,title=GC004 gc_tier_never_collects::"
        "100%25 of `keep`: never%0Ahere\n");
}

TEST_CASE("github properties escape commas, colons and line ends") {
  Sources sources;
  const FileId file = sources.add("a,b:c\r\n.bkfleet", "x\n");
  const Diagnostic d{.id = "E1", .sentence = "no", .primary = Label{{file, 0, 1}, {}}};
  CHECK(render({d}, sources, {.format = Format::github}) ==
        "::error file=a%2Cb%3Ac%0D%0A.bkfleet,line=1,endLine=1,col=1,endColumn=2,title=E1::no\n");
}

TEST_CASE("gitlab wants a place for everything and a fingerprint for each") {
  CHECK(Example().as(Format::gitlab) == R"([
  {
    "description": "cannot read `)"
                                        "\xef\xbf\xbd"
                                        R"(`",
    "check_name": "W001",
    "fingerprint": "477fba3d54d62a45:1",
    "severity": "major",
    "location": {
      "path": "my fleet.bkfleet",
      "lines": {
        "begin": 1,
        "end": 1
      }
    }
  },
  {
    "description": "100% of `keep`: never",
    "check_name": "gc_tier_never_collects",
    "fingerprint": "f26b259b444f39d9:1",
    "severity": "minor",
    "location": {
      "path": "my fleet.bkfleet",
      "lines": {
        "begin": 1,
        "end": 1
      }
    }
  },
  {
    "description": "100% of `keep`: never",
    "check_name": "gc_tier_never_collects",
    "fingerprint": "f26b259b444f39d9:2",
    "severity": "info",
    "location": {
      "path": "my fleet.bkfleet",
      "lines": {
        "begin": 1,
        "end": 2
      }
    }
  }
]
)");
  CHECK(render({}, Sources{}, {.format = Format::gitlab}) == "[]\n");
}

TEST_CASE("a fingerprint stays when lines are put before it") {
  const auto fingerprint = [](const std::string& before) {
    Sources sources;
    const FileId file = sources.add("a.bkfleet", before + "  x = 1\n");
    const auto at = static_cast<std::uint32_t>(before.size() + 2);
    const Diagnostic d{.id = "E1", .sentence = "no", .primary = Label{{file, at, at + 1}, {}}};
    const std::string text = render({d}, sources, {.format = Format::gitlab});
    const std::size_t begin = text.find("fingerprint");
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  CHECK(fingerprint("") == fingerprint("y = 2\n\n"));
}

// The expected log is a file, so that a test can hold it against the official schema.
TEST_CASE("sarif is one run with its rules, regions in UTF-16 columns, and fixes") {
  const std::string path = tests::options().root + "/tests/unit/render/example.sarif";
  const std::string actual = Example().as(Format::sarif);
  if (tests::options().update) std::ofstream(path) << actual;
  std::ifstream in(path);
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  CHECK(actual == expected);
}

TEST_CASE("sarif paths are URI references") {
  Sources sources;
  const FileId file = sources.add("/tmp/a b%:#.bkfleet", "x\n");
  const Diagnostic d{.id = "E1", .sentence = "no", .primary = Label{{file, 0, 1}, {}}};
  const std::string text = render({d}, sources, {.format = Format::sarif});
  CHECK(text.find(R"("uri": "file:///tmp/a%20b%25%3A%23.bkfleet")") != std::string::npos);
}

TEST_CASE("a format is found by the name that the command line uses") {
  CHECK(format_named("text") == Format::text);
  CHECK(format_named("json") == Format::json);
  CHECK(format_named("sarif") == Format::sarif);
  CHECK(format_named("github") == Format::github);
  CHECK(format_named("gitlab") == Format::gitlab);
  CHECK_FALSE(format_named("xml"));
}

}  // namespace bkfc
