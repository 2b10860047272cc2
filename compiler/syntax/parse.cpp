// The only translation unit that sees PEGTL.
#include "syntax/parse.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "syntax/meaning.hpp"
#include "syntax/problem.hpp"
#include "syntax/review.hpp"

namespace bkfc::syntax {
namespace {

namespace peg = tao::pegtl;
namespace rule = bkfc::grammar;

// Evaluation is bounded by the same depth. A level takes about 20 kB of stack in a debug build.
constexpr int depth_limit = 256;

// Where the tree is built.

// A gap that was read is not read again by each level that asks what follows it.
struct Memo {
  const char* begin = nullptr;
  const char* end = nullptr;
};
template <class Rule>
inline constexpr int memo_of = -1;
template <>
inline constexpr int memo_of<rule::line_gap> = 0;
template <>
inline constexpr int memo_of<rule::wide_gap> = 1;
template <>
inline constexpr int memo_of<rule::joined_gap> = 2;
template <>
inline constexpr int memo_of<rule::operand_gap> = 3;

// The next place of a kind, kept as long as it is asked for from between here and there: asked for
// at each operator of a long line, it is looked for once.
struct Next {
  std::size_t (*find)(std::string_view, std::size_t);
  std::size_t from = 1;
  std::size_t to = 0;

  std::size_t after(std::string_view text, std::size_t place) {
    if (place < from || place > to) {
      from = place;
      to = std::min(find(text, place), text.size());
    }
    return to;
  }
};

std::size_t find_line_end(std::string_view text, std::size_t from) { return text.find('\n', from); }
std::size_t find_word(std::string_view text, std::size_t from) {
  return text.find_first_not_of(" \t\r\n", from);
}

// After these the parser is where it would be without the mistake.
bool is_lost_after(Problem problem) {
  return (problem < Problem::separator && problem != Problem::unclosed_string) ||
         problem == Problem::colon_for_assign || problem == Problem::double_equals_for_assign ||
         problem == Problem::bare_argument;
}

struct Sink : rule::Surroundings {
  struct Mark {
    std::size_t nodes;
    std::size_t errors;
    bool is_lost;
    std::uint32_t lost_until;
  };

  Tree tree;
  std::vector<Node> comments;
  Memo memos[4];
  bool is_lost = false;          // something was missing or in the way
  std::uint32_t lost_until = 0;  // where that ended
  Next line_end{find_line_end};
  Next next_word{find_word};
  int depth = 0;
  bool gave_up = false;

  std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - tree.text.data());
  }
  Mark mark() const { return {tree.nodes.size(), tree.errors.size(), is_lost, lost_until}; }

  // Whatever a rule noted before it failed was never there.
  void rewind(const Mark& mark) {
    // Most rules that fail noted nothing, and asking is far quicker than `resize`.
    if (tree.nodes.size() > mark.nodes) tree.nodes.resize(mark.nodes);
    if (tree.errors.size() > mark.errors) tree.errors.resize(mark.errors);
    is_lost = mark.is_lost;
    lost_until = mark.lost_until;
  }

  void close(Kind kind, const Mark& mark, const char* begin, const char* end) {
    const std::size_t children = tree.nodes.size() - mark.nodes;
    tree.nodes.push_back(
        {kind, offset(begin), offset(end), static_cast<std::uint32_t>(children + 1)});
  }

  // The operand just before `mark` becomes the first child.
  void close_over_operand(Kind kind, const Mark& mark, const char* end) {
    const Node& operand = tree.nodes[mark.nodes - 1];
    const std::size_t children = tree.nodes.size() - mark.nodes + operand.size;
    tree.nodes.push_back(
        {kind, operand.begin, offset(end), static_cast<std::uint32_t>(children + 1)});
  }

  // A comment is a comment whoever meets it, so what was noted stays when a rule fails; each is
  // noted once, by the first who gets as far.
  void comment(const char* begin, const char* end) {
    if (!comments.empty() && comments.back().begin >= offset(begin)) return;
    comments.push_back({Kind::comment, offset(begin), offset(end), 1});
  }

