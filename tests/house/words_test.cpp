// The words of the language are told, each with a program that compiles.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "format/format.hpp"
#include "house/tree.hpp"
#include "pipeline.hpp"
#include "support/one_file.hpp"
#include "syntax/parse.hpp"
#include "syntax/words.hpp"

namespace bkfc::tests {
namespace {

// The errors that count: of a program that says what is not compiled yet (E0209), the syntax alone.
std::string errors_of(std::string_view program) {
  Sources sources;
  Origins origins;
  Report report;
  OneFile file{std::string(program)};
  analyse(sources, origins, file, {.files = {"main.bkfleet"}}, report);
  const std::vector<Diagnostic>& all = report.all();
  const bool is_early =
      std::any_of(all.begin(), all.end(), [](const Diagnostic& d) { return d.id == "E0209"; });
  std::string out;
  for (const Diagnostic& d : all)
    if (d.severity == Severity::error && (!is_early || d.id.starts_with("E01")))
      out += d.id + ": " + d.sentence + "\n";
  return out;
}

// `struct for_word : keyword<"for"> {};`
std::set<std::string> keywords_of_the_grammar() {
  std::set<std::string> words;
  for (const SourceFile& file : source_tree()) {
    if (file.folder != "grammar") continue;
    for (const Line& line : file.lines) {
      const std::string_view head = "_word : keyword<\"";
      const std::size_t at = line.text.find(head);
      if (at == std::string::npos) continue;
      const std::size_t begin = at + head.size();
      words.insert(line.text.substr(begin, line.text.find('"', begin) - begin));
    }
  }
  return words;
}

}  // namespace

TEST_CASE("every word of the language has a sentence, and an example that says it") {
  std::set<std::string_view> seen;
  for (const syntax::Word& word : syntax::words()) {
    CAPTURE(word.word);
    CHECK(seen.insert(word.word).second);
    CHECK(word.doc.ends_with('.'));
    CHECK_FALSE(word.form.empty());
    if (word.kind == syntax::Word::Kind::keyword)
      CHECK(word.example.find(word.word) != std::string_view::npos);
  }
}

TEST_CASE("the example of every word compiles") {
  for (const syntax::Word& word : syntax::words()) {
    CAPTURE(word.word);
    CHECK(errors_of(word.example) == "");
  }
}

TEST_CASE("the example of every word is laid out as bkfc fmt does") {
  for (const syntax::Word& word : syntax::words()) {
    CAPTURE(word.word);
    CHECK(format::format(syntax::parse(word.example)) == word.example);
  }
}

TEST_CASE("the words that are told are those of the grammar") {
  std::set<std::string> told;
  for (const syntax::Word& word : syntax::words())
    if (word.kind == syntax::Word::Kind::keyword) told.insert(std::string(word.word));
  CHECK(told == keywords_of_the_grammar());
}

}  // namespace bkfc::tests
