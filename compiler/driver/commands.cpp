#include "driver/commands.hpp"

namespace bkfc::driver {
namespace {

constexpr Command table[] = {
    {"", "FILE… -o FOLDER | --print", "compile fleets into a folder, or print their manifests",
     compile},
    {"check", "check [--fix] FILE…", "everything but writing, each file by itself", check},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* command_named(std::string_view name) {
  for (const Command& command : table)
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace bkfc::driver
