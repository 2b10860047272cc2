// What is said about a text that is no `.bkfleet`, or not quite.
#pragma once

#include <span>

#include "report/message.hpp"
#include "syntax/spelling_messages.hpp"

namespace bkfc::syntax::message {

// The file.

inline constexpr Message<> binary_file{
    "E0101", Severity::error, "this is a binary file, not a fleet",
    "A `.bkfleet` file is text in UTF-8. A NUL byte is in none, so the wrong file was named, or an "
    "editor saved it as UTF-16."};
inline constexpr Message<> invalid_utf8{
    "E0102", Severity::error, "these bytes are not UTF-8",
    "A `.bkfleet` file is text in UTF-8, so that every machine reads the same letters. Save it "
    "again with that encoding; `iconv -f latin1 -t utf-8` converts the most usual other one."};
inline constexpr Message<> byte_order_mark{
    "E0103", Severity::error, "the file begins with a byte-order mark",
    "UTF-8 needs no byte-order mark, and many tools take it for part of the first word. Save the "
    "file as UTF-8 without one."};
inline constexpr Message<std::size_t> too_large{
    "E0104", Severity::error, "the file has {} bytes, and the limit is 16 MiB",
    "No fleet is that long: something else was named, or a generator runs wild. Split what is "
    "meant into modules and `import` them."};
inline constexpr Message<> too_deep{
    "E0105", Severity::error, "nested deeper than 256 levels",
    "The depth of blocks and expressions is limited, so that every file is read in little memory. "
    "The rest of the file was not read."};

// What is missing.

inline constexpr Message<std::string_view> expected{
    "E0110",
    Severity::error,
    "expected {}",
    "Something has begun here that needs another part. A line end closes a statement, except in "
    "`( )` and `[ ]` and after `=`, a comma or an operator.",
    R"(cluster "crater" {
  kubernetes =
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<> expected_assign{
    "E0111",
    Severity::error,
    "expected `=`",
    "A name before a value is an attribute and takes `=`. A name before a text in quotes or before "
    "`{` is a block.",
    R"(let replicas = 3
let spare 1
)",
    R"(let replicas = 3
let spare = 1
)"};
inline constexpr Message<> expected_body{
    "E0112",
    Severity::error,
    "expected a body in braces",
    "This statement has a body. It opens with `{` at the end of the line and closes with `}`.",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet { metadata.labels.team = "ci" }
}
)"};
inline constexpr Message<> expected_comma{
    "E0113",
    Severity::error,
    "expected `,`",
    "The elements of a list and the arguments of a call are parted by commas, also where each "
    "stands on a line of its own.",
    R"(let platforms = ["linux/amd64" "linux/arm64"]
)",
    R"(let platforms = ["linux/amd64", "linux/arm64"]
)"};

// What is open.

