// What is said of policies themselves: E07xx. What they find is said in their own words.
#pragma once

#include <span>
#include <string_view>

#include "report/message.hpp"

namespace bkfc::policies::message {

using Text = std::string_view;

inline constexpr Message<Text> repeated_policy{
    "E0701",
    Severity::error,
    "the policy `{}` is declared already",
    "Policies are of the whole program, whichever module says them, and an `allow` names one of "
    "them.",
    "policy small {\n  require fleet.replicas.max <= 3 else \"no more than three\"\n}\npolicy "
    "small "
    "{\n  require fleet.replicas.max <= 2 else \"no more than two\"\n}",
    "policy small {\n  require fleet.replicas.max <= 3 else \"no more than three\"\n}\npolicy "
    "smaller {\n  require fleet.replicas.max <= 2 else \"no more than two\"\n}"};

inline constexpr Message<Text, Text> fact_missing{
    "E0702",
    Severity::info,
    "`{}` is not held where nothing says {}",
    "What is not declared of a cluster is unknown, and what reads something unknown is not "
    "evaluated. A comparison with `unset` always is: `if cluster.kubernetes != unset { … }`.",
    "policy current {\n  require cluster.kubernetes != \"1.24\" else \"1.24 is out of "
    "support\"\n}\nfleet \"ci\" {\n  namespace = \"ci\"\n  cache {\n    size = 200GiB\n  }\n}",
    "policy current {\n  require cluster.kubernetes != \"1.24\" else \"1.24 is out of "
    "support\"\n}\ncluster \"main\" {\n  kubernetes = \"1.31\"\n}\nfleet \"ci\" {\n  namespace = "
    "\"ci\"\n  cache {\n    size = 200GiB\n  }\n}"};

// All of them, for `explain` and the reference.
std::span<const MessageRow> all();

}  // namespace bkfc::policies::message
