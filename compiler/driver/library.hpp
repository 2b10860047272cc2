// What the modules of the standard library say of themselves, in their own `##` comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bkfc::driver {

// A profile, `let` or parameter that a program can use.
struct LibraryPart {
  std::string name;       // `gc.balanced`
  std::string_view kind;  // `profile`
  std::string doc;
  std::string source;
};

struct LibraryModule {
  std::string name;  // `std/gc`
  std::string doc;   // the `##` lines that it begins with
  std::vector<LibraryPart> parts;
};

std::vector<LibraryModule> library_modules();

}  // namespace bkfc::driver