inline constexpr Message<> unclosed_string{
    "E0120",
    Severity::error,
    "a text without its closing `\"`",
    "A text in `\"` ends with its line. One of several lines stands between two `\"\"\"`.",
    R"(cluster "crater" {
  kubernetes = "1.31
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<> unclosed_block_string{
    "E0121",
    Severity::error,
    "a text of several lines without its closing `\"\"\"`",
    "Everything after the opening `\"\"\"` was read as text, so nothing else is said about the "
    "rest "
    "of the file.",
    R"(let notice = """
  in maintenance
)",
    R"(let notice = """
  in maintenance
  """
)"};
inline constexpr Message<std::string_view, std::string_view> unclosed{
    "E0122",
    Severity::error,
    "expected `{}` to close `{}`",
    "What opens has to close. A line that begins with `}` or with `name =` closes the `(` and `[` "
    "before it, so what follows is read as it is meant.",
    R"(let platforms = ["linux/amd64", "linux/arm64"
let replicas = 3
)",
    R"(let platforms = ["linux/amd64", "linux/arm64"]
let replicas = 3
)"};
inline constexpr Message<> unclosed_brace{"E0123",
                                          Severity::error,
                                          "this brace is never closed",
                                          "A body ends with a `}` on a line of its own. While "
                                          "braces do not balance, what belongs to what "
                                          "is a guess: only the syntax of such a file is checked.",
                                          R"(cluster "crater" {
  kubernetes = "1.31"
)",
                                          R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<> missing_brace{
    "E0124",
    Severity::error,
    "a closing brace is missing before this line",
    "The indentation says that a body ended above, and the braces say that it did not. While they "
    "do not balance, what belongs to what is a guess: only the syntax of such a file is checked.",
    R"(fleet "ci" {
  cache {
    size = 100GiB
  namespace = "ci"
}
)",
    R"(fleet "ci" {
  cache {
    size = 100GiB
  }
  namespace = "ci"
}
)"};
inline constexpr Message<> missing_opener{
    "E0125",
    Severity::error,
    "an opening brace is missing before this line",
    "The indentation says that a body began above, and the braces say that it did not. While they "
    "do not balance, what belongs to what is a guess: only the syntax of such a file is checked.",
    R"(fleet "ci" {
  namespace = "ci"
  cache
    size = 100GiB
  }
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache {
    size = 100GiB
  }
}
)"};
inline constexpr Message<> stray_brace{
    "E0126",
    Severity::error,
    "this brace is one too many",
    "It opens where no body can begin, or closes nothing, or closes what the indentation leaves "
    "open. While braces do not "
    "balance, "
    "what belongs to what is a guess: only the syntax of such a file is checked.",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};

// What is in the way.

inline constexpr Message<> no_statement{"E0130",
                                        Severity::error,
                                        "this is no statement",
                                        "A statement is an attribute (`name = value`), a block "
                                        "(`name \"label\" { … }`), or begins with a "
                                        "keyword such as `let`, `for`, `if`, `use` or `patch`.",
                                        R"(cluster "crater" {
  => "1.31"
}
)",
                                        R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<> unexpected_text{
    "E0131",
    Severity::error,
    "unexpected text after the statement",
    "A statement ends with its line, or before the `}` that closes its block.",
    R"(let replicas = 3 4
)",
    R"(let replicas = 3
)"};
inline constexpr Message<std::string_view> unexpected_in_header{
    "E0132",
    Severity::error,
    "unexpected text after `{}`",
    "A name is followed by `=` and a value, or by labels in quotes and `{`.",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  resources ?? { cpu = 1..2 }
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  resources { cpu = 1..2 }
}
)"};
inline constexpr Message<> unexpected_in_brackets{
    "E0133",
    Severity::error,
    "unexpected text in brackets",
    "Between brackets stand expressions, parted by commas.",
    R"(let x = (1 + 2 ?)
)",
    R"(let x = (1 + 2)
)"};
inline constexpr Message<> unexpected_in_interpolation{
    "E0134",
    Severity::error,
    "unexpected text in an interpolation",
    "One expression stands in `${ }`. A `$` before anything but `{` is itself; `\\$` writes a `$` "
    "before a `{`.",
    R"(let a = 1
let x = "${a b}"
)",
    R"(let a = 1
let x = "${a} b"
)"};
inline constexpr Message<> unexpected_field{
    "E0135",
    Severity::error,
    "an object holds fields only",
    "A field is `name = value` or `\"key\" = value`. Blocks and other statements stand in the body "
    "of a block.",
    R"(let x = [{ name }]
)",
    R"(let x = [{ name = "a" }]
)"};
inline constexpr Message<> unexpected_patch_entry{
    "E0136",
    Severity::error,
    "this is no part of a patch",
    "A patch holds `path = value`, `path += value` and `delete path`. A path is made of names, "
    "quoted names and `[\"key\"]`.",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    ?? metadata
  }
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  patch StatefulSet {
    metadata.labels.team = "ci"
  }
}
)"};
inline constexpr Message<std::string_view> extra_word{
    "E0172",
    Severity::error,
    "`{}` is a word too many",
    "Before a `=` stands one name, and before the label of a block too. There are no types in "
    "front of names.",
    R"(cluster "crater" {
  kubernetes kubernetes = "1.31"
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<std::string_view> separator{
    "E0137",
    Severity::error,
    "statements end with their line, not with `{}`",
    "Commas part the elements of lists and the fields of objects. In a body each statement has a "
    "line of its own.",
    R"(cluster "crater" {
  storage_class "local" {
    provisioner = "openebs.io/local",
    is_default  = true
  }
}
)",
    R"(cluster "crater" {
  storage_class "local" {
    provisioner = "openebs.io/local"
    is_default  = true
  }
}
)"};

// What is not where or how it may be.

inline constexpr Message<> misplaced_language{
    "E0160",
    Severity::error,
    "`language` is the first statement of a file",
    "The edition says how the whole file is read, so nothing stands before it but comments, and it "
    "is said once.",
    R"(let x = 1
language 1
)",
    R"(language 1
let x = 1
)"};
inline constexpr Message<> interpolated{
    "E0161",
    Severity::error,
    "nothing can be interpolated in this text",
    "The path of an `import`, the label of an `unset` and the date of an `until` are read before "
    "anything is evaluated, so they are written out.",
    R"(allow gc_disabled "measured" until "${month}"
)",
    R"(allow gc_disabled "measured" until "2027-06"
)"};
inline constexpr Message<> text_after_opening{
    "E0162",
    Severity::error,
    "the text of a `\"\"\"` begins on the next line",
    "The lines between the opening and the closing `\"\"\"` are the text. One that fits a line "
    "stands in `\"`.",
    R"(let notice = """in maintenance
  """
)",
    R"(let notice = """
  in maintenance
  """
)"};
inline constexpr Message<> text_before_closing{
    "E0163",
    Severity::error,
    "the closing `\"\"\"` stands on a line of its own",
    "Its indentation is what is taken from every line of the text.",
    R"(let notice = """
  in maintenance"""
)",
    R"(let notice = """
  in maintenance
  """
)"};
inline constexpr Message<> less_indented{
    "E0164",
    Severity::error,
    "this line is indented less than the closing `\"\"\"`",
    "The blanks before the closing `\"\"\"` are taken from every line of the text, so every line "
    "that is not blank begins with them: the same blanks, spaces or tabs.",
    R"(let notice = """
 in maintenance
  """
)",
    R"(let notice = """
  in maintenance
  """
)"};

// All of them, those of the spelling too, for `explain`, the reference and the tests.
std::span<const MessageRow> all();

}  // namespace bkfc::syntax::message
