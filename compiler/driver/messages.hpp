// What the driver says about the command line, the disk and the output folder.
#pragma once

#include "report/message.hpp"

namespace bkfc::driver {

// The command line.
inline constexpr Message<std::string_view> unknown_word{
    "E0901", Severity::error, "`{}` is neither a command of bkfc nor a file",
    "The first word of a command line is a command or a fleet file. "
    "`bkfc --help` lists the commands."};
inline constexpr Message<std::string_view> unknown_option{
    "E0902", Severity::error, "no option `{}`",
    "`bkfc --help` lists the options; those of one command stand in `bkfc COMMAND --help`."};
inline constexpr Message<std::string_view, std::string_view> unreadable_option{
    "E0903", Severity::error, "`{}` {}",
    "An option's value is missing or is none of those that it takes."};
inline constexpr Message<std::string_view, std::string_view> misplaced_option{
    "E0904", Severity::error, "`{}` belongs to `{}`",
    "The option exists, and another command has it: it would be without effect here."};
inline constexpr Message<std::string_view> no_files{
    "E0905", Severity::error, "`{}` needs a FILE",
    "Name the files to read; `-` is standard input."};
inline constexpr Message<> no_destination{
    "E0906", Severity::error, "nothing says where the output goes",
    "The main job writes a folder (`-o out/`) or prints the manifests (`--print`)."};
inline constexpr Message<std::string_view, std::string_view> excluding_options{
    "E0907", Severity::error, "`{}` and `{}` exclude each other",
    "Either would be without effect beside the other."};
inline constexpr Message<std::string_view> set_without_param{
    "E0908", Severity::error, "`{}` sets a parameter, and this edition evaluates no `param` yet",
    "A value that is set and has no effect would give another fleet than the one that was meant."};

// What a program comes to.
inline constexpr Message<std::string_view> nothing_to_write{
    "E0910", Severity::error, "there is no fleet in {}",
    "An output folder without a fleet would be empty, and files of an earlier run would go."};
inline constexpr Message<std::string_view> several_clusters_printed{
    "E0911", Severity::error, "the program has more than one cluster: {}",
    "Applied in one go, the manifests of all clusters would land in the one that kubectl talks "
    "to."};

}  // namespace bkfc::driver
