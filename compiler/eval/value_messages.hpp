// What the language says of values: E03xx.
#pragma once

#include "report/message.hpp"

namespace bkfc::eval::message {

using Text = std::string_view;

inline constexpr Message<Text> unknown_name{
    "E0301",
    Severity::error,
    "no `{}` is declared",
    "A bare word is a declared name, or one of the words of a closed set where such a set is "
    "expected. Any other text is quoted.",
    "fleet \"ci\" {\n  namespace = ci\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> shadows{
    "E0302",
    Severity::error,
    "`{}` is declared already",
    "A name means one thing wherever it can be read, so no declaration hides another.",
    "let size = 1GiB\nlet size = 2GiB",
    "let size = 1GiB\nlet larger = 2GiB"};

inline constexpr Message<Text> circular{
    "E0303",
    Severity::error,
    "`{}` is declared by itself",
    "Declarations stand in any order, but none may need itself.",
    "let a = b\nlet b = a",
    "let a = 1\nlet b = a"};

inline constexpr Message<Text> ambiguous_word{
    "E0304",
    Severity::error,
    "`{}` is a word of this set and a declared name",
    "Say which is meant: the quoted word, or another name for the declaration.",
    "let rootless = \"x\"\nfleet \"ci\" {\n  namespace = \"ci\"\n  mode      = rootless\n  cache "
    "{\n    "
    "size "
    "= 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  mode      = \"rootless\"\n  cache {\n    size = "
    "200GiB\n  "
    "}\n}"};

inline constexpr Message<Text> unknown_unit{
    "E0305",
    Severity::error,
    "no unit `{}`",
    "Sizes are in B kB MB GB TB PB (powers of 1000) or KiB MiB GiB TiB PiB (powers of 1024), "
    "durations in s m h d w, parts in %.",
    "let size = 200gigs",
    "let size = 200GiB"};

inline constexpr Message<Text> too_large{"E0306",
                                         Severity::error,
                                         "`{}` is larger than 64 bits hold",
                                         "Numbers are exact 64-bit integers, in bytes, seconds or "
                                         "thousandths of a CPU. One that does not "
                                         "fit is never wrapped.",
                                         "let size = 9000PiB",
                                         "let size = 9PiB"};

inline constexpr Message<Text, Text> not_whole{
    "E0307",
    Severity::error,
    "`{}` is no whole number of {}",
    "Quantities are exact: a fraction has to come out whole.",
    "let size = 0.3B",
    "let size = 1.5GiB"};

inline constexpr Message<Text> mixed_units{
    "E0308",
    Severity::error,
    "`{}` mixes units that do not add up",
    "Only durations are written in several parts, the largest first: `1h30m`.",
    "let time = 30m1h",
    "let time = 1h30m"};

inline constexpr Message<Text, Text, Text> wrong_operands{
    "E0309",
    Severity::error,
    "`{}` does not take {} and {}",
    "Quantities add, subtract and compare within one dimension; `*` and `/` take an int on one "
    "side; "
    "`of` takes a percentage and a quantity.",
    "let x = 1GiB + 1h",
    "let x = 1GiB + 512MiB"};

inline constexpr Message<Text, Text> wrong_operand{
    "E0310",
    Severity::error,
    "`{}` does not take {}",
    "`not`, `and`, `or` and conditions take a bool, `-` a number.",
    "let x = not 3",
    "let x = not true"};

inline constexpr Message<> division_by_zero{"E0311",
                                            Severity::error,
                                            "this divides by zero",
                                            "There is no number that it could be.",
                                            "let x = 1GiB / 0",
                                            "let x = 1GiB / 2"};

inline constexpr Message<Text> overflow{
    "E0312",
    Severity::error,
    "the result of `{}` is more than 64 bits hold",
    "Arithmetic is checked: a number that does not fit is an error, never another number.",
    "let x = 4096PiB + 4096PiB",
    "let x = 1PiB + 1PiB"};

inline constexpr Message<Text> interpolated_quantity{
    "E0313",
    Severity::error,
    "{} can be spelt in more than one way",
    "`text(x)` spells a quantity as this language does, `quantity(x)` as Kubernetes does.",
    "let size = 1GiB\nlet label = \"cache-${size}\"",
    "let size = 1GiB\nlet label = \"cache-${quantity(size)}\""};

inline constexpr Message<Text> not_interpolated{"E0314",
                                                Severity::error,
                                                "{} has no spelling in a text",
                                                "Strings, ints and bools can stand in a text.",
                                                "let many = [1, 2]\nlet label = \"n-${many}\"",
                                                "let label = \"n-${length([1, 2])}\""};

inline constexpr Message<Text> unknown_function{
    "E0315",
    Severity::error,
    "no function `{}`",
    "The language has a few built-in functions and no others.",
    "let x = maximum(1, 2)",
    "let x = max(1, 2)"};

inline constexpr Message<Text, Text> wrong_arguments{
    "E0316",
    Severity::error,
    "`{}` takes {}",
    "Each function says what it takes; `bkfc explain` shows it.",
    "let x = length(3)",
    "let x = length([1, 2, 3])"};

inline constexpr Message<Text, Text> no_member{
    "E0317",
    Severity::error,
    "{} has no `{}`",
    "Only objects have fields, and only those that were written.",
    "let o = { a = 1 }\nlet x = o.b",
    "let o = { a = 1 }\nlet x = o.a"};

inline constexpr Message<Text> repeated_field{
    "E0318",
    Severity::error,
    "the field `{}` is said twice",
    "Of two values of one field, neither is stronger than the other: keep one.",
    "let o = { a = 1, a = 2 }",
    "let o = { a = 1 }"};

inline constexpr Message<Text, Text> mixed_range{
    "E0319",
    Severity::error,
    "a range from {} to {}",
    "Both ends of a range are of one kind, and the first is not above the second.",
    "let r = 1GiB..2h",
    "let r = 1GiB..2GiB"};

inline constexpr Message<Text, Text> empty_range{
    "E0320",
    Severity::error,
    "a range that ends before it begins: `{}` is above `{}`",
    "The first end of a range is its minimum, the second its maximum.",
    "let r = 12..6",
    "let r = 6..12"};

inline constexpr Message<Text> too_much{
    "E0321",
    Severity::error,
    "this comes to more than {}",
    "Evaluation is bounded, so that no program can use up the machine that compiles it.",
    {},
    {}};

inline constexpr Message<Text, Text> wrong_type_declared{
    "E0322",
    Severity::error,
    "declared as `{}`, and this is {}",
    "A declared type holds every value against it.",
    "let size: bytes = 3",
    "let size: bytes = 3GiB"};

inline constexpr Message<Text> unknown_type{"E0323",
                                            Severity::error,
                                            "no type `{}`",
                                            "Types are bool, int, string, bytes, percent, "
                                            "duration, cpu, list of T, map of T, range of T, and "
                                            "unions of strings.",
                                            "let size: size = 3GiB",
                                            "let size: bytes = 3GiB"};

}  // namespace bkfc::eval::message
