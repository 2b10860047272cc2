// What is said about what is spelt as in another language.
#pragma once

#include "report/message.hpp"

namespace bkfc::syntax::message {

inline constexpr Message<std::string_view> other_assign{
    "E0140",
    Severity::error,
    "a value is given with `=`, not with `{}`",
    "`:` stands between the name of a parameter and its type, and `==` compares. It was read as "
    "`=`.",
    R"(cluster "crater" {
  kubernetes: "1.31"
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<std::string_view, std::string_view> other_operator{
    "E0141",
    Severity::error,
    "`{}` is spelt `{}` here",
    "Conditions are written with `and`, `or`, `not` and `==`, and statements begin with `let`, "
    "`for`, "
    "`if` and `else if`. It was read as that.",
    R"(let large = true && not false
)",
    R"(let large = true and not false
)"};
inline constexpr Message<> equals_before_block{
    "E0142",
    Severity::error,
    "a block takes no `=`",
    "`name { … }` is a block and holds statements; `name = { … }` gives an attribute an object, "
    "which holds fields only. It was read as a block.",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  placement = {
    node_selector { "pool" = "ci" }
  }
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  placement {
    node_selector { "pool" = "ci" }
  }
}
)"};
inline constexpr Message<> late_brace{
    "E0143",
    Severity::error,
    "the brace stands at the end of the header, not on the next line",
    "A line end closes a statement, so a header without its `{` would be a block without a body. "
    "It was read as the body of the line above.",
    R"(cluster "crater"
{
  kubernetes = "1.31"
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<std::string_view> bare_label{
    "E0144",
    Severity::error,
    "a label stands in quotes: `\"{}\"`",
    "What follows the name of a block is a text of your own choice, and texts stand in quotes.",
    R"(cluster crater {
  kubernetes = "1.31"
}
)",
    R"(cluster "crater" {
  kubernetes = "1.31"
}
)"};
inline constexpr Message<> bare_argument{
    "E0145",
    Severity::error,
    "the arguments of a profile are named",
    "`use builder(arch = \"amd64\")` says which parameter it sets, so parameters can be added and "
    "moved without changing what a `use` means.",
    R"(use builder("amd64")
)",
    R"(use builder(arch = "amd64")
)"};
inline constexpr Message<std::string_view> foreign_name{
    "E0146",
    Severity::error,
    "`{}` has letters that no name has",
    "A name is made of the letters `a` to `z` and `A` to `Z`, digits and `_`. Texts in quotes hold "
    "any letter.",
    R"(let größe = 3
)",
    R"(let size = 3
)"};
inline constexpr Message<std::string_view> unknown_escape{
    "E0147",
    Severity::error,
    "no escape `{}`",
    R"(A text knows `\"`, `\\`, `\$`, `\n`, `\t` and `\u{…}` with the code point in hexadecimal. )"
    R"(A backslash itself is written `\\`.)",
    R"(let x = "C:\dir"
)",
    R"(let x = "C:\\dir"
)"};
inline constexpr Message<> chained_comparison{
    "E0148",
    Severity::error,
    "comparisons do not chain",
    "`a < b < c` would compare a truth with a value. Write `a < b and b < c`.",
    R"(let ok = 1 < 2 < 3
)",
    R"(let ok = 1 < 2 and 2 < 3
)"};
inline constexpr Message<> chained_range{
    "E0149",
    Severity::error,
    "ranges do not chain",
    "A range has one lower and one upper end: `6..12`, `6..`, `..12`.",
    R"(let x = 1..2..3
)",
    R"(let x = 1..3
)"};

inline constexpr Message<std::string_view, std::string_view> kubernetes_unit{
    "E0150",
    Severity::error,
    "`{}` is spelt `{}` here",
    "Kubernetes leaves the `B` of bytes away, and other tools spell units in several ways. Here a "
    "size is "
    "in B kB MB GB TB PB (powers of 1000) or KiB MiB GiB TiB PiB (powers of 1024), a duration in "
    "s m h d w. It was read as that.",
    R"(fleet "a" {
  cache { size = 100Gi }
}
)",
    R"(fleet "a" {
  cache { size = 100GiB }
}
)"};

inline constexpr Message<std::string_view> bare_text{
    "E0151",
    Severity::error,
    "a text stands in quotes: `\"{}\"`",
    "YAML reads what it does not know as text. Here a bare word is a name that is declared, and "
    "signs are operators, so every text stands in quotes.",
    R"(fleet "ci" {
  namespace = "ci"
  image     = moby/buildkit:v0.30.0-rootless
  cache { size = 100GiB }
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  image     = "moby/buildkit:v0.30.0-rootless"
  cache { size = 100GiB }
}
)"};
inline constexpr Message<> method_call{"E0152",
                                       Severity::error,
                                       "nothing is called behind a point",
                                       "Values have no methods. The functions of the language take "
                                       "what they look at in parentheses: `length(names)`.",
                                       R"(let names = ["a", "b"]
let many = names.length()
)",
                                       R"(let names = ["a", "b"]
