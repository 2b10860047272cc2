#include "syntax/messages.hpp"

namespace bkfc::syntax {

// Not constexpr: fmt 9 gives its format strings away at run time only.
std::span<const MessageRow> messages() {
  static const MessageRow rows[] = {
      message::binary_file.row(),
      message::invalid_utf8.row(),
      message::byte_order_mark.row(),
      message::too_large.row(),
      message::too_deep.row(),
      message::expected.row(),
      message::expected_assign.row(),
      message::expected_body.row(),
      message::expected_comma.row(),
      message::unclosed_string.row(),
      message::unclosed_block_string.row(),
      message::unclosed.row(),
      message::unclosed_brace.row(),
      message::missing_brace.row(),
      message::missing_opener.row(),
      message::stray_brace.row(),
      message::no_statement.row(),
      message::unexpected_text.row(),
      message::unexpected_in_header.row(),
      message::unexpected_in_brackets.row(),
      message::unexpected_in_interpolation.row(),
      message::unexpected_field.row(),
      message::unexpected_patch_entry.row(),
      message::separator.row(),
      message::other_assign.row(),
      message::other_operator.row(),
      message::equals_before_block.row(),
      message::late_brace.row(),
      message::bare_label.row(),
      message::bare_argument.row(),
      message::foreign_name.row(),
      message::unknown_escape.row(),
      message::chained_comparison.row(),
      message::chained_range.row(),
      message::kubernetes_unit.row(),
      message::misplaced_language.row(),
      message::interpolated.row(),
      message::text_after_opening.row(),
      message::text_before_closing.row(),
      message::less_indented.row(),
  };
  return rows;
}

}  // namespace bkfc::syntax
