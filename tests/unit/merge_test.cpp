// Who wins: every pair of layers, for everything that can be said in one.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "eval/evaluate.hpp"
#include "support/one_file.hpp"

namespace bkfc {
namespace {

struct Evaluated {
  Sources sources;
  Origins origins;
  Report report;
  std::string dump;

  explicit Evaluated(std::string_view program) {
    tests::OneFile file{std::string(program)};
    const std::string path = "main.bkfleet";
    const eval::Modules modules = eval::load(sources, file, {.files = {&path, 1}}, report);
    const eval::Names names = eval::resolve(modules, report);
    dump = eval::dump(eval::evaluate(modules, names, {}, sources, origins, report));
  }

  std::string ids() const {
    std::string out;
    for (const Diagnostic& d : report.sorted()) out += d.id + " ";
    return out;
  }
};

// Statements at every place that makes a layer, weakest first.
constexpr std::string_view layer_names[] = {"a profile that a profile uses",
                                            "a profile",
                                            "an `if` of a profile",
                                            "a later profile",
                                            "the body",
                                            "a profile that an `if` uses",
                                            "an `if`",
                                            "an `if` in an `if`"};
constexpr std::size_t layers = std::size(layer_names);

std::string program(const std::vector<std::string>& said) {
  return fmt::format(R"(
profile inner {{ {} }}
profile first {{
  if true {{ {} }}
  {}
  use inner
}}
profile second {{ {} }}
profile chosen {{ {} }}
fleet "f" {{
  if true {{
    {}
    if 1 < 2 {{ {} }}
    use chosen
  }}
  {}
  use first
  use second
}}
)",
                     said[0], said[2], said[1], said[3], said[5], said[6], said[7], said[4]);
}

// What one layer says, what a stronger one says, and what comes of both; alone, where they stand in
// one layer: what comes, or the id of the mistake.
struct Saying {
  std::string_view name;
  std::string_view weaker;
  std::string_view stronger;
  std::string_view merged;    // the fleet's lines, without their indentation, apart by `|`
  std::string_view together;  // the same for one layer, or an id
};

constexpr Saying sayings[] = {
    {"a scalar", R"(priority_class = "weak")", R"(priority_class = "strong")",
     R"(priority_class = "strong")", "E0203"},
    {"a range is replaced whole", "resources {\n cpu = 2..4\n }", "resources {\n cpu = ..8\n }",
     "resources {|cpu = ..8|}", "E0203"},
    {"a list", R"(image_pull_secrets = ["weak"])", R"(image_pull_secrets = ["strong"])",
     R"(image_pull_secrets = ["strong"])", "E0203"},
    {"+= to a list", R"(image_pull_secrets = ["weak"])", R"(image_pull_secrets += ["strong"])",
     R"(image_pull_secrets = ["weak", "strong"])", "E0213"},
    {"+= to +=", R"(image_pull_secrets += ["weak"])", R"(image_pull_secrets += ["strong"])",
     R"(image_pull_secrets += ["weak", "strong"])", R"(image_pull_secrets += ["weak", "strong"])"},
    {"= over +=", R"(image_pull_secrets += ["weak"])", R"(image_pull_secrets = ["strong"])",
     R"(image_pull_secrets = ["strong"])", "E0213"},
    {"a map, by key", R"(labels { "a" = "weak" })", R"(labels { "b" = "strong" })",
     R"(labels = {"a" = "weak", "b" = "strong"})", R"(labels = {"a" = "weak", "b" = "strong"})"},
    {"a key of a map", "labels {\n \"a\" = \"weak\"\n \"b\" = \"weak\"\n }",
     R"(labels = { "b" = "strong" })", R"(labels = {"a" = "weak", "b" = "strong"})", "E0203"},
    {"a key of a map, taken back", "labels {\n \"a\" = \"weak\"\n \"b\" = \"weak\"\n }",
     R"(labels { "a" = unset })", R"(labels = {"b" = "weak"})", "E0203"},
    {"an unlabelled block", "history {\n max_age = 2d\n max_entries = 5\n }",
     "history {\n max_age = 4d\n }", "history {|max_age = 4d|max_entries = 5|}", "E0203"},
    {"an unlabelled block, other attributes", "history {\n max_age = 2d\n }",
     "history {\n max_entries = 5\n }", "history {|max_age = 2d|max_entries = 5|}",
     "history {|max_age = 2d|max_entries = 5|}"},
    {"labelled blocks", "tls {\n client \"a\" {\n validity = 10d\n }\n }",
     "tls {\n client \"b\"\n client \"a\" {\n validity = 20d\n }\n }",
     "tls {|client \"a\" {|validity = 20d|}|client \"b\" {|}|}", "E0203"},
    {"a changed kind", "cache {\n storage_class = \"fast\"\n size = 5GiB\n }",
     "cache {\n kind = ephemeral\n }", "cache {|size = 5GiB|kind = ephemeral|}", "E0216"},
    {"a changed kind, with what only the old one has", "cache {\n size = 5GiB\n }",
     "cache {\n kind = ephemeral\n storage_class = \"fast\"\n }", "E0216", "E0216"},
    {"the order of tiers is that of first mention",
     "gc {\n tier \"a\" { all = true }\n tier \"b\" { all = true }\n }",
     "gc {\n tier \"c\" { all = true }\n tier \"b\" { keep_duration = 1h }\n }",
     "gc {|tier \"a\" {|all = true|}|tier \"b\" {|all = true|keep_duration = 1h|}|"
     "tier \"c\" {|all = true|}|}",
     "gc {|tier \"a\" {|all = true|}|tier \"b\" {|all = true|keep_duration = 1h|}|"
     "tier \"c\" {|all = true|}|}"},
    {"a tier in front of another",
     "gc {\n tier \"a\" { all = true }\n tier \"b\" { all = true }\n }",
     "gc {\n tier \"c\" before \"b\" { all = true }\n }",
     "gc {|tier \"a\" {|all = true|}|tier \"c\" {|all = true|}|tier \"b\" {|all = true|}|}",
     "gc {|tier \"a\" {|all = true|}|tier \"c\" {|all = true|}|tier \"b\" {|all = true|}|}"},
    {"an attribute set to unset", R"(priority_class = "weak")", "priority_class = unset", "",
     "E0203"},
    {"an attribute taken back", R"(priority_class = "weak")", "unset priority_class", "",
     R"(priority_class = "weak")"},
    {"a labelled block taken back",
     "gc {\n tier \"a\" { all = true }\n tier \"b\" { all = true }\n }",
     "gc {\n unset tier \"a\"\n }", "gc {|tier \"b\" {|all = true|}|}",
     "gc {|tier \"a\" {|all = true|}|tier \"b\" {|all = true|}|}"},
    {"all blocks of a kind taken back, one said anew",
     "gc {\n tier \"a\" { all = true }\n tier \"b\" { all = true }\n }",
     "gc {\n unset tier\n tier \"b\" { keep_duration = 1h }\n }",
     "gc {|tier \"b\" {|keep_duration = 1h|}|}",
     "gc {|tier \"a\" {|all = true|}|tier \"b\" {|all = true|keep_duration = 1h|}|}"},
    {"a whole block taken back", "history {\n max_age = 2d\n }", "unset history", "",
     "history {|max_age = 2d|}"},
    {"a patch, by path", "patch StatefulSet {\n spec.a = \"weak\"\n spec.b = \"weak\"\n }",
     "patch StatefulSet {\n spec.a = \"strong\"\n }",
     "patch StatefulSet {|spec.a = \"strong\"|spec.b = \"weak\"|}", "E0203"},
    {"+= in a patch", "patch StatefulSet {\n spec.a = [1]\n }",
     "patch StatefulSet {\n spec.a += [2]\n }", "patch StatefulSet {|spec.a = [1]|spec.a += [2]|}",
     "E0213"},
    {"delete in a patch", "patch StatefulSet {\n spec.a = \"weak\"\n }",
     "patch StatefulSet {\n delete spec.a\n }", "patch StatefulSet {|delete spec.a|}", "E0203"},
};

// The lines in the fleet, as `Saying::merged` has them.
std::string inside(std::string_view dump) {
  std::string out;
  std::vector<std::string> lines;
  while (!dump.empty()) {
    const std::size_t end = std::min(dump.find('\n'), dump.size());
    std::string_view line = dump.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    lines.emplace_back(line);
    dump.remove_prefix(std::min(end + 1, dump.size()));
  }
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) out += (i > 1 ? "|" : "") + lines[i];
  return out;
}

