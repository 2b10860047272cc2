#include "emit/shell.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

namespace bkfc::emit {
namespace {

// What a shell makes of a script: its standard output.
std::string run(const std::string& script, const char* shell) {
  const std::string command = std::string(shell) + " -c " + quoted(script);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.append(buffer.data(), count);
  }
  CHECK(::pclose(pipe) == 0);
  return out;
}

const std::vector<std::string> nasty_words = {
    "",      "a",    "a b", "it's", "'",    "''",   "\"",   "$HOME", "$(id)", "`id`",
    "a\nb",  "\n",   "a\\", "\\'",  "*",    "~",    "!x",   "-n",    "a=b",   "--a=b",
    "{a,b}", "a;b",  "a&b", "#x",   "\t",   "\x7f", "é",    "if",    "[x]=1", "\xff\xfe",
    "%s",    "<(x)", "a|b", "?",    "time", "x=~",  "\r\n", "a:~/b", "!",     "[["};

}  // namespace

TEST_CASE("a word is bare where that is safe and in single quotes elsewhere") {
  CHECK(quoted("tcp://buildkitd.ci:1234") == "tcp://buildkitd.ci:1234");
  CHECK(quoted("--addr=tcp://0.0.0.0:1234") == "--addr=tcp://0.0.0.0:1234");
  CHECK(quoted("a=b") == "'a=b'");
  CHECK(quoted("") == "''");
  CHECK(quoted("it's") == "'it'\\''s'");
  CHECK(quoted("if") == "'if'");
  CHECK(command_line(std::vector<std::string>{"echo", "a b"}) == "echo 'a b'");
}

TEST_CASE("a shell reads back every quoted word byte for byte") {
  std::string expected;
  for (const std::string& word : nasty_words) expected += "<" + word + ">";
  const std::string words = command_line(nasty_words);
  CHECK(run("printf '<%s>' " + words, "sh") == expected);
  CHECK(run("printf '<%s>' " + words, "bash") == expected);
}

TEST_CASE("a script's values reach its text as variables and arrays") {
  for (const std::string& word : nasty_words) {
    const Script script = std::move(Script(Script::Shell::posix, "made for " + word)
                                        .assign("value", word, "as " + word)
                                        .text(R"sh(
printf '%s' "$value"
)sh"));
    CHECK(run(script.str(), "sh") == word);
  }
  std::string expected;
  for (const std::string& word : nasty_words) expected += "<" + word + ">";
  const Script script = std::move(Script(Script::Shell::bash)
                                      .assign_array("values", nasty_words)
                                      .assign_array("none", {})
                                      .text(R"sh(printf '<%s>' "${values[@]}" "${none[@]}")sh"));
  CHECK(run(script.str(), "bash") == expected);
}

TEST_CASE("a script is laid out as a person would") {
  Script script(Script::Shell::bash, "Makes certificates.\n\nNeeds openssl.");
  script.assign("name", "buildkitd").assign_array("names", std::vector<std::string>{"a", "b c"});
  script.text(R"sh(
echo "$name"
)sh");
  CHECK(script.str() ==
        "#!/usr/bin/env bash\n# Makes certificates.\n#\n# Needs openssl.\nset -euo pipefail\n\n"
        "name=buildkitd\nnames=(a 'b c')\n\necho \"$name\"\n");
}

TEST_CASE("an assigned word does not look like arithmetic") {
  Script script(Script::Shell::posix, "x");
  script.assign("name", "all-by-itself").assign("path", "a/b.c");
  CHECK(script.str() == "#!/bin/sh\n# x\nset -eu\n\nname='all-by-itself'\npath=a/b.c\n");
}

TEST_CASE("a value in a comment cannot leave it") {
  const Script script(Script::Shell::posix, "for x\rrm -rf /\necho \x1b[0m");
  CHECK(script.str() == "#!/bin/sh\n# for x?rm -rf /\n# echo ?[0m\nset -eu\n");
}

}  // namespace bkfc::emit
