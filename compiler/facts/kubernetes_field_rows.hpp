// The generated rows behind kubernetes_fields.hpp.
#pragma once

#include "facts/kubernetes_fields.hpp"

namespace bkfc::facts {

// A type's fields are `count` rows from `first` on. Types are sorted by name.
struct TypeRow {
  std::string_view name;
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};

std::span<const Field> field_rows();
std::span<const TypeRow> type_rows();

}  // namespace bkfc::facts
