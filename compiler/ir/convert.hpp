// A value of an expression, held against the row that it is for.
#pragma once

#include <optional>

#include "eval/value.hpp"
#include "report/report.hpp"
#include "schema/row.hpp"

namespace bkfc::ir {

// Nothing if the row does not take it, which is then reported, or if it is unknown.
std::optional<schema::Stored> convert(const eval::Value& value, const schema::Attribute& row,
                                      const Sources& sources, Report& report);

}  // namespace bkfc::ir
