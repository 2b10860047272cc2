#include <doctest/doctest.h>

#include <string>

#include "emit/print.hpp"

namespace bkfc::emit {
namespace {

std::string yaml(Node node) { return print(Yaml{{std::move(node)}}); }
std::string toml(Node node) { return print(Toml{std::move(node)}); }

}  // namespace

TEST_CASE("YAML is laid out as a person would") {
  Node container =
      map({{"name", "buildkitd"}, {"args", text_list({"--addr=tcp://0.0.0.0:1234", "-v"})}});
  Node pod = map({{"kind", "Pod"}, {"metadata", map({{"name", "x"}, {"labels", map()}})}});
  pod.set("spec", map(), "what runs").set("containers", list({container}));
  pod.find("spec")->set("volumes", list(), "none");
  CHECK(yaml(pod) ==
        "kind: Pod\n"
        "metadata:\n"
        "  name: x\n"
        "  labels: {}\n"
        "# what runs\n"
        "spec:\n"
        "  containers:\n"
        "    - name: buildkitd\n"
        "      args:\n"
        "        - --addr=tcp://0.0.0.0:1234\n"
        "        - -v\n"
        "  # none\n"
        "  volumes: []\n");
}

TEST_CASE("YAML comments stand above what they speak of") {
  Node item = map();
  item.set("name", "data", "first of its item");
  item.comment = "the item\nin two lines";
  Node top = map({{"volumes", list({item})}});
  top.comment = "the document";
  CHECK(yaml(top) ==
        "# the document\n"
        "volumes:\n"
        "  # the item\n"
        "  # in two lines\n"
        "  # first of its item\n"
        "  - name: data\n");
}

TEST_CASE("YAML documents are apart by a line of dashes") {
  CHECK(print(Yaml{{map({{"a", 1}}), map({{"b", true}})}}) == "a: 1\n---\nb: true\n");
  CHECK(print(Yaml{}).empty());
}

TEST_CASE("a text of several lines is a literal block that keeps every line break") {
  CHECK(yaml(map({{"k", "a\nb"}})) == "k: |-\n  a\n  b\n");
  CHECK(yaml(map({{"k", "a\n\nb\n"}})) == "k: |\n  a\n\n  b\n");
  CHECK(yaml(map({{"k", "a\n\n"}})) == "k: |+\n  a\n\n");
  CHECK(yaml(map({{"k", "  a\nb\n"}})) == "k: |2\n    a\n  b\n");
  CHECK(yaml(map({{"k", "\n\ta"}})) == "k: |2-\n\n  \ta\n");
  CHECK(yaml(list({"# a\n- b\n"})) == "- |\n  # a\n  - b\n");
  CHECK(yaml(map({{"k", "a \nb"}})) == "k: \"a \\nb\"\n");
  CHECK(yaml(map({{"k", "\n"}})) == "k: \"\\n\"\n");
  CHECK(yaml(map({{"k", "a\r\nb"}})) == "k: \"a\\r\\nb\"\n");
}

TEST_CASE("what a YAML reader could take for anything but a text is quoted") {
  for (const char* text : {"yes",      "No",     "on",         "OFF",
                           "y",        "N",      "true",       "False",
                           "null",     "NULL",   "~",          "",
                           "0755",     "0o7",    "0x1f",       "0b10",
                           "1e3",      "1E3",    "1_000",      "1,000",
                           ".5",       "5.",     "+1",         "-1",
                           "-.5",      ".inf",   "-.Inf",      ".NaN",
                           "12:30:00", "1:30",   "2024-01-01", "2001-12-14t21:59:43.10-05:00",
                           "1.31",     "0.34.2", "=",          "<<",
                           " a",       "a ",     "a: b",       "a:",
                           "a #b",     "# a",    "- a",        "-",
                           "--",       "---",    "--- a",      "...",
                           "? a",      "?a",     ": a",        ":a",
                           ",a",       "[a",     "]a",         "{a",
                           "}a",       "&a",     "*a",         "!a",
                           "|",        ">",      "'a",         "\"a",
                           "%a",       "@a",     "`a",         "a\tb",
                           "a\x01",    "\x7f",   "a\u0085",    "\u2028",
                           "\ufeffa",  "a\u00a0"}) {
    CAPTURE(text);
    CHECK_FALSE(is_plain_in_yaml(text));
    CHECK(yaml(map({{text, text}})).starts_with('"'));
  }
  for (const char* text :
       {"a",        "yes!", "truely",        "a b",       "a:b", "tcp://x:1234",
        "--addr=x", "-v",   "a#b",           "500Gi",     "0/1", "10.0.0.0/8",
        "v0.34.2",  "é",    ".dockerignore", "x-y",       "1x",  "moby/buildkit:v0.34.2-rootless",
        "a'b",      "a\"b", "a, b",          "a [b] {c}", "$x"}) {
    CAPTURE(text);
    CHECK(is_plain_in_yaml(text));
    CHECK(yaml(map({{text, text}})) == std::string(text) + ": " + text + "\n");
  }
}

TEST_CASE("what cannot be seen is escaped") {
  CHECK(yaml("a\u0085\u2028\ufeff\x01\"\\\u00e9") ==
        "\"a\\u0085\\u2028\\uFEFF\\u0001\\\"\\\\é\"\n");
  CHECK(yaml("\U000e0001") == "\"\\U000E0001\"\n");
}

TEST_CASE(
    "a long text stays on one line, and a key too long for readers is said with a question mark") {
  const std::string text(3000, 'a');
  CHECK(yaml(map({{"k", text}})) == "k: " + text + "\n");
  CHECK(yaml(map({{text, "x"}})) == "? " + text + "\n: x\n");
}

TEST_CASE("TOML has its plain values before its tables") {
  Node tier = map({{"all", true}, {"maxUsedSpace", 5}});
  tier.comment = "5 bytes";
  Node worker = map({{"oci", map({{"labels", map({{"a.b/c", "x\ty"}})}, {"gc", true}})}});
  worker.find("oci")->set("gcpolicy", list({tier, map({{"filters", text_list({"a", "b"})}})}),
                          "tiers");
  Node top = map({{"worker", worker}, {"debug", false}});
  top.set("root", "/var/lib", "where the state is");
  top.comment = "buildkitd";
  CHECK(toml(top) ==
        "# buildkitd\n"
        "\n"
        "debug = false\n"
        "# where the state is\n"
        "root = \"/var/lib\"\n"
        "\n"
        "[worker.oci]\n"
        "gc = true\n"
        "\n"
        "[worker.oci.labels]\n"
        "\"a.b/c\" = \"x\\ty\"\n"
        "\n"
        "# tiers\n"
        "# 5 bytes\n"
        "[[worker.oci.gcpolicy]]\n"
        "all = true\n"
        "maxUsedSpace = 5\n"
        "\n"
        "[[worker.oci.gcpolicy]]\n"
        "filters = [\"a\", \"b\"]\n");
}

TEST_CASE("TOML wraps a list that does not fit a line") {
  const std::string word(60, 'a');
  CHECK(toml(map({{"k", text_list({word, word})}})) ==
        "k = [\n  \"" + word + "\",\n  \"" + word + "\",\n]\n");
  CHECK(toml(map({{"k", list()}, {"m", list({list({1, 2}), map({{"a b", 1}})})}})) ==
        "k = []\nm = [[1, 2], { \"a b\" = 1 }]\n");
}

TEST_CASE("TOML quotes keys and escapes what its strings cannot hold") {
  CHECK(toml(map({{"", "\x7f\n\u0080"}, {"dockerfile.v0", map()}})) ==
        "\"\" = \"\\u007F\\n\\u0080\"\n\n[\"dockerfile.v0\"]\n");
}

TEST_CASE("a value in a comment cannot leave it") {
  Node top = map();
  top.set("k", 1, "a\rb\u2028c: d\n\ne");
  CHECK(yaml(top) == "# a?b?c: d\n#\n# e\nk: 1\n");
  CHECK(toml(top) == "# a?b?c: d\n#\n# e\nk = 1\n");
}

TEST_CASE("an artifact becomes a file") {
  const std::vector<File> files = print(std::vector<Artifact>{
      {.path = "kit/a.sh", .executable = true, .content = Text{"#!/bin/sh\n"}},
      {.path = "deploy/a.yaml", .content = Yaml{{map({{"a", 1}})}}},
      {.path = "kit/a.toml", .content = Toml{map({{"a", 1}})}}});
  REQUIRE(files.size() == 3);
  CHECK(files[0].bytes == "#!/bin/sh\n");
  CHECK(files[0].executable);
  CHECK(files[1].bytes == "a: 1\n");
  CHECK(files[2].bytes == "a = 1\n");
}

}  // namespace bkfc::emit
