#include "syntax/values.hpp"

#include <algorithm>
#include <string_view>

#include "syntax/problem.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What is understood although it is a mistake.
bool is_read_as_meant(Problem problem) {
  switch (problem) {
    case Problem::expected_assign:
    case Problem::unclosed_string:
    case Problem::unclosed_block_string: return true;
    case Problem::foreign_name:
    case Problem::chained_comparison:
    case Problem::chained_range: return false;
    default: return problem >= Problem::separator;
  }
}

// The whole of a value that is one word, as YAML takes it, up to the end of its statement; empty if
// it is none.
Extent plain_text_at(std::string_view text, std::uint32_t begin) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@-+%~?&${}";
  std::size_t end = std::min(text.find_first_not_of(letters, begin), text.size());
  if (text.substr(begin, end - begin).find("${") == npos)
    end = std::min(end, text.find_first_of("{}", begin));
  const std::size_t next = std::min(text.find_first_not_of(" \t", end), text.size());
  const bool is_whole = next == text.size() || std::string_view("\r\n#}").find(text[next]) != npos;
  const char last = end > begin ? text[end - 1] : '.';
  if (!is_whole || !(is_letter_or_digit(last) || last == '_' || last == '}')) return {begin, begin};
  return {begin, static_cast<std::uint32_t>(end)};
}

class Values {
 public:
  explicit Values(Tree& tree) : tree_(tree) {}

  void review() {
    if (tree_.errors.empty()) return;
    for (std::uint32_t node = 0; node < tree_.nodes.size(); ++node) {
      const Kind kind = tree_.nodes[node].kind;
      if (kind == Kind::attribute || kind == Kind::let || kind == Kind::patch_set)
        if (Node* value = value_of(node)) review_value(*value);
      if (kind == Kind::attribute) review_forgotten_assign(node);
    }
    std::erase_if(tree_.errors,
                  [](const SyntaxError& error) { return error.problem == Problem::none; });
  }

 private:
  // The child that follows the `=`.
  Node* value_of(std::uint32_t node) {
    Node* after = nullptr;
    std::uint32_t left = tree_.nodes[node].size - 1;
    for (std::uint32_t child = node; left > 0;) {
      --child;
      if (tree_.nodes[child].kind == Kind::assign) return after;
      if (tree_.nodes[child].kind != Kind::comment) after = &tree_.nodes[child];
      left -= tree_.nodes[child].size;
      child -= tree_.nodes[child].size - 1;
    }
    return nullptr;
  }

  // `"a" "b" = 1`: without its `=`, an attribute has no value but what ends its line.
  void review_forgotten_assign(std::uint32_t node) {
    if (tree_.nodes[node].size != 4 && tree_.nodes[node].size != 5) return;
    Node& last = tree_.nodes[node - 1];
    if (last.kind != Kind::string || tree_.nodes[node].end != last.end) return;
    const std::uint32_t first = node - tree_.nodes[node].size + 1;
    const bool has_assign = std::any_of(tree_.nodes.begin() + first, tree_.nodes.begin() + node,
                                        [](const Node& n) { return n.kind == Kind::assign; });
    const std::size_t next = tree_.text.find_first_not_of(" \t", last.end);
    if (!has_assign && next != npos && tree_.text[next] == '=') last.kind = Kind::junk;
  }

  void review_value(Node& value) {
    // What stands in an object is reviewed on its own.
    if (value.kind == Kind::object) return;
    const auto begin = std::lower_bound(
        tree_.errors.begin(), tree_.errors.end(), value.begin,
        [](const SyntaxError& e, std::uint32_t place) { return e.extent.begin < place; });
    auto end = begin;
    while (end != tree_.errors.end() && is_of_value(value, *end)) ++end;
    if (begin == end) return;
    if (is_in_pieces(value, begin, end)) {
      const Extent whole = plain_text_at(tree_.text, value.begin);
      *begin = {whole, Problem::bare_text};
      for (auto error = begin + 1; error != end; ++error) error->problem = Problem::none;
    }
    if (!std::all_of(begin, end, [](const SyntaxError& e) { return is_read_as_meant(e.problem); }))
      value.kind = Kind::junk;
  }

  // It lies in the value, or is what stands behind it.
  bool is_of_value(const Node& value, const SyntaxError& error) const {
    if (error.extent.begin < value.end) return true;
    const std::string_view between = tree_.text.substr(value.end, error.extent.begin - value.end);
    if (between.find_first_not_of(" \t") != npos) return false;
    return error.problem < Problem::separator;
  }

  using Errors = std::vector<SyntaxError>::iterator;

  // `moby/buildkit:v0.30.0` is read as a division and something behind it.
  bool is_in_pieces(const Node& value, Errors begin, Errors end) const {
    const Extent whole = plain_text_at(tree_.text, value.begin);
    if (whole.empty()) return false;
    return std::all_of(begin, end, [&](const SyntaxError& error) {
      if (error.extent.begin >= whole.end) return false;
      return error.problem == Problem::unexpected_text || error.problem == Problem::expected_name ||
             (error.problem == Problem::outer_interpolation && !(error.related == whole));
    });
  }

  Tree& tree_;
};

}  // namespace

void review_values(Tree& tree) { Values(tree).review(); }

}  // namespace bkfc::syntax