  // Says whether this is said. Where something is missing or in the way, the rest of the line was
  // read by guess, and so was what only blanks part from it.
  bool note(const char* at, Problem problem) {
    const std::uint32_t place = offset(at);
    if (gave_up) return false;
    const bool is_said = problem == Problem::unknown_escape || !is_guessing(place);
    if (is_said) tree.errors.push_back({{place, place}, problem});
    if (is_lost_after(problem)) be_lost_until(place);
    return is_said;
  }

  bool is_guessing(std::uint32_t place) {
    if (!is_lost || place < lost_until) return is_lost;
    return place <= line_end.after(tree.text, lost_until) ||
           place <= next_word.after(tree.text, lost_until);
  }

  void be_lost_until(std::uint32_t place) {
    is_lost = true;
    lost_until = std::max(lost_until, place);
  }
};

// The first line of what was in the way or is spelt otherwise, without blanks at its end. Of junk,
// what stands before the body that it keeps.
std::uint32_t shown_end(std::string_view text, Extent extent, Problem problem) {
  std::string_view shown = text.substr(extent.begin, extent.end - extent.begin);
  shown = shown.substr(0, shown.find_first_of(problem < Problem::separator ? "\r\n{" : "\r\n", 1));
  const std::size_t last = shown.find_last_not_of(" \t");
  return extent.begin + static_cast<std::uint32_t>(last == std::string_view::npos ? 0 : last + 1);
}

template <class>
inline constexpr bool is_missing = false;
template <class Rule>
inline constexpr bool is_missing<rule::missing<Rule>> = true;
template <class>
inline constexpr bool is_mistake = false;
template <class Rule>
inline constexpr bool is_mistake<rule::mistake<Rule>> = true;

template <class Rule>
constexpr Problem problem_in(rule::missing<Rule>*) {
  return problem_of<Rule>;
}
template <class Rule>
constexpr Problem problem_in(rule::mistake<Rule>*) {
  return problem_of<Rule>;
}

template <class>
inline constexpr bool is_lookahead = false;
template <class Rule>
inline constexpr bool is_lookahead<peg::internal::at<Rule>> = true;
template <class Rule>
inline constexpr bool is_lookahead<peg::internal::not_at<Rule>> = true;

// A rule that can note nothing needs no mark.
template <class Rule>
inline constexpr bool is_leaf =
    std::is_same_v<typename Rule::subs_t, peg::empty_list>&& kind_of<Rule> == Kind::none &&
    !is_missing<Rule> && !is_mistake<Rule>;
template <class>
inline constexpr bool has_only_leaves = false;
template <class... Rules>
inline constexpr bool has_only_leaves<peg::type_list<Rules...>> = (is_leaf<Rules> && ...);

// PEGTL asks the control class to match every rule: that is the one seam the tree needs.
template <class Rule>
struct Control : peg::normal<Rule> {
  static constexpr bool enable = false;  // no start, success and failure hooks: less to build

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input>
  static bool match(Input& in, Sink& sink) {
    const auto build = [&] { return match_and_note<A, M, Action, Self>(in, sink); };
    if constexpr (is_missing<Rule>) {
      constexpr Problem problem = problem_in(static_cast<Rule*>(nullptr));
      static_assert(problem != Problem::none, "give this rule a line in the table of problems");
      sink.note(in.current(), problem);
      return true;
    } else if constexpr (is_recursive<Rule>) {
      if (sink.depth == depth_limit) return !in.empty() && give_up(in, sink);
      ++sink.depth;
      const bool matched = build();
      --sink.depth;
      return matched;
    } else if constexpr (memo_of<Rule> >= 0) {
      return match_gap<A, M, Action, Self>(in, sink);
    } else {
      return build();
    }
  }

