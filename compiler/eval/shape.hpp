// Is a program shaped as the table says? Works on unfinished files.
#pragma once

#include "eval/modules.hpp"

namespace bkfc::eval {

void check_shape(const Modules& modules, Report& report);

}  // namespace bkfc::eval
