// What the language says of modules, parameters, profiles and loops: E033x to E036x.
#pragma once

#include "report/message.hpp"

namespace bkfc::eval::message {

using Text = std::string_view;

inline constexpr Message<Text, Text> cannot_read{
    "E0001",
    Severity::error,
    "cannot read `{}`: {}",
    "The file is not there, is a folder, may not be read, or is larger than 16 MiB.",
    {},
    {}};

inline constexpr Message<Text> import_missing{
    "E0330",
    Severity::error,
    "there is no module `{}`",
    "An import reads a file beside this one (`./…`, `../…`), a module of a folder given by `-I`, "
    "or one of the standard library (`std/…`).",
    "import \"std/gcc\"",
    "import \"std/gc\""};

inline constexpr Message<Text, Text> import_unreadable{
    "E0331",
    Severity::error,
    "cannot read `{}`: {}",
    "The file is a folder, may not be read, or is larger than 16 MiB.",
    {},
    {}};

inline constexpr Message<Text> import_outside{
    "E0332",
    Severity::error,
    "`{}` leads out of the project",
    "What a fleet is made of lies below one folder, so that a checkout is all that a compile "
    "needs: the nearest folder above the root file that holds a `.bkfc` or a `.git`, a folder "
    "given by `-I`, or the standard library.",
    "import \"/etc/company.bkfleet\"",
    "import \"std/gc\""};

inline constexpr Message<Text> import_circle{
    "E0333",
    Severity::error,
    "`{}` imports itself, through what it imports",
    "Modules are read before what imports them, so none may need itself.",
    {},
    {}};

inline constexpr Message<Text> import_unnamed{"E0335",
                                              Severity::error,
                                              "`{}` gives no name to read it by",
                                              "An import is read by its file's name, where that is "
                                              "a name of the language; else `as` gives one.",
                                              {},
                                              {}};

inline constexpr Message<Text, Text> not_exported{
    "E0336",
    Severity::error,
    "module `{}` declares no `{}`",
    "By its name, a module gives its parameters, lets and profiles.",
    "import \"std/gc\"\nfleet \"ci\" {\n  namespace = \"ci\"\n  use gc.balancd\n  cache {\n    "
    "size = 200GiB\n  }\n}",
    "import \"std/gc\"\nfleet \"ci\" {\n  namespace = \"ci\"\n  use gc.balanced\n  cache {\n    "
    "size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> private_name{
    "E0337",
    Severity::error,
    "`{}` is private to module `{}`",
    "A name that begins with `_` is read in its own module only, so that it can change without "
    "others.",
    {},
    {}};

inline constexpr Message<Text, Text> no_value{"E0338",
                                              Severity::error,
                                              "`{}` is {}, and no value",
                                              "Parameters, lets and names of loops have values.",
                                              "profile small {}\nlet x = small",
                                              "let x = 3"};

inline constexpr Message<Text> unknown_parameter{
    "E0340",
    Severity::error,
    "no root file has a parameter `{}`",
    "Only parameters of the files that are named on the command line are set from outside; an "
    "imported module keeps its defaults.",
    {},
    {}};

inline constexpr Message<Text> parameter_types{
    "E0341",
    Severity::error,
    "`{}` has another type in another root file",
    "One value is given to all of them, so they agree on its type.",
    {},
    {}};

inline constexpr Message<> no_setting{"E0342",
                                      Severity::error,
                                      "a set file holds lines of `name = expression`",
                                      "Each line gives a parameter of the root files its value.",
                                      {},
                                      {}};

inline constexpr Message<Text> parameter_missing{
    "E0343",
    Severity::error,
    "the parameter `{}` has no value",
    "A parameter without a default is given a value from outside, or the program means nothing.",
    "param env: string",
    "param env: string = \"dev\""};

inline constexpr Message<Text> parameter_unknown{
    "E0344",
    Severity::info,
    "the parameter `{}` has no value here: what reads it is not judged",
    "A check does without values from outside. `--set` gives them to it, too.",
    {},
    {}};

inline constexpr Message<Text> no_word{
    "E0345",
    Severity::error,
    "`{}` is none of the words of this set",
    "A union of strings, and every enumeration, is a closed set.",
    "param env: \"dev\" | \"prod\" = \"test\"",
    "param env: \"dev\" | \"prod\" = \"dev\""};

inline constexpr Message<Text, Text> out_of_bounds{"E0346",
                                                   Severity::error,
                                                   "{} lies outside {}",
                                                   "A type with `in` bounds its values.",
                                                   "param replicas: int in 1..20 = 40",
                                                   "param replicas: int in 1..20 = 4"};

inline constexpr Message<Text> no_bound{
    "E0347",
    Severity::error,
    "a type is bounded by a range or a list, and this is {}",
    "`int in 1..20` takes the numbers from 1 to 20, `string in [\"a\", \"b\"]` these two texts.",
    "param replicas: int in 20 = 4",
    "param replicas: int in 1..20 = 4"};

inline constexpr Message<Text> no_version{
    "E0348",
    Severity::error,
    "`{}` is no version",
    "A version is numbers with points between them: `\"1.31\"`, `\"0.34.2\"`.",
    "param release: version = \"new\"",
    "param release: version = \"1.31\""};

inline constexpr Message<Text> unknown_profile{
    "E0350",
    Severity::error,
    "no profile `{}` is declared",
    "`use` brings the statements of a `profile` of this module, or of an imported one by its name: "
    "`use company.hardened`.",
    "profile small {}\nfleet \"ci\" {\n  namespace = \"ci\"\n  use smal\n  cache {\n    size = "
    "200GiB\n  }\n}",
    "profile small {}\nfleet \"ci\" {\n  namespace = \"ci\"\n  use small\n  cache {\n    size = "
    "200GiB\n  }\n}"};

inline constexpr Message<Text> no_profile{
    "E0351",
    Severity::error,
    "`{}` is no profile",
    "Only a `profile` can be used.",
    "let small = 3\nfleet \"ci\" {\n  namespace = \"ci\"\n  use small\n  cache {\n    size = "
    "200GiB\n  }\n}",
    "profile small {}\nfleet \"ci\" {\n  namespace = \"ci\"\n  use small\n  cache {\n    size = "
    "200GiB\n  }\n}"};

inline constexpr Message<Text, Text> unknown_argument{
    "E0352",
    Severity::error,
    "profile `{}` takes no `{}`",
    "Arguments are given by the names of the parameters.",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small(days = 3, day = 4)\n  cache {\n    size = 200GiB\n  }\n}",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small(days = 3)\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> repeated_argument{
    "E0353",
    Severity::error,
    "the argument `{}` is given twice",
    "Of two values of one parameter, neither is stronger than the other: keep one.",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small(days = 3, days = 4)\n  cache {\n    size = 200GiB\n  }\n}",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small(days = 3)\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> missing_argument{
    "E0354",
    Severity::error,
    "profile `{}` needs `{}`",
    "A parameter that has no default and is not optional is given with every `use`.",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small\n  cache {\n    size = 200GiB\n  }\n}",
    "profile small(days: int) {\n  history {\n    max_entries = days\n  }\n}\nfleet \"ci\" {\n  "
    "namespace = \"ci\"\n  use small(days = 3)\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> profile_circle{
    "E0355",
    Severity::error,
    "profile `{}` uses itself",
    "There is no recursion: what a fleet says is finite and stands in the text.",
    "profile small {\n  use small\n}",
    "profile small {\n  history {\n    max_age = 2d\n  }\n}"};

inline constexpr Message<Text> no_loop{
    "E0360",
    Severity::error,
    "a `for` goes over a list or a map, and this is {}",
    "`for x in [a, b]` takes each element, `for key, value in { \"k\" = v }` each entry.",
    "for i in 3 {}",
    "for i in [1, 2, 3] {}"};

inline constexpr Message<> map_loop{"E0361",
                                    Severity::error,
                                    "a map is walked with two names: `for key, value in …`",
                                    "Each turn has a key and its value.",
                                    "for k in ({ \"a\" = 1 }) {}",
                                    "for k, v in ({ \"a\" = 1 }) {}"};

inline constexpr Message<> list_loop{"E0362",
                                     Severity::error,
                                     "a list is walked with one name: `for element in …`",
                                     "A list has elements and no keys.",
                                     "for i, x in [1, 2] {}",
                                     "for x in [1, 2] {}"};

}  // namespace bkfc::eval::message
