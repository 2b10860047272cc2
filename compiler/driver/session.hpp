// One compile as a command runs it, and how its findings reach the user.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "driver/options.hpp"
#include "driver/world.hpp"
#include "pipeline.hpp"

namespace bkfc::driver {

// Reads from the world and remembers whether it refused one of the files that the user named: then
// the exit status says so, and not that the fleet is wrong. A fixed text is read in a file's place.
class NamedFiles final : public Files {
 public:
  NamedFiles(World& world, const Options& options);

  Result<std::string> read(std::string_view path, std::size_t limit) override;
  Result<std::string> resolve(std::string_view path) override { return world_.resolve(path); }
  std::string project_root(std::string_view path) override { return world_.project_root(path); }
  bool refused() const { return refused_; }

  std::map<std::string, std::string, std::less<>> fixed;

 private:
  World& world_;
  std::vector<std::string> named_;
  bool refused_ = false;
};

// What a compile fills.
struct Session {
  Sources sources;
  Origins origins;
  Report report;
};

// What the options ask of the compiler, for these root files.
Request request_of(const Options& options, std::vector<std::string> files);

// The named files, and what `--only` makes of them, as a message calls them.
std::string files_of(const Options& options);

// Says all findings, on standard error. In `quiet` runs only errors are said.
void tell(const Session& session, const Options& options, World& world);

// The same as a text; `RenderOptions` come from the options and the terminal.
std::string rendered(const Session& session, const Options& options, World& world);

// Whether the findings stop the output: errors, and in `strict` runs warnings.
bool is_stopped(const Report& report, const Options& options);

// Prints a result; a standard output that refuses is told, and is the exit status.
Exit print_result(std::string_view text, World& world);

}  // namespace bkfc::driver
