#include <doctest/doctest.h>

#include <string>

#include "emit/print.hpp"
#include "read/read_toml.hpp"
#include "read/read_yaml.hpp"
#include "support/documents.hpp"

namespace bkfc::read {
namespace {

using emit::list;
using emit::map;
using emit::Node;

// The only document of a text; what troubled it otherwise.
Node yaml(std::string_view text) {
  const Reading reading = read_yaml(text);
  if (reading.trouble) return reading.trouble->reason;
  REQUIRE(reading.documents.size() == 1);
  return reading.documents.front();
}

Node toml(std::string_view text) {
  const Reading reading = read_toml(text);
  if (reading.trouble) return reading.trouble->reason;
  REQUIRE(reading.documents.size() == 1);
  return reading.documents.front();
}

std::string trouble(const Reading& reading) {
  return reading.trouble ? std::to_string(reading.trouble->offset) + ": " + reading.trouble->reason
                         : "none";
}

std::string repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("what is printed as YAML is read back equal") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Node document = tests::random_document(seed);
    const std::string text = emit::print(emit::Yaml{{document, document}});
    const Reading reading = read_yaml(text);
    CAPTURE(seed);
    CAPTURE(text);
    REQUIRE(trouble(reading) == "none");
    REQUIRE(reading.documents.size() == 2);
    REQUIRE(same_data(reading.documents[0], document));
    REQUIRE(same_data(reading.documents[1], document));
    REQUIRE(emit::print(emit::Yaml{{reading.documents[0]}}) ==
            emit::print(emit::Yaml{{reading.documents[1]}}));
  }
}

TEST_CASE("what is printed as TOML is read back equal") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Node document = tests::random_document(seed);
    const std::string text = emit::print(emit::Toml{document});
    const Reading reading = read_toml(text);
    CAPTURE(seed);
    CAPTURE(text);
    REQUIRE(trouble(reading) == "none");
    REQUIRE(same_data(reading.documents.at(0), document));
  }
}

TEST_CASE("same data is told from other data") {
  CHECK(same_data(map({{"a", 1}, {"b", 2}}), map({{"b", 2}, {"a", 1}})));
  CHECK_FALSE(same_data(map({{"a", 1}}), map({{"a", "1"}})));
  CHECK_FALSE(same_data(map({{"a", 1}}), map({{"a", 1}, {"b", 2}})));
  CHECK_FALSE(same_data(list({1, 2}), list({2, 1})));
  CHECK_FALSE(same_data(Node::null(), ""));
}

TEST_CASE("YAML scalars are what Kubernetes' reader sees") {
  const Node read = yaml(
      "a: yes\nb: off\nc: 0755\nd: 0x1f\ne: 1_000\nf: '1'\ng: 1.5\nh: ~\ni:\nj: 2024-01-01\n"
      "k: !!str 5\nl: 500Gi\nm: -0b11\nn: 08\no: .inf\np: 99999999999999999999\nq: |\n  1\n1: x\n");
  const Node expected = map({{"a", true},
                             {"b", false},
                             {"c", 493},
                             {"d", 31},
                             {"e", 1000},
                             {"f", "1"},
                             {"g", Node::other("1.5")},
                             {"h", Node::null()},
                             {"i", Node::null()},
                             {"j", "2024-01-01"},
                             {"k", "5"},
                             {"l", "500Gi"},
                             {"m", -3},
                             {"n", Node::other("08")},
                             {"o", Node::other(".inf")},
                             {"p", Node::other("99999999999999999999")},
                             {"q", "1\n"},
                             {"1", "x"}});
  CHECK(same_data(read, expected));
}

TEST_CASE("YAML aliases and merges are expanded") {
  CHECK(same_data(yaml("a: &x {k: 1}\nb: *x\n"),
                  map({{"a", map({{"k", 1}})}, {"b", map({{"k", 1}})}})));
  CHECK(same_data(yaml("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n"),
                  map({{"a", map({{"k", 1}, {"l", 2}})}, {"b", map({{"k", 1}, {"l", 3}})}})));
  CHECK(same_data(yaml("- &x {k: 1}\n- &y {k: 2, l: 2}\n- <<: [*x, *y]\n").items.at(2),
                  map({{"k", 1}, {"l", 2}})));
  CHECK(yaml("a: 1\n<<: 2\n").text == "`<<` takes a map, or a list of maps");
}

TEST_CASE("YAML aliases that do not stay in proportion are refused") {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 64; ++i) {
    const std::string before = std::to_string(i - 1);
    const std::string name = std::to_string(i);
    bomb += "a" + name + ": &a" + name + " [*a" + before + ", *a" + before + "]\n";
  }
  CHECK(yaml(bomb).text == "its aliases expand to too much");
  CHECK(yaml("a: &x [*x]\n").text == "the alias stands inside of what it stands for");
}

