#include "read/read_yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <sstream>

#include <fmt/core.h>

#include "base/text.hpp"

namespace bkfc::read {
namespace {

using emit::Node;

// Beyond as many nodes as the text has bytes, this many may come from aliases.
constexpr std::size_t alias_allowance = 100'000;

constexpr std::string_view yaml_tag = "tag:yaml.org,2002:";

template <std::size_t size>
bool is_one_of(std::string_view text, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<bool> read_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 11> yes = {"y",    "Y",    "yes", "Yes", "YES", "true",
                                                    "True", "TRUE", "on",  "On",  "ON"};
  constexpr std::array<std::string_view, 11> no = {"n",     "N",     "no",  "No",  "NO", "false",
                                                   "False", "FALSE", "off", "Off", "OFF"};
  if (is_one_of(text, yes)) return true;
  if (is_one_of(text, no)) return false;
  return std::nullopt;
}

std::string without_underscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

// As Go reads an integer of base 0: `0x`, `0o`, `0b`, and a leading 0 is octal.
std::optional<std::int64_t> read_integer(std::string_view written) {
  std::string text = without_underscores(written);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.erase(0, 1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char kind = static_cast<char>(text[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    text.erase(0, kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1);
  }
  if (text.empty() || text.front() == '-') return std::nullopt;
  if (is_negative) text.insert(0, "-");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_fraction(std::string_view written) {
  const std::string plain = without_underscores(written);
  std::string_view text = plain;
  const auto skip_digits = [&] {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count;
  };
  const auto skip_one_of = [&](std::string_view characters) {
    const bool is_there = !text.empty() && characters.find(text.front()) != characters.npos;
    if (is_there) text.remove_prefix(1);
    return is_there;
  };
  skip_one_of("+-");
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  if (plain == ".nan" || plain == ".NaN" || plain == ".NAN") return true;
  const std::size_t before = skip_digits();
  const std::size_t after = skip_one_of(".") ? skip_digits() : 0;
  if (before + after == 0) return false;
  if (skip_one_of("eE")) {
    skip_one_of("+-");
    if (skip_digits() == 0) return false;
  }
  return text.empty();
}

Node plain_scalar(std::string_view text) {
  if (const std::optional<bool> boolean = read_boolean(text)) return *boolean;
  if (const std::optional<std::int64_t> integer = read_integer(text)) return *integer;
  return is_fraction(text) ? Node::other(text) : Node(text);
}

// A node with its size, kept for aliases.
struct Anchored {
  Node node;
  std::size_t size = 0;
};

// Builds documents from the library's events. What it refuses leaves as the library's own
// exception, and is caught below with those.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, std::uint32_t shift, Places places)
      : text_(text), shift_(shift), places_(places) {}

  std::vector<Node> documents;

  void OnDocumentStart(const YAML::Mark&) override {
    frames_.clear();
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key()) refuse(mark, "a key is missing before `:`");
    add(Node::null(), mark, anchor, 0);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto at = anchors_.find(anchor);
    if (at == anchors_.end()) refuse(mark, "the alias stands inside of what it stands for");
    if (is_key()) refuse(mark, "an alias cannot be a key");
    count(mark, at->second.size);
    place(at->second.node);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (is_key()) {
      begin_entry(mark, value, tag == "?");
      return;
    }
    add(scalar(mark, tag, value), mark, anchor, value.size());
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(emit::list(), mark, tag, anchor, "seq");
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(emit::map(), mark, tag, anchor, "map");
  }
  void OnMapEnd() override {
    merge(frames_.back());
    end();
  }

 private:
  struct Frame {
    Node node;
    YAML::Mark mark;
    YAML::anchor_t anchor = 0;
    std::size_t size_before = 0;
    bool has_key = false;  // of a map: the value comes next
    bool is_merge = false;
    emit::Entry entry;
    std::set<std::string, std::less<>> keys;
    std::vector<Node> merged;
  };

  [[noreturn]] static void refuse(const YAML::Mark& mark, const std::string& reason) {
    throw YAML::ParserException(mark, reason);
  }

  bool is_key() const {
    return !frames_.empty() && frames_.back().node.kind == Node::Kind::map &&
           !frames_.back().has_key;
  }

  void count(const YAML::Mark& mark, std::size_t nodes) {
    size_ += nodes;
    if (size_ > text_.size() + alias_allowance) refuse(mark, "its aliases expand to too much");
  }

  // The library tells where a node begins. Its end is known where its text stands there as it is.
  OriginId origin(const YAML::Mark& mark, std::size_t size) {
    if (places_.origins == nullptr) return OriginId::nowhere;
    const std::size_t begin = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    std::size_t end = begin + size;
    if (size == 0 || end > text_.size()) end = std::min(text_.find('\n', begin), text_.size());
    return places_.origins->written({places_.file, static_cast<std::uint32_t>(begin) + shift_,
                                     static_cast<std::uint32_t>(end) + shift_});
  }

  Node scalar(const YAML::Mark& mark, const std::string& tag, const std::string& value) {
    if (tag == "?") return plain_scalar(value);
    if (tag == "!" || tag == std::string(yaml_tag) + "str") return value;
    if (tag.starts_with(yaml_tag)) {
      const std::string_view kind = std::string_view(tag).substr(yaml_tag.size());
      Node node = plain_scalar(value);
      if (kind == "bool" && node.kind == Node::Kind::boolean) return node;
      if (kind == "int" && node.kind == Node::Kind::integer) return node;
      if (kind == "float" && node.kind == Node::Kind::other) return node;
      if (kind == "null" && value.empty()) return Node::null();
    }
    refuse(mark, fmt::format("the tag `{}` does not fit its value or is not known", tag));
  }

  void begin_entry(const YAML::Mark& mark, const std::string& key, bool is_plain) {
    Frame& map = frames_.back();
    map.has_key = true;
    map.is_merge = is_plain && key == "<<";
    map.entry = {.key = key, .origin = origin(mark, key.size())};
    if (!map.keys.insert(key).second) refuse(mark, fmt::format("the key `{}` is said twice", key));
  }

  void begin(Node node, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             std::string_view kind) {
    if (is_key()) refuse(mark, "a key must be a text");
    if (tag != "?" && tag != "!" && tag != fmt::format("{}{}", yaml_tag, kind)) {
      refuse(mark, fmt::format("the tag `{}` is not known", tag));
    }
    node.origin = origin(mark, 0);
    frames_.push_back(
        {.node = std::move(node), .mark = mark, .anchor = anchor, .size_before = size_});
    count(mark, 1);
  }

  void end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const std::size_t size = size_ - frame.size_before;
    if (frame.anchor != 0) anchors_[frame.anchor] = {frame.node, size};
    place(std::move(frame.node));
  }

  void add(Node node, const YAML::Mark& mark, YAML::anchor_t anchor, std::size_t length) {
    node.origin = origin(mark, length);
    if (anchor != 0) anchors_[anchor] = {node, 1};
    count(mark, 1);
    place(std::move(node));
  }

  // Puts a finished node where it belongs.
  void place(Node node) {
    if (frames_.empty()) {
      if (node.kind != Node::Kind::null) documents.push_back(std::move(node));
      return;
    }
    Frame& parent = frames_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
      return;
    }
    parent.has_key = false;
    if (parent.is_merge) {
      parent.merged.push_back(std::move(node));
      return;
    }
    parent.entry.value = std::move(node);
    parent.node.entries.push_back(std::move(parent.entry));
  }