std::string result(const std::vector<std::string>& said) {
  const Evaluated evaluated(program(said));
  std::string errors;
  for (const Diagnostic& d : evaluated.report.sorted())
    if (d.severity == Severity::error) errors += (errors.empty() ? "" : " ") + d.id;
  return errors.empty() ? inside(evaluated.dump) : errors;
}

// `|` in an expectation also separates what a dump writes over several lines.
TEST_CASE("the stronger of two layers wins, as the language has it") {
  for (const Saying& saying : sayings)
    for (std::size_t weak = 0; weak < layers; ++weak)
      for (std::size_t strong = weak + 1; strong < layers; ++strong) {
        CAPTURE(saying.name);
        CAPTURE(layer_names[weak]);
        CAPTURE(layer_names[strong]);
        std::vector<std::string> said(layers);
        said[weak] = saying.weaker;
        said[strong] = saying.stronger;
        CHECK(result(said) == saying.merged);
      }
}

TEST_CASE("of two statements in one layer neither wins") {
  for (const Saying& saying : sayings)
    for (std::size_t layer = 0; layer < layers; ++layer) {
      CAPTURE(saying.name);
      CAPTURE(layer_names[layer]);
      std::vector<std::string> said(layers);
      said[layer] = std::string(saying.weaker) + "\n" + std::string(saying.stronger);
      CHECK(result(said) == saying.together);
    }
}

