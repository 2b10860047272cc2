// The table of commands: what `bkfc --help` lists and `driver::run` chooses from.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "driver/options.hpp"
#include "driver/world.hpp"

namespace bkfc::driver {

// What a command's words are: what a shell offers for them.
enum class Takes : std::uint8_t { fleets, topics, shells, folder, nothing };

struct Command {
  std::string_view name;   // empty: the main job
  std::string_view usage;  // what follows `bkfc`
  std::string_view help;   // one line for the list
  Exit (*run)(const Options&, World&);
  std::string_view detail = {};  // for its own help
  Takes takes = Takes::fleets;
};

std::span<const Command> commands();
const Command* command_named(std::string_view name);

// One file each.
Exit compile(const Options& options, World& world);
Exit check(const Options& options, World& world);
Exit completion_script(const Options& options, World& world);
Exit expand(const Options& options, World& world);
Exit explain(const Options& options, World& world);
Exit format_files(const Options& options, World& world);
Exit gc_policies(const Options& options, World& world);
Exit man(const Options& options, World& world);
Exit new_fleet(const Options& options, World& world);
Exit reference(const Options& options, World& world);
Exit where_from(const Options& options, World& world);

}  // namespace bkfc::driver
