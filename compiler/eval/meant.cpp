#include "eval/meant.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "schema/schema.hpp"

namespace bkfc::eval {
namespace {

using schema::BlockType;

// Case and the marks between words are no difference: people write what they know from elsewhere.
std::string folded(std::string_view word) {
  std::string out;
  for (const char c : word)
    if (c != '_' && c != '-') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

bool says(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (folded(words.substr(0, end)) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

enum class By { name, other_word };

// What a body of this type calls so itself.
void find_here(std::string_view word, const BlockType& type, By by, const Meant& at,
               std::vector<Meant>& found) {
  for (const schema::Attribute& row : type.attributes)
    if (by == By::name ? folded(row.name) == word : says(row.also, word)) {
      found.push_back(at);
      found.back().row = &row;
    }
  for (const schema::Child& child : type.children)
    if (by == By::name ? folded(child.type->name) == word : says(child.type->also, word)) {
      found.push_back(at);
      found.back().child = &child;
    }
}

// … and what the blocks below it do, of which each can stand but once.
void find_below(std::string_view word, const BlockType& type, By by, const Meant& at,
                std::vector<Meant>& found) {
  for (const schema::Child& child : type.children) {
    if (child.labelled) continue;
    Meant inside = at;
    inside.path.push_back(&child);
    find_here(word, *child.type, by, inside, found);
    find_below(word, *child.type, by, inside, found);
  }
}

std::optional<Meant> near(std::string_view word, const BlockType& type) {
  std::vector<std::string_view> known;
  for (const schema::Attribute& row : type.attributes) known.push_back(row.name);
  for (const schema::Child& child : type.children) known.push_back(child.type->name);
  const std::optional<std::string_view> name = nearest(word, known);
  if (!name) return std::nullopt;
  return Meant{{}, type.find_attribute(*name), type.find_child(*name), true};
}

void find_places(std::string_view word, const BlockType& type, const std::string& path,
                 std::vector<std::string>& found) {
  std::vector<Meant> here;
  find_here(word, type, By::name, {}, here);
  if (!here.empty()) found.push_back(path);
  for (const schema::Child& child : type.children)
    find_places(word, *child.type, fmt::format("{}.{}", path, child.type->name), found);
}

}  // namespace

std::optional<Meant> meant_by(std::string_view word, const BlockType& type) {
  const std::string plain = folded(word);
  std::vector<Meant> found;
  find_here(plain, type, By::name, {}, found);
  if (found.empty()) find_here(plain, type, By::other_word, {}, found);
  if (found.empty()) find_below(plain, type, By::name, {}, found);
  if (found.empty())
    if (std::optional<Meant> one = near(word, type)) return one;
  if (found.empty()) find_below(plain, type, By::other_word, {}, found);
  return found.size() == 1 ? std::optional(std::move(found.front())) : std::nullopt;
}

std::string place_of(std::string_view word) {
  std::vector<std::string> found;
  for (const BlockType* root : schema::roots())
    find_places(folded(word), *root, std::string(root->name), found);
  return found.size() == 1 ? found.front() : std::string();
}

std::string_view instead_of(std::string_view word, const BlockType* type) {
  const std::string plain = folded(word);
  for (const schema::Elsewhere& row :
       type != nullptr ? type->elsewhere : schema::elsewhere_at_top())
    if (says(row.words, plain)) return row.instead;
  return {};
}

std::string_view value_word(std::string_view word) {
  static constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"null", "unset"}, {"nil", "unset"}, {"None", "unset"},  {"undefined", "unset"},
      {"yes", "true"},   {"Yes", "true"},  {"on", "true"},     {"On", "true"},
      {"True", "true"},  {"TRUE", "true"}, {"no", "false"},    {"No", "false"},
      {"off", "false"},  {"Off", "false"}, {"False", "false"}, {"FALSE", "false"},
  };
  for (const auto& [theirs, ours] : words)
    if (theirs == word) return ours;
  return {};
}

}  // namespace bkfc::eval
