#include "eval/messages.hpp"

namespace bkfc::eval::message {

std::span<const MessageRow> all() {
  // Not constexpr: fmt 9 gives a format string's text at run time only.
  static const MessageRow rows[] = {
      unknown_block.row(),
      unknown_attribute.row(),
      repeated_attribute.row(),
      attribute_as_block.row(),
      block_as_attribute.row(),
      missing_label.row(),
      unwanted_label.row(),
      misplaced.row(),
      not_compiled.row(),
      unquoted_key.row(),
      quoted_attribute.row(),
      unknown_edition.row(),
      appended_beside.row(),
      append_to_scalar.row(),
      reason_missing.row(),
      unknown_name.row(),
      shadows.row(),
      circular.row(),
      ambiguous_word.row(),
      unknown_unit.row(),
      too_large.row(),
      not_whole.row(),
      mixed_units.row(),
      wrong_operands.row(),
      wrong_operand.row(),
      division_by_zero.row(),
      overflow.row(),
      interpolated_quantity.row(),
      not_interpolated.row(),
      unknown_function.row(),
      wrong_arguments.row(),
      no_member.row(),
      repeated_field.row(),
      mixed_range.row(),
      empty_range.row(),
      too_much.row(),
      wrong_let_type.row(),
      unknown_type.row(),
  };
  return rows;
}

}  // namespace bkfc::eval::message
