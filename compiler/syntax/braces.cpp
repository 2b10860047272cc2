#include "syntax/braces.hpp"

#include <algorithm>
#include <vector>

#include "syntax/problem.hpp"

namespace bkfc::syntax {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

bool is_braced(Kind kind) {
  return kind == Kind::body || kind == Kind::object || kind == Kind::patch_body;
}

// A `}` ends it, and that `}` is not of something inside.
bool is_closed(const Tree& tree, std::uint32_t node) {
  const Node& n = tree.nodes[node];
  if (n.end - n.begin < 2 || tree.text[n.end - 1] != '}') return false;
  return n.size == 1 || tree.nodes[node - 1].end < n.end;
}

struct Imbalance {
  std::vector<std::uint32_t> unclosed;  // braced nodes, inner ones first
  std::vector<std::uint32_t> stray;     // `}` that close nothing
};

// Only what runs to the end of the text is a guess; in a `${ }` or in brackets the parser knows
// where a missing `}` belongs.
Imbalance imbalance_of(const Tree& tree) {
  Imbalance out;
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const Node& n = tree.nodes[i];
    if (is_braced(n.kind) && n.end == tree.text.size() && !is_closed(tree, i))
      out.unclosed.push_back(i);
    if (n.kind == Kind::junk && n.size == 1 && n.end - n.begin == 1 && tree.text[n.begin] == '}')
      out.stray.push_back(i);
    while (n.kind == Kind::interpolation && !out.unclosed.empty() &&
           tree.nodes[out.unclosed.back()].begin >= n.begin)
      out.unclosed.pop_back();
  }
  return out;
}

std::vector<std::uint32_t> parents_of(const Tree& tree) {
  std::vector<std::uint32_t> parents(tree.nodes.size(), none);
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    std::uint32_t left = tree.nodes[i].size - 1;
    for (std::uint32_t child = i; left > 0;) {
      --child;
      parents[child] = i;
      left -= tree.nodes[child].size;
      child -= tree.nodes[child].size - 1;
    }
  }
  return parents;
}

// How far the line of a place is indented, and whether the place is the first thing on it.
struct Indentation {
  int depth = 0;
  bool is_first = false;
};

class Lines {
 public:
  explicit Lines(std::string_view text) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t first = std::min(text.find_first_not_of(" \t", begin), text.size());
      lines_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(first)});
      const std::size_t end = text.find('\n', first);
      if (end == std::string_view::npos) break;
      begin = end + 1;
    }
  }

  Indentation at(std::uint32_t place) const {
    auto line = std::upper_bound(lines_.begin(), lines_.end(), place,
                                 [](std::uint32_t p, const Line& l) { return p < l.begin; });
    --line;  // the first begins at 0
    return {static_cast<int>(line->first - line->begin), line->first >= place};
  }

 private:
  struct Line {
    std::uint32_t begin;
    std::uint32_t first;  // what is not blank
  };
  std::vector<Line> lines_;
};

// Reads the text in the order of its nodes and keeps the first contradiction.
class Reader {
 public:
  Reader(const Tree& tree, const Imbalance& imbalance)
      : tree_(tree), imbalance_(imbalance), parents_(parents_of(tree)), lines_(tree.text) {}

  std::optional<SyntaxError> first_contradiction() {
    for (std::uint32_t i = 0; i < tree_.nodes.size(); ++i)
      if (is_braced(tree_.nodes[i].kind) || tree_.nodes[i].kind == Kind::file) read(i);
    return found_;
  }

 private:
  void read(std::uint32_t node) {
    const Node& n = tree_.nodes[node];
    const bool is_file = n.kind == Kind::file;
    const std::uint32_t parent = parents_[node];
    const bool has_header = !is_file && parent != none && tree_.nodes[parent].kind != Kind::list;
    const std::uint32_t header = has_header ? tree_.nodes[parent].begin : n.begin;
    const int outside = is_file ? -1 : lines_.at(header).depth;
    read_items(node, outside);
    if (is_file || !is_closed(tree_, node)) return;
    const Indentation closer = lines_.at(n.end - 1);
    if (closer.is_first && closer.depth != outside) contradict({n.end - 1, n.end}, node);
  }

  void read_items(std::uint32_t node, int outside) {
    std::vector<std::uint32_t> items;
    std::uint32_t left = tree_.nodes[node].size - 1;
    for (std::uint32_t child = node; left > 0;) {
      --child;
      if (tree_.nodes[child].kind != Kind::comment) items.push_back(child);
      left -= tree_.nodes[child].size;
      child -= tree_.nodes[child].size - 1;
    }
    std::optional<int> usual;
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
      const std::uint32_t begin = tree_.nodes[*item].begin;
      const Indentation at = lines_.at(begin);
      if (!at.is_first) continue;
      if (!usual) usual = at.depth;
      if (at.depth > outside && at.depth == *usual) continue;
      contradict({begin, end_of_line(begin)}, node);
      return;
    }
  }

  std::uint32_t end_of_line(std::uint32_t begin) const {
    const std::size_t end = std::min(tree_.text.find_first_of("\r\n", begin), tree_.text.size());
    return static_cast<std::uint32_t>(end);
  }

  void contradict(Extent extent, std::uint32_t node) {
    if (found_ && found_->extent.begin <= extent.begin) return;
    const bool is_closer = tree_.text[extent.begin] == '}';
    const std::uint32_t opener = tree_.nodes[node].begin;
    const Problem problem = !imbalance_.unclosed.empty() ? Problem::brace_missing_before
                            : is_closer                  ? Problem::stray_brace
                                                         : Problem::opener_missing_before;
    const bool has_opener = tree_.nodes[node].kind != Kind::file;
    found_ = {extent, problem, has_opener ? Extent{opener, opener + 1} : Extent{}};
  }

  const Tree& tree_;
  const Imbalance& imbalance_;
  std::vector<std::uint32_t> parents_;
  Lines lines_;
  std::optional<SyntaxError> found_;
};

}  // namespace

std::optional<SyntaxError> unbalanced_braces(const Tree& tree) {
  const Imbalance imbalance = imbalance_of(tree);
  if (imbalance.unclosed.empty() && imbalance.stray.empty()) return std::nullopt;
  if (const auto found = Reader(tree, imbalance).first_contradiction()) return found;
  if (!imbalance.unclosed.empty()) {
    const std::uint32_t begin = tree.nodes[imbalance.unclosed.front()].begin;
    return SyntaxError{{begin, begin + 1}, Problem::unclosed_brace};
  }
  const std::uint32_t begin = tree.nodes[imbalance.stray.front()].begin;
  return SyntaxError{{begin, begin + 1}, Problem::stray_brace};
}

}  // namespace bkfc::syntax
