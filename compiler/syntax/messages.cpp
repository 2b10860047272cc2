#include "syntax/messages.hpp"

namespace bkfc::syntax::message {

// Not constexpr: fmt 9 gives its format strings away at run time only.
std::span<const MessageRow> all() {
  static const MessageRow rows[] = {
      binary_file.row(),
      invalid_utf8.row(),
      byte_order_mark.row(),
      too_large.row(),
      too_deep.row(),
      expected.row(),
      expected_assign.row(),
      expected_body.row(),
      expected_comma.row(),
      unclosed_string.row(),
      unclosed_block_string.row(),
      unclosed.row(),
      unclosed_brace.row(),
      missing_brace.row(),
      missing_opener.row(),
      stray_brace.row(),
      no_statement.row(),
      unexpected_text.row(),
      unexpected_in_header.row(),
      unexpected_in_brackets.row(),
      unexpected_in_interpolation.row(),
      unexpected_field.row(),
      unexpected_patch_entry.row(),
      separator.row(),
      other_assign.row(),
      other_operator.row(),
      equals_before_block.row(),
      late_brace.row(),
      bare_label.row(),
      bare_argument.row(),
      foreign_name.row(),
      unknown_escape.row(),
      chained_comparison.row(),
      chained_range.row(),
      kubernetes_unit.row(),
      misplaced_language.row(),
      interpolated.row(),
      text_after_opening.row(),
      text_before_closing.row(),
      less_indented.row(),
  };
  return rows;
}

}  // namespace bkfc::syntax::message
