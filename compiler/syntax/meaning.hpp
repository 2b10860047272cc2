// What each rule of the grammar means to the tree: a node, or something that is wrong. For the
// parser only.
#pragma once

#include <type_traits>

#include "grammar/grammar.hpp"
#include "syntax/problem.hpp"
#include "syntax/tree.hpp"

namespace bkfc::syntax {

namespace rule = bkfc::grammar;

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
inline constexpr Kind kind_of<rule::chained_comparison> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::sum_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::product_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::of_tail> = Kind::binary;
template <>
inline constexpr Kind kind_of<rule::range_tail> = Kind::range;
template <>
inline constexpr Kind kind_of<rule::chained_range> = Kind::junk;
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
inline constexpr Kind kind_of<rule::stray_brace> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::patch_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::patch_header_junk> = Kind::junk;

template <>
inline constexpr Kind kind_of<rule::other_string> = Kind::string;
template <>
inline constexpr Kind kind_of<rule::single_chunk> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::curled_chunk> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::heredoc> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::outer_interpolation> = Kind::paren;
template <>
inline constexpr Kind kind_of<rule::method_call> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::question_sign> = Kind::keyword;
template <>
inline constexpr Kind kind_of<rule::colon_part> = Kind::keyword;
template <>
inline constexpr Kind kind_of<rule::ternary_tail> = Kind::conditional;
template <>
inline constexpr Kind kind_of<rule::yaml_list> = Kind::list;
template <>
inline constexpr Kind kind_of<rule::yaml_junk> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::dotted_block> = Kind::block;
template <>
inline constexpr Kind kind_of<rule::dotted_body> = Kind::body;
template <>
inline constexpr Kind kind_of<rule::bare_path> = Kind::string;
template <>
inline constexpr Kind kind_of<rule::bare_path_text> = Kind::chunk;
template <>
inline constexpr Kind kind_of<rule::other_branch> = Kind::branch;
template <>
inline constexpr Kind kind_of<rule::bare_use> = Kind::use;
template <>
inline constexpr Kind kind_of<rule::toml_table> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::yaml_mark> = Kind::junk;
template <>
inline constexpr Kind kind_of<rule::extra_word> = Kind::junk;

// These take the node before them as their first part: `a + b` is read as `a`, then `+ b`.
template <class Rule>
inline constexpr bool follows_operand =
    (kind_of<Rule> == Kind::binary || kind_of<Rule> == Kind::range ||
     kind_of<Rule> == Kind::member || kind_of<Rule> == Kind::index ||
     std::is_same_v<Rule, rule::ternary_tail>)&&!std::is_same_v<Rule, rule::open_range>;

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
inline constexpr Problem problem_of<rule::inverted> = Problem::expected_expression;
template <>
inline constexpr Problem problem_of<rule::negated> = Problem::expected_expression;
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

template <>
inline constexpr Problem problem_of<rule::other_string> = Problem::other_quotes;
template <>
inline constexpr Problem problem_of<rule::heredoc> = Problem::heredoc;
template <>
inline constexpr Problem problem_of<rule::outer_interpolation> = Problem::outer_interpolation;
template <>
inline constexpr Problem problem_of<rule::method_call> = Problem::method_call;
template <>
inline constexpr Problem problem_of<rule::ternary_tail> = Problem::ternary;
template <>
inline constexpr Problem problem_of<rule::yaml_list> = Problem::yaml_list;
template <>
inline constexpr Problem problem_of<rule::dotted_block> = Problem::dotted_attribute;
template <>
inline constexpr Problem problem_of<rule::bare_path> = Problem::bare_path;
template <>
inline constexpr Problem problem_of<rule::other_let> = Problem::other_let;
template <>
inline constexpr Problem problem_of<rule::other_for> = Problem::other_for;
template <>
inline constexpr Problem problem_of<rule::other_else_if> = Problem::other_else_if;
template <>
inline constexpr Problem problem_of<rule::bare_use> = Problem::bare_use;
template <>
inline constexpr Problem problem_of<rule::toml_table> = Problem::toml_table;
template <>
inline constexpr Problem problem_of<rule::yaml_mark> = Problem::yaml_mark;
template <>
inline constexpr Problem problem_of<rule::spaced_unit> = Problem::spaced_unit;
template <>
inline constexpr Problem problem_of<rule::extra_word> = Problem::extra_word;

// A rule through which the grammar comes back to itself.
template <class Rule>
inline constexpr bool is_recursive =
    std::is_same_v<Rule, rule::expression> || std::is_same_v<Rule, rule::negated> ||
    std::is_same_v<Rule, rule::inverted> || std::is_same_v<Rule, rule::type> ||
    std::is_same_v<Rule, rule::body> || std::is_same_v<Rule, rule::patch_body> ||
    std::is_same_v<Rule, rule::dotted_body>;

}  // namespace bkfc::syntax
