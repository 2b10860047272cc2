#include "eval/messages.hpp"

#include <vector>

namespace bkfc::eval::message {
namespace {

using Rows = std::vector<MessageRow>;

Rows shape_rows() {
  return {
      unknown_block.row(),      unknown_attribute.row(),  repeated_attribute.row(),
      attribute_as_block.row(), block_as_attribute.row(), missing_label.row(),
      unwanted_label.row(),     misplaced.row(),          not_compiled.row(),
      unquoted_key.row(),       quoted_attribute.row(),   unknown_edition.row(),
      appended_beside.row(),    append_to_scalar.row(),   reason_missing.row(),
      other_kind.row(),         before_nothing.row(),     before_circle.row(),
      unordered.row(),          idle_unset.row(),         unknown_unset.row(),
      no_severity.row(),        cannot_read.row(),
  };
}

Rows value_rows() {
  return {
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
      wrong_type_declared.row(),
      unknown_type.row(),
  };
}

Rows module_rows() {
  return {
      import_missing.row(),    import_unreadable.row(), import_outside.row(),
      import_circle.row(),     import_unnamed.row(),    not_exported.row(),
      private_name.row(),      no_value.row(),          unknown_parameter.row(),
      parameter_types.row(),   no_setting.row(),        parameter_missing.row(),
      parameter_unknown.row(), no_word.row(),           out_of_bounds.row(),
      no_bound.row(),          no_version.row(),        unknown_profile.row(),
      no_profile.row(),        unknown_argument.row(),  repeated_argument.row(),
      missing_argument.row(),  profile_circle.row(),    no_loop.row(),
      map_loop.row(),          list_loop.row(),
  };
}

// Not constexpr: fmt 9 gives a format string's text at run time only.
Rows joined() {
  Rows all;
  for (const Rows& rows : {shape_rows(), value_rows(), module_rows()})
    all.insert(all.end(), rows.begin(), rows.end());
  return all;
}

}  // namespace

std::span<const MessageRow> all() {
  static const Rows rows = joined();
  return rows;
}

}  // namespace bkfc::eval::message
