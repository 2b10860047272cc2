#include "syntax/messages.hpp"

#include <vector>

namespace bkfc::syntax::message {

namespace {

std::vector<MessageRow> first_rows() {
  return {
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
  };
}

std::vector<MessageRow> further_rows() {
  return {
      bare_label.row(),
      bare_argument.row(),
      foreign_name.row(),
      unknown_escape.row(),
      chained_comparison.row(),
      chained_range.row(),
      kubernetes_unit.row(),
      bare_text.row(),
      method_call.row(),
      toml_table.row(),
      spaced_unit.row(),
      other_quotes.row(),
      other_comment.row(),
      open_comment.row(),
      heredoc.row(),
      ternary.row(),
      yaml_list.row(),
      yaml_mark.row(),
      bare_use.row(),
      dotted_attribute.row(),
      outer_interpolation.row(),
      template_directive.row(),
      indented_body.row(),
      extra_word.row(),
      misplaced_language.row(),
      interpolated.row(),
      text_after_opening.row(),
      text_before_closing.row(),
      less_indented.row(),
  };
}

std::vector<MessageRow> joined() {
  std::vector<MessageRow> rows = first_rows();
  const std::vector<MessageRow> more = further_rows();
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

std::span<const MessageRow> all() {
  // Not constexpr: fmt 9 gives a format string's text at run time only.
  static const std::vector<MessageRow> rows = joined();
  return rows;
}

}  // namespace bkfc::syntax::message
