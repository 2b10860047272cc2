#include "gc/filter.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"

namespace bkfc::gc {
namespace {

constexpr std::array<std::string_view, 6> record_types{
    "regular", "internal", "frontend", "source.local", "exec.cachemount", "source.git.checkout"};
constexpr std::array<std::string_view, 7> filled_fields{
    "id", "type", "description", "mutable", "immutable", "shared", "private"};
constexpr std::array<std::string_view, 4> flags{"mutable", "immutable", "shared", "private"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7f; }

bool is_field(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_operator(char c) { return c == '=' || c == '!' || c == '~'; }

bool is_quote(char c) { return c == '"' || c == '/' || c == '|'; }

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// containerd's parser, with its tokens: white space is skipped before a token and nowhere else.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Filter parse() {
    Filter filter;
    if (text_.empty()) return filter;
    if (const auto bad = first_invalid_utf8(text_)) {
      fail(*bad, "is not UTF-8");
    } else if (const std::size_t null = text_.find('\0'); null != text_.npos) {
      fail(null, "holds a null");
    }
    while (!error_) {
      Selector next = selector();
      if (error_) break;
      filter.selectors.push_back(std::move(next));
      if (at_ == text_.size()) break;
      if (text_[at_] != ',') {
        fail(at_, is_space(text_[at_]) ? "has white space after a condition"
                                       : "has something after a condition that is no comma");
      } else {
        ++at_;
      }
    }
    filter.error = std::move(error_);
    return filter;
  }

 private:
  void fail(std::size_t at, std::string reason) {
    if (!error_) error_ = SyntaxError{at, std::move(reason)};
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  Selector selector() {
    skip_space();
    Selector out;
    out.begin = at_;
    out.field = field();
    while (!error_ && here() == '.') {
      ++at_;
      field();
    }
    out.end = at_;
    if (error_ || at_ == text_.size() || here() == ',') return out;
    out.op = condition();
    if (!error_) out.value = value(out.op == Operator::matches);
    out.end = at_;
    return out;
  }

  std::string field() {
    skip_space();
    const std::size_t begin = at_;
    if (here() == '"') return quoted();
    while (is_field(here())) ++at_;
    if (at_ == begin) fail(begin, "has no field name where one should be");
    return std::string(text_.substr(begin, at_ - begin));
  }

  Operator condition() {
    skip_space();
    const std::size_t begin = at_;
    while (is_operator(here())) ++at_;
    const std::string_view op = text_.substr(begin, at_ - begin);
    if (op == "==") return Operator::equal;
    if (op == "!=") return Operator::not_equal;
    if (op == "~=") return Operator::matches;
    fail(begin, op.empty()
                    ? "has no operator (`==`, `!=` or `~=`) after a field"
                    : fmt::format("has `{}`, which is no operator: `==`, `!=` and `~=` are", op));
    return Operator::present;
  }

  std::string value(bool is_pattern) {
    skip_space();
    const std::size_t begin = at_;
    if (is_quote(here())) {
      if (here() != '"' && !is_pattern) {
        fail(begin, fmt::format("quotes a value with `{}`, which only `~=` allows", here()));
        return {};
      }
      return quoted();
    }
    if (here() == '.') fail(begin, "has a value that begins with `.`; quote it");
    if (is_operator(here())) fail(begin, "has two operators in a row; quote the value");
    while (at_ < text_.size() && here() != ',' && !is_space(here()) && !is_control(here())) ++at_;
    if (at_ == begin) fail(begin, "has no value after an operator");
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string quoted() {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    std::string out;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\') {
        escape(quote, out);
        if (error_) return out;
      } else {
        out.push_back(text_[at_++]);
      }
    }
    if (here() != quote || at_ == text_.size()) {
      fail(begin, "has a quote that does not end");
      return out;
    }
    ++at_;
    return out;
  }

  void escape(char quote, std::string& out) {
    const std::size_t begin = at_++;
    const char c = here();
    constexpr std::string_view plain = "abfnrtv";
    constexpr std::string_view meant = "\a\b\f\n\r\t\v";
    if (const std::size_t which = plain.find(c); c != '\0' && which != plain.npos) {
      out.push_back(meant[which]);
      ++at_;
    } else if (c == '\\' || (c != '\0' && c == quote)) {
      out.push_back(c);
      ++at_;
    } else if (c == 'x' || c == 'u' || c == 'U') {
      ++at_;
      number(begin, 16, c == 'x' ? 2 : c == 'u' ? 4 : 8, out);
    } else if (digit(c) < 8) {
      number(begin, 8, 3, out);
    } else {
      fail(begin, fmt::format(
                      "has `\\{}` in quotes, which is no escape; write `\\\\` for a backslash", c));
    }
  }

