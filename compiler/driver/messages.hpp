// What the driver says about the command line, the disk and the output folder.
#pragma once

#include <span>

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
    "E0904", Severity::error, "`{}` belongs to {}",
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

inline constexpr Message<std::string_view> unknown_topic{
    "E0914", Severity::error, "nothing is called `{}`",
    "`bkfc explain` takes the id of a message or rule, or the name of a rule, block, attribute, "
    "keyword, type, function or module of the standard library."};

inline constexpr Message<std::string_view, std::string_view> unusable_words{
    "E0915", Severity::error, "`{}` takes {}",
    "Words that say something else would be without effect."};
inline constexpr Message<std::string_view, std::string_view> unusable_name{
    "E0916", Severity::error, "`{}` is no name of a fleet: {}",
    "Its objects are called after a fleet, and Kubernetes takes lower case letters, digits and "
    "`-`."};
inline constexpr Message<std::string_view> taken_name{
    "E0917", Severity::error, "`{}` is there already, so nothing is written",
    "`bkfc new` begins a file and never replaces one. Choose another name, or delete the file."};

inline constexpr Message<std::string_view, std::string_view> unreadable_file{
    "E0930", Severity::error, "cannot read `{}`: {}",
    "The file is not there, is a folder, may not be read, or is larger than 16 MiB."};

// What a program comes to.
inline constexpr Message<std::string_view> nothing_to_write{
    "E0910", Severity::error, "there is no fleet in {}",
    "An output folder without a fleet would be empty, and files of an earlier run would go."};
inline constexpr Message<std::string_view> several_clusters_printed{
    "E0911", Severity::error, "the program has more than one cluster: {}",
    "Applied in one go, the manifests of all clusters would land in the one that kubectl talks "
    "to."};

// Fixes.
inline constexpr Message<std::string_view, std::string_view> unwritable_file{
    "E0912", Severity::error, "cannot write `{}`: {}", "The disk refused. The file is as it was."};
inline constexpr Message<> unfixable_input{"E0913", Severity::error,
                                           "standard input cannot be fixed in place",
                                           "`--fix` rewrites files. Give the file by its name."};

// The output folder.
inline constexpr Message<std::string_view> edited_file{
    "E0920", Severity::error, "`{}` was edited by hand, so nothing is written",
    "A generated file differs from what bkfc wrote. Replacing it would lose somebody's work, and "
    "writing only the other files would leave a folder that belongs to no fleet."};
inline constexpr Message<std::string_view> foreign_file{
    "E0921", Severity::error, "`{}` is there and was not written by bkfc, so nothing is written",
    "A file of the same name has another content, and no lock says that bkfc wrote it."};
inline constexpr Message<std::string_view> other_program{
    "E0922", Severity::error, "`{}` was made from another program, so nothing is written",
    "The lock says which root files and which `--set` values a folder was made from. With others, "
    "everything that the first program produced would be removed: `--set env=dev` must not delete "
    "what `--set env=prod` made."};
inline constexpr Message<std::string_view, std::string_view> no_room_for_file{
    "E0923", Severity::error, "cannot write `{}`: {}",
    "Something that is no file lies where a file is to be written. bkfc removes files of its own, "
    "never a folder."};
inline constexpr Message<std::string_view, std::string_view> unwritable_folder{
    "E0924", Severity::error, "cannot write the output folder `{}`: {}",
    "The disk refused. What was there before is there as it was."};
inline constexpr Message<std::string_view> interrupted_run{
    "E0925", Severity::error, "`{}` holds what an interrupted run left: some files old, some new",
    "A run was killed while it renamed files. No file is half-written or lost."};
inline constexpr Message<std::string_view, std::string_view> not_current{
    "E0926", Severity::error, "`{}` is not current: {} would change",
    "`--check` compares the folder with what the program produces now, and writes nothing."};
inline constexpr Message<std::string_view> kept_file{
    "E0927", Severity::warning, "`{}` is no longer produced and was edited by hand: it stays",
    "bkfc removes a file only if it wrote it and nobody changed it. It no longer counts the file "
    "as its own."};

// Where a generated line comes from.
inline constexpr Message<std::string_view> no_place_named{
    "E0940", Severity::error, "`bkfc where` needs a generated file, and it gets {}",
    "It answers for one place: `bkfc where out/…/statefulset.yaml:41`."};
inline constexpr Message<std::string_view, std::size_t> no_such_line{
    "E0941", Severity::error, "`{}` ends at line {}", "The line that is asked for is beyond it."};
inline constexpr Message<std::string_view> not_generated{
    "E0942", Severity::error, "`{}` is none of the files that a `bkfc.lock` lists",
    "The record `bkfc.lock` at the top of an output folder says what was written there, and from "
    "which program; nothing is known of other files."};
inline constexpr Message<std::string_view, std::string_view> lost_program{
    "E0943", Severity::error, "the program of `{}` is not to be found: {}",
    "The record `bkfc.lock` names the files that a folder was made from, from the root of their "
    "project. They are looked for from the folder upwards, and from the current folder."};
inline constexpr Message<std::string_view> stale_file{
    "E0944", Severity::error, "`{}` is not what its program comes to now",
    "A line of another text would be explained: the program changed since, or the file was edited, "
    "or the options were others. Compile it again."};

// All of them, for `explain` and the reference.
std::span<const MessageRow> message_rows();

}  // namespace bkfc::driver
