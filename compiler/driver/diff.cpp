#include "driver/diff.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

namespace bkfc::driver {
namespace {

constexpr std::size_t context = 3;

// Beyond this many steps of the search the middle is shown as replaced: generated files that
// differ by more are not read line by line.
constexpr std::size_t largest_distance = 1000;

// With their ends, so that a missing last newline is a difference.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

enum class Step : char { keep = ' ', remove = '-', add = '+' };

using Lines = std::vector<std::string_view>;

// Myers' greedy search ("An O(ND) Difference Algorithm", 1986): how far along each diagonal a text
// is turned into the other with d changes, for growing d.
class Search {
 public:
  Search(const Lines& a, const Lines& b)
      : a_(a), b_(b), most_(std::min(a.size() + b.size(), largest_distance)) {}

  std::vector<Step> script() { return reaches_the_end() ? way_back() : all_replaced(); }

 private:
  using Reach = std::vector<std::size_t>;  // by diagonal: how many lines of `a` are behind

  // A diagonal is lines of `a` minus lines of `b`; between -d and d.
  std::size_t index(std::ptrdiff_t diagonal) const {
    return static_cast<std::size_t>(diagonal + static_cast<std::ptrdiff_t>(most_) + 1);
  }
  bool comes_by_adding(const Reach& reach, std::ptrdiff_t diagonal, std::ptrdiff_t d) const {
    return diagonal == -d ||
           (diagonal != d && reach[index(diagonal - 1)] < reach[index(diagonal + 1)]);
  }

  bool reaches_the_end() {
    Reach reach(2 * most_ + 3, 0);
    for (std::ptrdiff_t d = 0; d <= static_cast<std::ptrdiff_t>(most_); ++d) {
      trace_.push_back(reach);
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        std::size_t x =
            comes_by_adding(reach, k, d) ? reach[index(k + 1)] : reach[index(k - 1)] + 1;
        std::size_t y = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(x) - k);
        while (x < a_.size() && y < b_.size() && a_[x] == b_[y]) ++x, ++y;
        reach[index(k)] = x;
        if (x >= a_.size() && y >= b_.size()) return true;
      }
    }
    return false;
  }

  std::vector<Step> way_back() const {
    std::vector<Step> script;
    std::size_t x = a_.size();
    std::size_t y = b_.size();
    for (auto d = static_cast<std::ptrdiff_t>(trace_.size()) - 1; d > 0; --d) {
      const Reach& reach = trace_[static_cast<std::size_t>(d)];
      const std::ptrdiff_t k = static_cast<std::ptrdiff_t>(x) - static_cast<std::ptrdiff_t>(y);
      const bool added = comes_by_adding(reach, k, d);
      const std::size_t from_x = reach[index(added ? k + 1 : k - 1)];
      const std::size_t from_y = added ? y - (x - from_x) - 1 : y - (x - from_x - 1);
      for (; x > from_x && y > from_y; --x, --y) script.push_back(Step::keep);
      script.push_back(added ? Step::add : Step::remove);
      x = from_x;
      y = from_y;
    }
    script.insert(script.end(), x, Step::keep);
    std::reverse(script.begin(), script.end());
    return script;
  }

  std::vector<Step> all_replaced() const {
    std::vector<Step> script(a_.size(), Step::remove);
    script.insert(script.end(), b_.size(), Step::add);
    return script;
  }

  const Lines& a_;
  const Lines& b_;
  std::size_t most_;
  std::vector<Reach> trace_;  // before each round
};

// Equal ends cost nothing to find and are most of a text.
std::vector<Step> script_of(const Lines& a, const Lines& b) {
  const std::size_t common = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < common && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < common - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(front),
                 lines.end() - static_cast<std::ptrdiff_t>(back));
  };
  std::vector<Step> script(front, Step::keep);
  const Lines middle_a = middle(a);
  const Lines middle_b = middle(b);
  const std::vector<Step> changed = Search(middle_a, middle_b).script();
  script.insert(script.end(), changed.begin(), changed.end());
  script.insert(script.end(), back, Step::keep);
  return script;
}

void add_line(std::string& text, char sign, std::string_view line) {
  text += sign;
  text += line;
  if (!line.ends_with('\n')) text += "\n\\ No newline at end of file\n";
}

// `12,3`: a count of one is left out, and where there is none the line before is named.
std::string range(std::size_t begin, std::size_t count) {
  if (count == 1) return fmt::format("{}", begin + 1);
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_hunks(std::string_view before, std::string_view after) {
  const Lines a = lines_of(before);
  const Lines b = lines_of(after);
  const std::vector<Step> script = script_of(a, b);
  std::string text;
  std::size_t in_a = 0;
  std::size_t in_b = 0;
  for (std::size_t i = 0; i < script.size();) {
    if (script[i] == Step::keep) {
      ++i, ++in_a, ++in_b;
      continue;
    }
    // A hunk ends where more than twice the context is unchanged.
    std::size_t end = i;
    for (std::size_t j = i; j < script.size() && j <= end + 2 * context + 1; ++j)
      if (script[j] != Step::keep) end = j;
    const std::size_t lead = std::min(context, in_a);
    const std::size_t stop = std::min(end + 1 + context, script.size());
    std::string lines;
    std::size_t x = in_a - lead;
    std::size_t y = in_b - lead;
    for (std::size_t j = i - lead; j < stop; ++j) {
      add_line(lines, static_cast<char>(script[j]), script[j] == Step::add ? b[y] : a[x]);
      x += script[j] != Step::add;
      y += script[j] != Step::remove;
    }
    text += fmt::format("@@ -{} +{} @@\n", range(in_a - lead, x - (in_a - lead)),
                        range(in_b - lead, y - (in_b - lead)));
    text += lines;
    i = stop, in_a = x, in_b = y;
  }
  return text;
}

std::string unified_diff(std::string_view before_name, std::string_view before,
                         std::string_view after_name, std::string_view after) {
  const std::string hunks = unified_hunks(before, after);
  // A file that comes or goes empty has no hunks, and is a difference all the same.
  if (hunks.empty() && !before_name.empty() && !after_name.empty()) return {};
  const auto named = [](std::string_view name) { return name.empty() ? "/dev/null" : name; };
  return fmt::format("--- {}\n+++ {}\n{}", named(before_name), named(after_name), hunks);
}

}  // namespace bkfc::driver
