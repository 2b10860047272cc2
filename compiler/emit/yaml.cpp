#include "emit/yaml.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "emit/characters.hpp"

namespace bkfc::emit {
namespace {

constexpr std::size_t step = 2;

// Readers give up on a key of one line beyond 1024 characters; such a key needs a `?`.
constexpr std::size_t longest_simple_key = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Booleans and nulls of both versions, and the merge and value keys of 1.1.
bool is_keyword(std::string_view text) {
  constexpr std::array<std::string_view, 14> keywords = {
      "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "=", ".nan", "nan"};
  return std::find(keywords.begin(), keywords.end(), lower(text)) != keywords.end();
}

// Integers, fractions, sexagesimals and dates of any version, and more: the pattern for fractions
// that YAML 1.1 publishes takes `1.2.3` too, and some readers take `1,000`.
bool is_like_number(std::string_view text) {
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  const std::string digits = lower(text.substr(has_sign ? 1 : 0));
  if (digits == ".inf" || digits == "inf" || digits == "infinity" || digits == ".") return true;
  if (digits.empty() || !(is_digit(digits[0]) || digits[0] == '.')) return false;
  const std::string_view all = digits;
  if (all.starts_with("0x")) return all_of(all.substr(2), "0123456789abcdef_");
  if (all.starts_with("0o") || all.starts_with("0b")) return all_of(all.substr(2), "01234567_");
  if (all_of(all, "0123456789_.,:+-e")) return all.find_first_of("0123456789") != all.npos;
  // A date, whatever time follows it.
  return all.size() >= 8 && all_of(all.substr(0, 4), "0123456789") && all[4] == '-' &&
         is_digit(all[5]);
}

// A dash is no list item where a letter or another dash follows: `--addr`.
bool begins_plainly(std::string_view text) {
  if (text.starts_with('-')) {
    const std::size_t at = text.find_first_not_of('-');
    return at <= 2 && at < text.size() && is_letter(text[at]);
  }
  return std::string_view(" ?:,[]{}#&*!|>'\"%@`.").find(text.front()) == std::string_view::npos ||
         (text.size() > 1 && text[0] == '.' && text[1] != '.');
}

bool is_visible_throughout(std::string_view text) {
  while (!text.empty()) {
    if (!is_visible(take_code_point(text))) return false;
  }
  return true;
}

// Whether a text of several lines reads well as a literal block: visible but for tabs and breaks,
// nothing at a line's end that an editor would strip, and something to see at all.
bool is_block(std::string_view text) {
  if (text.find('\n') == text.npos || text.find_first_not_of('\n') == text.npos) return false;
  char before = '\n';
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    const bool is_space = c == U' ' || c == U'\t';
    if (c == U'\n' && (before == ' ' || before == '\t')) return false;
    if (!is_visible(c) && !is_space && c != U'\n') return false;
    before = is_space ? static_cast<char>(c) : '.';
  }
  return before == '.';
}

class Writer {
 public:
  explicit Writer(std::vector<Mark>* marks) : marker_(marks) {}

  std::string take() { return std::move(out_); }

  void document(const Node& node) {
    marker_.begin(node);
    if (!out_.empty()) out_ += "---\n";
    marker_.mark(out_.size());
    comments(node, 0);
    if (is_nested(node)) {
      nested(node, 0, true);
      return;
    }
    // A literal block at the top would need an indent that readers count differently.
    if (node.kind == Node::Kind::text) {
      flow_text(node.text);
      out_ += '\n';
    } else {
      scalar(node, 0);
    }
  }

 private:
  static bool is_nested(const Node& node) {
    return (node.kind == Node::Kind::map && !node.entries.empty()) ||
           (node.kind == Node::Kind::list && !node.items.empty());
  }

  // The comments that stand above a node: its own, and those of what begins on its first line.
  void comments(const Node& node, std::size_t indent) {
    append_comment(out_, node.comment, indent);
    if (node.kind == Node::Kind::map && !node.entries.empty())
      comments(node.entries.front(), indent);
    if (node.kind == Node::Kind::list && !node.items.empty()) {
      marker_.enter(node.items.front(), 0);
      marker_.mark(out_.size());
      comments(node.items.front(), indent);
      marker_.leave();
    }
  }

