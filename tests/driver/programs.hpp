// Small programs' outputs, by which the tests of the output folder tell old from new.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "driver/output_folder.hpp"
#include "driver/write_output.hpp"

namespace bkfc::tests {

using Texts = std::map<std::string, std::string>;

// Its files with their bytes, from the root file `prod.bkfleet`.
driver::Output program(std::string_view folder, const Texts& texts);

// What a run ended with, and what it said.
struct Written {
  driver::Exit exit = driver::Exit::done;
  std::string said;  // ids and sentences, a line each
};
Written write(driver::World& world, const driver::Output& output,
              const driver::Options& options = {.quiet = true});

}  // namespace bkfc::tests
