// What the world may refuse: a value, or the reason why there is none.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace bkfc {

// Why the world refused, in words that fit after "cannot read `x`: ".
struct Refusal {
  std::string reason;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Refusal refusal) : state_(std::move(refusal)) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }

  const T& value() const& {
    BKFC_ASSERT(*this, "a result that is asked for its value has one");
    return *std::get_if<T>(&state_);
  }
  T&& value() && {
    BKFC_ASSERT(*this, "a result that is asked for its value has one");
    return std::move(*std::get_if<T>(&state_));
  }
  const std::string& error() const {
    BKFC_ASSERT(!*this, "a result that is asked for its refusal has one");
    return std::get_if<Refusal>(&state_)->reason;
  }

 private:
  std::variant<T, Refusal> state_;
};

// Done, or refused.
struct Done {};
using Outcome = Result<Done>;

}  // namespace bkfc