let many = length(names)
)"};
inline constexpr Message<> toml_table{
    "E0153",
    Severity::error,
    "this is a table of TOML, and a fleet is none",
    "buildkitd.toml is made from a fleet: its tables are blocks here, `worker { … }`, and its keys "
    "are names with `_`. What has no name here is set by `patch \"buildkitd.toml\" { … }`. Nothing "
    "behind such a line is checked.",
    R"([worker.oci]
  gc = true
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
  gc { enabled = true }
}
)"};
inline constexpr Message<> spaced_unit{
    "E0154",
    Severity::error,
    "a number and its unit touch",
    "A blank parts two values. `500GiB`, `30d` and `20%` are one each. It was read as that.",
    R"(cluster "crater" {
  node_pool "ci" {
    allocatable { memory = 240 GiB }
  }
}
)",
    R"(cluster "crater" {
  node_pool "ci" {
    allocatable { memory = 240GiB }
  }
}
)"};
inline constexpr Message<> other_quotes{
    "E0155",
    Severity::error,
    "a text stands in `\"`",
    "There is one kind of quotes: not the single ones of YAML and shells, nor those that a word "
    "processor makes of `\"`. It was read as a text.",
    R"(let registry = 'docker.io'
)",
    R"(let registry = "docker.io"
)"};
inline constexpr Message<> other_comment{
    "E0156",
    Severity::error,
    "a comment begins with `#`",
    "There is one kind of comments: from `#` to the end of the line. It was read as one.",
    R"(// the registry of the company
let registry = "docker.io"
)",
    R"(# the registry of the company
let registry = "docker.io"
)"};
inline constexpr Message<> open_comment{
    "E0157",
    Severity::error,
    "a comment that is never closed",
    "A comment begins with `#` and ends with its line. What stands behind `/*` was passed over, so "
    "nothing is said about it.",
    R"(let registry = "docker.io" /* of the company
)",
    R"(let registry = "docker.io"  # of the company
)"};
inline constexpr Message<> heredoc{"E0158",
                                   Severity::error,
                                   "a text of several lines stands between two `\"\"\"`",
                                   "The text begins on the line after the first and ends before "
                                   "the last, whose indentation is taken from every line.",
                                   R"(let notice = <<EOF
in maintenance
EOF
)",
                                   R"(let notice = """
  in maintenance
  """
)"};
inline constexpr Message<> ternary{
    "E0159",
    Severity::error,
    "a choice is written `if … then … else …`",
    "There is one way to choose between two values. It was read as that.",
    R"(let large = true
let replicas = large ? 3 : 1
)",
    R"(let large = true
let replicas = if large then 3 else 1
)"};
inline constexpr Message<> yaml_list{"E0165",
                                     Severity::error,
                                     "a list is written in `[ ]`",
                                     "The elements of a list are parted by commas and may stand on "
                                     "lines of their own; a `-` takes away. It was read as a list.",
                                     R"(let platforms =
  - "linux/amd64"
  - "linux/arm64"
)",
                                     R"(let platforms = ["linux/amd64", "linux/arm64"]
)"};
inline constexpr Message<> yaml_mark{
    "E0166",
    Severity::error,
    "a file is one program, and has no marks for documents",
    "YAML parts documents by `---`. Any number of fleets can stand in one file, one after the "
    "other, and in any number of files.",
    R"(---
let replicas = 3
)",
    R"(let replicas = 3
)"};
inline constexpr Message<> bare_use{
    "E0167",
    Severity::error,
    "a profile is taken in by `use`",
    "A statement that calls something does not exist: `use builder(arch = \"amd64\")` says what "
    "comes in. It was read as that.",
    R"(profile small(size: bytes) {
  cache { size = size }
}
fleet "ci" {
  namespace = "ci"
  small(size = 100GiB)
}
)",
    R"(profile small(size: bytes) {
  cache { size = size }
}
fleet "ci" {
  namespace = "ci"
  use small(size = 100GiB)
}
)"};
inline constexpr Message<std::string_view> dotted_attribute{
    "E0168",
    Severity::error,
    "`{}` is a path, and attributes stand in their block",
    "Before a `=` stands one name. The blocks around it are written out: `cache { size = 100GiB "
    "}`, which may be said beside another `cache { … }`. It was read as that. Paths stand in "
    "`patch`.",
    R"(fleet "ci" {
  namespace = "ci"
  cache.size = 100GiB
}
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache { size = 100GiB }
}
)"};
inline constexpr Message<> outer_interpolation{
    "E0169",
    Severity::error,
    "`${{ }}` stands in texts",
    "Outside of a text a name is just said: `size`, not `${size}`. In a text it needs the `${ }`, "
    "and the text its quotes. It was read as the name.",
    R"(let size = 100GiB
let twice = ${size} * 2
)",
    R"(let size = 100GiB
let twice = size * 2
)"};
inline constexpr Message<> template_directive{
    "E0170",
    Severity::error,
    "`%{{ }}` does nothing in a text",
    "Texts have no `%{ if }` and no `%{ for }`, so it would stay as it is written. `if … then … "
    "else …` in a `${ }` chooses between two texts.",
    R"(let large = true
let name = "ci%{ if large }-large%{ endif }"
)",
    R"(let large = true
let name = "ci${if large then "-large" else ""}"
)"};
inline constexpr Message<> indented_body{
    "E0171",
    Severity::error,
    "a body stands in braces",
    "Indentation means nothing here, nor does a `:` behind a header. While a body has no braces, "
    "what belongs to what is a guess: only the syntax of such a file is checked.",
    R"(fleet "ci"
  namespace = "ci"
  cache
    size = 100GiB
)",
    R"(fleet "ci" {
  namespace = "ci"
  cache {
    size = 100GiB
  }
}
)"};

}  // namespace bkfc::syntax::message
