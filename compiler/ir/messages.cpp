#include "ir/messages.hpp"

namespace bkfc::ir::message {

std::span<const MessageRow> all() {
  // Not constexpr: fmt 9 gives a format string's text at run time only.
  static const MessageRow rows[] = {
      wrong_type.row(),
      unknown_choice.row(),
      choice_not_compiled.row(),
      below.row(),
      above.row(),
      missing.row(),
      no_release.row(),
      repeated_fleet.row(),
      repeated_cluster.row(),
      unknown_cluster.row(),
      which_cluster.row(),
      not_patchable.row(),
      repeated_item.row(),
      scaled_replicas.row(),
      unknown_authority.row(),
      repeated_authority.row(),
      of_authority.row(),
      authority_of_issuer.row(),
      repeated_builder.row(),
      unknown_fleet.row(),
      which_fleet.row(),
      repeated_fleet_of_builder.row(),
      builder_without_fleets.row(),
  };
  return rows;
}

}  // namespace bkfc::ir::message
