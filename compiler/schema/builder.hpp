// A builder of buildx that stands before several fleets.
#pragma once

#include "schema/row.hpp"

namespace bkfc::schema {

// Its label is the builder's name.
struct Builder {
  Head head;
  Field<std::vector<std::string>> fleets;
};

extern const BlockType builder_type;

}  // namespace bkfc::schema
