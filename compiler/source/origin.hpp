// Where a value was born: written, brought by a profile, a default, or derived; and through which
// turns of loops and uses it came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "source/sources.hpp"

namespace bkfc {

enum class OriginId : std::uint32_t { nowhere = 0 };

struct Origin {
  enum class Kind : std::uint8_t {
    nowhere,    // of the compiler itself
    written,    // at `span`
    profile,    // entered through the `use` at `span`; `note` is the profile
    turn,       // entered through a turn of the `for` at `span`; `note` is the turn
    defaulted,  // not written: `note` is the reason; `span` is what it was left out of
    derived,    // made from other values: `note` says how; `span` is the foremost of them
  };
  Kind kind = Kind::nowhere;
  Span span{};
  OriginId parent = OriginId::nowhere;  // the use or turn that it came through
  std::string_view note;                // of `Origins`, once it is added
};

class Origins {
 public:
  Origins() : table_(1) {}

  OriginId add(Origin origin) {
    if (!origin.note.empty()) origin.note = *notes_.emplace(origin.note).first;
    table_.push_back(origin);
    return static_cast<OriginId>(table_.size() - 1);
  }
  OriginId written(Span span, OriginId parent = OriginId::nowhere) {
    return add({Origin::Kind::written, span, parent, {}});
  }
  const Origin& at(OriginId id) const { return table_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return table_.size(); }

 private:
  std::vector<Origin> table_;
  std::unordered_set<std::string> notes_;  // never moves its elements
};

}  // namespace bkfc
