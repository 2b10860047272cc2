// What the test program was asked for.
#pragma once

#include <string>

namespace bkfc::tests {

struct Options {
  bool update = false;     // renew the expected outputs instead of comparing them
  std::string root = ".";  // the folder of the project's sources
};

Options& options();

}  // namespace bkfc::tests
