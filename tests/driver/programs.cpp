#include "driver/programs.hpp"

#include <fmt/core.h>

namespace bkfc::tests {

driver::Output program(std::string_view folder, const Texts& texts) {
  driver::Output output{.folder = std::string(folder), .made_from = {.roots = {"prod.bkfleet"}}};
  for (const auto& [path, bytes] : texts)
    output.files.push_back({path, bytes, path.ends_with(".sh")});
  return output;
}

Written write(driver::World& world, const driver::Output& output, const driver::Options& options) {
  Report report;
  Written written{driver::write_output(world, output, options, report), {}};
  for (const Diagnostic& d : report.all()) {
    written.said += fmt::format("{} {}\n", d.id, d.sentence);
    for (const std::string& note : d.notes) written.said += note + "\n";
  }
  return written;
}

}  // namespace bkfc::tests
