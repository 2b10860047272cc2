// The only translation unit that sees PEGTL.
#include "syntax/parse.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "grammar/grammar.hpp"
#include "syntax/problem.hpp"
#include "syntax/review.hpp"

namespace bkfc::syntax {
namespace {

namespace peg = tao::pegtl;
namespace rule = bkfc::grammar;

// Evaluation is bounded by the same depth. A level takes about 20 kB of stack in a debug build.
constexpr int depth_limit = 256;

// ---- what the rules of the grammar are to the tree ---------------------------------------------

template <class Rule>
inline constexpr Kind kind_of = Kind::none;
template <>
inline constexpr Kind kind_of<rule::file> = Kind::file;
template <>
inline constexpr Kind kind_of<rule::language> = Kind::language;
template <>
inline constexpr Kind kind_of<rule::import> = Kind::import;
template <>
inline constexpr Kind kind_of<rule::param> = Kind::param;
template <>
inline constexpr Kind kind_of<rule::let> = Kind::let;
template <>
inline constexpr Kind kind_of<rule::profile> = Kind::profile;
template <>
inline constexpr Kind kind_of<rule::policy> = Kind::policy;
template <>
inline constexpr Kind kind_of<rule::require> = Kind::require;
template <>
inline constexpr Kind kind_of<rule::for_each> = Kind::for_each;
template <>
inline constexpr Kind kind_of<rule::if_chain> = Kind::if_chain;
template <>
inline constexpr Kind kind_of<rule::branch> = Kind::branch;
template <>
inline constexpr Kind kind_of<rule::else_branch> = Kind::else_branch;
template <>
inline constexpr Kind kind_of<rule::use> = Kind::use;
template <>
inline constexpr Kind kind_of<rule::unset> = Kind::unset;
template <>
inline constexpr Kind kind_of<rule::allow> = Kind::allow;
template <>
inline constexpr Kind kind_of<rule::patch> = Kind::patch;
template <>
inline constexpr Kind kind_of<rule::patch_body> = Kind::patch_body;
template <>
inline constexpr Kind kind_of<rule::patch_set> = Kind::patch_set;
template <>
inline constexpr Kind kind_of<rule::patch_delete> = Kind::patch_delete;
template <>
inline constexpr Kind kind_of<rule::target> = Kind::target;
template <>
inline constexpr Kind kind_of<rule::target_key> = Kind::target_key;
template <>
inline constexpr Kind kind_of<rule::attribute> = Kind::attribute;
template <>
inline constexpr Kind kind_of<rule::block> = Kind::block;
template <>
inline constexpr Kind kind_of<rule::before> = Kind::before;
template <>
inline constexpr Kind kind_of<rule::body> = Kind::body;
template <>
inline constexpr Kind kind_of<rule::parameter> = Kind::parameter;
template <>
inline constexpr Kind kind_of<rule::type_of> = Kind::type_of;
template <>
inline constexpr Kind kind_of<rule::type_name> = Kind::type_name;
template <>
inline constexpr Kind kind_of<rule::type_union> = Kind::type_union;
template <>
inline constexpr Kind kind_of<rule::optional> = Kind::optional;
template <>
inline constexpr Kind kind_of<rule::path> = Kind::path;
template <>
inline constexpr Kind kind_of<rule::argument> = Kind::argument;
template <>
inline constexpr Kind kind_of<rule::name> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::member_name> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::block_name> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::bare_key> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::callee> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::argument_name> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::container> = Kind::name;
template <>
inline constexpr Kind kind_of<rule::assign> = Kind::assign;
template <>
inline constexpr Kind kind_of<rule::then_part> = Kind::keyword;
template <>
inline constexpr Kind kind_of<rule::else_part> = Kind::keyword;
template <>
inline constexpr Kind kind_of<rule::conditional> = Kind::conditional;
template <>
inline constexpr Kind kind_of<rule::or_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::and_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::comparison_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::chained_comparison> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::sum_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::product_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::of_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::range_tail> = Kind::range;
template <>
inline constexpr Kind kind_of<rule::chained_range> = Kind::range;
template <>
inline constexpr Kind kind_of<rule::open_range> = Kind::range;
template <>
inline constexpr Kind kind_of<rule::or_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::and_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::comparison_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::range_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::sum_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::product_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::of_sign> = Kind::operation;
template <>
inline constexpr Kind kind_of<rule::negation> = Kind::negation;
template <>
inline constexpr Kind kind_of<rule::bang> = Kind::negation;
template <>
inline constexpr Kind kind_of<rule::minus> = Kind::minus;
template <>
inline constexpr Kind kind_of<rule::member> = Kind::member;
template <>
inline constexpr Kind kind_of<rule::index> = Kind::index;
template <>
inline constexpr Kind kind_of<rule::call> = Kind::call;
template <>
inline constexpr Kind kind_of<rule::reference> = Kind::reference;
template <>
inline constexpr Kind kind_of<rule::number> = Kind::number;
template <>
inline constexpr Kind kind_of<rule::number_part> = Kind::number_part;
template <>
inline constexpr Kind kind_of<rule::string> = Kind::string;
template <>
inline constexpr Kind kind_of<rule::bare_label> = Kind::string;
template <>
inline constexpr Kind kind_of<rule::block_string> = Kind::block_string;
template <>
inline constexpr Kind kind_of<rule::chunk> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::block_chunk> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::bare_label_text> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::interpolation> = Kind::interpolation;
template <>
inline constexpr Kind kind_of<rule::boolean> = Kind::boolean;
template <>
inline constexpr Kind kind_of<rule::unset_value> = Kind::unset_value;
template <>
inline constexpr Kind kind_of<rule::list> = Kind::list;
template <>
inline constexpr Kind kind_of<rule::object> = Kind::object;
template <>
inline constexpr Kind kind_of<rule::paren> = Kind::paren;
template <>
inline constexpr Kind kind_of<rule::junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::rest_of_line> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::header_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::bracket_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::field_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::patch_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::patch_header_junk> = Kind::junk;

// These take the node before them as their first part: `a + b` is read as `a`, then `+ b`.
template <class Rule>
inline constexpr bool follows_operand = (kind_of<Rule> == Kind::binary ||
                                         kind_of<Rule> == Kind::range ||
                                         kind_of<Rule> == Kind::member ||
                                         kind_of<Rule> == Kind::index) &&
                                        !std::is_same_v<Rule, rule::open_range>;

// What is wrong where a rule is missing, or where one matched that is a mistake.
template <class Rule>
inline constexpr Problem problem_of = Problem::none;
template <>
inline constexpr Problem problem_of<rule::expression> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::unary> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::share> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::product> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::sum> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::span> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::inversion> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::conjunction> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::name> = Problem::expected_name;
template <>
inline constexpr Problem problem_of<rule::member_name> = Problem::expected_name;
template <>
inline constexpr Problem problem_of<rule::any_string> = Problem::expected_string;
template <>
inline constexpr Problem problem_of<rule::type> = Problem::expected_type;
template <>
inline constexpr Problem problem_of<rule::number> = Problem::expected_number;
template <>
inline constexpr Problem problem_of<rule::parameter> = Problem::expected_parameter;
template <>
inline constexpr Problem problem_of<rule::path> = Problem::expected_path;
template <>
inline constexpr Problem problem_of<rule::target> = Problem::expected_target;
template <>
inline constexpr Problem problem_of<rule::segment> = Problem::expected_target;
template <>
inline constexpr Problem problem_of<rule::colon> = Problem::expected_colon;
template <>
inline constexpr Problem problem_of<rule::comma> = Problem::expected_comma;
template <>
inline constexpr Problem problem_of<rule::assign> = Problem::expected_assign;
template <>
inline constexpr Problem problem_of<rule::in_word> = Problem::expected_in;
template <>
inline constexpr Problem problem_of<rule::then_part> = Problem::expected_then;
template <>
inline constexpr Problem problem_of<rule::else_part> = Problem::expected_else;
template <>
inline constexpr Problem problem_of<rule::body> = Problem::expected_body;
template <>
inline constexpr Problem problem_of<rule::patch_body> = Problem::expected_body;
template <>
inline constexpr Problem problem_of<rule::close_quote> = Problem::unclosed_string;
template <>
inline constexpr Problem problem_of<rule::close_block_quote> = Problem::unclosed_block_string;
template <>
inline constexpr Problem problem_of<rule::interpolation_close> = Problem::unclosed_interpolation;
template <>
inline constexpr Problem problem_of<rule::close_bracket> = Problem::unclosed_list;
template <>
inline constexpr Problem problem_of<rule::close_paren> = Problem::unclosed_paren;
template <>
inline constexpr Problem problem_of<rule::close_brace> = Problem::unclosed_brace;
template <>
inline constexpr Problem problem_of<rule::stray_brace> = Problem::stray_brace;
template <>
inline constexpr Problem problem_of<rule::junk> = Problem::unexpected_statement;
template <>
inline constexpr Problem problem_of<rule::rest_of_line> = Problem::unexpected_text;
template <>
inline constexpr Problem problem_of<rule::header_junk> = Problem::unexpected_in_header;
template <>
inline constexpr Problem problem_of<rule::patch_header_junk> = Problem::unexpected_in_header;
template <>
inline constexpr Problem problem_of<rule::bracket_junk> = Problem::unexpected_in_brackets;
template <>
inline constexpr Problem problem_of<rule::interpolation_junk> =
    Problem::unexpected_in_interpolation;
template <>
inline constexpr Problem problem_of<rule::field_junk> = Problem::unexpected_field;
template <>
inline constexpr Problem problem_of<rule::patch_junk> = Problem::unexpected_patch_entry;
template <>
inline constexpr Problem problem_of<rule::statement_separator> = Problem::separator;
template <>
inline constexpr Problem problem_of<rule::colon_sign> = Problem::colon_for_assign;
template <>
inline constexpr Problem problem_of<rule::double_equals> = Problem::double_equals_for_assign;
template <>
inline constexpr Problem problem_of<rule::single_equals> = Problem::single_equals;
template <>
inline constexpr Problem problem_of<rule::double_and> = Problem::double_and;
template <>
inline constexpr Problem problem_of<rule::double_or> = Problem::double_or;
template <>
inline constexpr Problem problem_of<rule::not_sign> = Problem::bang;
template <>
inline constexpr Problem problem_of<rule::header_equals> = Problem::equals_before_block;
template <>
inline constexpr Problem problem_of<rule::late_brace> = Problem::late_brace;
template <>
inline constexpr Problem problem_of<rule::bare_label> = Problem::bare_label;
template <>
inline constexpr Problem problem_of<rule::bare_argument> = Problem::bare_argument;
template <>
inline constexpr Problem problem_of<rule::foreign_word> = Problem::foreign_name;
template <>
inline constexpr Problem problem_of<rule::unknown_escape> = Problem::unknown_escape;
template <>
inline constexpr Problem problem_of<rule::chained_comparison> = Problem::chained_comparison;
template <>
inline constexpr Problem problem_of<rule::chained_range> = Problem::chained_range;
template <>
inline constexpr Problem problem_of<rule::opening_junk> = Problem::text_after_opening;

// A rule through which the grammar comes back to itself.
template <class Rule>
inline constexpr bool is_recursive =
    std::is_same_v<Rule, rule::expression> || std::is_same_v<Rule, rule::unary> ||
    std::is_same_v<Rule, rule::inversion> || std::is_same_v<Rule, rule::type> ||
    std::is_same_v<Rule, rule::body> || std::is_same_v<Rule, rule::patch_body>;

// ---- where the tree is built -------------------------------------------------------------------

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

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

struct Sink : rule::Surroundings {
  struct Mark {
    std::size_t nodes;
    std::size_t errors;
    std::uint32_t quiet_until;
  };

