// What is said of `allow` statements: E05xx.
#pragma once

#include <span>
#include <string_view>

#include "report/message.hpp"

namespace bkfc::rules::message {

using Text = std::string_view;

inline constexpr Message<Text> unknown_rule{
    "E0501",
    Severity::error,
    "no rule or policy is called `{}`",
    "An `allow` turns one rule or policy off, by its name. One that names none turns nothing off, "
    "and whoever wrote it believes otherwise. `bkfc explain` lists the rules.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  allow image_move \"the registry keeps this tag "
    "still\"\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> needless_allow{
    "E0502",
    Severity::warning,
    "`{}` finds nothing here to allow",
    "The finding that this `allow` silenced is gone, or stands in another block. Left behind, it "
    "would silence the next one unseen.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  allow gc_disabled \"pruned every night\"\n  cache {\n "
    "   size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text, Text> expired_allow{
    "E0503",
    Severity::warning,
    "this `allow {}` ended with {}",
    "An `allow` with `until` holds through the day or month that it names. Afterwards it silences "
    "nothing: mend what it allowed, or say a later end.",
    {},
    {}};

inline constexpr Message<Text, Text> unjudged_allow{
    "E0504",
    Severity::info,
    "`allow {}` holds until {}, and nothing says what day it is",
    "The same sources give the same output on every day, so the compiler asks no clock. With "
    "`--today 2027-06-30` the end of an `allow` is judged.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    enabled = false\n    allow gc_disabled "
    "\"pruned every night\" until \"2027-06\"\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    enabled = false\n    allow gc_disabled "
    "\"pruned every night\"\n  }\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> no_date{
    "E0505",
    Severity::error,
    "`{}` is no day and no month",
    "`until` takes a month or a day: `2027-06`, `2027-06-30`.",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    enabled = false\n    allow gc_disabled "
    "\"pruned every night\" until \"June\"\n  }\n  cache {\n    size = 200GiB\n  }\n}",
    "fleet \"ci\" {\n  namespace = \"ci\"\n  gc {\n    enabled = false\n    allow gc_disabled "
    "\"pruned every night\" until \"2027-06\"\n  }\n  cache {\n    size = 200GiB\n  }\n}"};

inline constexpr Message<Text> policy_as_rule{
    "E0506",
    Severity::error,
    "a rule of bkfc is called `{}` already",
    "An `allow` names one rule or one policy, so that nobody silences another than was meant.",
    "policy gc_disabled {\n  require fleet.gc.enabled else \"disks fill up\"\n}",
    "policy gc_is_on {\n  require fleet.gc.enabled else \"disks fill up\"\n}"};

// All of them, for `explain` and the reference.
std::span<const MessageRow> rows();

}  // namespace bkfc::rules::message