  void comments(const Entry& entry, std::size_t indent) {
    marker_.enter(entry);
    marker_.mark(out_.size());
    append_comment(out_, entry.comment, indent);
    if (!is_nested(entry.value)) append_comment(out_, entry.value.comment, indent);
    marker_.leave();
  }

  // A map's entries or a list's items. Invariant: the comments of the first are printed already;
  // unless the line is at its begin, a list's dash stands before `indent`.
  void nested(const Node& node, std::size_t indent, bool at_line_begin) {
    bool is_first = true;
    for (const Entry& entry : node.entries) {
      if (!is_first) comments(entry, indent);
      if (!is_first || at_line_begin) out_.append(indent, ' ');
      is_first = false;
      marker_.enter(entry);
      marker_.mark(out_.size());
      key(entry.key, indent);
      value(entry.value, indent);
      marker_.leave();
    }
    std::size_t index = 0;
    for (const Node& item : node.items) {
      marker_.enter(item, index++);
      marker_.mark(out_.size());
      if (!is_first) comments(item, indent);
      if (!is_first || at_line_begin) out_.append(indent, ' ');
      is_first = false;
      marker_.mark(out_.size());
      out_ += "- ";
      if (is_nested(item)) {
        nested(item, indent + step, false);
      } else {
        scalar(item, indent);
      }
      marker_.leave();
    }
  }

  void key(std::string_view text, std::size_t indent) {
    std::string printed;
    if (is_plain_in_yaml(text)) {
      printed = text;
    } else {
      append_double_quoted(printed, text);
    }
    if (printed.size() > longest_simple_key) {
      out_ += "? " + printed + "\n" + std::string(indent, ' ');
      out_ += ':';
      return;
    }
    out_ += printed + ":";
  }

  // What follows a key's colon.
  void value(const Node& node, std::size_t indent) {
    if (!is_nested(node)) {
      out_ += ' ';
      scalar(node, indent);
      return;
    }
    out_ += '\n';
    comments(node, indent + step);
    nested(node, indent + step, true);
  }

  // A value without children, with its line's end.
  void scalar(const Node& node, std::size_t indent) {
    switch (node.kind) {
      case Node::Kind::text:
        if (is_block(node.text)) {
          block(node.text, indent + step);
          return;
        }
        flow_text(node.text);
        break;
      case Node::Kind::integer: out_ += std::to_string(node.integer); break;
      case Node::Kind::boolean: out_ += node.boolean ? "true" : "false"; break;
      case Node::Kind::other: out_ += node.text; break;
      case Node::Kind::null: out_ += "null"; break;
      case Node::Kind::map: out_ += "{}"; break;
      case Node::Kind::list: out_ += "[]"; break;
    }
    out_ += '\n';
  }

  void flow_text(std::string_view text) {
    if (is_plain_in_yaml(text)) {
      out_ += text;
    } else {
      append_double_quoted(out_, text);
    }
  }

  // A reader finds the indent from the first line that is not empty, so that line must not begin
  // with a space of its own unless the indent is said.
  void block(std::string_view text, std::size_t indent) {
    const char first = text[text.find_first_not_of('\n')];
    out_ += '|';
    if (first == ' ' || first == '\t') out_ += std::to_string(step);
    if (!text.ends_with('\n')) {
      out_ += '-';
    } else if (text.ends_with("\n\n")) {
      out_ += '+';
    }
    out_ += '\n';
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (!line.empty()) out_.append(indent, ' ');
      out_ += line;
      out_ += '\n';
    }
  }

  std::string out_;
  Marker marker_;
};

}  // namespace

bool is_plain_in_yaml(std::string_view text) {
  BKFC_ASSERT(!first_invalid_utf8(text), "a text that is printed is UTF-8");
  return !text.empty() && begins_plainly(text) && !text.ends_with(' ') && !text.ends_with(':') &&
         text.find(": ") == text.npos && text.find(" #") == text.npos && !is_keyword(text) &&
         !is_like_number(text) && is_visible_throughout(text);
}

std::string print(const Yaml& yaml, std::vector<Mark>* marks) {
  Writer writer(marks);
  for (const Node& document : yaml.documents) writer.document(document);
  return writer.take();
}

}  // namespace bkfc::emit
