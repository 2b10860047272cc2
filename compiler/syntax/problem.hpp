// What can be wrong with the shape of a text. `report_errors` says each in words, by its group.
#pragma once

#include <cstdint>
#include <string_view>

namespace bkfc::syntax {

enum class Problem : std::uint8_t {
  none,

  // Something is missing.
  expected_expression,
  expected_name,
  expected_string,
  expected_type,
  expected_number,
  expected_parameter,
  expected_path,
  expected_target,
  expected_colon,
  expected_comma,
  expected_assign,
  expected_in,
  expected_of,
  expected_then,
  expected_else,
  expected_body,

  // Something is open.
  unclosed_string,
  unclosed_block_string,
  unclosed_interpolation,
  unclosed_list,
  unclosed_paren,
  unclosed_brace,
  stray_brace,
  brace_missing_before,   // the indentation says that a `}` is missing above
  opener_missing_before,  // … or a `{`

  // Something is in the way.
  unexpected_statement,
  unexpected_text,
  unexpected_in_header,
  unexpected_in_brackets,
  unexpected_in_interpolation,
  unexpected_field,
  unexpected_patch_entry,
  method_call,
  toml_table,
  bare_text,
  extra_word,
  separator,

  // Something is spelt otherwise here.
  colon_for_assign,
  double_equals_for_assign,
  single_equals,
  double_and,
  double_or,
  bang,
  equals_before_block,
  late_brace,
  bare_label,
  bare_argument,
  foreign_name,
  unknown_escape,
  chained_comparison,
  kubernetes_unit,
  chained_range,
  spaced_unit,
  other_quotes,
  other_comment,
  open_comment,
  heredoc,
  ternary,
  other_let,
  other_for,
  other_else_if,
  bare_path,
  yaml_list,
  yaml_mark,
  bare_use,
  dotted_attribute,
  outer_interpolation,
  template_directive,
  indented_body,

  // Something is not where or how it may be.
  misplaced_language,
  interpolated,
  text_after_opening,
  text_before_closing,
  less_indented,
  too_deep,
};

std::string_view to_text(Problem problem);

}  // namespace bkfc::syntax
