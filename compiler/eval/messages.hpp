// What the language says of shapes, E02xx; and all that is said before there is a program.
#pragma once

#include <span>

#include "eval/module_messages.hpp"
#include "eval/value_messages.hpp"

namespace bkfc::eval::message {

inline constexpr Message<Text> unknown_block{
    "E0201",
    Severity::error,
    "no block `{}` here",
    "Blocks stand where the table says they do. A block that the table does not know would be "
    "written into no file, so it is never passed over.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cahce {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> unknown_attribute{
    "E0202",
    Severity::error,
    "no attribute `{}` in a `{}` block",
    "buildkitd and some Kubernetes clients ignore keys that they do not know, so that a misspelt "
    "limit is no limit. Here it is an error.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    sizes = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> repeated_attribute{
    "E0203",
    Severity::error,
    "`{}` is said twice",
    "Of two values at one place, neither is stronger than the other: keep one.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  namespace = \"build\"\n  cache {\n    size = 200GiB\n "
    " "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> attribute_as_block{
    "E0204",
    Severity::error,
    "`{}` is an attribute, and takes a value after `=`",
    "Attributes are `name = value`; blocks are `name { … }`.",
    "fleet \"ci\" {\n  namespace \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> block_as_attribute{
    "E0205",
    Severity::error,
    "`{}` is a block, and takes no `=`",
    "Attributes are `name = value`; blocks are `name { … }`.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache = {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> missing_label{
    "E0206",
    Severity::error,
    "a `{}` block needs a label: {}",
    "Blocks that may stand several times are told apart by their labels.",
    "fleet {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> unwanted_label{
    "E0207",
    Severity::error,
    "a label too many for `{}`",
    "A block that stands once has no label; one that may stand several times has one.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache \"fast\" {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> misplaced{
    "E0208",
    Severity::error,
    "{} may not stand {}",
    "Statements stand where they mean something: fleets and clusters at the top, attributes in "
    "blocks.",
    "namespace = \"ci\"",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> not_compiled{
    "E0209",
    Severity::error,
    "this release of bkfc does not compile {} yet",
    "The language has it, and this release reads it; it does not yet know what to make of it, and "
    "passes over nothing.",
    {},
    {}};

inline constexpr Message<Text> unquoted_key{
    "E0210",
    Severity::error,
    "the keys of a map are quoted: `\"{}\"`",
    "Names of attributes are bare and keys of maps are quoted, so that the two never look alike.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  labels { team = \"a\" }\n  cache {\n    size = "
    "200GiB\n  "
    "}\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  labels { \"team\" = \"a\" }\n  cache {\n    size = "
    "200GiB\n  }\n}"};

inline constexpr Message<Text> quoted_attribute{
    "E0211",
    Severity::error,
    "attributes are bare names: `{}`",
    "Names of attributes are bare and keys of maps are quoted, so that the two never look alike.",
    "fleet \"ci\" {\n  \"namespace\" = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> unknown_edition{
    "E0212",
    Severity::error,
    "no edition `{}` of the language; this bkfc knows 1",
    "The first line may say the edition that a file is written in.",
    "language 2",
    "language 1"};

inline constexpr Message<Text> appended_beside{
    "E0213",
    Severity::error,
    "`{}` is set and appended to at one place",
    "`+=` adds to what is there already, `=` replaces it: beside each other they contradict.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  tls {\n    names  = [\"a.example\"]\n    names += "
    "[\"b.example\"]\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  tls {\n    names = [\"a.example\", \"b.example\"]\n  "
    "}\n  "
    "cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> append_to_scalar{
    "E0214",
    Severity::error,
    "`+=` appends to a list, and `{}` is none",
    "Only lists grow; everything else is replaced by `=`.",
    "fleet \"ci\" {\n  namespace += \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<> reason_missing{
    "E0215",
    Severity::error,
    "an `allow` needs its reason",
    "The reason stands in reports and in generated manifests, where the next person reads it.",
    "allow image_moves \"\"",
    "allow image_moves \"the registry keeps this tag still\""};

inline constexpr Message<Text, Text, Text> other_kind{
    "E0216",
    Severity::error,
    "`{}` belongs to the kind `{}`, and this one is `{}`",
    "Each kind of a block has its own attributes. A kind is never guessed from them: it is said, "
    "or the default.",
    {},
    {}};

inline constexpr Message<Text, Text> before_nothing{
    "E0217",
    Severity::error,
    "no `{}` is called `{}`, so there is nothing to move in front of",
    "Order is that of first mention, weakest layer first; `before` moves a block in front of "
    "another of its kind.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    tier \"a\" before \"b\" {\n      all        "
    "    = true\n      max_used_space = 70%\n    }\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    tier \"a\" {\n      all            = true\n "
    "     max_used_space = 70%\n    }\n  }\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> before_circle{
    "E0218",
    Severity::error,
    "`{}` and `{}` each stand before the other",
    "Of two blocks only one comes first.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    tier \"a\" before \"b\" {\n      all        "
    "    = true\n      max_used_space = 70%\n    }\n    tier \"b\" before \"a\" {\n      all       "
    "     = true\n      max_used_space = 80%\n    }\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    tier \"b\" {\n      all            = true\n "
    "     max_used_space = 80%\n    }\n    tier \"a\" before \"b\" {\n      types          = "
    "[source.local]\n      max_used_space = 20%\n    }\n  }\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> unordered{
    "E0219",
    Severity::error,
    "the order of `{}` blocks means nothing, so none is moved",
    "`before` is for blocks that work in their order, such as tiers.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  tls {\n    client \"a\" before \"b\"\n    client "
    "\"b\"\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  tls {\n    client \"a\"\n    client \"b\"\n  }\n  "
    "cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> idle_unset{
    "E0220",
    Severity::warning,
    "`{}` takes nothing back in any fleet that reads it",
    "It removes what profiles and other weaker layers gave, never what stands beside it. The next "
    "release of a profile may well say something: then it counts again.",
    "profile small {\n  history {\n    max_age = 2d\n  }\n}\nfleet \"ci\" {\n  namespace = "
    "\"ci\"\n  use small\n  unset gc\n  cache {\n    size = 200GiB\n  }\n}",
    "profile small {\n  history {\n    max_age = 2d\n  }\n}\nfleet \"ci\" {\n  namespace = "
    "\"ci\"\n  use small\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> unknown_unset{
    "E0221",
    Severity::error,
    "no `{}` in a `{}` block that could be taken back",
    "`unset` names an attribute or a block of the block that it stands in.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  unset cahce\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<> no_severity{
    "E0222",
    Severity::error,
    "a policy's severity is `error` or `warning`",
    "A policy that is broken stops the work, or is a warning.",
    "policy sizes {\n  severity = info\n  require fleet.replicas.max <= 10 else \"too many\"\n}",
    "policy sizes {\n  severity = warning\n  require fleet.replicas.max <= 10 else \"too "
    "many\"\n}"};

// Every message of this stage, for `explain`, the reference and the tests.
std::span<const MessageRow> all();

}  // namespace bkfc::eval::message
