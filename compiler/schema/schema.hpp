// What a program may say at its top: the blocks that everything else stands in.
#pragma once

#include "schema/builder.hpp"
#include "schema/cluster.hpp"
#include "schema/fleet.hpp"

namespace bkfc::schema {

// `fleet`, `cluster`, `authority` and `builder`; null for any other name.
const BlockType* find_root(std::string_view block);
std::span<const BlockType* const> roots();

// What people write at the top of a file elsewhere.
std::span<const Elsewhere> elsewhere_at_top();

}  // namespace bkfc::schema
