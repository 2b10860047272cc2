// The man page, made from the tables of commands and options.
#pragma once

#include <string>

namespace bkfc::driver {

// As `man` reads it: the macros of man(7), in ASCII.
std::string man_page();

}  // namespace bkfc::driver
