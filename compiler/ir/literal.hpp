// The table's own values, defaults and bounds, which are written as the language writes them.
#pragma once

#include <string_view>

#include "schema/row.hpp"

namespace bkfc::ir {

// Invariant: the text is a literal of the row's type; the table's test holds every row to it.
schema::Stored parse_literal(const schema::Attribute& row, std::string_view text);

// The same the other way: the language's spelling of what a field holds; empty for an empty field.
std::string spell(const schema::Attribute& row, const schema::Stored& stored);

// A text as the language quotes it.
std::string quoted(std::string_view text);

// The numbers of a value that can be bounded: one, both ends of a range, or none.
std::vector<std::int64_t> magnitudes(const schema::Stored& stored);

}  // namespace bkfc::ir
