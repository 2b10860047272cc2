#include "driver/commands.hpp"

namespace bkfc::driver {
namespace {

constexpr Command table[] = {
    {"", "FILE… -o FOLDER | --print", "compile fleets into a folder, or print their manifests",
     compile},
    {"check", "check [--fix] FILE…", "everything but writing, each file by itself", check,
     "With a format for machines the findings are the result: they go to standard output."},
    {"completion", "completion SHELL", "what bash, zsh or fish offers after `bkfc`",
     completion_script, "For this shell alone: `source <(bkfc completion bash)`.", Takes::shells},
    {"expand", "expand [--json] FILE…", "the merged program, each value with where it comes from",
     expand,
     "Without uses, loops and choices; what nobody wrote stands as a comment. The text "
     "compiles to "
     "the same files."},
    {"explain", "explain [NAME…]",
     "a keyword, block, attribute, function, rule or message, with an example", explain,
     "A name's end is enough where it is the only one that ends so; a family's name lists it.",
     Takes::topics},
    {"fmt", "fmt FILE…", "lay files out in the one way there is, in place", format_files,
     "`-` is laid out from standard input to standard output. A file with syntax errors stays "
     "as "
     "it is."},
    {"gc", "gc FILE…", "what each daemon throws away by itself, in words and numbers", gc_policies,
     "With `--format json`: the numbers for other programs, in bytes and seconds."},
    {"man", "man", "this page for `man`: `bkfc man > bkfc.1`", man, {}, Takes::nothing},
    {"new", "new [NAME]", "a first fleet to start from, in NAME.bkfleet", new_fleet,
     "It asks nothing, and never replaces a file.", Takes::nothing},
    {"reference", "reference [FOLDER]", "write the documents made from the tables", reference,
     "FOLDER must exist; without one it is docs/reference.", Takes::folder},
    {"where", "where FILE[:LINE[:COLUMN]]",
     "which source line made a generated line, through which profile, turn or default", where_from,
     "FILE is one that bkfc wrote, by any path; the program is found by the lock above it. Folders "
     "of imports are given by `-I`, as for a compile.",
     Takes::folder},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* command_named(std::string_view name) {
  for (const Command& command : table)
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace bkfc::driver
