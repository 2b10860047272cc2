// The root blocks of a program without their types: for whoever goes by the table's rows alone.
#pragma once

#include <string>
#include <vector>

#include "ir/program.hpp"

namespace bkfc::ir {

struct Root {
  const schema::BlockType* type = nullptr;
  const void* block = nullptr;   // the struct of `type`
  const Fleet* fleet = nullptr;  // where it is one
};

// What others refer to first: clusters, authorities, fleets, builders.
std::vector<Root> roots(const Program& program);

// The head of a block that is not to be changed.
const schema::Head& head_of(const schema::BlockType& type, const void* block);

}  // namespace bkfc::ir
