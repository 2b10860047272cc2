#include "syntax/problem.hpp"

namespace bkfc::syntax {

std::string_view to_text(Problem problem) {
  switch (problem) {
    case Problem::none: return "none";
    case Problem::expected_expression: return "expected_expression";
    case Problem::expected_name: return "expected_name";
    case Problem::expected_string: return "expected_string";
    case Problem::expected_type: return "expected_type";
    case Problem::expected_number: return "expected_number";
    case Problem::expected_parameter: return "expected_parameter";
    case Problem::expected_path: return "expected_path";
    case Problem::expected_target: return "expected_target";
    case Problem::expected_colon: return "expected_colon";
    case Problem::expected_comma: return "expected_comma";
    case Problem::expected_assign: return "expected_assign";
    case Problem::expected_in: return "expected_in";
    case Problem::expected_of: return "expected_of";
    case Problem::expected_then: return "expected_then";
    case Problem::expected_else: return "expected_else";
    case Problem::expected_body: return "expected_body";
    case Problem::unclosed_string: return "unclosed_string";
    case Problem::unclosed_block_string: return "unclosed_block_string";
    case Problem::unclosed_interpolation: return "unclosed_interpolation";
    case Problem::unclosed_list: return "unclosed_list";
    case Problem::unclosed_paren: return "unclosed_paren";
    case Problem::unclosed_brace: return "unclosed_brace";
    case Problem::stray_brace: return "stray_brace";
    case Problem::brace_missing_before: return "brace_missing_before";
    case Problem::opener_missing_before: return "opener_missing_before";
    case Problem::unexpected_statement: return "unexpected_statement";
    case Problem::unexpected_text: return "unexpected_text";
    case Problem::unexpected_in_header: return "unexpected_in_header";
    case Problem::unexpected_in_brackets: return "unexpected_in_brackets";
    case Problem::unexpected_in_interpolation: return "unexpected_in_interpolation";
    case Problem::unexpected_field: return "unexpected_field";
    case Problem::unexpected_patch_entry: return "unexpected_patch_entry";
    case Problem::separator: return "separator";
    case Problem::colon_for_assign: return "colon_for_assign";
    case Problem::double_equals_for_assign: return "double_equals_for_assign";
    case Problem::single_equals: return "single_equals";
    case Problem::double_and: return "double_and";
    case Problem::double_or: return "double_or";
    case Problem::bang: return "bang";
    case Problem::equals_before_block: return "equals_before_block";
    case Problem::late_brace: return "late_brace";
    case Problem::bare_label: return "bare_label";
    case Problem::bare_argument: return "bare_argument";
    case Problem::foreign_name: return "foreign_name";
    case Problem::unknown_escape: return "unknown_escape";
    case Problem::chained_comparison: return "chained_comparison";
    case Problem::kubernetes_unit: return "kubernetes_unit";
    case Problem::chained_range: return "chained_range";
    case Problem::misplaced_language: return "misplaced_language";
    case Problem::interpolated: return "interpolated";
    case Problem::text_after_opening: return "text_after_opening";
    case Problem::text_before_closing: return "text_before_closing";
    case Problem::less_indented: return "less_indented";
    case Problem::too_deep: return "too_deep";
  }
  return "none";
}

}  // namespace bkfc::syntax