  // `<<: *base`, `<<: [*a, *b]`: keys that the map does not say itself; the earlier base wins.
  void merge(Frame& map) {
    for (const Node& base : map.merged) {
      if (base.kind == Node::Kind::list) {
        for (const Node& one : base.items) merge_one(map, one);
      } else {
        merge_one(map, base);
      }
    }
  }

  void merge_one(Frame& map, const Node& base) {
    if (base.kind != Node::Kind::map) refuse(map.mark, "`<<` takes a map, or a list of maps");
    for (const emit::Entry& entry : base.entries) {
      if (map.keys.insert(entry.key).second) map.node.entries.push_back(entry);
    }
  }

  std::string_view text_;
  std::uint32_t shift_;
  Places places_;
  std::size_t size_ = 0;  // nodes so far, those of expanded aliases too
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

// The library reads on to the next of these and ends there: it takes \x04 for the end of the text.
std::optional<Trouble> find_unreadable(std::string_view text) {
  if (const std::optional<std::size_t> at = first_invalid_utf8(text)) {
    return Trouble{static_cast<std::uint32_t>(*at), "it is not UTF-8"};
  }
  const auto at = std::find_if(text.begin(), text.end(), [](char c) {
    const bool is_space = c == '\t' || c == '\n' || c == '\r';
    return (static_cast<unsigned char>(c) < 0x20 && !is_space) || c == 0x7f;
  });
  if (at == text.end()) return std::nullopt;
  return Trouble{static_cast<std::uint32_t>(at - text.begin()),
                 "it holds a control character, which YAML does not allow"};
}

}  // namespace

Reading read_yaml(std::string_view text, Places places) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  const std::uint32_t shift = text.starts_with(byte_order_mark) ? 3 : 0;
  text.remove_prefix(shift);
  Reading reading;
  reading.trouble = find_unreadable(text);
  if (reading.trouble) {
    reading.trouble->offset += shift;
    return reading;
  }
  Builder builder(text, shift, places);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& exception) {
    const int at = std::max(exception.mark.pos, 0);
    reading.trouble = {
        std::min(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(text.size())) + shift,
        exception.msg};
  }
  reading.documents = std::move(builder.documents);
  return reading;
}

}  // namespace bkfc::read
