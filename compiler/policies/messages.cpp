#include "policies/messages.hpp"

namespace bkfc::policies::message {

std::span<const MessageRow> all() {
  static const MessageRow rows[] = {repeated_policy.row(), fact_missing.row()};
  return rows;
}

}  // namespace bkfc::policies::message