  Tree tree;
  std::vector<Node> comments;
  Memo memos[4];
  std::uint32_t quiet_until = 0;  // where the last thing that was wrong ended
  int depth = 0;
  bool gave_up = false;

  std::uint32_t offset(const char* at) const {
    return static_cast<std::uint32_t>(at - tree.text.data());
  }
  Mark mark() const { return {tree.nodes.size(), tree.errors.size(), quiet_until}; }

  // Whatever a rule noted before it failed was never there.
  void rewind(const Mark& mark) {
    tree.nodes.resize(mark.nodes);
    tree.errors.resize(mark.errors);
    quiet_until = mark.quiet_until;
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

  // Says whether this is said: what only blanks part from the last error is part of it.
  bool note(const char* at, Problem problem) {
    const std::uint32_t place = offset(at);
    if (gave_up) return false;
    const bool is_said = tree.errors.empty() || place < quiet_until || !is_adjacent(place);
    if (is_said) tree.errors.push_back({{place, place}, problem});
    quiet_until = place;
    return is_said;
  }

  bool is_adjacent(std::uint32_t place) const {
    return is_blank(tree.text.substr(quiet_until, place - quiet_until));
  }
};

// The first line of what was in the way, without blanks at its end.
std::uint32_t shown_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::string_view shown = text.substr(begin, end - begin);
  shown = shown.substr(0, shown.find_first_of("\r\n{", 1));
  const std::size_t last = shown.find_last_not_of(" \t");
  return begin + static_cast<std::uint32_t>(last == std::string_view::npos ? 0 : last + 1);
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
      if (sink.depth == depth_limit) return give_up(in, sink);
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
    if constexpr (std::is_same_v<Rule, rule::comment>) {
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
      if (is_said)
        sink.tree.errors[mark.errors].extent.end =
            shown_end(sink.tree.text, sink.offset(begin), end);
      sink.quiet_until = std::max(sink.quiet_until, end);
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

// ---- comments ----------------------------------------------------------------------------------

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