 private:
  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input>
  static bool plain(Input& in, Sink& sink) {
    return peg::normal<Rule>::template match<A, M, Action, Self>(in, sink);
  }

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input>
  static bool match_and_note(Input& in, Sink& sink) {
    if constexpr (std::is_same_v<Rule, rule::comment> ||
                  std::is_same_v<Rule, rule::foreign_comment>) {
      const char* const begin = in.current();
      if (!plain<A, M, Action, Self>(in, sink)) return false;
      sink.comment(begin, in.current());
      return true;
    } else if constexpr (kind_of<Rule> == Kind::none && !is_mistake<Rule> &&
                         has_only_leaves<typename Rule::subs_t>) {
      return plain<A, M, Action, Self>(in, sink);
    } else {
      return match_marked<A, M, Action, Self>(in, sink);
    }
  }

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input>
  static bool match_marked(Input& in, Sink& sink) {
    const Sink::Mark mark = sink.mark();
    const char* const begin = in.current();
    // Said before what it holds, so that errors stand in order and what follows knows of it.
    bool is_said = false;
    if constexpr (is_mistake<Rule>) {
      constexpr Problem problem = problem_in(static_cast<Rule*>(nullptr));
      static_assert(problem != Problem::none, "give this rule a line in the table of problems");
      is_said = sink.note(begin, problem);
    }
    const bool matched = plain<A, M, Action, Self>(in, sink);
    if (!matched || is_lookahead<typename Rule::rule_t>) {
      sink.rewind(mark);
      return matched;
    }
    if constexpr (is_mistake<Rule>) {
      const std::uint32_t end = sink.offset(in.current());
      constexpr Problem problem = problem_in(static_cast<Rule*>(nullptr));
      if (is_said) {
        SyntaxError& error = sink.tree.errors[mark.errors];
        error.related = {error.extent.begin, end};
        error.extent.end = shown_end(sink.tree.text, error.related, problem);
      }
      if (is_lost_after(problem)) sink.be_lost_until(end);
    }
    if constexpr (follows_operand<Rule>)
      sink.close_over_operand(kind_of<Rule>, mark, in.current());
    else if constexpr (kind_of<Rule> != Kind::none)
      sink.close(kind_of<Rule>, mark, begin, in.current());
    return true;
  }

  template <peg::apply_mode A, peg::rewind_mode M, template <class...> class Action,
            template <class...> class Self, class Input>
  static bool match_gap(Input& in, Sink& sink) {
    Memo& memo = sink.memos[memo_of<Rule>];
    const char* const begin = in.current();
    if (memo.begin == begin) {
      in.bump(static_cast<std::size_t>(memo.end - begin));
      return true;
    }
    const bool matched =
        match_and_note<A, M, Action, Self>(in, sink);  // always: a gap may be empty
    memo = {begin, in.current()};
    return matched;
  }

  // Too deep must end the parse, not fail a rule: a failure here lets every level above try its
  // alternatives again, which is exponential on `((((…`.
  template <class Input>
  static bool give_up(Input& in, Sink& sink) {
    sink.note(in.current(), Problem::too_deep);
    sink.gave_up = true;
    in.bump(in.size());
    return true;
  }
};

// Comments.

// Nodes stand in the order of their ends, and so do comments: each goes where its end belongs, and
// every node that holds it grows by one.
void merge_comments(Tree& tree, const std::vector<Node>& comments) {
  if (comments.empty()) return;
  std::vector<Node> merged;
  merged.reserve(tree.nodes.size() + comments.size());
  std::size_t next = 0;
  for (Node node : tree.nodes) {
    while (next < comments.size() && comments[next].end <= node.end)
      merged.push_back(comments[next++]);
    const auto first = std::lower_bound(
        comments.begin(), comments.begin() + static_cast<std::ptrdiff_t>(next), node.begin,
        [](const Node& comment, std::uint32_t begin) { return comment.begin < begin; });
    node.size +=
        static_cast<std::uint32_t>(comments.begin() + static_cast<std::ptrdiff_t>(next) - first);
    merged.push_back(node);
  }
  tree.nodes = std::move(merged);
}

}  // namespace

Tree parse(std::string_view text) {
  // Lazy: positions are offsets; the line table is made once and only if someone asks.
  peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf_crlf, const char*> in(
      text.data(), text.data() + text.size(), "");
  Sink sink;
  sink.tree.text = text;
  sink.tree.nodes.reserve(text.size() / 4 + 16);
  [[maybe_unused]] const bool matched = peg::parse<rule::file, peg::nothing, Control>(in, sink);
  merge_comments(sink.tree, sink.comments);
  review(sink.tree);
  return std::move(sink.tree);
}

}  // namespace bkfc::syntax