TEST_CASE("two `if`s that do not enclose each other are one layer, whichever block they stand in") {
  const std::string text = R"(fleet "f" {
  history {
    if true { max_age = 2d }
  }
  if true {
    history { max_age = 3d }
  }
})";
  const Evaluated evaluated(text);
  REQUIRE(evaluated.report.all().size() == 1);
  const Diagnostic& d = evaluated.report.all().front();
  CHECK(d.id == "E0203");
  CHECK(evaluated.sources.position(d.primary->span.file, d.primary->span.begin).line == 6);
  REQUIRE(d.labels.size() == 1);
  CHECK(evaluated.sources.position(d.labels[0].span.file, d.labels[0].span.begin).line == 3);
}

TEST_CASE("a profile with the same arguments counts once, where it was first used") {
  const Evaluated evaluated(R"(
profile base(n: int) {
  image_pull_secrets += ["${n}"]
}
profile a {
  use base(n = 1)
}
profile b {
  use base(n = 1)
  use base(n = 2)
}
fleet "f" {
  use a
  use b
})");
  CHECK(evaluated.ids() == "");
  CHECK(inside(evaluated.dump) == R"(image_pull_secrets += ["1", "2"])");
}

TEST_CASE("`before` may follow a chain, and a circle or a missing block is said") {
  const auto tiers = [](std::string_view a, std::string_view b) {
    return Evaluated(
        fmt::format("fleet \"f\" {{\n gc {{\n tier \"c\" {{ all = true }}\n"
                    " tier \"b\" {} {{ all = true }}\n tier \"a\" {} {{ all = true }}\n"
                    " }}\n}}",
                    b, a));
  };
  CHECK(inside(tiers(R"(before "b")", R"(before "c")").dump) ==
        R"(gc {|tier "a" {|all = true|}|tier "b" {|all = true|}|tier "c" {|all = true|}|})");
  CHECK(tiers(R"(before "b")", R"(before "a")").ids() == "E0218 ");
  CHECK(tiers("", R"(before "x")").ids() == "E0217 ");
}

}  // namespace
}  // namespace bkfc
