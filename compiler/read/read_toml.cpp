#include "read/read_toml.hpp"

// In this file alone, so that its two seconds are paid once; errors are values, not exceptions.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>

#include "base/assert.hpp"

namespace bkfc::read {
namespace {

using emit::Node;

// Offsets of the places that the library tells by line and column, columns in code points.
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text), lines_{0} {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
  }

  std::uint32_t at(toml::source_position place) const {
    if (place.line == 0) return 0;
    const std::size_t line = std::min<std::size_t>(place.line, lines_.size()) - 1;
    std::size_t offset = lines_[line];
    for (toml::source_index column = 1; column < place.column && offset < text_.size(); ++column) {
      ++offset;
      while (offset < text_.size() &&
             (static_cast<unsigned char>(text_[offset]) & 0xc0U) == 0x80U) {
        ++offset;
      }
    }
    return static_cast<std::uint32_t>(offset);
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> lines_;
};

// The library bounds how deep values nest, but not how many names a dotted key has, and takes a
// level of the stack for each. No sensible document comes near these.
constexpr int deepest_nesting = 64;
constexpr int longest_key = 16;

// The offset behind a string that begins at `at`, or the text's end.
std::size_t skip_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool is_long = text.substr(at, 3) == three;
  const std::string_view close = is_long ? std::string_view(three) : text.substr(at, 1);
  for (at += close.size(); at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text.substr(at, close.size()) == close || (!is_long && text[at] == '\n')) {
      return at + close.size();
    }
  }
  return text.size();
}

// The first place that is too deep; outside of strings and comments, dots stand in keys and
// numbers.
std::optional<std::size_t> find_too_deep(std::string_view text) {
  int nesting = 0;
  int dots = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at) - 1;
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (c == '.') {
      ++dots;
    } else if (c == '[' || c == '{') {
      ++nesting;
      dots = 0;
    } else if (c == ']' || c == '}') {
      nesting = std::max(nesting - 1, 0);
      dots = 0;
    } else if (c == '\n' || c == '=' || c == ',') {
      dots = 0;
    }
    if (nesting > deepest_nesting || dots > longest_key) return at;
  }
  return std::nullopt;
}

class Converter {
 public:
  Converter(std::string_view text, Places places) : text_(text), offsets_(text), places_(places) {}

  Node node(const toml::node& from) const {
    Node out = value(from);
    out.origin = origin(from.source());
    return out;
  }

  std::uint32_t offset(toml::source_position place) const { return offsets_.at(place); }

 private:
  OriginId origin(const toml::source_region& region) const {
    if (places_.origins == nullptr || !region.begin) return OriginId::nowhere;
    return places_.origins->written({places_.file, offsets_.at(region.begin),
                                     std::max(offsets_.at(region.begin), offsets_.at(region.end))});
  }

  Node value(const toml::node& from) const {
    if (const toml::table* table = from.as_table()) return map(*table);
    if (const toml::array* array = from.as_array()) {
      Node out = emit::list();
      for (const toml::node& item : *array) out.items.push_back(node(item));
      return out;
    }
    if (const auto* text = from.as_string()) return Node(text->get());
    if (const auto* integer = from.as_integer()) return Node(integer->get());
    if (const auto* boolean = from.as_boolean()) return Node(boolean->get());
    const std::uint32_t begin = offsets_.at(from.source().begin);
    const std::uint32_t end = std::max(begin, offsets_.at(from.source().end));
    return Node::other(text_.substr(begin, end - begin));
  }

  // The library sorts keys by name; here they stand as they were written.
  Node map(const toml::table& from) const {
    struct Item {
      const toml::key* key;
      const toml::node* value;
    };
    std::vector<Item> items;
    for (const auto& [key, value] : from) items.push_back({&key, &value});
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
      return a.key->source().begin < b.key->source().begin;
    });
    Node out = emit::map();
    for (const Item& item : items) {
      out.entries.push_back({.key = std::string(item.key->str()),
                             .value = node(*item.value),
                             .origin = origin(item.key->source())});
    }
    return out;
  }

  std::string_view text_;
  Offsets offsets_;
  Places places_;
};

// "Error while parsing key: expected …" without its beginning, and as a sentence goes on.
std::string reason(std::string_view description) {
  if (description.starts_with("Error while parsing ")) {
    description.remove_prefix(std::min(description.find(": "), description.size() - 2) + 2);
  }
  std::string out(description);
  if (out.starts_with("Encountered")) out[0] = 'e';
  return out;
}

}  // namespace

Reading read_toml(std::string_view text, Places places) {
  Reading reading;
  if (text.starts_with("\xef\xbb\xbf")) {
    reading.trouble = {0, "it begins with a byte order mark, which buildkitd refuses"};
    return reading;
  }
  if (const std::optional<std::size_t> at = find_too_deep(text)) {
    reading.trouble = {static_cast<std::uint32_t>(*at), "it is nested too deep"};
    return reading;
  }
  const Converter converter(text, places);
  toml::parse_result result = toml::parse(text);
  if (!result) {
    reading.trouble = {converter.offset(result.error().source().begin),
                       reason(result.error().description())};
    return reading;
  }
  reading.documents.push_back(converter.node(result.table()));
  return reading;
}

}  // namespace bkfc::read
