// The fleet that the language is explained with, as a finished program, for tests of later stages.
#pragma once

#include "ir/program.hpp"

namespace bkfc::tests {

template <class T>
schema::Field<T> written(T value) {
  return {std::move(value), OriginId::nowhere, schema::State::written};
}

template <class T>
schema::Field<T> fallback(T value) {
  return {std::move(value), OriginId::nowhere, schema::State::defaulted};
}

constexpr Bytes gibibytes(std::int64_t count) { return {count << 30}; }

// The table's defaults, and what is required.
schema::Fleet plain_fleet();

// `cluster "crater"` and `fleet "buildkitd"` in `crater-images`.
ir::Program crater();

}  // namespace bkfc::tests
