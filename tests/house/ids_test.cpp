// Ids of messages and rules, as they are written in the sources.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "driver/topics.hpp"
#include "house/tree.hpp"
#include "rules/catalogue.hpp"

namespace bkfc::tests {
namespace {

// `E0201`, `GC004`: capitals, then three or four digits.
bool is_id(std::string_view word) {
  const std::size_t letters = static_cast<std::size_t>(
      std::find_if_not(word.begin(), word.end(), [](unsigned char c) { return std::isupper(c); }) -
      word.begin());
  const std::string_view digits = word.substr(letters);
  return letters >= 1 && letters <= 5 && (digits.size() == 3 || digits.size() == 4) &&
         std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c); });
}

std::string text_of(const SourceFile& file) {
  std::string text;
  for (const Line& line : file.lines) text += line.text + "\n";
  return text;
}

// A row declares its id first, `Message<…> name{"E0201"`, or by name, `.id = "GC004"`.
bool is_declared_at(std::string_view text, std::size_t quote) {
  const std::string_view before = text.substr(0, text.substr(0, quote).find_last_not_of(" \n") + 1);
  return before.ends_with("{") || before.ends_with(".id =");
}

// Each id, with the files that declare it.
std::map<std::string, std::vector<std::string>> declared() {
  std::map<std::string, std::vector<std::string>> out;
  for (const SourceFile& file : source_tree()) {
    if (!file.path.starts_with("compiler/") || file.folder == "facts") continue;
    const std::string text = text_of(file);
    for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
      const std::size_t end = text.find('"', at + 1);
      if (end == std::string::npos) break;
      const std::string word = text.substr(at + 1, end - at - 1);
      if (is_id(word) && is_declared_at(text, at)) out[word].push_back(file.path);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("no id of a message or a rule is declared twice") {
  const auto ids = declared();
  CHECK(ids.size() > 40);
  for (const auto& row : ids) {
    CAPTURE(row.first);
    CAPTURE(row.second.back());
    CHECK(row.second.size() == 1);
  }
}

TEST_CASE("every id is explained") {
  std::set<std::string> explained;
  for (const driver::Family& family : driver::topic_families())
    for (const driver::Topic& topic : family.topics) explained.insert(topic.name);
  for (const auto& row : declared()) {
    CAPTURE(row.first);
    CHECK(explained.contains(row.first));
  }
}

TEST_CASE("ids of rules are ascending in their family, and found in the sources") {
  const auto ids = declared();
  std::string_view previous;
  for (const rules::Rule* rule : rules::all()) {
    CAPTURE(rule->id);
    CHECK(ids.contains(std::string(rule->id)));
    const std::string_view family = rule->id.substr(0, rule->id.find_first_of("0123456789"));
    if (previous.starts_with(family) && previous.size() == rule->id.size())
      CHECK(previous < rule->id);
    previous = rule->id;
  }
}

TEST_CASE("a rule has a title without a full stop, and says why") {
  for (const rules::Rule* rule : rules::all()) {
    CAPTURE(rule->id);
    CHECK_FALSE(rule->title.empty());
    CHECK_FALSE(rule->title.ends_with('.'));
    CHECK(rule->why.size() > rule->title.size());
  }
}

}  // namespace bkfc::tests