TEST_CASE("YAML that is not clear is refused at its place") {
  CHECK(trouble(read_yaml("a: 1\nb: 2\na: 3\n")) == "10: the key `a` is said twice");
  CHECK(trouble(read_yaml("a: [1, 2\nb: 3\n")) != "none");
  CHECK(trouble(read_yaml("a: \xff\n")) == "3: it is not UTF-8");
  CHECK(trouble(read_yaml(std::string_view("a: 1\n\x04 b", 8))) ==
        "5: it holds a control character, which YAML does not allow");
  CHECK(trouble(read_yaml("a: !Ref b\n")) ==
        "3: the tag `!Ref` does not fit its value or is not known");
  CHECK(trouble(read_yaml("{a: 1}: b\n")) == "0: a key must be a text");
  CHECK(trouble(read_yaml("a: *b\n")) != "none");
  CHECK(trouble(read_yaml(repeated("[", 100'000))) != "none");
  CHECK(trouble(read_yaml(repeated("{a: ", 100'000))) != "none");
  CHECK(trouble(read_yaml(repeated("- ", 100'000))) != "none");
}

TEST_CASE("YAML documents before a trouble are kept, and empty ones are left out") {
  const Reading reading = read_yaml("---\na: 1\n---\n---\nb: 2\n---\nc: [\n");
  REQUIRE(reading.documents.size() == 2);
  CHECK(same_data(reading.documents[1], map({{"b", 2}})));
  CHECK(reading.trouble);
  CHECK(read_yaml("").documents.empty());
  CHECK_FALSE(read_yaml("# nothing\n").trouble);
}

TEST_CASE("YAML keys and values have their places") {
  Sources sources;
  const std::string text = "\xef\xbb\xbf# é\nab:\n  - xyz\n  - \"q\"\n";
  const FileId file = sources.add("a.yaml", text);
  Origins origins;
  const Reading reading = read_yaml(sources.text(file), {file, &origins});
  const emit::Entry& entry = reading.documents.at(0).entries.at(0);
  CHECK(sources.text(origins.at(entry.origin).span) == "ab");
  CHECK(sources.text(origins.at(entry.value.items.at(0).origin).span) == "xyz");
  CHECK(sources.position(file, origins.at(entry.value.items.at(1).origin).span.begin).line == 4);
}

TEST_CASE("TOML is read in the order in which it is written") {
  const Node read =
      toml("b = 1\na = [\"x\", 2, true]\n[z]\nd = 1.5\n[[y.l]]\nt = 2024-01-01\n[[y.l]]\n");
  REQUIRE(read.entries.size() == 4);
  CHECK(read.entries[0].key == "b");
  CHECK(read.entries[3].key == "y");
  CHECK(same_data(
      read, map({{"b", 1},
                 {"a", list({"x", 2, true})},
                 {"z", map({{"d", Node::other("1.5")}})},
                 {"y", map({{"l", list({map({{"t", Node::other("2024-01-01")}}), map()})}})}})));
}

TEST_CASE("TOML that buildkitd refuses is refused at its place") {
  CHECK(trouble(read_toml("a = 1\na = 2\n")) == "10: cannot redefine existing integer 'a'");
  CHECK(trouble(read_toml("é = 1\n")).starts_with("0: "));
  CHECK(trouble(read_toml("a = {\n b = 1 }\n")) != "none");
  CHECK(trouble(read_toml("[%]\n")).starts_with("1: expected bare key"));
  CHECK(trouble(read_toml("\xef\xbb\xbf"
                          "a = 1\n")) ==
        "0: it begins with a byte order mark, which buildkitd refuses");
  CHECK(trouble(read_toml("a = \"\xff\"\n")) != "none");
  CHECK(trouble(read_toml("a = " + repeated("[", 100'000))) == "68: it is nested too deep");
  CHECK(trouble(read_toml("[" + repeated("a.", 100'000) + "a]\n")) == "34: it is nested too deep");
  CHECK(trouble(read_toml(repeated("a.", 100'000) + "a = 1\n")) == "33: it is nested too deep");
  CHECK(trouble(read_toml("a = \"" + repeated(".[", 1000) + "\\\"\" # " + repeated(".[", 1000))) ==
        "none");
  CHECK(trouble(read_toml("a = '''\n" + repeated(".[", 1000) + "'''\n")) == "none");
}

TEST_CASE("TOML keys and values have their places") {
  Sources sources;
  const FileId file = sources.add("a.toml", "# é\n[worker.oci]\nlabels = { \"é\" = \"ab\" }\n");
  Origins origins;
  const Reading reading = read_toml(sources.text(file), {file, &origins});
  const emit::Entry& oci = reading.documents.at(0).entries.at(0).value.entries.at(0);
  CHECK(sources.text(origins.at(oci.origin).span) == "oci");
  const emit::Entry& label = oci.value.entries.at(0).value.entries.at(0);
  CHECK(sources.text(origins.at(label.origin).span) == "\"é\"");
  CHECK(sources.text(origins.at(label.value.origin).span) == "\"ab\"");
}

}  // namespace bkfc::read
