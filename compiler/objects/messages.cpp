#include "objects/messages.hpp"

namespace bkfc::objects::message {

std::span<const MessageRow> all() {
  // Not constexpr: fmt 9 gives a format string's text at run time only.
  static const MessageRow rows[] = {
      no_such_kind.row(),      no_such_object.row(),  which_object.row(),
      unknown_field.row(),     not_in_release.row(),  gated_field.row(),
      no_elements.row(),       which_element.row(),   wrong_value.row(),
      incomplete.row(),        no_effect.row(),       not_a_list.row(),
      no_such_file.row(),      unknown_key.row(),     key_not_in_release.row(),
      nameless_table.row(),    fixed_field.row(),     mount_without_volume.row(),
      selector_misses.row(),   no_such_port.row(),    no_governing_service.row(),
      too_long.row(),          repeated.row(),        bad_label.row(),
      object_unreadable.row(), object_outside.row(),  object_not_yaml.row(),
      object_empty.row(),      object_nameless.row(), object_twice.row()};
  return rows;
}

}  // namespace bkfc::objects::message