  void number(std::size_t begin, int base, int digits, std::string& out) {
    std::uint32_t code = 0;
    for (; digits > 0 && digit(here()) < base; --digits, ++at_)
      code = code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit(here()));
    if (digits > 0 || code > 0x10ffff || (base == 8 && code > 255)) {
      fail(begin, "has an escape without all its digits");
      return;
    }
    append_utf8(out, static_cast<char32_t>(code));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<SyntaxError> error_;
};

using Kind = FilterProblem::Kind;

FilterProblem of_field(const Selector& selector, std::size_t position) {
  const bool dead = selector.field == "parents" || selector.field == "inuse";
  std::string reason;
  if (dead) {
    reason = fmt::format("`{}` is never filled while the daemon prunes", selector.field);
  } else {
    const auto near = nearest(selector.field, filled_fields);
    reason = fmt::format("no record has a field `{}`", selector.field);
    if (near) reason += fmt::format("; `{}` is one", *near);
  }
  return {dead ? Kind::never_filled : Kind::unknown_field, position,
          selector.op == Operator::not_equal, std::move(reason)};
}

std::optional<FilterProblem> of_type(const Selector& selector, std::size_t position, bool all) {
  const bool excludes = selector.op == Operator::not_equal;
  if (!is_one_of(record_types, selector.value)) {
    const auto near = nearest(selector.value, record_types);
    std::string reason = fmt::format("no record is of type `{}`", selector.value);
    if (near) reason += fmt::format("; `{}` is a type", *near);
    return FilterProblem{Kind::unknown_type, position, excludes, std::move(reason)};
  }
  if (!excludes && !all && (selector.value == "internal" || selector.value == "frontend"))
    return FilterProblem{
        Kind::needs_all, position, false,
        fmt::format("records of type `{}` are collected only with `all = true`", selector.value)};
  return std::nullopt;
}

std::optional<FilterProblem> of_selector(const Selector& selector, std::size_t position, bool all) {
  if (!is_one_of(filled_fields, selector.field)) return of_field(selector, position);
  if (is_one_of(flags, selector.field) && selector.op != Operator::present)
    return FilterProblem{
        Kind::flag_compared, position, selector.op == Operator::not_equal,
        fmt::format("`{0}` is there or not and has no value to compare; write `{0}` alone",
                    selector.field)};
  if (selector.field == "type" &&
      (selector.op == Operator::equal || selector.op == Operator::not_equal))
    return of_type(selector, position, all);
  if (selector.op == Operator::matches)
    if (const auto refusal = refuse_pattern(selector.value))
      return FilterProblem{Kind::bad_pattern, position, false,
                           fmt::format("its pattern {}", *refusal)};
  return std::nullopt;
}

// Two conditions that no record meets together.
std::optional<FilterProblem> of_pair(const Selector& a, const Selector& b, std::size_t position) {
  if (a.field == b.field && a.op == Operator::equal && b.op == Operator::equal &&
      a.value != b.value)
    return FilterProblem{
        a.field == "type" ? Kind::two_types : Kind::contradiction, position, false,
        fmt::format("a comma is \"and\", and no record has two values of `{}`", a.field)};
  const auto are = [&](std::string_view x, std::string_view y) {
    return (a.field == x && b.field == y) || (a.field == y && b.field == x);
  };
  if (a.op == Operator::present && b.op == Operator::present &&
      (are("mutable", "immutable") || are("shared", "private")))
    return FilterProblem{
        Kind::contradiction, position, false,
        fmt::format("a comma is \"and\", and no record is both `{}` and `{}`", a.field, b.field)};
  return std::nullopt;
}

// Where a class `[…]` that begins at `at` ends: past its `]`, or the end of the pattern.
std::size_t after_class(std::string_view pattern, std::size_t at) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;
  while (at < pattern.size() && pattern[at] != ']') {
    if (pattern.substr(at, 2) == "[:") {
      const std::size_t close = pattern.find(":]", at);
      if (close != pattern.npos) at = close + 1;
    }
    at += pattern[at] == '\\' ? 2 : 1;
  }
  return at < pattern.size() ? at + 1 : pattern.npos;
}

}  // namespace

Filter parse_filter(std::string_view text) { return Parser(text).parse(); }

std::optional<FilterProblem> find_problem(const Filter& filter, bool all) {
  const auto& selectors = filter.selectors;
  for (std::size_t i = 0; i < selectors.size(); ++i)
    if (auto problem = of_selector(selectors[i], i, all)) return problem;
  for (std::size_t i = 0; i < selectors.size(); ++i)
    for (std::size_t j = i + 1; j < selectors.size(); ++j)
      if (auto problem = of_pair(selectors[i], selectors[j], j)) return problem;
  return std::nullopt;
}

std::optional<std::string> refuse_pattern(std::string_view pattern) {
  // What `\Q` quotes, and whether a range or a class follows a `-`, is for Go itself to say.
  if (pattern.find("\\Q") != pattern.npos || pattern.find("-[:") != pattern.npos)
    return std::nullopt;
  int open = 0;
  bool may_repeat = false;  // whether something is there that `*` could repeat
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    const std::string_view rest = pattern.substr(i);
    if (c == '\\') {
      if (i + 1 == pattern.size()) return "ends in a backslash";
      if (pattern[i + 1] >= '1' && pattern[i + 1] <= '9')
        return "refers back to a group, which Go's regexp does not know";
      may_repeat = true;
      i += 2;
    } else if (c == '[') {
      i = after_class(pattern, i);
      if (i == pattern.npos) return "has a `[` that does not end";
      may_repeat = true;
    } else if (c == '(') {
      if (rest.starts_with("(?=") || rest.starts_with("(?!") || rest.starts_with("(?<=") ||
          rest.starts_with("(?<!"))
        return "looks ahead or behind, which Go's regexp does not know";
      ++open;
      may_repeat = false;
      i += rest.starts_with("(?") ? 2 : 1;
      if (rest.starts_with("(?")) may_repeat = true;
    } else if (c == ')') {
      if (--open < 0) return "has a `)` without its `(`";
      may_repeat = true;
      ++i;
    } else if (c == '*' || c == '+' || c == '?') {
      if (!may_repeat) return fmt::format("has a `{}` with nothing before it to repeat", c);
      ++i;
    } else {
      may_repeat = c != '|';
      ++i;
    }
  }
  return open > 0 ? std::optional<std::string>("has a `(` that does not end") : std::nullopt;
}

}  // namespace bkfc::gc
